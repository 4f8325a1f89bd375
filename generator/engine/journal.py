"""The journal: which sources changed, one after the other, and what they were before.

Every output knows up to which line it has shown them. So a build finds what it has not shown yet, however many builds of
other outputs, checks and failures came in between; and a source that became bad finds what it was last published as.
"""

import sqlite3
from collections.abc import Mapping
from zlib import crc32

import msgspec

from generator.engine.facts import Facts
from generator.engine.remembered import Entry, Read, Record, State
from generator.engine.stacks import BrokenStore

SCHEMA = "create table journal (number integer primary key, entry, seal);"
_LONGEST = 20_000
_entry_decoder, _state_decoder = msgspec.msgpack.Decoder(Entry), msgspec.msgpack.Decoder(State)


class Journal:
    """The journal of an open store; its lines are numbered without gaps, from `state.first` to before `state.next`."""

    def __init__(self, db: sqlite3.Connection, facts: Facts) -> None:
        self._db, self._facts = db, facts
        found = facts.get("state", _state_decoder)
        self.state = found if found is not None else State()

    def _set(self, **changes: object) -> None:
        self.state = msgspec.structs.replace(self.state, **changes)
        self._facts.set("state", self.state)

    def read_by(self, reader: bytes) -> None:
        """Says with which program and options all sources are read."""
        if self.state.reader != reader:
            self._set(reader=reader)

    def write(self, changes: Mapping[str, Read | None], old: Mapping[str, Read]) -> bool:
        """Writes down which values changed; False where the journal became too long and is begun anew."""
        number = self.state.next
        for path in sorted(changes):
            now, before = changes[path], old.get(path)
            if (now.record if now else None) != (before.record if before else None):
                entry = msgspec.msgpack.encode(Entry(number, path, before.record if before else None))
                self._db.execute("insert into journal values (?,?,?)", (number, entry, crc32(entry)))
                number += 1
        if number > self.state.next:
            self._set(next=number)
        return number <= self.state.first + _LONGEST

    def begin_anew(self) -> None:
        """Forgets all lines; whoever had seen some of them has to look at everything."""
        self._db.execute("delete from journal")
        self._set(first=self.state.next, confirmed=self.state.next)

    def since(self, number: int) -> list[Entry]:
        """The lines from a number on."""
        rows = self._db.execute("select entry, seal from journal order by number").fetchall()
        if any(crc32(entry) != seal for entry, seal in rows):
            raise BrokenStore("a line of the journal is damaged")
        entries = [_entry_decoder.decode(entry) for entry, _ in rows]
        if [entry.number for entry in entries] != list(range(self.state.first, self.state.next)):
            raise BrokenStore("a line of the journal is lost")
        return [entry for entry in entries if entry.number >= number]

    def last_good(self, path: str, newest: Record | None) -> Record | None:
        """What a source was last published as, where `newest` is its newest good value."""
        if path in self.state.good:
            return self.state.good[path]
        changed = [entry.old for entry in self.since(self.state.confirmed) if entry.path == path]
        return changed[0] if changed else newest

    def confirm(self, bad: Mapping[str, Record | None]) -> None:
        """Says that all that was read is published, but for bad sources: their last good values are published instead."""
        good = {path: record for path, record in bad.items() if record is not None}
        if (self.state.confirmed, self.state.good) != (self.state.next, good):
            self._set(confirmed=self.state.next, good=good)

    def trim(self, seen: int) -> None:
        """Forgets the lines before a number, and before what is confirmed."""
        needed = min(self.state.confirmed, seen)
        if needed > self.state.first:
            self._db.execute("delete from journal where number < ?", (needed,))
            self._set(first=needed)
