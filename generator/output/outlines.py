"""OPML 2.0: the list of feeds that feed readers import."""

from collections.abc import Iterator
from html import escape

from generator.pages.views import OutlineView


def outline(view: OutlineView) -> bytes:
    """The file; each feed once, as RSS, which every reader takes."""
    return "".join(_lines(view)).encode("utf-8")


def _lines(view: OutlineView) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<opml version="2.0">\n'
    yield f"<head><title>{escape(view.title)}</title></head>\n<body>\n"
    for heading, rows in view.groups:
        yield f'<outline text="{escape(heading)}">\n'
        for row in rows:
            page, name = escape(row.rss.removesuffix("feed.xml")), escape(row.name)
            yield f'<outline type="rss" text="{name}" xmlUrl="{escape(row.rss)}" htmlUrl="{page}"/>\n'
        yield "</outline>\n"
    yield "</body>\n</opml>\n"
