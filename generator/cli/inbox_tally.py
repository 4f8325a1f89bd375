"""`aryk inbox tally`."""

import argparse
import sys

from generator.cli.desk import desk
from generator.cli.newsroom import read_newsroom
from generator.cli.show import show_problems
from generator.inbox.database import inbox_id
from generator.inbox.tally import Tallied, polls_with_votes, tally


def declare(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("polls", metavar="POLL", nargs="*", help="ids of polls (all that have votes)")


def run(options: argparse.Namespace) -> int:
    """Tallies polls and says of each what was added."""
    newsroom = read_newsroom(options.content)
    if newsroom is None:
        return 1
    with desk(options) as db:
        inbox = inbox_id(db)
        wanted = options.polls or polls_with_votes(db)
        done = [tally(db, inbox, options.content, id, newsroom.config.zone) for id in wanted]
    for one in done:
        show_problems(one.problems, options.content)
        _tell(one)
    return 1 if any(one.trouble for one in done) else 0


def _tell(done: Tallied) -> None:
    if done.trouble:
        print(f"aryk: {done.poll}: {done.trouble}", file=sys.stderr)
    elif done.added:
        print(f"{done.poll}: {done.added:,} voters added, {done.voters:,} in all")
