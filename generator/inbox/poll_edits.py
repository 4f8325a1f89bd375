"""Edits numbers of a poll's file; the author's order, quotes, comments and line ends stay as they are."""

from zoneinfo import ZoneInfo

import msgspec
import yaml

from generator.content.polls import Poll, read_poll
from generator.fields.lines import Edit, Lines, edited
from generator.fields.values import Fields, Value, read_fields


def with_tally(
    data: bytes, poll: Poll, votes: tuple[int, ...], voters: int, inbox: str, mark: int, zone: ZoneInfo
) -> bytes | None:
    """The file with the votes of its options, its voters, and the number up to which an inbox is counted in it; None where
    it is written in a way that is not edited here."""
    text = data.decode("utf-8")
    root = read_fields(text.replace("\r\n", "\n").replace("\r", "\n"), poll.path, [])
    listed = root.get("options") if root else None
    if root is None or listed is None:
        return None
    lines, edits = Lines(text), list[Edit]()
    for item, option, count in zip(listed.items(), poll.options, votes, strict=True):
        fields = item.fields()
        if fields is not None and count != option.votes:
            edits.append(_set(fields, "votes", str(count), lines))
    if poll.several or root.get("voters"):
        edits.append(_set(root, "voters", str(voters), lines))
    marks = dict(poll.tallied) | {inbox: mark}
    written = ", ".join(f'"{id}": {number}' for id, number in marks.items())
    edits.append(_set(root, "tallied", f"{{{written}}}", lines))
    found = edited(text, edits).encode()
    options = tuple(
        msgspec.structs.replace(option, votes=count) for option, count in zip(poll.options, votes, strict=True)
    )
    wanted = msgspec.structs.replace(poll, options=options, voters=voters, tallied=tuple(marks.items()))
    after, _ = read_poll(found, poll.path, zone)
    return found if after == wanted else None


def _set(fields: Fields, name: str, written: str, lines: Lines) -> Edit:
    """A value in the place of the one that a key has, or the key and its value at the end of the map."""
    if name in fields:
        value = fields.get(name)
        assert value is not None
        last = value.node if _stands_alone(value.node) else _last(value)
        return lines.at(value.node.start_mark), lines.at(last.end_mark), written
    node = fields.value.node
    assert isinstance(node, yaml.MappingNode)
    if node.flow_style:
        end = lines.at(_last(fields.value).end_mark)
        return end, end, f", {name}: {written}"
    below = lines.below(_last(fields.value))
    return below, below, f"{lines.fresh(below)}{' ' * node.start_mark.column}{name}: {written}{lines.end}"


def _stands_alone(node: yaml.Node) -> bool:
    """Whether a value ends where it is written to end: not one in lines of its own, which YAML ends at the next key."""
    return not isinstance(node, yaml.CollectionNode) or bool(node.flow_style) or not node.value


def _last(value: Value) -> yaml.Node:
    """The last value of a map or list, at whatever depth it is written in lines of its own."""
    node = _inside(value.node)
    while not _stands_alone(node):
        node = _inside(node)
    return node


def _inside(node: yaml.Node) -> yaml.Node:
    """The last value that a map or list holds directly."""
    last: yaml.Node = node.value[-1][1] if isinstance(node, yaml.MappingNode) else node.value[-1]
    return last
