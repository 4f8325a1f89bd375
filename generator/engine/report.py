"""What a build says when it is done: the object of `--json`, and what the next build may rely on."""

from typing import Any

import msgspec
from msgspec import Struct

from generator.problems import Problem
from generator.site.presence import Held


class Report(Struct, frozen=True, gc=False):
    """The outcome of a build. `written` counts files whose bytes changed; `kinds` counts all pages by kind.

    Moments are seconds since 1970 (UTC), `next_change_at` is 0 where nothing will change by itself.
    """

    rendered: int = 0
    kept: int = 0
    deleted: int = 0
    written: int = 0
    kinds: dict[str, int] = {}
    held_back: tuple[Held, ...] = ()
    problems: tuple[Problem, ...] = ()
    advice: tuple[Problem, ...] = ()
    seconds: dict[str, float] = {}
    peak_memory: int = 0
    next_change_at: int = 0
    published: bool = False
    reasons: tuple[tuple[str, str], ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The report as plain values."""
        plain: dict[str, Any] = msgspec.to_builtins(self)
        plain.pop("reasons")
        plain["problems"] = [_plain(problem) for problem in self.problems]
        plain["advice"] = [_plain(problem) for problem in self.advice]
        return plain


def _plain(problem: Problem) -> dict[str, Any]:
    return {
        "path": problem.place.path,
        "line": problem.place.line,
        "column": problem.place.column,
        "message": problem.message,
        "hint": problem.hint,
        "also": [str(place) for place in problem.also],
    }
