"""`aryk inbox list`."""

import argparse
import json
from datetime import UTC, datetime

import msgspec

from generator.inbox.database import opened
from generator.inbox.messages import Message, messages
from generator.inbox.texts import FIELDS

_WIDTH = 60


def declare(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("--kind", choices=tuple(FIELDS), default="", help="only these")
    parser.add_argument("--all", action="store_true", help="also what was accepted or rejected")
    parser.add_argument("--json", action="store_true", help="whole messages, one a line as JSON")


def run(options: argparse.Namespace) -> int:
    """Prints a line for each message, the oldest first."""
    with opened(options.inbox) as db:
        for message in messages(db, kind=options.kind, decided=options.all):
            whole = json.dumps(msgspec.to_builtins(message), ensure_ascii=False) if options.json else _line(message)
            print(whole)
    return 0


def _line(message: Message) -> str:
    what = " ".join((message.title or message.text).split())
    shown = what if len(what) <= _WIDTH else f"{what[: _WIDTH - 1]}…"
    status = "" if message.status == "waiting" else f" [{message.status}]"
    about = f" {message.story}" if message.story else ""
    sent = f"{datetime.fromtimestamp(message.sent, UTC):%Y-%m-%d %H:%M}"
    return f"{message.id} {sent} {message.kind}{about}{status} {message.name or '–'}: {shown}"
