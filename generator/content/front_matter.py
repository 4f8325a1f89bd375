"""A Markdown file falls into front matter and text; a fence that is missing is told, never passed over."""

import re

from frontmatter.default_handlers import YAMLHandler
from msgspec import Struct

from generator.fields.sources import decode
from generator.fields.values import Fields, read_fields
from generator.problems import Place, Problem

_handler = YAMLHandler()
_ALMOST_FENCE = re.compile(r"\s*(?:-+|—|–|\+{3}|={3,}|;{3}|\{)\s*$")


class Document(Struct, frozen=True, gc=False):
    """Front matter and text of a file, each with the line on which it begins."""

    fields: Fields
    body: str
    body_line: int


def open_document(data: bytes, path: str, problems: list[Problem]) -> Document | None:
    """The parts of a file as it lies on the disk; None where it is no text, or as `read_document` says."""
    text = decode(data, path, problems)
    return None if text is None else read_document(text, path, problems)


def read_document(text: str, path: str, problems: list[Problem]) -> Document | None:
    """The parts of a file; None where it has no front matter that can be read (which is reported)."""
    if not text.strip():
        return _refuse(
            problems,
            Place(path, 1, 1),
            "the file is empty",
            "it begins with a line ---, then lines such as title: …, then --- and the text",
        )
    if not _handler.detect(text):
        return _refuse(problems, Place(path, 1, 1), *_without_fence(text))
    opened = _handler.FM_BOUNDARY.match(text)
    assert opened is not None
    try:
        front, body = _handler.split(text)
    except ValueError:
        return _refuse(
            problems, Place(path, 1, 1), "the front matter is never closed", "put a line --- between it and the text"
        )
    first_line = 1 + text.count("\n", 0, opened.end())
    before = len(problems)
    fields = read_fields(front, path, problems, first_line)
    if fields is None and len(problems) == before:
        return _refuse(
            problems, Place(path, first_line, 1), "the front matter is empty", "write lines such as title: …"
        )
    body_line = 1 + text.count("\n", 0, len(text) - len(body))
    return None if fields is None else Document(fields, body, body_line)


def _without_fence(text: str) -> tuple[str, str]:
    """Message and hint for a text that does not begin with its fence."""
    first = text.strip().split("\n", 1)[0]
    if first.rstrip() == "---":
        return "something stands before the first line ---", "delete the blanks and blank lines above and before it"
    message = (
        "the front matter must begin with a line ---" if _ALMOST_FENCE.match(first) else "the front matter is missing"
    )
    return message, "the first line of the file is ---, then lines such as title: …, then --- and the text"


def _refuse(problems: list[Problem], place: Place, message: str, hint: str) -> None:
    problems.append(Problem(place, message, hint))
