"""Stacks: values of the store by a text, gathered in a fixed number of sealed slots.

A slot holds all values whose key falls into it by its checksum, as one blob: what a build must know whole is read and
compared a slot at a time, and what changes rewrites a few slots. The seals (checksums) of all slots of a stack stand together
in one row, and the seals of those rows in another, so that whatever is damaged, or not found by SQLite, is a broken store.
"""

import sqlite3
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Generic, TypeVar
from zlib import crc32

import msgspec

Value = TypeVar("Value")
Memory = dict[int, tuple[int, Any]]
"""The values of slots under their seals, for a process that builds more than once."""
SCHEMA = """
create table roots (number integer primary key, seals);
create table seals (stack text primary key, seals) without rowid;
create table slots (stack text, number integer, data, primary key (stack, number));
"""


_roots_decoder = msgspec.msgpack.Decoder(dict[str, int])


class BrokenStore(Exception):
    """The file is no store of this version, or what is in it does not fit together."""


class Stack(Generic[Value]):
    """A stack by its name; `decoder` reads a whole slot, `key_of` gives the text that a value is found by."""

    def __init__(
        self,
        db: sqlite3.Connection,
        name: str,
        size: int,
        decoder: "msgspec.msgpack.Decoder[tuple[Value, ...]]",
        key_of: Callable[[Value], str],
        memory: Memory | None = None,
    ) -> None:
        self._db, self._name, self.size, self._decode, self._key_of = db, name, size, decoder.decode, key_of
        self._memory = memory
        self._seals = self._read_seals()

    def _read_seals(self) -> "array[int]":
        row = self._db.execute("select seals from seals where stack = ?", (self._name,)).fetchone()
        if (_seal(row[0]) if row else None) != _roots(self._db).get(self._name):
            raise BrokenStore("the seals of a stack are damaged or lost")
        return array("I", row[0] if row else bytes(4 * self.size))

    def slot_of(self, key: str) -> int:
        """The number of the slot that a key falls into."""
        return crc32(key.encode()) % self.size

    @property
    def used(self) -> list[int]:
        """The numbers of the slots that hold something."""
        return [number for number, seal in enumerate(self._seals) if seal]

    def read(self, number: int) -> tuple[Value, ...]:
        """The values of a slot."""
        if not self._seals[number]:
            return ()
        if self._memory is None:
            return self._read(number)
        if self._memory.get(number, (0,))[0] != self._seals[number]:
            self._memory[number] = (self._seals[number], self._read(number))
        values: tuple[Value, ...] = self._memory[number][1]
        return values

    def _read(self, number: int) -> tuple[Value, ...]:
        question = "select data from slots where stack = ? and number = ?"
        row = self._db.execute(question, (self._name, number)).fetchone()
        if row is None or _seal(row[0]) != self._seals[number]:
            raise BrokenStore("a slot is damaged or lost")
        return self._decode(row[0])

    def all(self) -> Iterator[Value]:
        """The values of all slots."""
        for number in self.used:
            yield from self.read(number)

    def find(self, keys: Iterable[str]) -> dict[str, Value]:
        """The values of these keys, of those that have one."""
        wanted = set(keys)
        slots = {self.slot_of(key) for key in wanted}
        found = ((self._key_of(value), value) for number in slots for value in self.read(number))
        return {key: value for key, value in found if key in wanted}

    def change(self, changes: Mapping[str, Value | None]) -> None:
        """Puts values in their places; None takes one away."""
        by_slot: dict[int, dict[str, Value | None]] = {}
        for key, value in changes.items():
            by_slot.setdefault(self.slot_of(key), {})[key] = value
        for number, changed in by_slot.items():
            values = {self._key_of(value): value for value in self.read(number)} | changed
            self._write(number, [values[key] for key in sorted(values) if values[key] is not None])
        if by_slot:
            self._write_seals()

    def clear(self) -> None:
        """Takes everything away."""
        self._db.execute("delete from slots where stack = ?", (self._name,))
        self._seals = array("I", bytes(4 * self.size))
        self._write_seals()

    def _write(self, number: int, values: list[Value | None]) -> None:
        data = msgspec.msgpack.encode(values)
        self._seals[number] = _seal(data) if values else 0
        if values:
            self._db.execute("replace into slots values (?,?,?)", (self._name, number, data))
        else:
            self._db.execute("delete from slots where stack = ? and number = ?", (self._name, number))

    def _write_seals(self) -> None:
        seals = self._seals.tobytes()
        roots = _roots(self._db) | {self._name: _seal(seals)}
        self._db.execute("replace into seals values (?,?)", (self._name, seals))
        self._db.execute("replace into roots values (1,?)", (msgspec.msgpack.encode(roots),))


def _roots(db: sqlite3.Connection) -> dict[str, int]:
    """The seals of the rows of seals; one that is damaged fits no row."""
    row = db.execute("select seals from roots").fetchone()
    return _roots_decoder.decode(row[0]) if row else {}


def _seal(data: bytes) -> int:
    """A checksum that is never 0, which stands for an empty slot."""
    return crc32(data) or 1
