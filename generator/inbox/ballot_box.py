"""The ballot box: polls as their files are at the moment, the votes given since they were counted, and new ones."""

import asyncio
import hashlib
import sqlite3
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec
from msgspec import Struct

from generator.content.polls import FOLDER, Poll, is_open, read_poll
from generator.fields.values import ID
from generator.inbox.counts import all_counts, counts_between, mark_of, number_from
from generator.inbox.ledger import Ledger
from generator.inbox.marks import Marks
from generator.inbox.refusals import Refused
from generator.inbox.results import results_of

_FRESH = 1.0
"""Seconds for which a poll's file is not looked at again."""
_NONE: Counter[str] = Counter()
_Stamp = tuple[int, int, int]


class Vote(Struct, frozen=True, gc=False):
    """A vote about to be given: by whom, in bytes that are hashed before they are written, and how many that address has."""

    options: tuple[str, ...]
    token: bytes
    caller: bytes
    allowed: int


class _Kept:
    """A poll in memory. `gone` are the votes that its file holds already, among those that are in the inbox."""

    def __init__(self, stamp: _Stamp, poll: Poll | None, gone: Counter[str], looked: float) -> None:
        self.stamp, self.poll, self.gone, self.looked = stamp, poll, gone, looked
        self.shown: tuple[tuple[int, bool], bytes, bytes] | None = None


class BallotBox:
    """The polls under a content folder and the votes of an inbox; `clock` gives seconds since 1970."""

    def __init__(
        self,
        content: Path,
        zone: ZoneInfo,
        db: sqlite3.Connection,
        reader: Callable[[], sqlite3.Connection],
        inbox: str,
        ledger: Ledger,
        marks: Marks,
        clock: Callable[[], float],
    ) -> None:
        self._content, self._zone, self._inbox = content, zone, inbox
        self._reader, self._ledger, self._marks, self._clock = reader, ledger, marks, clock
        self._totals = all_counts(db)
        self._kept: dict[str, _Kept] = {}
        self._choices: dict[tuple[str, str], int] = {}
        self._loading = asyncio.Lock()

    def forget(self) -> None:
        """Forgets what may not have been written."""
        self._choices.clear()
        self._marks.forget()

    async def poll(self, id: str) -> Poll:
        """A poll as its file is now; a file that was broken meanwhile counts as it last was. Raises Refused."""
        kept = self._kept.get(id)
        if kept is None or self._clock() - kept.looked > _FRESH:
            kept = await self._look(id)
        if kept is None or kept.poll is None:
            raise Refused("no_such_poll", 404)
        return kept.poll

    async def results(self, id: str) -> tuple[bytes, bytes]:
        """The results of a poll as JSON, and their entity tag. Raises Refused."""
        poll = await self.poll(id)
        kept, now = self._kept[id], int(self._clock())
        given = self._totals.get(id, _NONE)
        state = (given.total(), is_open(poll, now))
        if kept.shown is None or kept.shown[0] != state:
            body = msgspec.json.encode(results_of(poll, given - kept.gone, now))
            kept.shown = (state, body, b'"%s"' % hashlib.blake2b(body, digest_size=9).hexdigest().encode())
        return kept.shown[1:]

    async def cast(self, id: str, vote: Vote) -> None:
        """Takes a vote; returns when it is on the disk. Raises Refused."""
        poll, now = await self.poll(id), int(self._clock())
        _check(poll, vote.options, now)
        known = {option.id for option in poll.options}
        options = " ".join(option for option in sorted(known) if option in vote.options)
        until = self._marks.until(poll, now)

        def write(db: sqlite3.Connection) -> None:
            token = self._marks.of(db, poll, until, b"token", vote.token)
            if not _may_vote(db, token, 1, until):
                raise Refused("repeated", 409)
            address = self._marks.of(db, poll, until, b"address", vote.caller)
            if not _may_vote(db, address, vote.allowed, until):
                db.execute("delete from ballots where mark = ?", (token,))
                raise Refused("repeated_address", 409)
            db.execute("insert into votes (choice) values (?)", (self._choice(db, id, options),))

        def count() -> None:
            self._totals.setdefault(id, Counter())[options] += 1

        await self._ledger.write(write, count)

    def _choice(self, db: sqlite3.Connection, poll: str, options: str) -> int:
        number = self._choices.get((poll, options))
        if number is None:
            db.execute("insert or ignore into choices (poll, options) values (?,?)", (poll, options))
            found = db.execute("select number from choices where poll = ? and options = ?", (poll, options))
            number = self._choices[poll, options] = int(found.fetchone()[0])
        return number

    async def _look(self, id: str) -> _Kept | None:
        """Looks at a poll's file, and reads it where it is another one."""
        if not ID.fullmatch(id):
            return None
        path = self._content / FOLDER / f"{id}.yaml"
        async with self._loading:
            kept, now = self._kept.get(id), self._clock()
            if kept is not None and now - kept.looked <= _FRESH:
                return kept
            stamp = _stamp(path)
            if stamp is None:
                self._kept.pop(id, None)
                return None
            if kept is not None and kept.stamp == stamp:
                kept.looked = now
                return kept
            return await self._load(id, path, stamp, kept)

    async def _load(self, id: str, path: Path, stamp: _Stamp, kept: _Kept | None) -> _Kept:
        poll, problems = read_poll(path.read_bytes(), f"{FOLDER}{id}.yaml", self._zone)
        if poll is None:
            print("aryk inbox:", problems[0].text(), file=sys.stderr, flush=True)
            before, gone = (kept.poll, kept.gone) if kept else (None, Counter[str]())
        else:
            mark = mark_of(poll, self._inbox)
            if mark:
                await self._ledger.write(lambda db: number_from(db, mark))
            gone = await asyncio.to_thread(self._counted, id, mark) if mark else Counter()
            before = poll
        self._kept[id] = _Kept(stamp, before, gone, self._clock())
        return self._kept[id]

    def _counted(self, id: str, mark: int) -> Counter[str]:
        """The votes that a poll's file holds already: numbers only grow, so these never change."""
        db = self._reader()
        try:
            return counts_between(db, id, 0, mark)
        finally:
            db.close()


def _check(poll: Poll, options: tuple[str, ...], now: int) -> None:
    if not is_open(poll, now):
        raise Refused("closed" if poll.opened <= now else "not_yet_open", 409)
    if not options:
        raise Refused("nothing_chosen")
    if not {option.id for option in poll.options}.issuperset(options):
        raise Refused("no_such_option")
    if len(set(options)) > 1 and not poll.several:
        raise Refused("one_choice_only")


def _may_vote(db: sqlite3.Connection, mark: int, allowed: int, until: int) -> bool:
    """Whether a mark stands for fewer votes than it has; counts the vote."""
    written = db.execute(
        "insert into ballots values (?, 1, ?) on conflict do update set count = count + 1 where count < ?",
        (mark, until, allowed),
    )
    return written.rowcount == 1


def _stamp(path: Path) -> _Stamp | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_size, status.st_mtime_ns, status.st_ino
