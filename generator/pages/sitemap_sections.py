"""The sitemap of all pages that are no stories: front pages, sections, indexes, the calendar's years, weekly digests,
polls, standing pages."""

from collections.abc import Iterator, Mapping, Sequence

from generator.pages import addresses
from generator.pages.desk import Desk
from generator.pages.lists import INDEX_TITLES
from generator.pages.page import Page
from generator.pages.polls import poll_entries
from generator.pages.sitemaps import fitting, in_file, sections_address
from generator.pages.views import SitemapEntry, SitemapView
from generator.pages.weeks import years_of
from generator.pages.writing import KINDS
from generator.site.arrange import Site
from generator.site.sections import PORTAL

Thing = tuple[str, str]
"""What is the same page in all languages that have it: a section, or a kind of page and what chooses one of that kind."""


def sections_sitemap(site: Site, entries: Sequence[SitemapEntry], number: int) -> Page | None:
    """A file of these entries; None where there are not so many."""
    inside = in_file(entries, number)
    return (
        Page(sections_address(number), site.contents.config.language, SitemapView(False, tuple(inside)))
        if inside
        else None
    )


def section_entries(desks: Mapping[str, Desk]) -> tuple[SitemapEntry, ...]:
    """The entries of all files. None says when a list last changed: with it, each story would change a file of them."""
    pages = [
        (language, thing, desk.url(address), at)
        for language, desk in desks.items()
        for thing, address, at in _pages(desk)
    ]
    versions: dict[Thing, list[tuple[str, str]]] = {}
    for language, thing, url, _ in pages:
        versions.setdefault(thing, []).append((language, url))
    alternates = {thing: tuple(found) if len(found) > 1 else () for thing, found in versions.items()}
    return fitting(SitemapEntry(url, changed, (), alternates[thing]) for _, thing, url, changed in pages)


def _pages(desk: Desk) -> Iterator[tuple[Thing, str, int]]:
    """The pages of a language, each with the moment of its last change (0: not known)."""
    root = desk.root
    yield PORTAL, root, 0
    for key in sorted({*desk.lasting_sections, *desk.edition.sections} - {PORTAL}):
        yield key, desk.section_address(key), 0
    for kind in INDEX_TITLES:
        yield ("index", kind), addresses.index_address(root, kind), 0
    yield ("calendar", ""), addresses.archive_address(root), 0
    for year in desk.edition.years:
        yield ("calendar", str(year)), addresses.archive_address(root, year), 0
    weeks = desk.site.digests[desk.language]
    yield ("digests", ""), addresses.digests_address(root), 0
    for year in years_of(weeks):
        yield ("digests", str(year)), addresses.digests_address(root, year), 0
    for week in weeks:
        yield ("digests", str(week)), addresses.digest_address(root, week), 0
    for page in desk.site.contents.pages:
        if page.language == desk.language:
            yield ("standing", page.name), addresses.standing_address(root, page.name), page.updated
    for id, address in poll_entries(desk):
        yield ("poll", id), address, 0
    for kind in KINDS if desk.site.contents.config.inbox else ():
        yield ("write", kind), addresses.write_address(root, kind), 0
    exchange = desk.site.exchange
    for name in ("corrections", "feeds", *(("rates",) if exchange else ())):
        yield (name, ""), f"{root}{name}/", 0
    for code in exchange.settings.currencies if exchange else ():
        yield ("currency", code), addresses.currency_address(root, code), 0
