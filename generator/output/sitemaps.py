"""Sitemaps as sitemaps.org has them."""

from collections.abc import Iterator
from datetime import datetime
from xml.sax.saxutils import escape
from zoneinfo import ZoneInfo

from generator.pages.views import SitemapView

_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def sitemap(view: SitemapView, time_zone: str) -> bytes:
    """The file: a `urlset`, or of an index a `sitemapindex`."""
    return "".join(_lines(view, ZoneInfo(time_zone))).encode("utf-8")


def _lines(view: SitemapView, zone: ZoneInfo) -> Iterator[str]:
    root, item = ("sitemapindex", "sitemap") if view.index else ("urlset", "url")
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} xmlns="{_NAMESPACE}">\n'
    for entry in view.entries:
        changed = (
            f"<lastmod>{datetime.fromtimestamp(entry.changed, zone).isoformat()}</lastmod>" if entry.changed else ""
        )
        yield f"<{item}><loc>{escape(entry.url)}</loc>{changed}</{item}>\n"
    yield f"</{root}>\n"
