"""Emphasis, links and code become elements; a pattern is tried only on text that holds a sign of it."""

import re
from collections import deque
from collections.abc import Iterator
from typing import Literal, NamedTuple, cast
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.inlinepatterns import DelimiterProcessor, LinkInlineProcessor
from markdown.inlinepatterns import InlineProcessor as Pattern
from markdown.treeprocessors import InlineProcessor
from markdown.util import INLINE_PLACEHOLDER, INLINE_PLACEHOLDER_PREFIX, INLINE_PLACEHOLDER_RE, STX, AtomicString

SIGNS = {
    "backtick": "`",
    "escape": "\\",
    "footnote": "^",
    "reference": "[",
    "link": "[",
    "image_link": "!",
    "image_reference": "!",
    "short_reference": "[",
    "short_image_ref": "!",
    "autolink": "<",
    "automail": "<",
    "linebreak": "\n",
    "html": "<",
    "entity": "&",
    "em_strong": "*_",
}
"""Single characters, which are found fastest; without any of its own a pattern cannot match."""

NEED_DEFINITIONS = frozenset({"reference", "image_reference", "short_reference", "short_image_ref"})
CHARACTERS = "".join(dict.fromkeys("".join(SIGNS.values())))


Part = Literal["text", "tail"]


class Tried(NamedTuple):
    """A pattern with its position among all."""

    at: int
    pattern: Pattern


class SparingInline(InlineProcessor):
    """Python-Markdown's walk over a tree, which leaves alone whatever no pattern can match."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        self._present = CHARACTERS
        self._known: dict[tuple[bool, str], tuple[Tried, ...]] = {}

    def run(self, tree: Element, ancestors: list[str] | None = None) -> Element:
        self.stashed_nodes = {}
        whole = "".join(tree.itertext())
        self._present = "".join([sign for sign in CHARACTERS if sign in whole])
        queue = deque([tree])
        while queue:
            self._read_children(queue.popleft(), queue)
        return tree

    def _read_children(self, parent: Element, queue: deque[Element]) -> None:
        grown = []
        for child in parent:
            if child.text and not isinstance(child.text, AtomicString) and self._concerns(child.text):
                text, child.text = child.text, None
                nodes = self._placed(self._marked(text), child, "text")
                queue.extend(nodes)
                grown.append((child, nodes))
            if child.tail and self._concerns(child.tail):
                self._read_tail(parent, child, child.tail)
            if len(child):
                queue.append(child)
        for child, nodes in grown:
            child[:0] = nodes

    def _read_tail(self, parent: Element, child: Element, tail: str) -> None:
        stand_in = Element("d")
        nodes = self._placed(self._marked(tail), stand_in, "tail")
        child.tail = stand_in.tail or None
        if nodes:
            after = list(parent).index(child) + 1
            parent[after:after] = nodes

    def _placed(self, text: str, parent: Element, part: Part) -> list[Element]:
        """The elements whose placeholders stand in a text; its words are put before and after them."""
        nodes: list[Element] = []
        at = 0
        while (begin := text.find(INLINE_PLACEHOLDER_PREFIX, at)) >= 0:
            found = INLINE_PLACEHOLDER_RE.search(text, begin)
            node = self.stashed_nodes.get(found.group(1)) if found else None
            if found is None or node is None:
                begin += len(INLINE_PLACEHOLDER_PREFIX)
                _put(text[at:begin], parent, part, nodes)
                at = begin
                continue
            _put(text[at:begin], parent, part, nodes)
            at = found.end()
            if isinstance(node, str):
                _put(node, parent, part, nodes)
            else:
                self._fill(node)
                nodes.append(node)
        rest = text[at:]
        _put(AtomicString(rest) if isinstance(text, AtomicString) else rest, parent, part, nodes)
        return nodes

    def _fill(self, node: Element) -> None:
        """Puts in place what stands inside an element that has a place now."""
        for child in (node, *node):
            if child.tail and INLINE_PLACEHOLDER_PREFIX in child.tail:
                tail, child.tail = child.tail, None
                nodes = self._placed(tail, child, "tail")
                after = 0 if child is node else list(node).index(child) + 1
                node[after:after] = nodes
            if child.text and INLINE_PLACEHOLDER_PREFIX in child.text:
                text, child.text = child.text, None
                child[:0] = self._placed(text, child, "text")

    def _concerns(self, text: str) -> bool:
        return STX in text or bool(self._patterns(text))

    def _patterns(self, text: str) -> tuple[Tried, ...]:
        """Those that can match in this text."""
        signs = (bool(self.md.references), "".join([sign for sign in self._present if sign in text]))
        if signs not in self._known:
            self._known[signs] = tuple(self._of(text))
        return self._known[signs]

    def _of(self, text: str) -> Iterator[Tried]:
        known = self.md.inlinePatterns
        names = {known.get_index_for_name(name): name for name in SIGNS}
        for index, pattern in enumerate(known):
            name = names.get(index, "")
            if name in NEED_DEFINITIONS and not self.md.references:
                continue
            if not name or any(sign in text for sign in SIGNS[name]):
                yield Tried(index, cast(Pattern, pattern))

    def _marked(self, text: str, first: int = 0) -> str:
        """The text with a placeholder for whatever a pattern takes."""
        if not isinstance(text, AtomicString):
            for index, pattern in self._patterns(text):
                if index >= first:
                    text = self._apply(pattern, text, index)
        return text

    def _apply(self, pattern: Pattern, text: str, index: int) -> str:
        at = 0
        while found := _next(pattern, text, at):
            node, start, at = found
            if node is None:
                continue
            if not isinstance(node, str) and not isinstance(node.text, AtomicString):
                for element in (node, *node):
                    if element.text:
                        element.text = self._marked(element.text, index + 1)
                    if element.tail:
                        element.tail = self._marked(element.tail, index)
            mark = self._stash(node)
            text, at = f"{text[:start]}{mark}{text[at:]}", start + len(mark)
        return text

    def _stash(self, node: Element | str) -> str:
        number = f"{len(self.stashed_nodes):04}"
        self.stashed_nodes[number] = node
        return INLINE_PLACEHOLDER % number


def _put(text: str, parent: Element, part: Part, nodes: list[Element]) -> None:
    """Adds words after the last of some nodes, or before the first."""
    if text:
        element, place = (nodes[-1], "tail") if nodes else (parent, part)
        before = getattr(element, place)
        setattr(element, place, before + text if before else text)


def _next(pattern: Pattern, text: str, start: int) -> tuple[Element | str | None, int, int] | None:
    """What a pattern makes of its next match that it accepts."""
    for match in pattern.compiled_re.finditer(text, start):
        node, begin, end = pattern.handleMatch(match, text)
        if begin is not None and end is not None:
            return node, begin, end
    return None


class SparingLink(LinkInlineProcessor):
    """Python-Markdown's own, with a short way for `[text](address)` without brackets, blanks and quotes."""

    SHORT = re.compile(r"""([^\[\]]*)\]\(([^\s()<>"'\x02]*)\)""")

    def handleMatch(  # type: ignore[override]
        self, m: re.Match[str], data: str
    ) -> tuple[Element | str | None, int | None, int | None]:
        found = self.SHORT.match(data, m.end())
        if found is None:
            return super().handleMatch(m, data)
        element = Element("a", {"href": found.group(2)})
        element.text = found.group(1)
        return element, m.start(), found.end()


class SparingEmphasis(DelimiterProcessor):
    """Python-Markdown's own, with a short way for `*a*` and `**a**` and a search in place of a look at every character."""

    def handleMatch(  # type: ignore[override]
        self, m: re.Match[str], data: str
    ) -> tuple[Element | None, int | None, int | None]:
        if not self.regions and (pair := self._pair(m, data)):
            opened, closed = pair
            element = Element("strong" if len(opened.group()) == 2 else "em")
            element.text = data[opened.end() : closed.start()]
            return element, opened.start(), closed.end()
        return super().handleMatch(m, data)

    def _pair(self, sign: re.Match[str], data: str) -> tuple[re.Match[str], re.Match[str]] | None:
        """Two equal delimiters without any other between them."""
        opened = self.get_match(data, sign.start())
        if opened is None or opened.lastgroup == "end" or len(opened.group()) > 2:
            return None
        for other in self.compiled_re.finditer(data, opened.end()):
            found = self.delimiters[other.group()].boundary.match(data, other.start())
            if found is None or (found.lastgroup == "end" and other.group() != sign.group()):
                continue
            return (opened, found) if found.group() == opened.group() and found.lastgroup != "start" else None
        return None

    def search(self, data: str, start: int) -> re.Match[str] | None:
        for sign in self.compiled_re.finditer(data, start):
            delimiter = self.delimiters[sign.group()]
            found = delimiter.boundary.match(data, sign.start())
            if found is not None and (delimiter.stack or found.lastgroup != "end"):
                return found
        return None
