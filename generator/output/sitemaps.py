"""Sitemaps as sitemaps.org (protocol 0.9) has them, with Google's extensions for pictures, languages and news."""

from collections.abc import Iterator
from html import escape
from zoneinfo import ZoneInfo

from generator.fields.moments import local_time
from generator.pages.views import NewsEntry, NewsSitemapView, SitemapEntry, SitemapView

_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_IMAGE = "http://www.google.com/schemas/sitemap-image/1.1"
_XHTML = "http://www.w3.org/1999/xhtml"
_NEWS = "http://www.google.com/schemas/sitemap-news/0.9"


def sitemap(view: SitemapView, time_zone: str) -> bytes:
    """The file: a `urlset`, or of an index a `sitemapindex`."""
    return "".join(_lines(view, ZoneInfo(time_zone))).encode("utf-8")


def news_sitemap(view: NewsSitemapView, time_zone: str) -> bytes:
    """The file of the newest stories."""
    zone = ZoneInfo(time_zone)
    entries = "".join(_news(entry, zone) for entry in view.entries)
    opening = f'<urlset xmlns="{_NAMESPACE}" xmlns:news="{_NEWS}">'
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{opening}\n{entries}</urlset>\n'.encode()


def _lines(view: SitemapView, zone: ZoneInfo) -> Iterator[str]:
    root, item = ("sitemapindex", "sitemap") if view.index else ("urlset", "url")
    more = "" if view.index else f' xmlns:image="{_IMAGE}" xmlns:xhtml="{_XHTML}"'
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} xmlns="{_NAMESPACE}"{more}>\n'
    for entry in view.entries:
        yield f"<{item}><loc>{escape(entry.url)}</loc>{_details(entry, zone)}</{item}>\n"
    yield f"</{root}>\n"


def _details(entry: SitemapEntry, zone: ZoneInfo) -> str:
    """What is said of an address: its change, its pictures, its versions in other languages."""
    parts = [f"<lastmod>{local_time(entry.changed, zone).isoformat()}</lastmod>"] if entry.changed else []
    parts += [f"<image:image><image:loc>{escape(url)}</image:loc></image:image>" for url in entry.images]
    parts += [
        f'<xhtml:link rel="alternate" hreflang="{language}" href="{escape(url)}"/>' for language, url in entry.versions
    ]
    return "".join(parts)


def _news(entry: NewsEntry, zone: ZoneInfo) -> str:
    name, title = escape(entry.publication, quote=False), escape(entry.title, quote=False)
    publication = f"<news:name>{name}</news:name><news:language>{entry.language}</news:language>"
    return (
        f"<url><loc>{escape(entry.url)}</loc><news:news><news:publication>{publication}</news:publication>"
        f"<news:publication_date>{local_time(entry.date, zone).isoformat()}</news:publication_date>"
        f"<news:title>{title}</news:title></news:news></url>\n"
    )
