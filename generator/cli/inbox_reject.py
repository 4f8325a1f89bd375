"""`aryk inbox reject`."""

import argparse
import sys
import time

from generator.cli.desk import declare_ids, desk, found
from generator.inbox.messages import decide


def declare(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    declare_ids(parser)


def run(options: argparse.Namespace) -> int:
    """Puts messages away; what was accepted has to be taken out of its file by hand."""
    status = 0
    with desk(options) as db:
        for beginning in options.ids:
            message = found(db, beginning)
            if message is None or message.status == "accepted":
                if message is not None:
                    print(f"aryk: {message.id} was accepted; take it out of its file instead", file=sys.stderr)
                status = 1
                continue
            decide(db, message.id, "rejected", int(time.time()))
            print(f"{message.id}: rejected")
    return status
