"""What a theme may see: one frozen record for each kind of page. `themes/README.md` is made of this file (`make manual`).

Every `href` is ready for an `href` attribute (it holds the path under which the portal lives); every `url` is absolute.
Moments are whole seconds since 1970 (UTC), 0 where there is none: templates show them by `date`, `time` and `iso`.
A view holds no bodies: a text is shown by `{% for piece in pieces(page.text) %}`, see `TextView`.
"""

from typing import get_args

from msgspec import Struct

from generator.content.rates import RateFile


class Link(Struct, frozen=True, gc=False, array_like=True):
    """A name and where it leads; `href` is empty where there is nothing to lead to. Stories always have a `language`; that of
    a name or another text is empty where it is the page's own, or where nobody knows."""

    name: str
    href: str = ""
    language: str = ""


class Thumb(Struct, frozen=True, gc=False, array_like=True):
    """A picture cut to 3:2 around its focus, for lists: the middle one of the sizes that `srcset` names."""

    href: str
    width: int
    height: int
    srcset: str


class ImageView(Struct, frozen=True, gc=False, array_like=True):
    """A picture of content/media with its size in pixels; `focus` is the point that a crop must keep (0 to 1).

    `srcset` names the picture in several widths, ready for an attribute of that name (beside it goes `sizes`); it is empty
    where the picture itself is small. `thumb` is none there too.
    """

    href: str
    url: str
    width: int
    height: int
    alt: str
    caption: str = ""
    credit: str = ""
    focus: tuple[float, float] = (0.5, 0.5)
    srcset: str = ""
    thumb: Thumb | None = None


class CardView(Struct, frozen=True, gc=False, array_like=True):
    """A story as other pages show it. `kind` is `news`, `analysis`, …; `label` is empty, `advertising` or `partner`."""

    id: str
    href: str
    language: str
    title: str
    lead: str
    date: int
    kind: str
    label: str
    countries: tuple[Link, ...]
    topics: tuple[Link, ...]
    outlets: tuple[Link, ...]
    image: ImageView | None


class PlacedLink(Struct, frozen=True, gc=False, array_like=True):
    """What a placeholder of a text resolves to; an empty `href` makes plain text of a link and nothing of an image."""

    href: str
    width: int = 0
    height: int = 0
    srcset: str = ""


class TextView(Struct, frozen=True, gc=False, array_like=True):
    """A text by the digest of its HTML, with what its placeholders resolve to.

    `pieces(text, sizes)` gives its parts in order: `piece.html` (ready to print), or `piece.embed` (service, id, url). `sizes`
    says how wide images in it are shown, as the attribute of that name does (100vw).
    """

    digest: bytes
    links: tuple[PlacedLink, ...] = ()


class Alternate(Struct, frozen=True, gc=False, array_like=True):
    """The same page in another language."""

    language: str
    name: str
    href: str
    url: str


FEED_TYPES = {"rss": "application/rss+xml", "atom": "application/atom+xml", "json": "application/feed+json"}
"""The media types of feeds by their format."""


class FeedLink(Struct, frozen=True, gc=False, array_like=True):
    """A feed of the portal by its name, and its media type."""

    name: str
    href: str
    type: str = FEED_TYPES["rss"]


class Head(Struct, frozen=True, gc=False, array_like=True):
    """What the page says of itself in <head>. `feeds`: the page's own feed first; `kind`: website or article."""

    title: str
    description: str
    url: str
    canonical: str
    alternates: tuple[Alternate, ...] = ()
    feeds: tuple[FeedLink, ...] = ()
    image: ImageView | None = None
    kind: str = "website"
    indexed: bool = True


class SectionLink(Struct, frozen=True, gc=False, array_like=True):
    """A country, region or topic of the menus; `flag` is two letters or empty."""

    id: str
    name: str
    href: str
    flag: str = ""
    region: bool = False
    language: str = ""


class SiteView(Struct, frozen=True, gc=False, array_like=True):
    """The portal itself, the same on every page of one language; a story published changes nothing here.

    `hub` is the WebSub hub that pages and feeds name, empty where there is none. `languages`: the main one first, none where
    there is only one. `search`: the page that searches for the words in its address's `q`, empty where there is none.
    `polls`: the list of all polls, empty where there are none; `talk`: the folder of the files that count comments by month
    (`2026-02.json`), and `talk_feed` the feed of comments, both empty where nobody comments; `inbox`: the absolute address of
    the inbox, `letters` and `reports` the pages on which readers write in, all empty where no inbox is configured.
    `fragments` says who puts what is fresh (under `/live/`) into
    pages: `client` (the element `aryk-live`), `ssi` (the server), `inline` (it is in this view).
    `rates` is the page on rates. `breaking` is the output under `/live/` with what is breaking, `strip` the same where it is
    `inline`. `digests` is the list of weekly digests. `tagline_language` is as in `Link`.
    """

    name: str
    tagline: str
    language: str
    home: str
    url: str
    countries: tuple[SectionLink, ...]
    topics: tuple[SectionLink, ...]
    languages: tuple[Alternate, ...]
    menu: tuple[Link, ...]
    feed: str
    hub: str
    feeds_page: str
    archive: str
    corrections: str
    time_zone: str
    search: str = ""
    polls: str = ""
    talk: str = ""
    talk_feed: str = ""
    inbox: str = ""
    letters: str = ""
    reports: str = ""
    fragments: str = "client"
    rates: Link | None = None
    breaking: str = ""
    strip: "BreakingView | None" = None
    digests: str = ""
    tagline_language: str = ""


class Pager(Struct, frozen=True, gc=False, array_like=True):
    """Neighbours of a list page. `newest` is the section's open page, empty on that page itself.

    `years` are the years to offer: all on the open page, this and the older ones on a closed page.
    `total` is the number of stories of the section (0 on a closed page, which must not change with the newest story);
    `year` and `number` are 0 on the open page.
    """

    newer: str = ""
    older: str = ""
    newest: str = ""
    oldest: str = ""
    years: tuple[Link, ...] = ()
    year: int = 0
    number: int = 0
    total: int = 0


class Block(Struct, frozen=True, gc=False, array_like=True):
    """A headed group of cards, as the front page has for each country; `id` is the section's id."""

    id: str
    heading: Link
    cards: tuple[CardView, ...]


class Person(Struct, frozen=True, gc=False, array_like=True):
    """An author or translator; a guest has no `href`."""

    name: str
    href: str = ""
    role: str = ""
    language: str = ""
    role_language: str = ""


class SourceView(Struct, frozen=True, gc=False, array_like=True):
    """The outlet that a story was taken from, and the original there. `outlet.href` is its page on this portal.

    `home` is the outlet's own site; `url` is the same where the address of the original is not known.
    """

    outlet: Link
    url: str = ""
    author: str = ""
    date: int = 0
    language: str = ""
    home: str = ""


class Correction(Struct, frozen=True, gc=False, array_like=True):
    """What was corrected, and when."""

    date: int
    text: str


class HeadingView(Struct, frozen=True, gc=False, array_like=True):
    """A heading of the text, for a table of contents."""

    level: int
    anchor: str
    text: str


class Answer(Struct, frozen=True, gc=False, array_like=True):
    """An option of a poll with its results; `share` is in percent of the voters."""

    id: str
    text: str
    votes: int = 0
    share: int = 0
    language: str = ""


class Results(Struct, frozen=True, gc=False, array_like=True):
    """A poll with its results. `data` is the file of the results for programs; `several` options may be chosen; `closed` is
    0 where it has no end."""

    id: str
    href: str
    data: str
    question: str
    lead: str
    answers: tuple[Answer, ...]
    voters: int
    several: bool
    opened: int
    closed: int
    is_open: bool
    language: str = ""
    lead_language: str = ""


class Question(Struct, frozen=True, gc=False, array_like=True):
    """A poll as a story asks it: its options and no results, for a vote must not change the story.
    A script finds these, and whether the poll is open, in `data` or in the inbox."""

    id: str
    href: str
    data: str
    question: str
    options: tuple[Answer, ...]
    several: bool
    closed: int
    language: str = ""


class CommentView(Struct, frozen=True, gc=False, array_like=True):
    """What a reader said, as plain text in paragraphs, with the replies to it; `anchor` is its place on the page. `to` is
    whom it answers, with the anchor of that comment: replies to a reply of the third rank stand beside it."""

    id: str
    anchor: str
    name: str
    date: int
    paragraphs: tuple[str, ...]
    to: Link | None = None
    replies: tuple["CommentView", ...] = ()


class Thread(Struct, frozen=True, gc=False, array_like=True):
    """The comments on a story: how many, and those that answer none."""

    count: int = 0
    comments: tuple[CommentView, ...] = ()


class StoryView(Struct, frozen=True, gc=False, array_like=True):
    """Everything about a story but its neighbours: the article page and the front page's story of the day.

    `lead` is the author's; it is empty where the card shows the beginning of the text, which would stand there twice. So
    `image` is none where the text itself shows the card's picture. `places` are the card's countries and regions, and say
    which is which; `expires` is when the story will be gone; `polls` are those that it asks, that of its front matter first.
    """

    card: CardView
    text: TextView
    lead: str = ""
    image: ImageView | None = None
    authors: tuple[Person, ...] = ()
    translators: tuple[Person, ...] = ()
    sources: tuple[SourceView, ...] = ()
    updated: int = 0
    corrections: tuple[Correction, ...] = ()
    tags: tuple[Link, ...] = ()
    series: Link | None = None
    headings: tuple[HeadingView, ...] = ()
    words: int = 0
    minutes: int = 0
    age: int = 0
    places: tuple[SectionLink, ...] = ()
    expires: int = 0
    polls: tuple[Question, ...] = ()


class FrontDigest(Struct, frozen=True, gc=False, array_like=True):
    """The newest digest: that of a week with its first stories, from the noon of its first day to that of its last, where
    `title` may be empty (`digest.week` with the dates stands there then); or a story of the kind `digest`, at its moment."""

    title: str
    href: str
    lead: str
    begins: int
    ends: int
    cards: tuple[CardView, ...] = ()


class FrontView(Struct, frozen=True, tag=True, gc=False, array_like=True):
    """The front page: story of the day in full, leading stories, the newest, a block for each country, press review,
    the poll of the day, the newest digest."""

    head: Head
    story: StoryView | None
    leads: tuple[CardView, ...]
    newest: tuple[CardView, ...]
    blocks: tuple[Block, ...]
    press_review: tuple[CardView, ...]
    pager: Pager
    poll: Results | None = None
    digest: FrontDigest | None = None


class ListView(Struct, frozen=True, tag=True, gc=False, array_like=True):
    """A list of stories, newest first: the open page of a section or one of its closed pages.

    `section` is `portal`, `country`, `region`, `topic`, `country-topic`, `outlet`, `author`, `tag`, `series` or `kind`;
    `about` are short facts on it (an outlet's address, an author's role); `text` a country's profile (open page only);
    `inside` the topics of a country or the members of a region (open page only); `language` is that of the heading.
    """

    head: Head
    section: str
    id: str
    heading: str
    crumbs: tuple[Link, ...]
    cards: tuple[CardView, ...]
    pager: Pager
    flag: str = ""
    about: tuple[Link, ...] = ()
    text: TextView | None = None
    inside: tuple[Link, ...] = ()
    language: str = ""


class ArticleView(Struct, frozen=True, tag=True, gc=False, array_like=True):
    """An article page. `before` is the stretch of news before it; `related` are older stories near to it."""

    head: Head
    story: StoryView
    crumbs: tuple[Link, ...]
    newer: CardView | None
    older: CardView | None
    related: tuple[CardView, ...]
    before: tuple[CardView, ...]
    thread: Thread = Thread()


class NoticeView(Struct, frozen=True, tag=True, gc=False, array_like=True):
    """What stays at the address of a story that expired or was retracted; `reason` is `expired` or `retracted`."""

    head: Head
    title: str
    reason: str
    date: int
    text: str


class CalendarDay(Struct, frozen=True, gc=False, array_like=True):
    """A day of a month's grid; no `href` where nothing was published."""

    day: int
    href: str
    count: int


class CalendarMonth(Struct, frozen=True, gc=False, array_like=True):
    """A month: `month` 1 to 12, `weeks` from Monday to Sunday (None outside the month), empty where only counts show."""

    year: int
    month: int
    href: str
    count: int
    weeks: tuple[tuple[CalendarDay | None, ...], ...] = ()


class ArchiveView(Struct, frozen=True, tag=True, gc=False, array_like=True):
    """The calendar's root and its years: `years` on the root, `months` on a year's page."""

    head: Head
    year: int
    crumbs: tuple[Link, ...]
    years: tuple[tuple[Link, int], ...] = ()
    months: tuple[CalendarMonth, ...] = ()
    older: str = ""
    newer: str = ""


class MonthView(Struct, frozen=True, tag=True, gc=False, array_like=True):
    """A month of the calendar."""

    head: Head
    month: CalendarMonth
    crumbs: tuple[Link, ...]
    older: str
    newer: str


class DayView(Struct, frozen=True, tag=True, gc=False, array_like=True):
    """All stories of a day, newest first; `date` is its noon."""

    head: Head
    date: int
    crumbs: tuple[Link, ...]
    cards: tuple[CardView, ...]
    older: str
    newer: str


class IndexEntry(Struct, frozen=True, gc=False, array_like=True):
    """A line of an index: a section, how many stories it holds, and a short fact on it."""

    link: Link
    count: int
    note: str = ""
    note_language: str = ""


class IndexView(Struct, frozen=True, tag=True, gc=False, array_like=True):
    """All outlets, authors, tags, series, topics or kinds; `section` says which, as in `ListView`."""

    head: Head
    section: str
    crumbs: tuple[Link, ...]
    entries: tuple[IndexEntry, ...]


class StandingView(Struct, frozen=True, tag=True, gc=False, array_like=True):
    """A standing page: about, contacts."""

    head: Head
    title: str
    text: TextView
    crumbs: tuple[Link, ...]
    updated: int = 0


class DigestGroup(Struct, frozen=True, gc=False, array_like=True):
    """Stories of a week from a country or region, and how many more there are."""

    place: SectionLink
    cards: tuple[CardView, ...]
    left: int


class DigestDay(Struct, frozen=True, gc=False, array_like=True):
    """A day of a week, by its noon, with how many stories its page lists."""

    date: int
    href: str
    count: int


class DigestLine(Struct, frozen=True, gc=False, array_like=True):
    """A weekly digest as lists show it: from the noon of its first day to that of its last; title and lead are an editor's,
    empty where there are none (`digest.week` with the dates stands there then)."""

    title: str
    href: str
    lead: str
    begins: int
    ends: int


class DigestView(Struct, frozen=True, tag=True, gc=False, array_like=True):
    """The digest of a week. Title, lead, text, image and the `stories` that stand first are an editor's, where there is one;
    the title is as in `DigestLine`. `groups` are the other stories by country, `days` lead to all stories of the week."""

    head: Head
    title: str
    lead: str
    begins: int
    ends: int
    crumbs: tuple[Link, ...]
    text: TextView | None
    image: ImageView | None
    stories: tuple[CardView, ...]
    groups: tuple[DigestGroup, ...]
    days: tuple[DigestDay, ...]
    older: str = ""
    newer: str = ""


class DigestsView(Struct, frozen=True, tag=True, gc=False, array_like=True):
    """Weekly digests, the newest first: the newest ones with the `years` to offer, or those of a year (`year` is 0 else)."""

    head: Head
    year: int
    crumbs: tuple[Link, ...]
    weeks: tuple[DigestLine, ...]
    years: tuple[Link, ...] = ()
    older: str = ""
    newer: str = ""


class CorrectedStory(Struct, frozen=True, gc=False, array_like=True):
    """A story with what was corrected in it."""

    card: CardView
    corrections: tuple[Correction, ...]


class CorrectionsView(Struct, frozen=True, tag=True, gc=False, array_like=True):
    """All corrections, the newest first."""

    head: Head
    crumbs: tuple[Link, ...]
    stories: tuple[CorrectedStory, ...]


class FeedRow(Struct, frozen=True, gc=False, array_like=True):
    """The feeds of a section or a language in each format."""

    name: str
    rss: str
    atom: str
    json: str
    language: str = ""


class FeedsView(Struct, frozen=True, tag=True, gc=False, array_like=True):
    """The page for people about feeds: groups (`portal`, `languages`, `countries`, `topics`) of named feeds, and the list of
    them all that feed readers import (OPML)."""

    head: Head
    crumbs: tuple[Link, ...]
    groups: tuple[tuple[str, tuple[FeedRow, ...]], ...]
    opml: str


class PollView(Struct, frozen=True, tag=True, gc=False, array_like=True):
    """The page of a poll, with the countries and topics that it is filed under."""

    head: Head
    crumbs: tuple[Link, ...]
    poll: Results
    places: tuple[SectionLink, ...] = ()
    topics: tuple[Link, ...] = ()


class PollLine(Struct, frozen=True, gc=False, array_like=True):
    """A poll as lists show it."""

    href: str
    question: str
    voters: int
    opened: int
    closed: int
    is_open: bool
    countries: tuple[Link, ...] = ()
    language: str = ""


class PollsView(Struct, frozen=True, tag=True, gc=False, array_like=True):
    """A list of polls, newest first, in pages as `ListView` has them. `place` is the country or region whose polls these
    are, none for all; `inside` are the lists by country (open page of all polls only)."""

    head: Head
    place: SectionLink | None
    crumbs: tuple[Link, ...]
    polls: tuple[PollLine, ...]
    pager: Pager
    inside: tuple[Link, ...] = ()


class LivePollView(Struct, frozen=True, tag=True, gc=False, array_like=True):
    """The poll of the day alone, for a server or a script to put into other pages; none where nothing is asked."""

    poll: Results | None


class WriteView(Struct, frozen=True, tag=True, gc=False, array_like=True):
    """The page on which readers write in: `kind` is `letter` or `report`; a report takes so many photos of so many
    megabytes each; texts are deleted after so many days."""

    head: Head
    crumbs: tuple[Link, ...]
    kind: str
    photos: int
    megabytes: int
    days: int


class Choice(Struct, frozen=True, gc=False, array_like=True):
    """A section to which a search can be narrowed; the stories of those at the addresses `members` count as a region's own."""

    name: str
    href: str
    members: tuple[str, ...] = ()
    language: str = ""


class SearchView(Struct, frozen=True, tag=True, gc=False, array_like=True):
    """The search page. Below `index` lies what `aryk search` made: `shards.json` names the indexes, the newest first.
    Topics are those of the site view."""

    head: Head
    crumbs: tuple[Link, ...]
    index: str
    countries: tuple[Choice, ...]
    outlets: tuple[Choice, ...]


class MissingView(Struct, frozen=True, tag=True, gc=False, array_like=True):
    """The page for an address that does not exist (404)."""

    head: Head


class RedirectView(Struct, frozen=True, tag=True, gc=False, array_like=True):
    """The page at an old address (an alias), which sends on to the story."""

    href: str
    url: str
    title: str


class QuoteView(Struct, frozen=True, gc=False, array_like=True):
    """What one `unit` costs in `money`, by a source of rates (`nbkr`): a decimal number with a point, which `decimal` shows
    (empty: there is no rate). `change` is in hundredths of a per cent against the published day before (None: there is
    none); `date` is the noon of the rate's day; `href` leads to the page of the unit (or of the money,
    where it is a list of what the unit costs), where it has one."""

    unit: str
    money: str
    source: str
    price: str = ""
    change: int | None = None
    date: int = 0
    stale: bool = False
    href: str = ""


class TickerView(Struct, frozen=True, tag=True, gc=False, array_like=True):
    """The ticker, a piece of a page under `/live/`; `href` leads to the page on rates."""

    quotes: tuple[QuoteView, ...]
    href: str


class UrgentView(Struct, frozen=True, gc=False, array_like=True):
    """A line of what is breaking; `href` is empty where it leads nowhere."""

    text: str
    href: str = ""
    language: str = ""


class Headline(Struct, frozen=True, gc=False, array_like=True):
    """A story by its title and date alone."""

    title: str
    href: str
    language: str
    date: int


class BreakingView(Struct, frozen=True, tag=True, gc=False, array_like=True):
    """The one line in the masthead of every page, a piece of a page under `/live/`: what is breaking; where nothing is, the
    ticker, and where the portal has none, its newest stories."""

    lines: tuple[UrgentView, ...]
    ticker: TickerView | None = None
    newest: tuple[Headline, ...] = ()


class TickerDataView(Struct, frozen=True, tag=True, gc=False, array_like=True):
    """The ticker as JSON."""

    quotes: tuple[QuoteView, ...]


class CurrencyLink(Struct, frozen=True, gc=False, array_like=True):
    """A currency with its page. `value` is what one unit costs in the money of the portal's main source of rates: a decimal
    number of ten digits and more, for reckoning with (empty: there is no rate)."""

    code: str
    name: str
    href: str
    value: str = ""


class HistoryView(Struct, frozen=True, gc=False, array_like=True):
    """The rates of a pair over the years, up to the day `until` (an ordinal of `date`), as its source has them.

    `course(history, span)` reckons what it was in a `week`, a `month`, a `year` or in `all` of them, and
    `chart(course, title, description)` draws that; `csv` and `json` are the files with all of it.
    """

    unit: str
    money: str
    source: str
    decimals: int
    until: int
    files: tuple[RateFile, ...]
    csv: str
    json: str


class DayFiles(Struct, frozen=True, gc=False, array_like=True):
    """The files with all rates of a source, one for each year, by the addresses that a script puts a year into."""

    source: str
    home: str
    years: tuple[int, ...]
    href: str


class RatesView(Struct, frozen=True, tag=True, gc=False, array_like=True):
    """The page on rates: pairs, all currencies, what those of the first few (`cross`, row by row) cost in each other, and the
    files from which a script takes the rates of any day."""

    head: Head
    crumbs: tuple[Link, ...]
    date: int
    quotes: tuple[QuoteView, ...]
    currencies: tuple[CurrencyLink, ...]
    cross: tuple[tuple[str, ...], ...]
    days: tuple[DayFiles, ...]
    feed: str


class Amount(Struct, frozen=True, gc=False, array_like=True):
    """A usual amount: what it costs, and how much it buys."""

    amount: int
    costs: str
    buys: str


class CurrencyView(Struct, frozen=True, tag=True, gc=False, array_like=True):
    """The page of a currency: what one unit costs in each other, what it cost in `money`, usual amounts of both."""

    head: Head
    crumbs: tuple[Link, ...]
    code: str
    name: str
    money: str
    quotes: tuple[QuoteView, ...]
    history: HistoryView | None
    amounts: tuple[Amount, ...]
    currencies: tuple[CurrencyLink, ...]


class CourseView(Struct, frozen=True, tag=True, gc=False, array_like=True):
    """The history of a pair as a file; `format` is `csv` or `json`."""

    format: str
    history: HistoryView


class RateFileView(Struct, frozen=True, tag=True, gc=False, array_like=True):
    """All rates of a source in a year as a file, from which scripts and readers take those of a day."""

    file: RateFile


class Named(Struct, frozen=True, gc=False, array_like=True):
    """Somebody or something by name, with an absolute address where there is one."""

    name: str
    url: str = ""


class FeedPicture(Struct, frozen=True, gc=False, array_like=True):
    """A story's picture as feeds name it: media type, length in bytes, size in pixels; whether the text shows it itself."""

    url: str
    type: str
    length: int
    width: int
    height: int
    alt: str
    caption: str = ""
    credit: str = ""
    in_text: bool = False


class FeedEntry(Struct, frozen=True, gc=False, array_like=True):
    """A story in a feed. `id` is permanent and says nothing of the address; without `text` the feed has summaries only.

    `lead` is empty where the text begins with it; `label` and the dates of corrections are in words.
    """

    id: str
    url: str
    title: str
    summary: str
    published: int
    updated: int
    text: TextView | None
    lead: str = ""
    label: str = ""
    authors: tuple[Named, ...] = ()
    translators: tuple[Named, ...] = ()
    categories: tuple[Named, ...] = ()
    sources: tuple[Named, ...] = ()
    picture: FeedPicture | None = None
    corrections: tuple[tuple[str, str], ...] = ()


class FeedWords(Struct, frozen=True, gc=False, array_like=True):
    """What a feed prints in the language of its readers: a link to the whole story, headings."""

    full: str
    original: str
    translation: str
    corrections: str


FEED_ROOM = 490_000
"""Bytes that any feed may fill: with all around 512 KB, beyond which some aggregators stop reading."""


class FeedView(Struct, frozen=True, tag=True, gc=False, array_like=True):
    """A feed: its own address, the page it belongs to, its newest stories first. `format` is `rss`, `atom` or `json`.

    `older` is the newest archive document, `kept` the number of stories that none of these holds yet (RFC 5005, section 4),
    `room` how many bytes the others may fill;
    in such a document `current` is the feed that it is an archive of. Not `full`: without the texts; `full_text`: with the
    plain text that Yandex wants.
    """

    format: str
    id: str
    title: str
    description: str
    language: str
    url: str
    page_url: str
    words: FeedWords
    entries: tuple[FeedEntry, ...]
    stylesheet: str = ""
    hub: str = ""
    older: str = ""
    current: str = ""
    kept: int = 0
    room: int = 250_000
    full: bool = True
    full_text: bool = False


class OutlineView(Struct, frozen=True, tag=True, gc=False, array_like=True):
    """The feeds of a language as feed readers import them (OPML): groups by their heading."""

    title: str
    groups: tuple[tuple[str, tuple[FeedRow, ...]], ...]


class SitemapEntry(Struct, frozen=True, gc=False, array_like=True):
    """An address for search engines with the moment of its last change (0: not known). `images` are addresses of pictures;
    `versions` the page in all of its languages, itself too, as pairs (language, address)."""

    url: str
    changed: int = 0
    images: tuple[str, ...] = ()
    versions: tuple[tuple[str, str], ...] = ()


class SitemapView(Struct, frozen=True, tag=True, gc=False, array_like=True):
    """A sitemap of pages, or with `index` a list of sitemaps."""

    index: bool
    entries: tuple[SitemapEntry, ...]


class NewsEntry(Struct, frozen=True, gc=False, array_like=True):
    """A story of the last two days: the publication's name in its language, and when it was published."""

    url: str
    publication: str
    language: str
    date: int
    title: str


class NewsSitemapView(Struct, frozen=True, tag=True, gc=False, array_like=True):
    """The sitemap of the newest stories, newest first."""

    entries: tuple[NewsEntry, ...]


class PollDataView(Struct, frozen=True, tag=True, gc=False, array_like=True):
    """A poll for programs: texts as pairs (language, text), each option as (id, texts, votes, share)."""

    id: str
    url: str
    question: tuple[tuple[str, str], ...]
    opened: int
    closed: int
    is_open: bool
    several: bool
    voters: int
    options: tuple[tuple[str, tuple[tuple[str, str], ...], int, int], ...]


class TalkCountsView(Struct, frozen=True, tag=True, gc=False, array_like=True):
    """How many comments each story of a month has, as pairs (href of the story, count)."""

    counts: tuple[tuple[str, int], ...]


class PlainView(Struct, frozen=True, tag=True, gc=False, array_like=True):
    """A text file: robots.txt, the table of redirects."""

    text: str


class FileView(Struct, frozen=True, tag=True, gc=False, array_like=True):
    """A file copied as it is, but for a picture's metadata: `source` relative to content/ or to the theme, with its digest."""

    root: str
    source: str
    digest: bytes


class VariantView(Struct, frozen=True, tag=True, gc=False, array_like=True):
    """A picture in another size: what lies in a box of it (left, top, right, bottom in pixels of the picture upright; none:
    all of it), so wide and high. `bare` is the digest of the picture as it is published, `limit` how long a variant may
    be in bytes."""

    source: str
    bare: bytes
    width: int
    height: int
    box: tuple[int, int, int, int] | None
    limit: int


View = (
    FrontView
    | ListView
    | ArticleView
    | NoticeView
    | ArchiveView
    | MonthView
    | DayView
    | IndexView
    | StandingView
    | DigestView
    | DigestsView
    | CorrectionsView
    | FeedsView
    | PollView
    | PollsView
    | LivePollView
    | WriteView
    | SearchView
    | MissingView
    | RedirectView
    | TickerView
    | BreakingView
    | TickerDataView
    | RatesView
    | CurrencyView
    | CourseView
    | RateFileView
    | FeedView
    | OutlineView
    | SitemapView
    | NewsSitemapView
    | PollDataView
    | TalkCountsView
    | PlainView
    | FileView
    | VariantView
)


VIEWS: dict[str, type[View]] = {view.__name__.removesuffix("View").lower(): view for view in get_args(View)}
"""The views by what their pages are called in reports: `article`, `list`, `feed`."""
