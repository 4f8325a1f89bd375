"""Looks up the line of a field after the fact, so that stories without a mistake need not remember their places."""

from collections.abc import Callable

import msgspec

from generator.content.front_matter import read_document
from generator.fields.sources import decode
from generator.fields.values import Fields, Value, read_fields
from generator.problems import Place, Problem


def pin(problem: Problem, read: Callable[[str], bytes | None]) -> Problem:
    """The problem with the line and column of the field that it is about; as it is where that cannot be found."""
    if not problem.at or problem.place.line:
        return problem
    data = read(problem.place.path)
    found = _find(data, problem.place.path, problem.at.split(".")) if data is not None else None
    return msgspec.structs.replace(problem, place=found or problem.place, at="")


def _find(data: bytes, path: str, steps: list[str]) -> Place | None:
    unheard: list[Problem] = []
    text = decode(data, path, unheard)
    if text is None:
        return None
    fields: Fields | None
    if path.endswith(".md"):
        document = read_document(text, path, unheard)
        fields = document.fields if document else None
    else:
        fields = read_fields(text, path, unheard)
    return _walk(fields, steps) if fields else None


def _walk(fields: Fields, steps: list[str]) -> Place | None:
    """The place of `source.0.outlet`: a key, a position in a list (a single value counts as a list of one), a key."""
    value: Value | None = fields.get(steps[0])
    for step in steps[1:]:
        if value is None:
            return None
        if step.isdigit():
            items = value.items()
            value = items[int(step)] if int(step) < len(items) else value
        elif value.is_map:
            inner = value.fields()
            value = (inner.get(step) if inner else None) or value
    return value.place if value else None
