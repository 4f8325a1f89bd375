"""`aryk inbox accept`."""

import argparse
import sqlite3
import sys
import time

from generator.cli.desk import declare_ids, desk, found
from generator.cli.newsroom import Newsroom, read_newsroom
from generator.cli.show import show_problems
from generator.inbox.messages import Message, decide, photos
from generator.inbox.publishing import Unwritable, publish_comment, publish_report


def declare(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    declare_ids(parser)
    parser.add_argument("--country", metavar="ID", help="of a report (the first of countries.yaml)")
    parser.add_argument("--topic", metavar="ID", help="of a report (the first of topics.yaml)")


def run(options: argparse.Namespace) -> int:
    """Publishes messages and notes that; what was noted before is not published again."""
    newsroom = read_newsroom(options.content)
    if newsroom is None:
        return 1
    status = 0
    with desk(options) as db:
        for beginning in options.ids:
            message = found(db, beginning)
            if message is None or not _accept(db, message, newsroom, options):
                status = 1
    return status


def _accept(db: sqlite3.Connection, message: Message, newsroom: Newsroom, options: argparse.Namespace) -> bool:
    if message.status == "accepted":
        print(f"{message.id} was accepted before")
        return True
    try:
        where = _publish(db, message, newsroom, options)
    except Unwritable as error:
        show_problems(error.problems, options.content)
        print(f"aryk: {message.id}: {error}", file=sys.stderr)
        return False
    decide(db, message.id, "accepted", int(time.time()))
    print(f"{message.id}: {where}")
    return True


def _publish(db: sqlite3.Connection, message: Message, newsroom: Newsroom, options: argparse.Namespace) -> str:
    """Writes what a message becomes and says where; a letter becomes nothing, it is merely done with."""
    if message.kind == "comment":
        return str(publish_comment(options.content, message, newsroom.config))
    if message.kind == "letter":
        return "a letter, done with"
    countries, topics = newsroom.registries.countries, newsroom.registries.topics
    country = options.country or next(iter(countries), "")
    topic = options.topic or next(iter(topics), "")
    if country not in countries or topic not in topics:
        raise Unwritable(f"the country “{country}” or the topic “{topic}” is not in the registries")
    return str(publish_report(options.content, message, photos(db, message.id), newsroom.config, country, topic))
