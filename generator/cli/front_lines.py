"""Edits single lines of a story's front matter; the author's order, quotes, comments and line ends stay as they are."""

import re

import yaml

from generator.content.aliases import landing
from generator.content.front_matter import read_document
from generator.fields.lines import Edit, Lines, edited
from generator.fields.values import Fields, Value
from generator.fields.writing import quoted

_FENCE = re.compile(r"-{3,}\s*")
_PLAIN = re.compile(r"[\w/.~%-]+")


def with_old_address(text: str, id: str, old: str, new: str) -> str | None:
    """The text with `id` (where it has none) and with `old` among its aliases, in the place of `new` where that was one;
    None where the front matter is written in a way that is not edited here."""
    document = read_document(text.replace("\r\n", "\n").replace("\r", "\n"), "", [])
    root = document.fields.value.node if document else None
    if document is None or not isinstance(root, yaml.MappingNode) or root.flow_style:
        return None
    lines = Lines(text, document.fields.value.first_line)
    added = [] if document.fields.get("id") else [f"id: {id}"]
    aliases = document.fields.get("aliases")
    edits = [_alias_edit(aliases, lines, old, new)] if aliases else []
    added += [] if aliases else [f"aliases: [{old}]"]
    edits += [_before_fence(lines, added, _indent(document.fields))] if added else []
    return edited(text, edits)


def with_aliases_masked(text: str) -> str:
    """The text with other words for its aliases, in the same places: one of them may be where the story goes, which its
    reader would refuse before the address there is known."""
    document = read_document(text.replace("\r\n", "\n").replace("\r", "\n"), "", [])
    aliases = document.fields.get("aliases") if document else None
    if document is None or aliases is None:
        return text
    lines = Lines(text, document.fields.value.first_line)
    for number, item in reversed(list(enumerate(aliases.items()))):
        start, end = lines.at(item.node.start_mark), lines.at(item.node.end_mark)
        text = f"{text[:start]}/masked-{number}/{text[end:]}"
    return text


def _before_fence(lines: Lines, added: list[str], indent: str) -> Edit:
    """Lines at the end of the front matter."""
    fence = next(at for at, line in enumerate(lines.lines) if at and _FENCE.fullmatch(line))
    start = lines.starts[fence]
    return start, start, "".join(f"{indent}{line}{lines.end}" for line in added)


def _indent(fields: Fields) -> str:
    first_key = fields.value.node.value[0][0]
    return " " * int(first_key.start_mark.column)


def _alias_edit(aliases: Value, lines: Lines, old: str, new: str) -> Edit:
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
