"""A feed as it was published, and what all formats have in common once one is read."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

from generator.pages.addresses import file_of

Found = Iterable[tuple[int, str]]
"""What breaks a rule: the number of the item and what is wrong with it."""


class Published(NamedTuple):
    """A document under its address; `now` in seconds since 1970. `output` is the folder that is served under `root`."""

    address: str
    data: bytes
    now: int
    root: str = ""
    output: Path | None = None

    def file(self, url: str) -> Path | None:
        """The file behind an address of the portal; None for another's address, or where no folder is at hand."""
        if self.output is None or not url.startswith(self.root + "/"):
            return None
        return self.output / file_of(unquote(urlsplit(url).path.removeprefix(urlsplit(self.root).path)))


class Violation(NamedTuple):
    """A rule that a document breaks."""

    rule: str
    item: int
    text: str


class Date(NamedTuple):
    """A date as it is written, with the number of its item and the name of its element."""

    item: int
    name: str
    written: str


class Link(NamedTuple):
    """An `atom:link`."""

    item: int
    rel: str
    href: str
    type: str = ""
    hreflang: str = ""
    length: str = ""


class Enclosure(NamedTuple):
    """A file that belongs to an item."""

    url: str
    type: str
    length: str


class Entry(NamedTuple):
    """An item in what all formats have in common; a text that is not there is empty."""

    number: int
    id: str
    title: str
    url: str
    published: str
    updated: str
    summary: str
    content: str
    enclosures: tuple[Enclosure, ...]


class Document(NamedTuple):
    """A feed that could be read. `tree` is what the format's own rules look at."""

    at: Published
    tree: Any
    entries: tuple[Entry, ...]
    dates: tuple[Date, ...]
    changed: str
    own: tuple[str, ...]
    """The addresses that it says are its own."""
    page: str
    """The page that it is the feed of."""
    links: tuple[Link, ...] = ()
    history: frozenset[str] = frozenset()
    """The marks of RFC 5005 that it bears: archive, complete."""


class Unreadable(Exception):
    """The document is not what it should be, so that no further rule can look at it; `rule` names what it breaks."""

    def __init__(self, rule: str, text: str) -> None:
        super().__init__(text)
        self.rule = rule


Rule = Callable[[Document], Found]


def is_absolute(url: str) -> bool:
    """Whether an address leads to the same place wherever it is read."""
    parts = urlsplit(url)
    return parts.scheme in ("http", "https") and bool(parts.hostname) and not set(url) & set(' \t\r\n<>"')
