"""Straight double quotes become a language's own marks, inner ones inside outer ones, be those around typed or straight."""

import re
from collections.abc import Iterator

from msgspec import Struct

STILL, BREAK, LINE, WORD = "\x00", "\x01", "\x02", "\x03"
"""Stand in the place of markup inside a line, which is seen through; of markup after which another paragraph begins, or
another line of it; and of what is itself read, as code."""

OPENERS = "([{«„“‘—–-/" + BREAK + LINE
_ENDS = ")]}»”’.,;:!?…" + BREAK + LINE
_CLOSING = {"«": "»", "„": "“", "“": "”", "‘": "’"}
_MARKS = re.compile(r'"(?:\x00*")*|[«»„“”\x01]')
_INCHES = re.compile(r"\d['’′] ?\d+(?:[.,]\d+)?\x00*\Z")
_LONGEST = 16
"""Characters in which feet and inches, or degrees, are looked for."""


def quoted(text: str, marks: str, *, spaced: bool) -> Iterator[str]:
    """The parts of a text; `marks` are the outer pair and the inner pair. Without blanks between words, as in Chinese, every
    other quote closes. A quote that closes nothing stays, as `5"` (inches) does, and so does an empty pair."""
    quoting, last, end = Quoting(marks), "", 0
    for found in _MARKS.finditer(text):
        between = text[end : found.start()]
        yield between
        before, end = between.rstrip(STILL)[-1:] or last, found.end()
        last = found[0][-1]
        if last != '"':
            yield last
            last = quoting.pass_by(last, before)
            continue
        after = end
        while text.startswith(STILL, after):
            after += 1
        run = found[0]
        if before.isdigit() and _INCHES.search(text[max(0, found.start() - _LONGEST) : found.start()]):
            yield run[0]
            run = run[1:]
        yield quoting.among_blanks(run, before, text[after : after + 1]) if spaced else quoting.in_turn(run, before)
    yield text[end:]


class Quoting(Struct):
    """What stands open at a place of a text: the marks of its paragraph, whether one of an earlier paragraph does, and
    whether the last straight quote opened."""

    marks: str
    opened: list[str] = []
    carried: bool = False
    turn: bool = False

    def pass_by(self, mark: str, before: str) -> str:
        """Goes past a mark that the author typed, or into another paragraph; one that closes is told by a mark that can do
        nothing else."""
        if mark == BREAK:
            self.carried = self.carried or bool(self.opened)
            self.opened.clear()
            self.turn = False
        elif mark in "«„" or (mark == "“" and self.opened[-1:] != ["„"]):
            self._open(mark, before)
        else:
            self._close_typed(mark)
            return "”"
        return mark

    def among_blanks(self, run: str, before: str, after: str) -> str:
        """Quotes with nothing but markup between them: all of them open or close."""
        begins = not before or before.isspace() or before in OPENERS
        ends = not after or after.isspace() or after == BREAK
        if begins and run.count('"') == 2 and (ends or after in _ENDS):
            return run
        become = self._opening if begins and not ends else self._closing
        return "".join([become(before) if sign == '"' else sign for sign in run])

    def in_turn(self, run: str, before: str) -> str:
        """Quotes that open and close by turns."""
        return "".join([self._turned(before) if sign == '"' else sign for sign in run])

    def _turned(self, before: str) -> str:
        self.turn = not self.turn
        return self._opening(before) if self.turn else self._closing(before) if self.opened else self.marks[1]

    def _opening(self, before: str) -> str:
        mark = self.marks[2 if self.opened[-1:] == [self.marks[0]] else 0]
        self._open(mark, before)
        return mark

    def _open(self, mark: str, before: str) -> None:
        if before in ("", BREAK):
            self.carried = False  # each paragraph of a long quotation may begin with a mark
        self.opened.append(mark)

    def _closing(self, before: str) -> str:
        if self.opened:
            return _CLOSING[self.opened.pop()]
        if not self.carried or before.isdigit():
            return '"'
        self.carried = False
        return self.marks[1]

    def _close_typed(self, mark: str) -> None:
        matching = [at for at, one in enumerate(self.opened) if _CLOSING[one] == mark or (one, mark) == ("„", "”")]
        if matching:
            del self.opened[matching[-1] :]
        elif not self.opened:
            self.carried = False
