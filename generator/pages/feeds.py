"""Feeds: the newest stories of a section as aggregators fetch them, its archive behind them, what
partners ordered, and the newest comments."""

from collections.abc import Iterable, Iterator
from heapq import merge, nlargest
from itertools import groupby, islice, takewhile

from msgspec import structs

from generator.content.comments import Comments
from generator.content.stories import Article
from generator.pages import addresses
from generator.pages.desk import Desk, formats_of
from generator.pages.feed_entries import entry_of, entry_of_comment, permanent_id
from generator.pages.page import Page
from generator.pages.views import FEED_ROOM, FeedEntry, FeedView, FeedWords
from generator.settings.syndication import Choice, Partner
from generator.site.sections import COUNTRY, KIND, OUTLET, PORTAL, TOPIC, SectionKey, with_regions
from generator.site.shelves import Sheet
from generator.site.windows import DAY, inside

ARCHIVED = (PORTAL[0], COUNTRY)
"""Sections whose whole archive can be walked through from their feed."""
_ENTRIES_KEPT = 3000


class Newsstand:
    """The feeds of one language. Entries are made once for feeds that are planned one after another."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._entries: dict[int, FeedEntry] = {}

    def feeds(self, key: SectionKey) -> Iterator[Page]:
        """The feeds of a section's newest stories, one in each of its formats."""
        desk, older, kept = self._desk, "", 0
        section = desk.section_address(key)
        entries = tuple(map(self._entry, desk.edition.newest(key, desk.feed_cut.size)))
        if key[0] in ARCHIVED:
            shelf = desk.edition.shelf(key, desk.feed_cut)
            newest = shelf.sheets[-1] if shelf.sheets else None
            older, kept = self._document(section, newest), shelf.total - (newest.stop if newest else 0)
        for format in formats_of(key):
            address = addresses.feed_address(section, format)
            yield feed_page(desk, address, entries, key, format=format, older=older, kept=kept)

    def archived(self, key: SectionKey, year: int, number: int) -> Page:
        """A closed document of the archive of a section's feed."""
        desk, section = self._desk, self._desk.section_address(key)
        shelf = desk.edition.shelf(key, desk.feed_cut)
        at = shelf.places[year, number]
        sheet = shelf.sheets[at]
        positions = desk.edition.sections[key][sheet.start : sheet.stop]
        older = self._document(section, shelf.sheets[at - 1] if at else None)
        current = desk.url(addresses.feed_address(section))
        address = addresses.feed_archive_address(section, year, number)
        entries = tuple(map(self._entry, reversed(positions)))
        return feed_page(desk, address, entries, key, older=older, current=current, kept=len(entries))

    def _document(self, section: str, sheet: Sheet | None) -> str:
        """The absolute address of a document of a section's archive, empty where there is none."""
        return self._desk.url(addresses.feed_archive_address(section, sheet.year, sheet.number)) if sheet else ""

    def comments(self, commented: Iterable[tuple[Article, Comments]]) -> Page:
        """The newest comments on stories of this language."""
        language, count = self._desk.language, self._desk.feed_cut.size
        mine = (
            (one, story) for story, thread in commented if story.card.language == language for one in thread.comments
        )
        newest = nlargest(count, mine, key=lambda pair: (pair[0].date, pair[1].card.id, pair[0].id))
        entries = tuple(entry_of_comment(self._desk, one, story) for one, story in newest)
        name = f"{self._desk.section_name(PORTAL)}: {self._desk.words.t('comments.title')}"
        return feed_page(
            self._desk,
            addresses.talk_feed_address(self._desk.root),
            entries,
            id=permanent_id("comments", language),
            title=name,
            description=name,
            room=FEED_ROOM,
        )

    def partner(self, partner: Partner) -> Page:
        """The feed that a partner ordered."""
        desk, stories = self._desk, self._desk.edition.stories
        since = inside(desk.edition, partner.days * DAY, desk.site.now).start if partner.days else 0
        recent = takewhile(lambda at: at >= since, self._candidates(partner.include))
        wanted = (
            at
            for at in recent
            if all(self._is_chosen(partner.include, stories[at]))
            and not any(self._is_chosen(partner.exclude, stories[at]))
        )
        entries = tuple(self._for_partner(partner, at) for at in islice(wanted, partner.count))
        address = addresses.partner_address(desk.root, partner.name)
        title = desk.said(partner.titles)[0] or desk.section_name(PORTAL)
        return feed_page(
            desk, address, entries, title=title, room=FEED_ROOM, full=partner.full, full_text=partner.yandex
        )

    def _candidates(self, choice: Choice) -> Iterable[int]:
        """The positions of stories among which are all that a partner's feed includes, the newest first."""
        sections = self._desk.edition.sections
        pairs = ((TOPIC, choice.topics), (OUTLET, choice.outlets), (COUNTRY, choice.countries), (KIND, choice.kinds))
        for kind, ids in pairs:
            if ids:
                lists = (reversed(sections.get((kind, id), ())) for id in dict.fromkeys(ids))
                return (at for at, _ in groupby(merge(*lists, reverse=True)))
        return reversed(range(len(self._desk.edition.stories)))

    def _is_chosen(self, choice: Choice, story: Article) -> Iterator[bool]:
        """For each list of a choice that is not empty, whether the story is filed under one of it."""
        card = story.card
        countries = with_regions(card.countries, self._desk.edition.sorting.regions)
        filed = (countries, card.topics, card.outlets, (card.kind,), (card.label,))
        for wanted, own in zip(structs.astuple(choice), filed, strict=True):
            if wanted:
                yield not set(wanted).isdisjoint(own)

    def _for_partner(self, partner: Partner, at: int) -> FeedEntry:
        entry = self._entry(at)
        text = entry.text if partner.full or partner.yandex else None
        return structs.replace(entry, text=text, picture=entry.picture if partner.image else None)

    def _entry(self, at: int) -> FeedEntry:
        found = self._entries.get(at)
        if found is None:
            if len(self._entries) >= _ENTRIES_KEPT:
                self._entries.clear()
            found = self._entries[at] = entry_of(self._desk, self._desk.edition.stories[at])
        return found


def feed_page(desk: Desk, address: str, entries: Iterable[FeedEntry], key: SectionKey = PORTAL, **more: object) -> Page:
    """A feed of a section, as RSS where nothing else is said; `more` are other fields of `FeedView`."""
    config, t = desk.site.contents.config, desk.words.t
    name = desk.section_name(PORTAL)
    values: dict[str, object] = {
        "format": "rss",
        "id": permanent_id("feed", desk.language, *key),
        "title": name if key == PORTAL else f"{name}: {desk.section_name(key)}",
        "description": desk.tagline[0] or name,
        "language": desk.language,
        "url": desk.url(address),
        "page_url": desk.url(desk.section_address(key)),
        "words": FeedWords(t("feed.full"), t("story.original"), t("story.translation"), t("story.corrections")),
        "entries": tuple(entries),
        "stylesheet": desk.feed_style if more.get("format") != "json" else "",
        "hub": config.feeds.hub,
    }
    return Page(address, desk.language, FeedView(**(values | more)))  # type: ignore[arg-type]
