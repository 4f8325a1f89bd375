"""`aryk watch`: publishes what changes, and what becomes due, until it is stopped: for a server."""

import argparse
import json
import signal
import sys
from datetime import UTC, datetime
from threading import Event

from msgspec.structs import replace

from generator.cli.options import USAGE, declare_folders, declare_jobs, declare_moment, lasting_workers, request_of
from generator.cli.show import show_problems, shown_progress
from generator.engine.report import Report
from generator.engine.request import Request


def declare(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    declare_folders(parser)
    declare_moment(parser)
    declare_jobs(parser)
    parser.add_argument("--json", action="store_true", help="print the report of each build as one line of JSON")


def run(options: argparse.Namespace) -> int:
    """Builds at each change and at each moment at which the site changes by itself; SIGINT and SIGTERM end it."""
    from generator.preview.builder import Builder

    if not request_of(options).content.is_dir():
        print(
            f"aryk: there is no folder {request_of(options).content}; `aryk init NAME` makes a portal", file=sys.stderr
        )
        return USAGE
    stopped = Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda number, frame: stopped.set())
    tell = _tell_as_json if options.json else _tell
    with lasting_workers(options.jobs) as executor:
        builder = Builder(lambda: replace(request_of(options), keep_going=True), executor, tell, lambda error: None)
        try:
            with shown_progress() as progress:
                builder.start(progress)
            while not stopped.wait(1):
                pass
        finally:
            builder.stop()
    return 0


def _tell_as_json(request: Request, report: Report) -> None:
    print(json.dumps(report.as_json(), ensure_ascii=False), flush=True)


def _tell(request: Request, report: Report) -> None:
    """One line for each build, and the problems that wait to be mended."""
    show_problems(report.problems, request.content)
    done = f"{report.rendered:,} rendered, {report.written:,} written, {report.deleted:,} deleted"
    took = sum(report.seconds.values())
    due = f"; next change at {_clock(report.next_change_at)} UTC" if report.next_change_at else ""
    print(f"{_clock(request.now)} UTC: {done} in {took:.2f} s{due}", flush=True)


def _clock(moment: int) -> str:
    return f"{datetime.fromtimestamp(moment, UTC):%Y-%m-%d %H:%M:%S}"
