"""Puts what builds come to up on the board."""

from collections.abc import Callable

from generator.config import FILE, read_config
from generator.engine.report import Report
from generator.engine.request import Request
from generator.fields.sources import decode
from generator.preview.board import Board


class Showing:
    """Hears of builds for a board, and tells of them."""

    def __init__(self, board: Board, tell: Callable[[Request, Report], None]) -> None:
        self._board, self._tell = board, tell

    def built(self, request: Request, report: Report) -> None:
        """Shows what a build came to; where nothing could be published, pages stay under the path that they had."""
        base = base_of(request) if report.published else None
        self._tell(request, report)
        said = tuple(problem.text() for problem in report.problems)
        changed = bool(report.written or report.deleted)
        self._board.put_up(self._board.shown.base if base is None else base, said, pages_changed=changed)

    def failed(self, error: Exception) -> None:
        """Shows that we are at fault."""
        said = (f"aryk failed; this is our mistake: {error!r} (the terminal says more)",)
        self._board.put_up(self._board.shown.base, said, pages_changed=False)


def base_of(request: Request) -> str | None:
    """The path under which the portal lives; None where its configuration cannot be read."""
    try:
        text = decode((request.content / FILE).read_bytes(), FILE, [])
    except OSError:
        return None
    config = read_config(text, []) if text is not None else None
    return config.base if config else None
