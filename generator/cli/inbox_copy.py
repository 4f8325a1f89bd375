"""`aryk inbox copy`."""

import argparse
import sys
from pathlib import Path

from generator.cli.options import USAGE
from generator.inbox.database import copy, opened


def declare(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("target", metavar="FILE", type=Path, help="where to; a file that is not there yet")


def run(options: argparse.Namespace) -> int:
    """Copies the inbox as it is at a moment; to go back to a copy, put it in the place of `inbox.sqlite`."""
    with opened(options.inbox) as db:
        try:
            copy(db, options.target)
        except FileExistsError:
            print(f"aryk: there is a file {options.target} already", file=sys.stderr)
            return USAGE
    return 0
