"""What machines read besides feeds: sitemaps by month, robots.txt, the table of redirects."""

from collections.abc import Iterator, Sequence

from generator.content.stories import Article
from generator.pages import addresses
from generator.pages.desk import Desk
from generator.pages.lists import INDEX_TITLES
from generator.pages.news import NEWS_SITEMAP
from generator.pages.page import Page
from generator.pages.views import PlainView, SitemapEntry, SitemapView
from generator.site.arrange import Site
from generator.site.editions import Edition
from generator.site.sections import COUNTRY, COUNTRY_TOPIC, PORTAL, TOPIC

SECTIONS_SITEMAP, ROBOTS, REDIRECTS = "/sitemap-sections.xml", "/robots.txt", "/_redirects"


def sitemap_address(*month: int) -> str:
    """`/sitemap.xml`, or the sitemap of a month: `/sitemap-2026-02.xml`."""
    return "/sitemap-{:04}-{:02}.xml".format(*month) if month else "/sitemap.xml"


def months_told(site: Site) -> list[tuple[int, int]]:
    """The months in which an edition has stories, oldest first."""
    return sorted({month for edition in site.editions.values() for month in edition.months})


def month_sitemap(site: Site, desks: Sequence[Desk], month: tuple[int, int]) -> Page:
    """The stories of a month in all languages."""
    stories = tuple(
        SitemapEntry(desk.url(story.card.address), changed_at(story))
        for desk in desks
        for story in _stories(desk.edition, month)
    )
    return Page(sitemap_address(*month), site.contents.config.language, SitemapView(False, stories))


def sections_sitemap(site: Site, desks: Sequence[Desk]) -> Page:
    """Everything that is no story."""
    view = SitemapView(False, tuple(_sections(desks)))
    return Page(SECTIONS_SITEMAP, site.contents.config.language, view)


def sitemap_index(site: Site) -> Page:
    """The list of sitemaps, each with the moment of its last change."""
    url, editions = site.contents.config.url, site.editions.values()
    entries = [
        SitemapEntry(
            url + sitemap_address(*month),
            max(changed_at(story) for edition in editions for story in _stories(edition, month)),
        )
        for month in months_told(site)
    ]
    view = SitemapView(True, (*entries, SitemapEntry(url + SECTIONS_SITEMAP)))
    return Page(sitemap_address(), site.contents.config.language, view)


def robots_page(site: Site) -> Page:
    """robots.txt."""
    url = site.contents.config.url
    sitemaps = "".join(f"Sitemap: {url}{address}\n" for address in (sitemap_address(), NEWS_SITEMAP))
    text = f"User-agent: *\nAllow: /\n\n{sitemaps}"
    return Page(ROBOTS, site.contents.config.language, PlainView(text))


def redirects_page(site: Site) -> Page | None:
    """The table of old addresses; none where there are none."""
    table = "".join(_redirects(site))
    return Page(REDIRECTS, site.contents.config.language, PlainView(table)) if table else None


def changed_at(story: Article) -> int:
    """When a story last changed for its readers."""
    return max(story.card.date, story.updated)


def _stories(edition: Edition, month: tuple[int, int]) -> Sequence[Article]:
    days = edition.by_month.get(month)
    return edition.stories[edition.by_day[days[0]][0] : edition.by_day[days[-1]][1]] if days else ()


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
    moved = [story for story in site.by_path.values() if story.aliases]
    for story in sorted(moved, key=lambda story: story.card.id):
        for alias in story.aliases:
            path, _, query = alias.partition("?")
            yield " ".join(filter(None, (base + path, query, base + story.card.address, "301"))) + "\n"
