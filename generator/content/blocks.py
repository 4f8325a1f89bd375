"""Blocks of a text become elements; a block processor is asked only about a block that could be its own."""

from collections.abc import Set
from functools import cached_property
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.blockprocessors import BlockProcessor
from markdown.util import Registry

BEGINNINGS = {
    "empty": "\n",
    "indent": " ",
    "defindent": " ",
    "code": " ",
    "table": "|",
    "hashheader": "#",
    "setextheader": "=-",
    "hr": " -_*",
    "olist": " 0",
    "ulist": " *+-",
    "deflist": " :",
    "quote": " >",
    "footnote": " [",
    "abbr": "*",
    "reference": " [",
}
"""With what one line at least of a block begins that a processor takes: `0` is any digit, the newline an empty line.

A table has its `|` anywhere. A processor that is not listed is always asked.
"""

SIGNS = frozenset("".join(BEGINNINGS.values()))


class SparingBlocks(BlockParser):
    """Python-Markdown's parser of blocks, which asks sixteen processors about every block, with fewer questions."""

    def __init__(self, md: Markdown, processors: Registry[BlockProcessor]) -> None:
        super().__init__(md)
        self.blockprocessors = processors
        for processor in processors:
            processor.parser = self
        self._known: dict[frozenset[str], tuple[BlockProcessor, ...]] = {}

    def parseBlocks(self, parent: Element, blocks: list[str]) -> None:
        while blocks:
            for processor in self._asked(blocks[0]):
                if processor.test(parent, blocks[0]) and processor.run(parent, blocks) is not False:
                    break

    def _asked(self, block: str) -> tuple[BlockProcessor, ...]:
        if "\n" not in block and block[:1].isalpha():
            return self._unsigned
        signs = frozenset(beginnings(block) & SIGNS)
        if signs not in self._known:
            self._known[signs] = self._of(signs)
        return self._known[signs]

    @cached_property
    def _unsigned(self) -> tuple[BlockProcessor, ...]:
        return self._of(frozenset())

    def _of(self, signs: Set[str]) -> tuple[BlockProcessor, ...]:
        spared = [self.blockprocessors[name] for name, needed in BEGINNINGS.items() if signs.isdisjoint(needed)]
        return tuple(processor for processor in self.blockprocessors if processor not in spared)


def beginnings(block: str) -> set[str]:
    """The first character of every line, as `BEGINNINGS` has them, and whether there is a `|`."""
    found = {line[:1] or "\n" for line in block.split("\n")}
    if block[:1].isdecimal():
        found.add("0")
    if "|" in block:
        found.add("|")
    return found
