"""How many votes of an inbox there are for what readers chose: one option, or several with a blank between them."""

import sqlite3
from collections import Counter
from collections.abc import Mapping

from generator.content.polls import Poll

Choices = Mapping[str, int]
"""Votes by the options that were chosen together."""


def all_counts(db: sqlite3.Connection) -> dict[str, Counter[str]]:
    """The votes of all polls, by poll."""
    rows = db.execute(
        "select poll, options, count from (select choice, count(*) as count from votes group by choice)"
        " join choices on number = choice"
    )
    found: dict[str, Counter[str]] = {}
    for poll, options, count in rows:
        found.setdefault(poll, Counter())[options] = count
    return found


def counts_between(db: sqlite3.Connection, poll: str, after: int, upto: int) -> Counter[str]:
    """The votes of a poll whose numbers are greater than `after` and not greater than `upto`."""
    choices = db.execute("select number, options from choices where poll = ?", (poll,)).fetchall()
    counted = "select count(*) from votes where choice = ? and number > ? and number <= ?"
    found = {options: db.execute(counted, (number, after, upto)).fetchone()[0] for number, options in choices}
    return Counter({options: count for options, count in found.items() if count})


def highest_number(db: sqlite3.Connection) -> int:
    """The number of the newest vote that was ever given, 0 where there is none."""
    row = db.execute("select seq from sqlite_sequence where name = 'votes'").fetchone()
    return int(row[0]) if row else 0


def number_from(db: sqlite3.Connection, mark: int) -> None:
    """Makes the next vote's number greater than `mark`: the inbox is an older copy, and votes up to that number were
    counted already."""
    if highest_number(db) < mark:
        db.execute("delete from sqlite_sequence where name = 'votes'")
        db.execute("insert into sqlite_sequence values ('votes', ?)", (mark,))


def mark_of(poll: Poll, inbox: str) -> int:
    """The number up to which the votes of an inbox are in a poll's file."""
    return dict(poll.tallied).get(inbox, 0)


def strangers(poll: Poll, chosen: Choices) -> list[str]:
    """The options for which there are votes and which the poll does not have."""
    known = {option.id for option in poll.options}
    return sorted({option for options in chosen for option in options.split()} - known)


def with_votes(poll: Poll, chosen: Choices) -> tuple[tuple[int, ...], int]:
    """The votes of each option, and the voters, with these added to what the file has."""
    added: Counter[str] = Counter()
    for options, count in chosen.items():
        for option in options.split():
            added[option] += count
    return tuple(option.votes + added[option.id] for option in poll.options), poll.voters + sum(chosen.values())
