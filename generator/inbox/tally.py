"""Tallying: votes go from the inbox into the files of their polls, each exactly once.

The file itself says up to which number the votes of an inbox are in it (`tallied`), and it is replaced in one step. So
there is nothing to repeat or to take back: a tally that was interrupted either happened or did not, and where an editor
goes back to an older file, the next tally counts from what that one says.
"""

import sqlite3
from pathlib import Path
from zoneinfo import ZoneInfo

from msgspec import Struct

from generator.content.polls import FOLDER, Poll, read_poll
from generator.engine.replacing import replace
from generator.inbox.counts import counts_between, highest_number, mark_of, strangers, with_votes
from generator.inbox.poll_edits import with_tally
from generator.problems import Problem


class Tallied(Struct, frozen=True):
    """What a tally came to: voters that were added, and all; or why there was none, with the problems of the file."""

    poll: str
    added: int = 0
    voters: int = 0
    trouble: str = ""
    problems: tuple[Problem, ...] = ()


def polls_with_votes(db: sqlite3.Connection) -> list[str]:
    """The polls for which there are votes."""
    return [row[0] for row in db.execute("select distinct poll from choices order by poll")]


def tally(db: sqlite3.Connection, inbox: str, content: Path, id: str, zone: ZoneInfo) -> Tallied:
    """Moves the votes of a poll that are not yet in its file into it. Raises OSError."""
    path = content / FOLDER / f"{id}.yaml"
    if not path.is_file():
        return Tallied(id, trouble=f"there are votes for it, but no file {path}")
    data = path.read_bytes()
    poll, problems = read_poll(data, f"{FOLDER}{id}.yaml", zone)
    if poll is None:
        return Tallied(id, trouble="its file has problems", problems=tuple(problems))
    return _add(db, inbox, path, data, poll, zone)


def _add(db: sqlite3.Connection, inbox: str, path: Path, data: bytes, poll: Poll, zone: ZoneInfo) -> Tallied:
    upto = highest_number(db)
    chosen = counts_between(db, poll.id, mark_of(poll, inbox), upto)
    if not chosen:
        return Tallied(poll.id, voters=poll.voters)
    if unknown := strangers(poll, chosen):
        said = f"there are votes for “{unknown[0]}”, which its file has no more; write the option back"
        return Tallied(poll.id, trouble=said)
    votes, voters = with_votes(poll, chosen)
    edited = with_tally(data, poll, votes, voters, inbox, upto, zone)
    if edited is None:
        said = "its file is written in a way that is not edited here; write each key on a line of its own"
        return Tallied(poll.id, trouble=said)
    if path.read_bytes() != data:
        return Tallied(poll.id, trouble="its file was changed meanwhile; tally again")
    replace(path, edited)
    return Tallied(poll.id, voters - poll.voters, voters)
