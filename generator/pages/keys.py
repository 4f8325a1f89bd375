"""Which pages there are, by their keys.

A key says which page (a story, a list page, a day) without saying whether it exists.
"""

from collections.abc import Iterable, Iterator

from generator.pages.desk import Desk
from generator.pages.feed_lists import fed_sections
from generator.pages.feeds import ARCHIVED
from generator.pages.lists import INDEX_TITLES
from generator.pages.weeks import years_of
from generator.pages.writing import KINDS
from generator.site.arrange import Site
from generator.site.sections import SectionKey

Key = tuple[str | int, ...]
"""The kind of a page and what chooses one of that kind: `("day", "ru", 2026, 2, 20)`."""


def edition_keys(desk: Desk) -> Iterator[Key]:
    """The keys of the pages of a language: front, stories, sections, calendar, digests, feeds."""
    language, edition = desk.language, desk.edition
    yield from (("front", language), ("breaking", language))
    yield from (("story", story.path) for story in edition.stories)
    for key in sections_shown(desk):
        yield ("open", language, *key)
        yield from (("sheet", language, *key, sheet.year, sheet.number) for sheet in edition.shelf(key).sheets)
    yield ("archive", language)
    yield from (("year", language, year) for year in edition.years)
    yield from (("month", language, *month) for month in edition.months)
    yield from (("day", language, day.year, day.month, day.day) for day in edition.by_day)
    yield from (("index", language, kind) for kind in INDEX_TITLES)
    weeks = desk.site.digests[language]
    yield ("digests", language)
    yield from (("digest year", language, year) for year in years_of(weeks))
    yield from (("digest", language, *week) for week in weeks)
    yield from (("standing", page.path) for page in desk.site.contents.pages if page.language == language)
    yield from ((kind, language) for kind in ("corrections", "search", "missing", "feeds", "outline"))
    yield from (("feed", language, *key) for key in fed_sections(desk))
    yield from _feed_archives(desk)


def _feed_archives(desk: Desk) -> Iterator[Key]:
    """The documents of all archives in the order of their oldest story: those that hold the same stories are made one after
    another."""
    edition = desk.edition
    archived = [key for key in fed_sections(desk) if key[0] in ARCHIVED and key in edition.sections]
    oldest = [
        (edition.sections[key][sheet.start], key, sheet)
        for key in archived
        for sheet in edition.shelf(key, desk.feed_cut).sheets
    ]
    for _, key, sheet in sorted(oldest, key=lambda one: one[:2]):
        yield ("feed archive", desk.language, *key, sheet.year, sheet.number)


def partner_keys(site: Site) -> Iterator[Key]:
    """The keys of the feeds that partners ordered."""
    yield from (("partner feed", partner.name) for partner in site.contents.config.feeds.partners)


def reader_keys(site: Site, months: Iterable[tuple[int, int]]) -> Iterator[Key]:
    """The keys of polls, comments (`months` have some), and the pages on which readers write in."""
    ballots = site.ballots
    for language in site.editions:
        yield from (("poll", language, poll.id) for poll in ballots.polls)
        for key in ballots.lists:
            yield ("polls", language, key)
            yield from (("poll sheet", language, key, *place) for place in ballots.shelf(key).places)
        yield from (("write", language, kind) for kind in KINDS)
        yield from ((kind, language) for kind in ("live poll", "talk feed"))
    yield from (("poll data", poll.id) for poll in ballots.polls)
    yield from (("talk counts", *month) for month in months)


def sections_shown(desk: Desk) -> list[SectionKey]:
    """All sections that have pages in a language: those that last, and whatever has a story."""
    return list(dict.fromkeys((*desk.lasting_sections, *sorted(desk.edition.sections))))
