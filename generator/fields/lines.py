"""Where in a text the nodes of its YAML stand, so that a value can be changed and all around it stays as it is."""

import re
from collections.abc import Iterable

import yaml

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+")
Edit = tuple[int, int, str]
"""From where to where in the text, and what stands there instead."""


class Lines:
    """Where the lines of a text begin, and how they end; its YAML begins on `first_line`."""

    def __init__(self, text: str, first_line: int = 1) -> None:
        self.lines = _LINE.findall(text)
        self._first_line = first_line
        self.starts = [0]
        for line in self.lines:
            self.starts.append(self.starts[-1] + len(line))
        self.end = "\r\n" if self.lines and self.lines[0].endswith("\r\n") else "\n"

    def at(self, mark: yaml.Mark) -> int:
        """The offset of a mark that YAML made."""
        return self.starts[min(self._first_line + mark.line - 1, len(self.starts) - 1)] + mark.column

    def after(self, mark: yaml.Mark) -> int:
        """The offset of the line after that of a mark."""
        return self.starts[min(self._first_line + mark.line, len(self.starts) - 1)]

    def below(self, node: yaml.Node) -> int:
        """The offset of the line below a node: of a text in lines of its own, which ends where the next thing begins, else
        of the line after its last."""
        mark = node.end_mark
        return self.at(mark) if mark.column == 0 and mark.line > node.start_mark.line else self.after(mark)

    def fresh(self, offset: int) -> str:
        """What must stand before a line that is put here: a line end where the last line has none."""
        return self.end if offset and not self.lines[-1].endswith(("\n", "\r")) and offset == self.starts[-1] else ""


def edited(text: str, edits: Iterable[Edit]) -> str:
    """The text with all edits made; they do not overlap."""
    for start, end, instead in sorted(edits, reverse=True):
        text = text[:start] + instead + text[end:]
    return text
