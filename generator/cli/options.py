"""Options that several commands share: folders, the moment, the number of processes."""

import argparse
import multiprocessing
import os
import sys
import time
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from zoneinfo import ZoneInfo

from generator.engine.request import Request
from generator.fields.moments import read_moment

USAGE = 2


def declare_folders(parser: argparse.ArgumentParser) -> None:
    """--content, --output, --store."""
    parser.add_argument(
        "--content", metavar="DIR", type=Path, default=Path("content"), help="what is published (content)"
    )
    parser.add_argument("--output", metavar="DIR", type=Path, default=None, help="where to (build, beside the content)")
    parser.add_argument(
        "--store", metavar="DIR", type=Path, default=None, help="what is remembered (.aryk, beside the content)"
    )


def declare_moment(parser: argparse.ArgumentParser) -> None:
    """--now, --drafts."""
    declare_now(parser)
    parser.add_argument("--drafts", action="store_true", help="also drafts and stories that are held back")


def declare_now(parser: argparse.ArgumentParser) -> None:
    """--now."""
    parser.add_argument(
        "--now",
        metavar="T",
        type=_moment,
        default=None,
        help="the moment to take for now: 2026-02-20 07:36 (UTC unless an offset is given)",
    )


def declare_jobs(parser: argparse.ArgumentParser) -> None:
    """--jobs."""
    parser.add_argument(
        "--jobs", metavar="N", type=_positive, default=os.cpu_count() or 1, help="how many processes (one per core)"
    )


def _moment(text: str) -> int:
    if text.isdigit():
        return int(text)
    found = read_moment(text, ZoneInfo("UTC"))
    if isinstance(found, tuple):
        raise argparse.ArgumentTypeError(f"{found[0]}; {found[1]}")
    return found


def _positive(text: str) -> int:
    if not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"a whole number from 1 is needed, not {text!r}")
    return int(text)


def moment_of(options: argparse.Namespace) -> int:
    """The moment to build for: --now, else SOURCE_DATE_EPOCH, else the clock, which nothing but this line reads."""
    if options.now is not None:
        return int(options.now)
    return int(os.environ.get("SOURCE_DATE_EPOCH") or time.time())


def request_of(options: argparse.Namespace) -> Request:
    """The request that the options make; leaves with status 2 where the folders lie in each other."""
    content: Path = options.content.resolve()
    output = (options.output or content.parent / "build").resolve()
    store = (options.store or content.parent / ".aryk").resolve()
    for folder in (output, store):
        if folder.is_relative_to(content) or content.is_relative_to(folder):
            print(f"aryk: {folder} and the content folder {content} must not lie in each other", file=sys.stderr)
            raise SystemExit(USAGE)
    return Request(content, output, store, moment_of(options), drafts=options.drafts)


@contextmanager
def workers(jobs: int) -> Iterator[Executor | None]:
    """A pool of processes that start when there is work for them; none for a single job."""
    if jobs == 1:
        yield None
        return
    method = "fork" if sys.platform == "linux" else "spawn"
    context = multiprocessing.get_context(method)
    with ProcessPoolExecutor(jobs, mp_context=context, initializer=leave_with_the_parent) as pool:
        yield pool


@contextmanager
def lasting_workers(jobs: int) -> Iterator[Executor | None]:
    """A pool for many builds, of processes that are started anew rather than forked: by the time that they are needed this
    one has threads."""
    if jobs == 1:
        yield None
        return
    pool = ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("spawn"))
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)


def leave_with_the_parent() -> None:
    """Ends this worker when the process that started it is no more.

    A worker whose parent was killed would wait for work for ever, and with it the next build: it holds the same lock.
    """
    parent = multiprocessing.parent_process()
    if parent is not None:
        Thread(target=lambda: (parent.join(), os._exit(1)), daemon=True).start()
