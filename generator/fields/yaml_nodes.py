"""YAML as nodes with places: the only module that touches PyYAML, so that no value is ever guessed by it."""

import re
from typing import Any

import yaml

from generator.fields.sources import place_in
from generator.problems import Place, Problem

MAX_DEPTH = 24
Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_OPENERS = re.compile(r"[\[{]|(?:^|[-:?] )\s*[-?] |[&*][\w-]+", re.MULTILINE)
_SAID = {
    "mapping values are not allowed": ("a colon inside a value", 'put the whole value in “straight quotes”: "…: …"'),
    "could not find expected ':'": ("a line that is neither a key nor a value", "write `key: value`"),
    "found character '\\t'": ("a tab where spaces are needed", "indent with spaces"),
    "found character '@'": ("a value that begins with @", "put the value in quotes"),
    "found character '`'": ("a value that begins with `", "put the value in quotes"),
    "found character '%'": ("a value that begins with %", "put the value in quotes"),
    "found unexpected end of stream": (
        "a quotation mark is opened and never closed",
        "close it, or put the value in the other quotes",
    ),
    "found undefined alias": ("a value that begins with *", "put the value in quotes"),
    "did not find expected ',' or": (
        "a list or map in brackets is not closed, or lacks a comma",
        "close it on the same line",
    ),
    "expected <block end>": ("this line does not fit the lines above it", "check the indentation and the quotes"),
    "did not find expected key": ("this line does not fit the lines above it", "check the indentation and the quotes"),
    "did not find expected '-' indicator": ("this line does not fit the list above it", "check the indentation"),
}


def compose(text: str, path: str, first_line: int, problems: list[Problem]) -> yaml.Node | None:
    """The root node of a YAML text that begins on `first_line`; None where it is empty or broken."""
    try:
        if len(_OPENERS.findall(text)) > MAX_DEPTH and not _is_tame(text, path, first_line, problems):
            return None
        node: yaml.Node | None = yaml.compose(text, Loader=Loader)
        return node
    except yaml.MarkedYAMLError as error:
        problems.append(_explain(error, text, path, first_line))
    except yaml.YAMLError as error:
        problems.append(Problem(Place(path, first_line, 1), f"this is not YAML: {error}"))
    return None


def _is_tame(text: str, path: str, first_line: int, problems: list[Problem]) -> bool:
    """Whether the text nests no deeper than allowed and repeats nothing by aliases (a few lines can mean gigabytes)."""
    depth = 0
    for event in yaml.parse(text, Loader=Loader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > MAX_DEPTH or isinstance(event, yaml.AliasEvent):
            what = (
                "an alias (*name)" if isinstance(event, yaml.AliasEvent) else f"nesting deeper than {MAX_DEPTH} levels"
            )
            problems.append(
                Problem(_place(event.start_mark, path, first_line), f"{what} is not allowed", "write the value out")
            )
            return False
    return True


def _place(mark: Any, path: str, first_line: int) -> Place:
    return Place(path, first_line + mark.line, mark.column + 1)


def _explain(error: yaml.MarkedYAMLError, text: str, path: str, first_line: int) -> Problem:
    said = f"{error.problem or ''} {error.context or ''}"
    mark = error.problem_mark or error.context_mark
    if error.context and "quoted scalar" in error.context and error.context_mark:
        mark = error.context_mark
    place = _place(mark, path, first_line) if mark else place_in(text, 0, path, first_line)
    for start, (message, hint) in _SAID.items():
        if start in said:
            return Problem(place, message, hint)
    return Problem(place, f"this is not YAML: {said.strip()}")
