"""YAML as nodes with places: the only module that touches PyYAML's parser, so that no value is ever guessed by it."""

import re
from typing import Any

import yaml

from generator.fields.sources import place_in
from generator.problems import Place, Problem

MAX_DEPTH = 24
Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
NULL, _TEXT = "tag:yaml.org,2002:null", "tag:yaml.org,2002:str"
_NOTHING = frozenset({"", "~", "null", "Null", "NULL"})
_OPENERS = re.compile(r"[\[{]|(?:^|[-:?] )\s*[-?] ", re.MULTILINE)
_MARKED = re.compile(r"(?:^|[\s\[{,])[&*!][^\s,\[\]{}]")
_QUOTE = "put the value in quotes"
_SAID = {
    "mapping values are not allowed": ("a colon inside a value", 'put the whole value in “straight quotes”: "…: …"'),
    "could not find expected ':'": (
        "a line that is neither a key nor a value",
        "write `key: value`, with a blank after the colon",
    ),
    "a tab character that violates indentation": ("a tab where blanks are needed", "indent with blanks"),
    "found unexpected end of stream": (
        "a quotation mark is opened and never closed",
        "close it, or put the value in the other quotes",
    ),
    "scanning an alias": ("a value that begins with *", _QUOTE),
    "scanning an anchor": ("a value that begins with &", _QUOTE),
    "a tag": ("a value that begins with !", _QUOTE),
    "undefined tag handle": ("a value that begins with !", _QUOTE),
    "expected comment or line break": ("a value that begins with | or >", _QUOTE),
    "block sequence entries are not allowed": (
        "a hyphen where a value is needed",
        "begin a list on the next line; a text goes in quotes",
    ),
    "mapping keys are not allowed": ("a value that begins with ?", _QUOTE),
    "incompatible YAML document": ("a line that begins with %", _QUOTE),
    "scanning a directive": ("a line that begins with %", _QUOTE),
    "parsing a quoted scalar": ("a backslash that means nothing here", "put the value in 'single quotes'"),
    "<document start>": ("a line ... ends the fields too early", "delete it, or put the text in quotes"),
    "another document": ("a line --- begins a second document", "delete it: a file holds one"),
    "did not find expected ',' or": (
        "a list or map in brackets is not closed, or lacks a comma",
        "close it on the same line; a text with brackets goes in quotes",
    ),
    "expected <block end>": ("this line does not fit the lines above it", "check the indentation and the quotes"),
    "did not find expected key": ("this line does not fit the lines above it", "check the indentation and the quotes"),
    "did not find expected '-' indicator": ("this line does not fit the list above it", "check the indentation"),
}
_BEGINS_AT_CONTEXT = re.compile(
    "scanning a (?:simple key|block scalar|quoted scalar)|quoted scalar|scanning an (?:alias|anchor)"
)
_INDENTED_KEY = re.compile(r"\s+[\w.-]+")
_CLOSED = {'"': "quotation mark", "'": "quotation mark", "]": "bracket", "}": "brace"}


class Nodes(Loader):  # type: ignore[misc]
    """Asks of a value only whether it is nothing; YAML's other guesses are looked up for nobody."""

    def resolve(self, kind: type[yaml.Node], value: str, implicit: tuple[bool, bool]) -> str:
        return NULL if kind is yaml.ScalarNode and implicit[0] and value in _NOTHING else _TEXT

    def descend_resolver(self, current_node: yaml.Node | None, current_index: object) -> None:
        """Tags by path are for programs that add some."""

    def ascend_resolver(self) -> None:
        """As above."""


def compose(text: str, path: str, first_line: int, problems: list[Problem]) -> yaml.Node | None:
    """The root node of a YAML text that begins on `first_line`; None where it is empty or broken."""
    try:
        if _is_suspicious(text) and not _is_tame(text, path, first_line, problems):
            return None
        node: yaml.Node | None = yaml.compose(text, Loader=Nodes)
        return node
    except yaml.MarkedYAMLError as error:
        problems.append(_explain(error, text, path, first_line))
    except yaml.YAMLError as error:
        problems.append(Problem(Place(path, first_line, 1), f"this is not YAML: {error}", _QUOTE))
    return None


def _is_suspicious(text: str) -> bool:
    """Whether a text may nest too deeply or have references; few do, and single characters are found fastest."""
    if ("&" in text or "*" in text or "!" in text) and _MARKED.search(text):
        return True
    return sum(map(text.count, "[{-?")) > MAX_DEPTH and len(_OPENERS.findall(text)) > MAX_DEPTH


def _is_tame(text: str, path: str, first_line: int, problems: list[Problem]) -> bool:
    """Whether the text nests no deeper than allowed and has no references (a few lines of them can mean gigabytes, and
    a title that begins with & or ! would lose its first word)."""
    depth = 0
    for event in yaml.parse(text, Loader=Loader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if said := _untamed(event, depth):
            problems.append(Problem(_place(event.start_mark, path, first_line), *said))
            return False
    return True


def _untamed(event: Any, depth: int) -> tuple[str, str] | None:
    if depth > MAX_DEPTH:
        return f"nesting deeper than {MAX_DEPTH} levels is not allowed", "write the value out"
    for name, mark in (("anchor", "*" if isinstance(event, yaml.AliasEvent) else "&"), ("tag", "!")):
        if getattr(event, name, None):
            return f"a value that begins with {mark}", f"{_QUOTE}; YAML's {mark}names are not read here"
    return None


def _place(mark: Any, path: str, first_line: int) -> Place:
    return Place(path, first_line + mark.line, mark.column + 1)


def _explain(error: yaml.MarkedYAMLError, text: str, path: str, first_line: int) -> Problem:
    said = f"{error.problem or ''} {error.context or ''}"
    mark = _mark(error)
    rest = text.split("\n")[mark.line :] if mark else []
    if mark and "expected node content" in said and not "".join(rest)[mark.column :].strip():
        return Problem(place_in(text, len(text.rstrip()) - 1, path, first_line), *_SAID["did not find expected ',' or"])
    place = _place(mark, path, first_line) if mark else place_in(text, 0, path, first_line)
    if mark and (seen := _seen(said, rest[0] if rest else "", mark.column)):
        return Problem(place, *seen)
    for start, known in _SAID.items():
        if start in said:
            return Problem(place, *known)
    return Problem(place, f"this is not YAML: {said.strip()}", _QUOTE)


def _mark(error: yaml.MarkedYAMLError) -> Any:
    """Where the mistake was made: where the broken thing begins, if the parser noticed it only further down."""
    begun, noticed, what = error.context_mark, error.problem_mark, error.context or ""
    if begun is None or noticed is None:
        return noticed or begun
    late = _BEGINS_AT_CONTEXT.search(what) or ("flow" in what and begun.line != noticed.line)
    return begun if late else noticed


def _seen(said: str, line: str, column: int) -> tuple[str, str] | None:
    """What the line itself tells of the mistake better than the parser does."""
    before = line[:column].rstrip()
    if "cannot start any token" in said:
        first = line[column : column + 1]
        return (
            ("a tab where blanks are needed", "indent with blanks")
            if first == "\t"
            else (
                f"a value that begins with {first}",
                _QUOTE,
            )
        )
    if "mapping values are not allowed" in said and _INDENTED_KEY.fullmatch(before):
        return "this line is indented, so it belongs to the value above", "delete the blanks at its beginning"
    if ("expected key" in said or "<block end>" in said) and before[-1:] in _CLOSED:
        return f"text after a closing {_CLOSED[before[-1]]}", "put the whole value in quotes, other ones than inside it"
    return None
