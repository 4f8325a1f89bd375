"""A document, or all feeds of an output folder, held to the rules of their format."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from tests.feed_rules import atom, characters, json_feed, opml, rss
from tests.feed_rules.documents import Document, Published, Rule, Unreadable, Violation


class Format(NamedTuple):
    """A format: what reads it, what makes a document of it one at all, and its rules."""

    read: Callable[[Published], Document]
    first: str
    rules: tuple[Rule, ...]

    @property
    def names(self) -> list[str]:
        """The names of all rules."""
        first = [characters.CHARACTERS, characters.FORM, self.first]
        return first + [rule.__name__ for rule in self.rules]


FORMATS = {
    "rss": Format(rss.read_rss, "it_is_rss_2_0", rss.RULES),
    "atom": Format(atom.read_atom, "it_is_atom", atom.RULES),
    "json": Format(json_feed.read_json_feed, "it_is_json_feed_1_1", json_feed.RULES),
    "opml": Format(opml.read_opml, "it_is_opml_2_0", opml.RULES),
}
_NO_FEED = re.compile(rb"<(urlset|sitemapindex)\b")


def violations(format: str, at: Published) -> list[Violation]:
    """What is wrong with a document; where it cannot be read at all, that alone."""
    read, _, rules = FORMATS[format]
    try:
        document = read(at)
    except Unreadable as error:
        return [Violation(error.rule, 0, str(error))]
    return [Violation(rule.__name__, item, text) for rule in rules for item, text in rule(document)]


def format_of(path: str, data: bytes) -> str | None:
    """The format that a published file must keep to; None for a file that is no feed, such as a sitemap."""
    name = path.rpartition("/")[2]
    if name.endswith((".atom", ".opml")):
        return name[-4:]
    if name.endswith(".xml"):
        return None if _NO_FEED.search(data[:1000]) else "rss"
    return "json" if name.endswith(".json") and (name == "feed.json" or b"jsonfeed.org" in data[:1000]) else None


def feeds_of(output: Path, root: str, now: int) -> Iterator[tuple[str, Published]]:
    """Every feed in a folder that is served at `root`, with its format."""
    for path in sorted(output.rglob("*")):
        if path.suffix in (".xml", ".atom", ".json", ".opml"):
            name = path.relative_to(output).as_posix()
            data = path.read_bytes()
            format = format_of(name, data)
            if format is not None:
                yield format, Published(f"{root}/{name}", data, now, root, output)
