"""`aryk images`."""

import argparse
import json
import sys
import time

from generator.cli.options import USAGE, declare_folders, declare_jobs, declare_moment, request_of, workers
from generator.cli.show import shown_progress
from generator.engine.lock import locked
from generator.images.avif import look, make_missing
from generator.images.placing import Placing


def declare(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    declare_folders(parser)
    declare_moment(parser)
    declare_jobs(parser)
    parser.add_argument("--json", action="store_true", help="print what was done as one JSON object")


def run(options: argparse.Namespace) -> int:
    """Makes what is missing in the published output, and removes what nothing needs any more."""
    request = request_of(options)
    if not request.output.is_dir():
        print(f"aryk: nothing is published in {request.output}; `aryk build` comes first", file=sys.stderr)
        return USAGE
    started = time.perf_counter()
    with shown_progress() as progress, workers(options.jobs) as executor:

        def wait() -> None:
            progress("waiting for another build", 0)

        with locked(request.store / "images", wait):
            placing = Placing(request.output, wait)
            found = look(request.output)
            removed = placing.remove(found.left)
            made = 0
            for count in make_missing(found, placing, executor):
                made += count
                progress(f"{made:,} pictures as AVIF", 0)
    seconds = round(time.perf_counter() - started, 3)
    if options.json:
        print(json.dumps({"made": made, "kept": found.kept, "removed": removed, "seconds": seconds}))
    else:
        print(f"{made:,} made, {found.kept:,} kept, {removed:,} removed in {seconds:.2f} s")
    return 0
