"""Marks of those who voted: keyed hashes, whose keys are drawn by lot for each poll and thrown away when they are due."""

import hashlib
import sqlite3
from secrets import token_bytes

from generator.content.polls import Poll

DAY = 86_400
SLICES = 256


class Marks:
    """The marks of an inbox. Nobody who has the file alone, nor who has the secret too once the salt is gone, can tell
    from a mark whose it was; marks of two polls cannot be compared."""

    def __init__(self, key: bytes, keep_days: int) -> None:
        self._key, self._keep = key, keep_days * DAY
        self._salts: dict[str, bytes] = {}

    def forget(self) -> None:
        """Forgets the salts in memory: they may not have been written."""
        self._salts.clear()

    def until(self, poll: Poll, now: int) -> int:
        """When the marks of a vote given now are forgotten: at the end of the period in which it falls, counted from the
        poll's opening. Closing a poll later changes nothing, so that nobody may vote again in it."""
        return poll.opened + ((now - poll.opened) // self._keep + 1) * self._keep

    def of(self, db: sqlite3.Connection, poll: Poll, until: int, kind: bytes, who: bytes) -> int:
        """The mark of an address or a token in a poll."""
        key = self._salt(db, f"{poll.id} {until}", until)
        found = hashlib.blake2b(kind + who, key=key, digest_size=8).digest()
        return int.from_bytes(found, "big", signed=True)

    def _salt(self, db: sqlite3.Connection, name: str, until: int) -> bytes:
        if name not in self._salts:
            db.execute("insert or ignore into salts values (?,?,?)", (name, token_bytes(16), until))
            (salt,) = db.execute("select salt from salts where name = ?", (name,)).fetchone()
            self._salts[name] = hashlib.blake2b(salt, key=self._key, digest_size=32).digest()
        return self._salts[name]


def sweep_texts(db: sqlite3.Connection, now: int, keep_days: int) -> None:
    """Forgets texts that are older than they are kept, with their photos."""
    oldest = now - keep_days * DAY
    db.execute("delete from photos where message in (select id from messages where sent < ?)", (oldest,))
    db.execute("delete from messages where sent < ?", (oldest,))


def sweep_marks(db: sqlite3.Connection, now: int, part: int) -> None:
    """Forgets the marks that are due, of one slice of them, so that nobody waits long meanwhile; with the last slice the
    salts."""
    width = 2**64 // SLICES
    first = -(2**63) + part * width
    db.execute("delete from ballots where mark between ? and ? and until <= ?", (first, first + width - 1, now))
    if part == SLICES - 1:
        db.execute("delete from salts where until <= ?", (now,))
