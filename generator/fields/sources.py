"""Bytes of a file become a text, or the problems that stand in the way, each with its line and column."""

import re
from pathlib import PurePosixPath

from generator.problems import Place, Problem

STORY_LIMIT = 2_000_000
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
CONTROLS = bytes({*range(0x20), 0x7F, 0xED, 0xEF} - {*b"\t\n"})
"""Bytes without which no UTF-8 holds a control character, a surrogate or a character that is none (U+FFFE)."""

_BOM = b"\xef\xbb\xbf"


def decode(data: bytes, path: str, problems: list[Problem], limit: int = STORY_LIMIT) -> str | None:
    """The text of a file in UTF-8, with `\\n` line ends; None where it cannot be read as one."""
    if len(data) > limit:
        _report(problems, Place(path), f"the file has {len(data):,} bytes; the limit is {limit:,}", "split it up")
        return None
    if data.startswith(_BOM):
        _report(problems, Place(path, 1, 1), "the file begins with a byte order mark", "save it as UTF-8 without BOM")
        data = data[len(_BOM) :]
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8", "replace")
        _report(
            problems, place_in(before, len(before), path), "this is not UTF-8", "save the file in the encoding UTF-8"
        )
        return None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if has_any(data, CONTROLS) and (found := FORBIDDEN.search(text)):
        code = ord(found.group())
        _report(problems, place_in(text, found.start(), path), f"a control character (U+{code:04X})", "delete it")
        return None
    return text


def has_any(text: str | bytes, wanted: bytes) -> bool:
    """Whether any of some bytes stands in a text in UTF-8; several times as fast as a pattern of characters."""
    data = text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
    return len(data.translate(None, wanted)) < len(data)


def place_in(text: str, offset: int, path: str, first_line: int = 1) -> Place:
    """Line and column of an offset in a text that begins on `first_line` of its file."""
    line = text.count("\n", 0, offset)
    return Place(path, first_line + line, offset - (text.rfind("\n", 0, offset) + 1) + 1)


def unreadable(path: str, error: OSError) -> Problem:
    """The problem of a file that the system does not let us read."""
    return Problem(Place(path), f"this file cannot be read: {error.strerror}", "mend its permissions")


def inside(path: str) -> bool:
    """Whether a relative path of forward slashes stays in its tree."""
    parts = PurePosixPath(path).parts
    return bool(parts) and ".." not in parts and not path.startswith("/") and "\\" not in path


def _report(problems: list[Problem], place: Place, message: str, hint: str) -> None:
    problems.append(Problem(place, message, hint))
