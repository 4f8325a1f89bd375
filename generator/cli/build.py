"""`aryk build`."""

import argparse
import json
import sys

from msgspec.structs import replace

from generator.cli.options import declare_folders, declare_jobs, declare_moment, request_of, workers
from generator.cli.show import show_problems, show_report, shown_progress
from generator.engine.build import build


def declare(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    declare_folders(parser)
    declare_moment(parser)
    declare_jobs(parser)
    parser.add_argument("--clean", action="store_true", help="forget what is remembered and make every page anew")
    parser.add_argument("--keep-going", action="store_true", help="publish the rest where something is broken")
    parser.add_argument("--verify", metavar="N", type=int, default=0, help="make N of the kept pages again and compare")
    parser.add_argument("--why", action="store_true", help="say of each page that was made, why")
    parser.add_argument("--json", action="store_true", help="print the report as one JSON object")


def run(options: argparse.Namespace) -> int:
    """Builds, shows what was done, and gives the exit status."""
    wishes = {"clean": options.clean, "keep_going": options.keep_going, "verify": options.verify}
    request = replace(request_of(options), **wishes)
    with shown_progress() as progress, workers(options.jobs) as executor:
        report = build(request, executor, progress)
    if options.json:
        print(json.dumps(report.as_json(), ensure_ascii=False))
    else:
        show_problems((*report.problems, *report.advice), request.content)
        if report.published or not report.problems:
            show_report(report, request.output)
        else:
            count = len(report.problems)
            print(f"{count} {'problem' if count == 1 else 'problems'}; nothing was published", file=sys.stderr)
    if options.why:
        for address, reason in report.reasons:
            print(f"rendered {address} because: {reason}", file=sys.stderr if options.json else sys.stdout)
    return 1 if report.problems else 0
