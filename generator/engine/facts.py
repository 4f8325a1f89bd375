"""Single values of the store by name, each sealed by a checksum."""

import sqlite3
from collections.abc import Iterator
from typing import TypeVar
from zlib import crc32

import msgspec

from generator.engine.stacks import BrokenStore

Value = TypeVar("Value")
SCHEMA = "create table facts (name text primary key, value, seal) without rowid;"


class Facts:
    """The facts of an open store."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def get(self, name: str, decoder: "msgspec.msgpack.Decoder[Value]") -> Value | None:
        """The fact of a name."""
        row = self._db.execute("select value, seal from facts where name = ?", (name,)).fetchone()
        if row is None:
            return None
        if crc32(row[0]) != row[1]:
            raise BrokenStore("a fact is damaged")
        return decoder.decode(row[0])

    def under(self, prefix: str, decoder: "msgspec.msgpack.Decoder[Value]") -> Iterator[Value]:
        """The facts whose names begin with a prefix."""
        names = [row[0] for row in self._db.execute("select name from facts") if row[0].startswith(prefix)]
        return (value for name in names if (value := self.get(name, decoder)) is not None)

    def set(self, name: str, value: object) -> None:
        """Writes a fact down."""
        data = msgspec.msgpack.encode(value)
        self._db.execute("replace into facts values (?,?,?)", (name, data, crc32(data)))

    def forget(self, name: str) -> None:
        """Strikes a fact out."""
        self._db.execute("delete from facts where name = ?", (name,))

    def forget_under(self, prefix: str) -> None:
        """Strikes out all facts whose names begin with a prefix."""
        self._db.execute("delete from facts where substr(name, 1, ?) = ?", (len(prefix), prefix))
