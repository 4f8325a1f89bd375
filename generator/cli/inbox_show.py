"""`aryk inbox show`."""

import argparse
from datetime import UTC, datetime
from pathlib import Path

from generator.cli.desk import declare_ids, found
from generator.inbox.database import opened
from generator.inbox.messages import photos


def declare(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    declare_ids(parser)
    parser.add_argument("--photos", metavar="DIR", type=Path, help="write the photos into this folder")


def run(options: argparse.Namespace) -> int:
    """Prints messages with all that their senders wrote."""
    status = 0
    with opened(options.inbox) as db:
        for beginning in options.ids:
            message = found(db, beginning)
            if message is None:
                status = 1
                continue
            print(f"{message.id}: {message.kind}, {message.status}, {message.language}")
            print(f"sent: {datetime.fromtimestamp(message.sent, UTC):%Y-%m-%d %H:%M} UTC")
            for name in ("story", "reply", "name", "contact", "title", "place"):
                if getattr(message, name):
                    print(f"{name}: {getattr(message, name)}")
            print(f"\n{message.text}\n")
            _show_photos(photos(db, message.id), message.id, options.photos)
    return status


def _show_photos(found: list[bytes], id: str, folder: Path | None) -> None:
    if found and folder is None:
        print(f"{len(found)} photos (--photos DIR writes them)\n")
    for number, data in enumerate(found if folder is not None else [], 1):
        assert folder is not None
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{id}-{number}.jpg"
        path.write_bytes(data)
        print(path)
