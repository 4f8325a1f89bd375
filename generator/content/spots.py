"""Where in its file stands what the HTML shows again: the n-th use is found at the n-th occurrence."""

import re
from bisect import bisect_right
from collections.abc import Iterable
from functools import cached_property
from html import unescape

from generator.content.verbatim import without_code
from generator.problems import Place

# An address as written: in `](…)`, after `]:` of a definition, in `href=`, in `<https://…>`.
TARGET = re.compile(
    r"""(?:\]\(\s*+<?|\]:[ ]*+(?:\n[ ]*+)?<?|\b(?:href|src)\s*+=\s*+["']?\s*+|<(?=[a-z][\w+.-]*+:))([^\s<>()"']+)""",
    re.IGNORECASE,
)
TAG = re.compile(
    r"""<(?P<name>[a-z][^\s/>]*+)(?P<inside>(?:=\s*+(?:"[^"]*+"|'[^']*+')|[^>])*+)(?:>|\Z)""", re.IGNORECASE
)
STEM = re.compile(r"""[^\s<>()"']*""")

Offsets = dict[str, list[int]]


class Spots:
    """A cursor over one source: every question advances it to the next occurrence of what was asked."""

    def __init__(self, source: str, path: str, first_line: int = 1) -> None:
        self.source = source
        self.path = path
        self.first_line = first_line
        self._asked: dict[tuple[str, str], int] = {}

    def place(self, offset: int) -> Place:
        line = bisect_right(self._line_starts, offset) - 1
        return Place(self.path, self.first_line + line, offset - self._line_starts[line] + 1)

    def target(self, address: str) -> int:
        """The offset of an address; the one definition that many links use is found each time. -1: nowhere."""
        return self._next("target", _stem(address), self._targets)

    def line(self, text: str) -> int:
        """The offset of a line that holds this and nothing else."""
        return self._next("line", text, self._lines)

    def tag(self, text: str) -> int:
        """The offset of a tag that the author wrote just so."""
        return self._next("tag", _squeezed(text), self._tags)

    def search(self, pattern: str, start: int = 0) -> int:
        """The offset of the first group of a pattern, outside of code."""
        found = re.compile(pattern, re.IGNORECASE).search(self.prose, start)
        return found.start(1) if found else -1

    def at(self, *offsets: int) -> Place:
        """The first offset that was found, else the file as a whole."""
        return next((self.place(offset) for offset in offsets if offset >= 0), Place(self.path))

    @cached_property
    def prose(self) -> str:
        return without_code(self.source)

    def _next(self, what: str, key: str, known: Offsets) -> int:
        offsets = known.get(key)
        if not offsets:
            return -1
        count = self._asked.get((what, key), 0)
        self._asked[what, key] = count + 1
        return offsets[min(count, len(offsets) - 1)]

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(found.end() for found in re.finditer("\n", self.source))]

    @cached_property
    def _targets(self) -> Offsets:
        return _gather((_stem(found[1]), found.start(1)) for found in TARGET.finditer(self.prose))

    @cached_property
    def _tags(self) -> Offsets:
        return _gather((_squeezed(found[0]), found.start()) for found in TAG.finditer(self.prose))

    @cached_property
    def _lines(self) -> Offsets:
        lines = zip(self._line_starts, self.prose.split("\n"), strict=True)
        return _gather((line.strip(" \t>"), start + len(line) - len(line.lstrip(" \t>"))) for start, line in lines)


def _gather(found: Iterable[tuple[str, int]]) -> Offsets:
    offsets: Offsets = {}
    for key, offset in found:
        offsets.setdefault(key, []).append(offset)
    return offsets


def _stem(address: str) -> str:
    """What is left of an address where entities, backslashes, blanks and brackets cannot make a difference."""
    stem = STEM.match(unescape(address).strip())
    return stem.group().replace("\\", "") if stem else ""


def _squeezed(text: str) -> str:
    return " ".join(text.split())
