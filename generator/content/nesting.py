"""How deep a text is nested: its quotations and lists, and the tags that its author wrote."""

import re
from collections import Counter
from collections.abc import Iterator

from generator.content.spots import Spots

DEEPEST = 24
MOST_OPEN = 500

LEVEL = r"(?: {4}|\t| {0,3}>| {0,3}(?:[-*+:]|\d{1,9}\.)(?=[ \t]))"
NESTED = re.compile(rf"^{LEVEL}{{{DEEPEST},}}[ ]{{0,3}}(?:>|[-*+:][ \t]|\d{{1,9}}\.[ \t])[^\n]*", re.MULTILINE)
INDENTED = re.compile(rf"\n[ \t>*+:.\d-]{{{DEEPEST}}}")  # found fast, and without it nothing is nested
RULE = " \t*-_"
TAG = re.compile(r"<(/?)([A-Za-z][^\s/>]*+)")
WITHOUT_END = frozenset({"br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"})


def too_deep(spots: Spots) -> Iterator[int]:
    """The offsets at which there is one level too many."""
    yield from _lines(spots)
    if spots.source.count("<") > MOST_OPEN:
        yield from _tags(spots.prose)


def _lines(spots: Spots) -> Iterator[int]:
    """Looks again without the code, which may be as deep as it likes; a rule of many stars is not deep."""
    if INDENTED.search(f"\n{spots.source}") and NESTED.search(spots.source):
        for found in NESTED.finditer(spots.prose):
            if found.group().strip(RULE):
                yield found.start()


def _tags(source: str) -> Iterator[int]:
    still_open: Counter[str] = Counter()
    depth = 0
    for found in TAG.finditer(source):
        closing, name = found.group(1), found.group(2).lower()
        if not closing and name not in WITHOUT_END:
            still_open[name] += 1
            depth += 1
        elif closing and still_open[name]:
            still_open[name] -= 1
            depth -= 1
        if depth > MOST_OPEN:
            yield found.start()
