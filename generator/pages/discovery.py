"""What machines read besides feeds and sitemaps: robots.txt, the key of IndexNow, the table of redirects."""

from collections.abc import Iterator

from generator.pages.news import NEWS_SITEMAP
from generator.pages.page import Page
from generator.pages.sitemaps import INDEX
from generator.pages.views import PlainView
from generator.site.arrange import Site

ROBOTS, REDIRECTS = "/robots.txt", "/_redirects"


def robots_page(site: Site) -> Page:
    """robots.txt."""
    url = site.contents.config.url
    sitemaps = "".join(f"Sitemap: {url}{address}\n" for address in (INDEX, NEWS_SITEMAP))
    text = f"User-agent: *\nAllow: /\n\n{sitemaps}"
    return Page(ROBOTS, site.contents.config.language, PlainView(text))


def redirects_page(site: Site) -> Page | None:
    """The table of old addresses; none where there are none."""
    table = "".join(_redirects(site))
    return Page(REDIRECTS, site.contents.config.language, PlainView(table)) if table else None


def _redirects(site: Site) -> Iterator[str]:
    """Lines `old new 301`, as several hosts and the deploy command read them; a query is written after the path."""
    base = site.contents.config.base
    moved = [story for story in site.by_path.values() if story.aliases]
    for story in sorted(moved, key=lambda story: story.card.id):
        for alias in story.aliases:
            path, _, query = alias.partition("?")
            yield " ".join(filter(None, (base + path, query, base + story.card.address, "301"))) + "\n"
