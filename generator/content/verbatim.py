"""The source of a text with its code and comments blanked out, at unchanged offsets."""

import re
from collections.abc import Iterator

FENCE = re.compile(r"^(~{3,}|`{3,})[^\n]*\n.*?^\1[ ]*$", re.MULTILINE | re.DOTALL)
TICKS = re.compile(r"(?P<ticks>`+)|(?P<gap>\n[ \t]*\n)|\\[\\`]")
LIST_MARK = re.compile(r"[ ]{0,3}(?:[-*+]|\d+\.|:|\[\^[^\]\n]*\]:)(?:\s|$)")
LETTER = re.compile(r"[^\n]")

Span = tuple[int, int]


def without_code(source: str) -> str:
    """Every character of code and comments becomes a blank, so that what is found stands where it is in the file."""
    for spans in (_fences, _indented, _spans, _comments):
        source = _blank(source, spans(source))
    return source


def _blank(source: str, spans: Iterator[Span]) -> str:
    parts, end = [], 0
    for start, stop in spans:
        parts += [source[end:start], LETTER.sub(" ", source[start:stop])]
        end = stop
    return "".join(parts) + source[end:]


def _fences(source: str) -> Iterator[Span]:
    if "```" in source or "~~~" in source:
        yield from (fence.span() for fence in FENCE.finditer(source))


def _indented(source: str) -> Iterator[Span]:
    """Lines indented by four after a blank one; below a list item they are its text."""
    if "\n    " not in source and "\n\t" not in source and source[:1] not in " \t":
        return
    after_blank, in_list, in_code, offset = True, False, False, 0
    for line in source.split("\n"):
        indented = line.startswith(("    ", "\t"))
        if line.strip():
            in_code = indented and not in_list and (after_blank or in_code)
            if not indented:
                in_list = bool(LIST_MARK.match(line)) or (in_list and not after_blank)
            if in_code:
                yield offset, offset + len(line)
        after_blank = not line.strip()
        offset += len(line) + 1


def _spans(source: str) -> Iterator[Span]:
    """Backticks pair with the next run of the same length in their paragraph."""
    if "`" not in source:
        return
    runs: list[Span] = []
    for found in TICKS.finditer(source):
        if found["ticks"]:
            runs.append(found.span())
        elif found["gap"]:
            yield from _paired(runs)
            runs = []
    yield from _paired(runs)


def _paired(runs: list[Span]) -> Iterator[Span]:
    following: dict[int, int] = {}
    partner = [0] * len(runs)
    for number in range(len(runs) - 1, -1, -1):
        length = runs[number][1] - runs[number][0]
        partner[number] = following.get(length, 0)
        following[length] = number
    number = 0
    while number < len(runs):
        if partner[number]:
            yield runs[number][0], runs[partner[number]][1]
            number = partner[number]
        number += 1


def _comments(source: str) -> Iterator[Span]:
    start = source.find("<!--")
    while start >= 0 and (end := source.find("-->", start + 4)) >= 0:
        yield start, end + 3
        start = source.find("<!--", end + 3)
