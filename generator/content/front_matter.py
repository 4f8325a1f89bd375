"""A Markdown file falls into front matter and text; a fence that is missing is told, never passed over."""

import re

from frontmatter.default_handlers import YAMLHandler
from msgspec import Struct

from generator.fields.values import Fields, read_fields
from generator.problems import Place, Problem

_handler = YAMLHandler()
_ALMOST_FENCE = re.compile(r"\s*(?:-{1,2}|—|–|\+{3}|={3,}|;{3}|\{)\s*$")


class Document(Struct, frozen=True, gc=False):
    """Front matter and text of a file, each with the line on which it begins."""

    fields: Fields
    body: str
    body_line: int


def read_document(text: str, path: str, problems: list[Problem]) -> Document | None:
    """The parts of a file; None where it has no front matter that can be read (which is reported)."""
    if not text.strip():
        return _refuse(
            problems,
            Place(path, 1, 1),
            "the file is empty",
            "it begins with a line ---, then title, date, country, topic",
        )
    if not _handler.detect(text):
        first = text.split("\n", 1)[0]
        message = (
            "the front matter must begin with a line ---"
            if _ALMOST_FENCE.match(first)
            else "the front matter is missing"
        )
        return _refuse(problems, Place(path, 1, 1), message, "the first line of the file is ---")
    opened = _handler.FM_BOUNDARY.match(text)
    assert opened is not None
    try:
        front, body = _handler.split(text)
    except ValueError:
        return _refuse(
            problems, Place(path, 1, 1), "the front matter is never closed", "put a line --- between it and the text"
        )
    first_line = 1 + text.count("\n", 0, opened.end())
    if not front.strip():
        return _refuse(
            problems,
            Place(path, first_line, 1),
            "the front matter is empty",
            "title, date, country and topic are needed",
        )
    fields = read_fields(front, path, problems, first_line)
    body_line = 1 + text.count("\n", 0, len(text) - len(body))
    return None if fields is None else Document(fields, body, body_line)


def _refuse(problems: list[Problem], place: Place, message: str, hint: str) -> None:
    problems.append(Problem(place, message, hint))
