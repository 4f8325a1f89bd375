"""What the editor's commands share: the inbox of a portal, held by one command at a time, and its messages."""

import argparse
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from generator.engine.lock import locked
from generator.inbox.database import opened
from generator.inbox.messages import Message, find


@contextmanager
def desk(options: argparse.Namespace) -> Iterator[sqlite3.Connection]:
    """The inbox, while no other command decides anything in it. Raises FileNotFoundError where there is none."""
    with opened(options.inbox) as db, locked(options.inbox / "desk", _say_waiting):
        yield db


def _say_waiting() -> None:
    print("another command works on this inbox; waiting for its end", file=sys.stderr)


def declare_ids(parser: argparse.ArgumentParser) -> None:
    """ID…"""
    parser.add_argument("ids", metavar="ID", nargs="+", help="of a message, or its beginning (aryk inbox list)")


def found(db: sqlite3.Connection, beginning: str) -> Message | None:
    """The message whose id begins so; None where there is none or more than one, which is told."""
    messages = find(db, beginning)
    if len(messages) != 1:
        said = "several messages begin with" if messages else "there is no message"
        print(f"aryk: {said} {beginning} (aryk inbox list --all)", file=sys.stderr)
        return None
    return messages[0]
