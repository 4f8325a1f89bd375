"""The front page: the story of the day in full, the stories placed by hand, the newest, a block for each country, the poll
of the day, the newest digest."""

from generator.content.front import Pin
from generator.content.stories import Article
from generator.pages.articles import story_view
from generator.pages.desk import Desk
from generator.pages.page import Page
from generator.pages.pagers import open_pager
from generator.pages.polls import poll_of_the_day
from generator.pages.views import Block, FrontView
from generator.pages.weeks import newest_digest
from generator.site.sections import COUNTRY, KIND, PORTAL
from generator.site.shelves import Shelf

LEADS = 4
BLOCK = 4
PRESS_REVIEW = 4


def front_page(desk: Desk) -> Page:
    """The front page of a language; without a story of the day the newest story stands in its place."""
    edition, config = desk.edition, desk.site.contents.config
    shelf = edition.shelf(PORTAL)
    story, leads = _placed(desk)
    shown = {one.card.id for one in ([story] if story else []) + leads}
    name = desk.section_name(PORTAL)
    view = FrontView(
        head=desk.head(
            desk.root,
            name,
            desk.tagline[0],
            feeds=desk.feeds(PORTAL),
            alternates=desk.everywhere(),
        ),
        story=story_view(desk, story) if story else None,
        leads=tuple(desk.card(one) for one in leads),
        newest=desk.cards(_newest(desk, shelf, shown)),
        blocks=tuple(block for country in config.countries if (block := _block(desk, country, shown)) is not None),
        press_review=desk.cards(edition.newest((KIND, "press-review"), PRESS_REVIEW)),
        pager=open_pager(desk.href(desk.root), shelf),
        poll=poll_of_the_day(desk),
        digest=newest_digest(desk),
    )
    return Page(desk.root, desk.language, view)


def _placed(desk: Desk) -> tuple[Article | None, list[Article]]:
    """The story of the day and the leads: `top` first, then `front.yaml` in its order, then the newest stories."""
    edition, now = desk.edition, desk.site.now
    tops = [story for story in edition.stories if story.top > now]
    pinned = [edition.stories[edition.position[pin.story]] for pin in desk.site.contents.front if _stands(pin, desk)]
    fill = [edition.stories[at] for at in edition.newest(PORTAL, LEADS + 1)]
    order = {story.card.id: story for story in (*reversed(tops), *pinned, *fill)}
    ranked = list(order.values())
    return (ranked[0] if ranked else None), ranked[1 : 1 + LEADS]


def _stands(pin: Pin, desk: Desk) -> bool:
    return pin.story in desk.edition.position and (not pin.until or pin.until > desk.site.now)


def _newest(desk: Desk, shelf: Shelf, shown: set[str]) -> tuple[int, ...]:
    """The stories of the portal's open page that do not stand above, and at least a page of them."""
    edition = desk.edition
    size = max(shelf.total - shelf.open_start - len(shown), edition.cut.size)
    candidates = edition.newest(PORTAL, size + len(shown))
    return tuple(at for at in candidates if edition.stories[at].card.id not in shown)[:size]


def _block(desk: Desk, country: str, shown: set[str]) -> Block | None:
    """A country's newest stories that do not stand above; first those of which it is the main country."""
    if desk.site.contents.registries.countries[country].members:
        return None
    stories, key = desk.edition.stories, (COUNTRY, country)
    fresh = [at for at in desk.edition.newest(key, 4 * BLOCK) if stories[at].card.id not in shown]
    ranked = sorted(fresh, key=lambda at: stories[at].card.countries[0] != country)
    return Block(country, desk.section_link(key), desk.cards(tuple(ranked[:BLOCK]))) if ranked else None
