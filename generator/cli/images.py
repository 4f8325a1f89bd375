"""`aryk images`."""

import argparse
import json
import sys
import time

from msgspec.structs import replace

from generator.cli.options import USAGE, declare_folders, declare_jobs, declare_moment, request_of, workers
from generator.cli.show import show_problems, shown_progress
from generator.engine.stacks import BrokenStore
from generator.images.update import NothingPublished, update

OURS = 3


def declare(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    declare_folders(parser)
    declare_moment(parser)
    declare_jobs(parser)
    parser.add_argument("--json", action="store_true", help="print what was done as one JSON object")


def run(options: argparse.Namespace) -> int:
    """Makes what is missing in the published output, and removes what nothing needs any more."""
    request = request_of(options)
    started = time.perf_counter()
    try:
        with shown_progress() as progress, workers(options.jobs) as executor:
            done = update(replace(request, keep_going=True), executor, progress)
    except NothingPublished:
        return _failed(f"nothing is published in {request.output}; `aryk build` comes first", USAGE)
    except BrokenStore as error:
        return _failed(f"the store is not usable ({error}): `aryk build` makes it anew", OURS)
    seconds = round(time.perf_counter() - started, 3)
    if options.json:
        report = {name: getattr(done, name) for name in ("avif", "cards", "kept", "removed")}
        problems = [problem.text() for problem in done.problems]
        print(json.dumps({**report, "problems": problems, "seconds": seconds}, ensure_ascii=False))
    else:
        show_problems(done.problems, request.content)
        print(f"{done.avif:,} as AVIF, {done.cards:,} cards, {done.removed:,} removed in {seconds:.2f} s")
    return 1 if done.problems else 0


def _failed(said: str, status: int) -> int:
    print(f"aryk: {said}", file=sys.stderr)
    return status
