"""The pages of stories: the article itself, the notice that stays of one that is gone, redirects from old addresses."""

from collections.abc import Iterator

from generator.content.aliases import landing
from generator.content.contents import Contents
from generator.content.stories import Article
from generator.pages.desk import Desk
from generator.pages.page import Page
from generator.pages.pictures import CARD_SIZE, card_address
from generator.pages.polls import question_view
from generator.pages.talk import thread_of
from generator.pages.views import (
    ArticleView,
    Correction,
    Head,
    HeadingView,
    ImageView,
    Link,
    NoticeView,
    RedirectView,
    StoryView,
)
from generator.site.arrange import Site
from generator.site.presence import Presence
from generator.site.sections import COUNTRY, COUNTRY_TOPIC, PORTAL, SERIES, TAG, TOPIC, term_id

WORDS_A_MINUTE = 180


def article_page(desk: Desk, at: int) -> Page:
    """The page of the story at a position of the edition."""
    edition = desk.edition
    story = edition.stories[at]
    view = ArticleView(
        head=_head(desk, story),
        story=story_view(desk, story),
        crumbs=_crumbs(desk, story),
        newer=desk.card(edition.stories[at + 1]) if at + 1 < len(edition.stories) else None,
        older=desk.card(edition.stories[at - 1]) if at else None,
        related=desk.cards(edition.related(at)),
        before=desk.cards(edition.before(at)),
        thread=thread_of(desk.site.threads.get(story.card.id)),
    )
    return Page(story.card.address, desk.language, view)


def story_view(desk: Desk, story: Article) -> StoryView:
    """Everything about a story but its neighbours."""
    registries, polls = desk.site.contents.registries, desk.site.ballots.by_path
    series = story.series if registries.series is not None else term_id(story.series, desk.language)
    return StoryView(
        card=desk.card(story),
        text=desk.text(story.text, story.refs),
        lead=story.card.lead if story.own_lead else "",
        image=None if shows_its_picture(story) else desk.image(story.card.picture),
        authors=tuple(desk.person(byline) for byline in story.authors),
        translators=tuple(desk.person(byline) for byline in story.translators),
        sources=tuple(desk.source(taken) for taken in story.sources),
        updated=story.updated,
        corrections=tuple(Correction(mended.date, mended.text) for mended in story.corrections),
        tags=tuple(desk.section_link((TAG, tag)) for tag in tag_ids(desk, story)),
        series=desk.section_link((SERIES, series)) if story.series else None,
        headings=tuple(HeadingView(heading.level, heading.anchor, heading.text) for heading in story.headings),
        words=story.words,
        minutes=max(1, round(story.words / WORDS_A_MINUTE)),
        age=story.age,
        places=tuple(desk.place(id) for id in story.card.countries),
        expires=story.expires,
        polls=tuple(question_view(desk, polls[path]) for path in story.polls if path in polls),
    )


def tag_ids(desk: Desk, story: Article) -> tuple[str, ...]:
    """The ids of a story's tags: those of the registry, or where there is none what the words become."""
    if desk.site.contents.registries.tags is not None:
        return tuple(dict.fromkeys(story.tags))
    return tuple(dict.fromkeys(term_id(tag, desk.language) for tag in story.tags))


def shows_its_picture(story: Article) -> bool:
    """Whether a story's picture stands in its text."""
    picture = story.card.picture
    return picture is not None and any(ref.target == picture.file for ref in story.refs)


def _head(desk: Desk, story: Article) -> Head:
    card = story.card
    group = desk.site.translations.get(card.id, ())
    return desk.head(
        card.address,
        card.title,
        card.lead,
        canonical=original_of(desk.site.contents, story) or desk.url(card.address),
        alternates=desk.alternates(tuple((one.card.language, one.card.address) for one in group)),
        feeds=(desk.feed((COUNTRY, card.countries[0])), desk.feed(PORTAL)),
        image=card_image(desk, story) if has_card(desk.site, story) else desk.image(card.picture),
        kind="article",
    )


def has_card(site: Site, story: Article) -> bool:
    """Whether a picture with its headline is drawn of a story, for those who share it."""
    return story.card.kind in site.contents.config.social.kinds


def card_image(desk: Desk, story: Article) -> ImageView:
    """Where a story's card is, whether it is drawn already or not: drawing it changes no page."""
    address = card_address(story.card.address)
    return ImageView(desk.href(address), desk.url(address), *CARD_SIZE, story.card.title)


def original_of(contents: Contents, story: Article) -> str:
    """The original's address where it is the canonical page: the story says so, or its outlet asks for it."""
    for taken in story.sources:
        if taken.url and (story.original or contents.registries.outlets[taken.outlet].original):
            return taken.url
    return ""


def _crumbs(desk: Desk, story: Article) -> tuple[Link, ...]:
    country, topic = story.card.countries[0], story.card.topics[0]
    keys = (PORTAL, (COUNTRY, country), (COUNTRY_TOPIC, f"{country}/{topic}"))
    names = (desk.named(PORTAL), desk.named(keys[1]), desk.named((TOPIC, topic)))
    hrefs = (desk.href(desk.section_address(key)) for key in keys)
    return tuple(Link(name, href, language) for (name, language), href in zip(names, hrefs, strict=True))


def notice_page(desk: Desk, story: Article, presence: Presence) -> Page:
    """What stays at the address of a story that expired or was retracted."""
    gone = story.retracted
    title = desk.words.t(f"notice.{presence}")
    view = NoticeView(
        head=desk.head(story.card.address, title, indexed=False),
        title=story.card.title,
        reason=str(presence),
        date=gone.date if gone else story.expires,
        text=gone.text if gone else "",
    )
    return Page(story.card.address, desk.language, view)


def redirect_pages(desk: Desk, story: Article) -> Iterator[Page]:
    """Pages at a story's old addresses; an address with a query can only be told to the server (see `redirects`)."""
    card = story.card
    fields = {landing(alias): f"aliases.{number}" for number, alias in reversed([*enumerate(story.aliases)])}
    for address, field in fields.items():
        if address:
            view = RedirectView(desk.href(card.address), desk.url(card.address), card.title)
            yield Page(address, desk.language, view, story.path, field)
