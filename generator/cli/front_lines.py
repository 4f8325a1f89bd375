"""Edits single lines of a story's front matter; the author's order, quotes, comments and line ends stay as they are."""

import re

import yaml

from generator.cli.newsroom import quoted
from generator.content.aliases import landing
from generator.content.front_matter import read_document
from generator.fields.values import Fields, Value

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+")
_FENCE = re.compile(r"-{3,}\s*")
_PLAIN = re.compile(r"[\w/.~%-]+")
Edit = tuple[int, int, str]
"""From where to where in the text, and what stands there instead."""


def with_old_address(text: str, id: str, old: str, new: str) -> str | None:
    """The text with `id` (where it has none) and with `old` among its aliases, in the place of `new` where that was one;
    None where the front matter is written in a way that is not edited here."""
    document = read_document(text.replace("\r\n", "\n").replace("\r", "\n"), "", [])
    root = document.fields.value.node if document else None
    if document is None or not isinstance(root, yaml.MappingNode) or root.flow_style:
        return None
    lines = _Lines(text, document.fields.value.first_line)
    added = [] if document.fields.get("id") else [f"id: {id}"]
    aliases = document.fields.get("aliases")
    edits = [_alias_edit(aliases, lines, old, new)] if aliases else []
    added += [] if aliases else [f"aliases: [{old}]"]
    edits += [lines.before_fence(added, _indent(document.fields))] if added else []
    for start, end, instead in sorted(edits, reverse=True):
        text = text[:start] + instead + text[end:]
    return text


def with_aliases_masked(text: str) -> str:
    """The text with other words for its aliases, in the same places: one of them may be where the story goes, which its
    reader would refuse before the address there is known."""
    document = read_document(text.replace("\r\n", "\n").replace("\r", "\n"), "", [])
    aliases = document.fields.get("aliases") if document else None
    if document is None or aliases is None:
        return text
    lines = _Lines(text, document.fields.value.first_line)
    for number, item in reversed(list(enumerate(aliases.items()))):
        start, end = lines.at(item.node.start_mark), lines.at(item.node.end_mark)
        text = f"{text[:start]}/masked-{number}/{text[end:]}"
    return text


class _Lines:
    """Where the lines of a text begin, and how they end."""

    def __init__(self, text: str, first_line: int) -> None:
        self._lines = _LINE.findall(text)
        self._first_line = first_line
        self._starts = [0]
        for line in self._lines:
            self._starts.append(self._starts[-1] + len(line))
        self.end = "\r\n" if self._lines[0].endswith("\r\n") else "\n"

    def at(self, mark: yaml.Mark) -> int:
        """The offset of a mark that YAML made."""
        return self._starts[self._first_line + mark.line - 1] + mark.column

    def after(self, mark: yaml.Mark) -> int:
        """The offset of the line after that of a mark."""
        return self._starts[self._first_line + mark.line]

    def before_fence(self, added: list[str], indent: str) -> Edit:
        """Lines at the end of the front matter."""
        fence = next(at for at, line in enumerate(self._lines) if at and _FENCE.fullmatch(line))
        start = self._starts[fence]
        return start, start, "".join(f"{indent}{line}{self.end}" for line in added)


def _indent(fields: Fields) -> str:
    first_key = fields.value.node.value[0][0]
    return " " * int(first_key.start_mark.column)


def _alias_edit(aliases: Value, lines: _Lines, old: str, new: str) -> Edit:
    items = aliases.items()
    for item in items:
        if landing(item.text() or "") == new:
            return lines.at(item.node.start_mark), lines.at(item.node.end_mark), old
    node = aliases.node
    if not isinstance(node, yaml.SequenceNode):
        start, end = lines.at(node.start_mark), lines.at(node.end_mark)
        word = aliases.text() or ""
        return start, end, f"[{word if _PLAIN.fullmatch(word) else quoted(word)}, {old}]"
    if not items:
        after_bracket = lines.at(node.start_mark) + 1
        return after_bracket, after_bracket, old
    last = items[-1].node
    if node.flow_style:
        return lines.at(last.end_mark), lines.at(last.end_mark), f", {old}"
    below = lines.after(last.end_mark)
    return below, below, f"{' ' * node.start_mark.column}- {old}{lines.end}"
