"""What machines read besides feeds: sitemaps by month, robots.txt, the table of redirects."""

from collections.abc import Iterator, Sequence

from generator.pages import addresses
from generator.pages.desk import Desk
from generator.pages.lists import INDEX_TITLES
from generator.pages.page import Page
from generator.pages.views import PlainView, SitemapEntry, SitemapView
from generator.site.arrange import Site
from generator.site.sections import COUNTRY, COUNTRY_TOPIC, PORTAL, TOPIC


def discovery_pages(site: Site, desks: Sequence[Desk]) -> Iterator[Page]:
    """The sitemap index and its files, robots.txt, `_redirects`."""
    url, language = site.contents.config.url, site.contents.config.language
    months = sorted({month for desk in desks for month in desk.edition.by_month})
    entries = []
    for year, month in months:
        address = f"/sitemap-{year:04}-{month:02}.xml"
        stories = tuple(_stories(desks, year, month))
        entries.append(SitemapEntry(url + address, max(entry.changed for entry in stories)))
        yield Page(address, language, SitemapView(False, stories))
    yield Page("/sitemap-sections.xml", language, SitemapView(False, tuple(_sections(desks))))
    entries.append(SitemapEntry(f"{url}/sitemap-sections.xml"))
    yield Page("/sitemap.xml", language, SitemapView(True, tuple(entries)))
    yield Page("/robots.txt", language, PlainView(f"User-agent: *\nAllow: /\n\nSitemap: {url}/sitemap.xml\n"))
    if table := "".join(_redirects(site)):
        yield Page("/_redirects", language, PlainView(table))


def _stories(desks: Sequence[Desk], year: int, month: int) -> Iterator[SitemapEntry]:
    for desk in desks:
        for day in desk.edition.by_month.get((year, month), ()):
            start, stop = desk.edition.by_day[day]
            for story in desk.edition.stories[start:stop]:
                yield SitemapEntry(desk.url(story.card.address), max(story.card.date, story.updated))


def _sections(desks: Sequence[Desk]) -> Iterator[SitemapEntry]:
    for desk in desks:
        yield SitemapEntry(desk.url(desk.root))
        registries = desk.site.contents.registries
        empty = [(COUNTRY, id) for id in registries.countries] + [(TOPIC, id) for id in registries.topics]
        keys = [key for key in desk.edition.sections if key != PORTAL and key[0] != COUNTRY_TOPIC]
        for key in sorted({*empty, *keys}):
            yield SitemapEntry(desk.url(desk.section_address(key)))
        for kind in INDEX_TITLES:
            yield SitemapEntry(desk.url(addresses.index_address(desk.root, kind)))
        for page in desk.site.contents.pages:
            if page.language == desk.language:
                yield SitemapEntry(desk.url(addresses.standing_address(desk.root, page.name)))


def _redirects(site: Site) -> Iterator[str]:
    """Lines `old new 301`, as several hosts and the deploy command read them; a query is written after the path."""
    base = site.contents.config.base
    for story in sorted(site.by_path.values(), key=lambda story: story.card.id):
        for alias in story.aliases:
            path, _, query = alias.partition("?")
            yield " ".join(filter(None, (base + path, query, base + story.card.address, "301"))) + "\n"
