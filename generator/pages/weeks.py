"""Weekly digests: the page of each week, their lists by year, and the newest digest of the front page."""

from bisect import bisect_left
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from msgspec.structs import replace

from generator.content.stories import Article
from generator.content.weeks import Week, WeekText
from generator.pages import addresses
from generator.pages.calendar import around
from generator.pages.desk import Desk
from generator.pages.page import Page
from generator.pages.views import (
    CardView,
    DigestDay,
    DigestGroup,
    DigestLine,
    DigestsView,
    DigestView,
    FrontDigest,
    ImageView,
    Link,
)
from generator.site.sections import KIND, PORTAL
from generator.site.weeks import end_of, in_order, monday_of, positions_of

GROUP = 5
"""Stories of a country that a digest shows at most."""
NEWEST = 12
"""Digests on the page of all: a quarter of a year."""
FRONT = 3
DESCRIBING = 3


def digest_page(desk: Desk, week: Week) -> Page:
    """The digest of a week."""
    address, text = addresses.digest_address(desk.root, week), desk.site.week_texts.get((desk.language, week))
    line = _line(desk, week)
    chosen = _chosen(desk, text)
    first = tuple(desk.card(story) for story in chosen)
    groups = tuple(_groups(desk, week, {story.card.id for story in chosen}))
    cards = (*first, *(card for group in groups for card in group.cards))
    image = _picture(desk, text)
    newer, older = around(desk.site.digests[desk.language], week)
    view = DigestView(
        head=desk.head(
            address,
            _title(desk, line),
            line.lead or (text.excerpt if text else "") or _described(cards),
            alternates=desk.alternates(_versions(desk, week)),
            image=image or _first_image(cards),
        ),
        title=line.title,
        lead=line.lead,
        begins=line.begins,
        ends=line.ends,
        crumbs=(desk.section_link(PORTAL), _all_link(desk), Link(str(week[0]), _href(desk, week[0]))),
        text=desk.text(text.text, text.refs) if text and text.text else None,
        image=image,
        stories=first,
        groups=groups,
        days=tuple(_days(desk, week)),
        newer=desk.href(addresses.digest_address(desk.root, newer)) if newer else "",
        older=desk.href(addresses.digest_address(desk.root, older)) if older else "",
    )
    return Page(address, desk.language, view)


def digests_page(desk: Desk) -> Page:
    """The newest digests, and the years that have some."""
    weeks = desk.site.digests[desk.language]
    address, title = addresses.digests_address(desk.root), desk.words.t("digest.title")
    view = DigestsView(
        head=desk.head(address, title, alternates=desk.everywhere(addresses.digests_address(""))),
        year=0,
        crumbs=(desk.section_link(PORTAL),),
        weeks=tuple(_line(desk, week) for week in reversed(weeks[-NEWEST:])),
        years=tuple(Link(str(year), _href(desk, year)) for year in reversed(years_of(weeks))),
    )
    return Page(address, desk.language, view)


def digest_year_page(desk: Desk, year: int) -> Page:
    """The digests of a year."""
    weeks = desk.site.digests[desk.language]
    newer, older = around(years_of(weeks), year)
    address = addresses.digests_address(desk.root, year)
    view = DigestsView(
        head=desk.head(address, f"{desk.words.t('digest.title')}: {year}"),
        year=year,
        crumbs=(desk.section_link(PORTAL), _all_link(desk)),
        weeks=tuple(_line(desk, week) for week in reversed(weeks) if week[0] == year),
        newer=_href(desk, newer) if newer else "",
        older=_href(desk, older) if older else "",
    )
    return Page(address, desk.language, view)


def newest_digest(desk: Desk) -> FrontDigest | None:
    """What the front page shows: the digest of the last week that has one, or the newest story of the kind `digest`."""
    weeks, story = desk.site.digests[desk.language], None
    for at in desk.edition.newest((KIND, "digest"), 1):
        story = desk.edition.stories[at].card
    if weeks and (story is None or story.date < end_of(weeks[-1], desk.words.zone)):
        line = _line(desk, weeks[-1])
        first = _ordered(desk, weeks[-1])[:FRONT]
        cards = tuple(desk.card(one) for one in first)
        return FrontDigest(line.title, line.href, line.lead, line.begins, line.ends, cards)
    return FrontDigest(story.title, desk.href(story.address), story.lead, story.date, story.date) if story else None


def years_of(weeks: Iterable[Week]) -> tuple[int, ...]:
    """The years of weeks, the oldest first."""
    return tuple(dict.fromkeys(year for year, _ in weeks))


def _line(desk: Desk, week: Week) -> DigestLine:
    text = desk.site.week_texts.get((desk.language, week))
    monday = monday_of(week)
    return DigestLine(
        title=text.title if text else "",
        href=desk.href(addresses.digest_address(desk.root, week)),
        lead=text.lead if text else "",
        begins=_noon(desk, monday),
        ends=_noon(desk, monday + timedelta(6)),
    )


def _title(desk: Desk, line: DigestLine) -> str:
    return line.title or desk.words.t("digest.week", dates=desk.words.span(line.begins, line.ends))


def _noon(desk: Desk, day: date) -> int:
    return int(datetime(day.year, day.month, day.day, 12, tzinfo=desk.words.zone).timestamp())


def _href(desk: Desk, year: int) -> str:
    return desk.href(addresses.digests_address(desk.root, year))


def _all_link(desk: Desk) -> Link:
    return Link(desk.words.t("digest.title"), desk.href(addresses.digests_address(desk.root)))


def _picture(desk: Desk, text: WeekText | None) -> ImageView | None:
    """An editor's picture, which no card crops."""
    image = desk.image(text.picture) if text else None
    return replace(image, thumb=None) if image else None


def _versions(desk: Desk, week: Week) -> tuple[tuple[str, str], ...]:
    """The languages in which the week has a digest, with its addresses."""
    config = desk.site.contents.config
    roots = {code: addresses.language_root(config, code) for code in config.languages}
    told = ((code, root, desk.site.digests[code]) for code, root in roots.items())
    return tuple((code, addresses.digest_address(root, week)) for code, root, weeks in told if _among(weeks, week))


def _among(weeks: tuple[Week, ...], week: Week) -> bool:
    at = bisect_left(weeks, week)
    return weeks[at : at + 1] == (week,)


def _chosen(desk: Desk, text: WeekText | None) -> list[Article]:
    """The stories that an editor put first, as far as they are published."""
    edition = desk.edition
    places = (edition.position.get(one.id) for one in (text.stories if text else ()))
    return [edition.stories[at] for at in places if at is not None]


def _ordered(desk: Desk, week: Week) -> list[Article]:
    """The stories of a digest, those that an editor put first before the others."""
    chosen = _chosen(desk, desk.site.week_texts.get((desk.language, week)))
    pinned = {pin.story for pin in desk.site.contents.front}
    found = {story.card.id: story for story in (*chosen, *in_order(desk.edition, week, pinned))}
    return list(found.values())


def _groups(desk: Desk, week: Week, shown: set[str]) -> Iterable[DigestGroup]:
    """The other stories by country: those of the masthead in its order, then the others, regions last."""
    by_place: dict[str, list[CardView]] = {}
    for story in _ordered(desk, week):
        if story.card.id not in shown:
            by_place.setdefault(_place_of(desk, story), []).append(desk.card(story))
    config, registry = desk.site.contents.config, desk.site.contents.registries.countries
    places = sorted(dict.fromkeys((*config.countries, *registry)), key=lambda one: bool(registry[one].members))
    for id in places:
        if id in by_place:
            cards = tuple(by_place[id])
            yield DigestGroup(desk.place(id), cards[:GROUP], len(cards[GROUP:]))


def _place_of(desk: Desk, story: Article) -> str:
    """The country under which a story stands: its first one that the masthead names, else its main one."""
    named = desk.site.contents.config.countries
    return next((id for id in story.card.countries if id in named), story.card.countries[0])


def _days(desk: Desk, week: Week) -> Iterable[DigestDay]:
    """The days of a week that have stories, with where all of them are."""
    positions = positions_of(desk.edition, week)
    counts: dict[date, int] = {}
    for at in positions:
        counts[desk.edition.days[at]] = counts.get(desk.edition.days[at], 0) + 1
    for day, count in counts.items():
        address = addresses.archive_address(desk.root, day.year, day.month, day.day)
        yield DigestDay(_noon(desk, day), desk.href(address), count)


def _described(cards: tuple[CardView, ...]) -> str:
    """What a digest is about, where no editor says it: its first headlines."""
    return " · ".join(card.title for card in cards[:DESCRIBING])


def _first_image(cards: tuple[CardView, ...]) -> ImageView | None:
    return next((card.image for card in cards if card.image), None)
