"""A piece of HTML as a reader's browser would meet it: its tags with their attributes, and the tags that do not match."""

from html.parser import HTMLParser
from typing import NamedTuple

VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
ADDRESSES = frozenset(
    "action background cite classid codebase data formaction href longdesc manifest poster src usemap xlink:href".split()
)
LISTS = frozenset({"srcset", "imagesrcset"})
"""Attributes that hold several addresses, each with a width or a density."""


class Tag(NamedTuple):
    """An opening tag."""

    name: str
    attributes: tuple[tuple[str, str], ...]

    @property
    def addresses(self) -> list[str]:
        """Every address in it."""
        single = [value for name, value in self.attributes if name in ADDRESSES]
        parts = [part.split() for name, value in self.attributes if name in LISTS for part in value.split(",")]
        pings = [address for name, value in self.attributes if name == "ping" for address in value.split()]
        return single + [part[0] for part in parts if part] + pings


class Fragment(NamedTuple):
    """Tags in their order, and what is wrong with how they open and close."""

    tags: tuple[Tag, ...]
    faults: tuple[str, ...]


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[Tag] = []
        self.open: list[str] = []
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(Tag(tag, tuple((name, value or "") for name, value in attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if self.open and self.open[-1] == tag:
            self.open.pop()
        else:
            self.faults.append(f"</{tag}> closes nothing")

    def handle_pi(self, data: str) -> None:
        self.faults.append(f"<?{data}> is no HTML")

    def unknown_decl(self, data: str) -> None:
        self.faults.append(f"<![{data} is no HTML")


def read_fragment(html: str) -> Fragment:
    """The tags of a piece of HTML."""
    parser = _Parser()
    parser.feed(html)
    rest = parser.rawdata  # what never came to an end, such as `<a href="`
    parser.close()
    faults = parser.faults + [f"<{tag}> is never closed" for tag in parser.open]
    if rest.startswith("<") and rest[1:2].isalpha():
        faults.append(f"{rest[:20]} is never finished")
    return Fragment(tuple(parser.tags), tuple(faults))
