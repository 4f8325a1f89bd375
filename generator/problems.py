"""A mistake with its place: what an author is told, and nothing else is ever raised at an author."""

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Literal

from msgspec import Struct

Severity = Literal["problem", "advice"]


class Place(Struct, frozen=True, order=True, gc=False):
    """A spot in a file under the content folder; line and column count from 1, 0 means the file as a whole."""

    path: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}" if self.line else self.path


class Problem(Struct, frozen=True, order=True, gc=False):
    """One mistake of an author, or (severity advice) something worth knowing that stops no build.

    `at` names the field that it is about (`source.0.outlet`) where only a whole file is known: `content.places.pin`
    looks up its line, so that the thousands of stories without a mistake need not remember their places.
    """

    place: Place
    message: str
    hint: str = ""
    also: tuple[Place, ...] = ()
    severity: Severity = "problem"
    at: str = ""

    def text(self) -> str:
        """`path:line:column: message`, the way out and the other places in the same line."""
        parts = [f"{self.place}: ", "advice: " if self.severity == "advice" else "", self.message]
        if self.hint:
            parts.append(f" ({self.hint})")
        if self.also:
            parts.append("; see also " + ", ".join(str(place) for place in self.also))
        return "".join(parts)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """The hint for a misspelt word: the nearest known one, or the whole list where it is short."""
    choices = sorted(known)
    near = get_close_matches(word.lower(), choices, n=1, cutoff=0.6)
    if near:
        return f"did you mean “{near[0]}”?"
    return f"one of: {', '.join(choices)}" if 0 < len(choices) <= 24 else ""


def blocking(problems: Iterable[Problem]) -> list[Problem]:
    """The problems that stop a build, in order of place."""
    return sorted(problem for problem in problems if problem.severity == "problem")
