"""How problems, progress and reports look: for people on a terminal, plain when piped."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from generator.engine.build import Progress
from generator.engine.report import Report
from generator.problems import Problem


def show_problems(problems: tuple[Problem, ...], content: Path) -> None:
    """Each problem in a line; on a terminal with the line it is about and a caret under the spot."""
    for problem in problems:
        print(problem.text(), file=sys.stderr)
        if sys.stderr.isatty() and problem.place.line:
            _show_spot(problem, content)


def _show_spot(problem: Problem, content: Path) -> None:
    for root in (content, content.parent):
        path = root / problem.place.path
        if path.is_file():
            lines = path.read_text("utf-8", "replace").splitlines()
            if problem.place.line <= len(lines):
                column = max(1, problem.place.column)
                start = max(0, column - 61)
                print(f"    {lines[problem.place.line - 1][start : start + 100]}", file=sys.stderr)
                print(f"    {' ' * (column - 1 - start)}^", file=sys.stderr)
            return


@contextmanager
def shown_progress() -> Iterator[Progress]:
    """A progress bar on a terminal, nothing when piped."""
    if not sys.stderr.isatty():
        yield lambda stage, count: None
        return
    from rich.console import Console
    from rich.progress import Progress as Bar
    from rich.progress import SpinnerColumn, TextColumn, TimeElapsedColumn

    with Bar(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        auto_refresh=False,
        transient=True,
    ) as bar:
        task = bar.add_task("reading", total=None)

        def progress(stage: str, count: int) -> None:
            if count % 100 < 2:
                bar.update(task, description=f"{stage} {count:,} pages" if count else stage, refresh=True)

        yield progress


def show_report(report: Report, output: Path) -> None:
    """The summary of a build: pages by kind, what was done, what is held back and until when."""
    from rich.console import Console
    from rich.table import Table

    console = Console(highlight=False)
    table = Table(box=None, pad_edge=False, show_header=True)
    table.add_column("pages")
    table.add_column("", justify="right")
    for kind, count in report.kinds.items():
        table.add_row(kind, f"{count:,}")
    console.print(table)
    done = f"{report.rendered:,} rendered, {report.kept:,} kept, {report.written:,} files written, {report.deleted:,} deleted"
    took = sum(report.seconds.values())
    console.print(
        f"{done} in {took:.2f} s ({', '.join(f'{stage} {value:.2f}' for stage, value in report.seconds.items())})"
    )
    for held in report.held_back:
        until = f" until {_moment(held.until)}" if held.until else ""
        console.print(f"held back: {held.path} ({held.reason}{until})")
    if report.next_change_at:
        console.print(f"the site changes by itself at {_moment(report.next_change_at)}")
    if report.published:
        console.print(f"published in {output}")


def _moment(seconds: int) -> str:
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%d %H:%M} UTC"
