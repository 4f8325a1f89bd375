"""`aryk serve`."""

import argparse
import signal
import sys
from concurrent.futures import Executor
from socket import socket
from types import FrameType

from msgspec.structs import replace

from generator.cli.listening import declare_listening, listening_on
from generator.cli.options import USAGE, declare_folders, declare_jobs, declare_moment, lasting_workers, request_of
from generator.cli.show import show_problems, shown_progress
from generator.engine.report import Report
from generator.engine.request import Request

FOLDER = "preview"


def declare(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    declare_folders(parser)
    declare_moment(parser)
    declare_jobs(parser)
    declare_listening(parser, 8000)


def run(options: argparse.Namespace) -> int:
    """Listens, builds, and serves until Ctrl-C."""
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        return _run(options)
    except KeyboardInterrupt:
        print("", file=sys.stderr)
        return 0


def _run(options: argparse.Namespace) -> int:
    request = _request(options)
    if not request.content.is_dir():
        print(f"aryk: there is no folder {request.content}; `aryk init NAME` makes a portal", file=sys.stderr)
        return USAGE
    listening = listening_on(options)
    if listening is None:
        return USAGE
    with listening, lasting_workers(options.jobs) as executor:
        _serve(options, listening, executor)
    return 0


def _serve(options: argparse.Namespace, listening: socket, executor: Executor | None) -> None:
    from generator.preview.board import Board
    from generator.preview.builder import Builder
    from generator.preview.server import address_of, answer
    from generator.preview.showing import Showing

    board, request = Board(), _request(options)
    showing = Showing(board, _tell)
    builder = Builder(lambda: _request(options), executor, showing.built, showing.failed)
    try:
        with shown_progress() as progress:
            builder.start(progress)
        print(f"open {address_of(listening, options.host, board.shown.base)} (Ctrl-C ends)", flush=True)
        answer(listening, options.host, request.output, board)
    finally:
        builder.stop()


def _request(options: argparse.Namespace) -> Request:
    """Every build of the preview, at its own moment; beside the store, so that what is published is never touched."""
    request = request_of(options)
    return replace(request, output=request.output if options.output else request.store / FOLDER, keep_going=True)


def _tell(request: Request, report: Report) -> None:
    show_problems(report.problems, request.content)
    took = sum(report.seconds.values())
    said = [f"{report.rendered:,} rendered, {report.kept:,} kept in {took:.2f} s"]
    said += [f"{len(report.problems)} to mend"] if report.problems else []
    said += [f"{len(report.advice)} advice (aryk check)"] if report.advice else []
    print("; ".join(said), flush=True)


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt
