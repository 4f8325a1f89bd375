"""Two programs that read feeds and know nothing of ours: feedparser, and newsboat as Debian has it, over real HTTP."""

import calendar
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, NamedTuple

import feedparser
import pytest

READS = (".xml", ".atom")
"""The endings of the feeds that newsboat can read: RSS and Atom. It has no JSON Feed."""


class Item(NamedTuple):
    """What a reader keeps of an item. `moment` in seconds since 1970."""

    id: str
    title: str
    url: str
    moment: int
    authors: frozenset[str]
    content: str
    enclosure: str
    enclosure_type: str


class _Quiet(SimpleHTTPRequestHandler):
    """Says nothing of what it serves, and sends `headers` with it."""

    def __init__(self, *arguments: Any, headers: Mapping[str, str], **named: Any) -> None:
        self._more = headers
        super().__init__(*arguments, **named)

    def end_headers(self) -> None:
        for name, value in self._more.items():
            self.send_header(name, value)
        super().end_headers()

    extensions_map = SimpleHTTPRequestHandler.extensions_map | {
        ".xml": "application/rss+xml",
        ".atom": "application/atom+xml",
        ".json": "application/feed+json",
    }

    def log_message(self, format: str, *arguments: object) -> None:
        pass


@contextmanager
def served(folder: Path, headers: Mapping[str, str] | None = None) -> Iterator[str]:
    """The address on loopback at which a folder is served, all of it with these headers."""
    handler = partial(_Quiet, directory=str(folder), headers=headers or {})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


def read_by_feedparser(data: bytes) -> list[Item]:
    """The items as feedparser sees them, in the order of the document."""
    found = feedparser.parse(data, sanitize_html=False, resolve_relative_uris=False)
    assert not found.bozo, found.bozo_exception
    return [_item(entry) for entry in found.entries]


def _item(entry: feedparser.FeedParserDict) -> Item:
    enclosure = next(iter(entry.get("enclosures", [])), {})
    return Item(
        id=entry.id,
        title=entry.title,
        url=entry.link,
        moment=calendar.timegm(entry.published_parsed),
        authors=frozenset(author.name for author in entry.get("authors", []) if "name" in author),
        content=entry.content[0].value.strip(),
        enclosure=enclosure.get("href", ""),
        enclosure_type=enclosure.get("type", ""),
    )


def read_by_newsboat(url: str, folder: Path, environment: dict[str, str] | None = None) -> list[Item]:
    """The items as a new subscriber's newsboat keeps them, in the order of the document.

    One feed at a time: newsboat knows an item by its id alone and gives it to the feed that it fetched last.
    """
    newsboat = shutil.which("newsboat") or pytest.fail("newsboat is not installed: apt-get install newsboat")
    folder.mkdir()
    (folder / "config").write_text("cleanup-on-quit no\n")
    (folder / "urls").write_text(f"{url}\n")
    files = ("-C", folder / "config", "-u", folder / "urls", "-c", folder / "cache.db")
    around = {"PATH": os.environ["PATH"], "HOME": str(folder)} | (environment or {})
    done = subprocess.run([newsboat, *files, "-x", "reload"], env=around, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout + done.stderr) == (0, ""), done
    with closing(sqlite3.connect(folder / "cache.db")) as cache:
        rows = cache.execute(
            "SELECT guid, title, url, pubDate, author, content, enclosure_url, enclosure_type FROM rss_item ORDER BY id DESC"
        )
        return [Item(*row)._replace(authors=frozenset({row[4]} - {""}), content=row[5].strip()) for row in rows]


def assert_same(by_newsboat: list[Item], by_feedparser: list[Item]) -> None:
    """Both readers saw the same, but that newsboat keeps no pictures as enclosures."""
    assert [_compared(item) for item in by_newsboat] == [_compared(item) for item in by_feedparser]
    for one, other in zip(by_newsboat, by_feedparser, strict=True):
        assert _names(one) == _names(other), one.title


def _names(item: Item) -> set[str]:
    return {name for names in item.authors for name in names.split(", ")}


def _compared(item: Item) -> Item:
    kept = {} if item.enclosure_type.startswith(("audio/", "video/")) else {"enclosure": "", "enclosure_type": ""}
    return item._replace(authors=frozenset(), **kept)
