"""The store: one SQLite file that remembers what was read and what was published; losing it costs time, nothing else.

SQLite does not notice a damaged byte inside a value, so every row ends in a seal (a checksum of the rest), texts are
known by their digests, and rows come in the order of their keys: what does not fit together is a broken store.
"""

import sqlite3
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from zlib import crc32

import msgspec
from msgspec import Struct

from generator.content.media import Medium
from generator.content.stories import Article, Standing
from generator.content.texts import Body, Kept
from generator.digests import digest
from generator.engine.stamps import Stamp

FILE = "store.sqlite"
_SCHEMA_VERSION = 2
_SCHEMA = """
create table sources (
    path text primary key, size, mtime, ctime, inode, hashed_at, digest, key, record, confirmed, good, seal
) without rowid;
create table texts (digest blob primary key, body) without rowid;
create table pages (
    output, address, trace, reason, digest, size, mtime, ctime, inode, seal, primary key (output, address)
) without rowid;
create table claims (output, address, seal, primary key (output, address)) without rowid;
create table builds (output text primary key, inputs, report, seal) without rowid;
"""

Record = Article | Standing | Medium
Trace = tuple[tuple[str, bytes], ...]
_record_decoder = msgspec.msgpack.Decoder(Record)
_body_encoder, _body_decoder = msgspec.msgpack.Encoder(), msgspec.msgpack.Decoder(Body)
_trace_decoder = msgspec.msgpack.Decoder(Trace)
_encode_row = msgspec.msgpack.Encoder().encode


class Read(Struct, frozen=True, gc=False):
    """What is remembered of a source: its stamp, when it was hashed, its digest, and under which key it was read as what.

    `record` is the newest that could be read (`key` tells of what). `confirmed` says that a build published it; until then
    `good` is the one that was published before, empty where there is none.
    """

    path: str
    stamp: Stamp
    hashed_at: int
    digest: bytes
    key: bytes
    record: bytes
    confirmed: bool = False
    good: bytes = b""

    def value(self) -> Record:
        """The value that the source was last read as."""
        return _decode(self.record)

    def last_good(self) -> Record | None:
        """The value that was last published."""
        encoded = self.record if self.confirmed else self.good
        return _decode(encoded) if encoded else None


class Published(Struct, frozen=True, gc=False):
    """What is remembered of a page: its trace, why it was last made, and the file."""

    address: str
    trace: bytes
    reason: str
    digest: bytes
    stamp: Stamp

    def traced(self) -> Trace:
        """The trace as pairs (field, digest)."""
        found: Trace = _trace_decoder.decode(self.trace)
        return found


class BrokenStore(Exception):
    """The file is no store of this version."""


class Store:
    """An open store. Every change is in a transaction that the caller ends by `commit`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    def commit(self) -> None:
        """Makes all changes since the last commit permanent, together."""
        self._db.commit()

    def reads(self) -> dict[str, Read]:
        """What is remembered of all sources, by path."""
        rows = self._db.execute("select * from sources order by path")
        return {row[0]: _read(row) for row in _in_order(rows, 1)}

    def remember_reads(self, reads: Iterable[Read]) -> None:
        """Remembers sources anew."""
        rows = (
            (r.path, *_numbers(r.stamp), r.hashed_at, r.digest, r.key, r.record, int(r.confirmed), r.good)
            for r in reads
        )
        self._db.executemany("replace into sources values (?,?,?,?,?,?,?,?,?,?,?,?)", map(_sealed, rows))

    def confirm_reads(self, reads: Iterable[Read]) -> None:
        """Says that what these sources were read as is published."""
        self.remember_reads(msgspec.structs.replace(read, confirmed=True, good=b"") for read in reads)

    def forget_reads(self, paths: Iterable[str]) -> None:
        """Forgets sources that are gone."""
        self._db.executemany("delete from sources where path = ?", ((path,) for path in paths))

    def remember_texts(self, texts: Iterable[Kept]) -> None:
        """Keeps bodies under their digests."""
        rows = ((text.digest, _body_encoder.encode(text.body)) for text in texts)
        self._db.executemany("insert or ignore into texts values (?,?)", rows)

    def texts(self, digests: Iterable[bytes]) -> dict[bytes, Body]:
        """The bodies of these digests."""
        return {mark: self._text(mark) for mark in set(digests)}

    def _text(self, mark: bytes) -> Body:
        row = self._db.execute("select body from texts where digest = ?", (mark,)).fetchone()
        body: Body | None = _body_decoder.decode(row[0]) if row else None
        if body is None or digest(body) != mark:
            raise BrokenStore("a text is damaged or lost")
        return body

    def known_texts(self) -> set[bytes]:
        """The digests of all bodies."""
        return {row[0] for row in self._db.execute("select digest from texts")}

    def forget_texts(self, digests: Iterable[bytes]) -> None:
        """Forgets bodies that nothing names any more."""
        self._db.executemany("delete from texts where digest = ?", ((digest,) for digest in digests))

    def pages(self, output: str) -> dict[str, Published]:
        """What was published in an output folder, by address."""
        rows = self._db.execute("select * from pages order by output, address")
        return {row[1]: _published(row) for row in _in_order(rows, 2) if row[0] == output}

    def claims(self, output: str) -> set[str]:
        """The addresses that were claimed and may not have been published."""
        rows = self._db.execute("select * from claims order by output, address")
        return {row[1] for row in _in_order(rows, 2) if row[0] == output}

    def claim(self, output: str, addresses: Iterable[str]) -> None:
        """Says before anything is written that these files (and what waits beside them) will be ours, whatever happens."""
        rows = ((output, address) for address in addresses)
        self._db.executemany("replace into claims values (?,?,?)", map(_sealed, rows))

    def forget_claims(self, output: str) -> None:
        """Says that all that was claimed is published or gone."""
        self._db.execute("delete from claims where output = ?", (output,))

    def remember_pages(self, output: str, pages: Iterable[Published]) -> None:
        """Remembers pages that are published."""
        rows = ((output, p.address, p.trace, p.reason, p.digest, *_numbers(p.stamp)) for p in pages)
        self._db.executemany("replace into pages values (?,?,?,?,?,?,?,?,?,?)", map(_sealed, rows))

    def forget_pages(self, output: str, addresses: Iterable[str]) -> None:
        """Forgets pages that are deleted."""
        self._db.executemany("delete from pages where output = ? and address = ?", ((output, one) for one in addresses))

    def last_build(self, output: str) -> tuple[bytes, bytes] | None:
        """The digest of the inputs of the last complete build of an output, and its encoded report."""
        row = self._db.execute("select * from builds where output = ?", (output,)).fetchone()
        if row is None:
            return None
        _, inputs, report = _unsealed(row)
        return inputs, report

    def remember_build(self, output: str, inputs: bytes, report: bytes) -> None:
        """Remembers a complete build."""
        self._db.execute("replace into builds values (?,?,?,?)", _sealed((output, inputs, report)))

    def forget_build(self, output: str) -> None:
        """Says that an output is being changed, so that no earlier build stands for what it holds."""
        self._db.execute("delete from builds where output = ?", (output,))


def _sealed(row: tuple[Any, ...]) -> tuple[Any, ...]:
    return (*row, crc32(_encode_row(row)))


def _unsealed(row: tuple[Any, ...]) -> tuple[Any, ...]:
    if crc32(_encode_row(row[:-1])) != row[-1]:
        raise BrokenStore("a row is damaged")
    return row[:-1]


def _in_order(rows: Iterable[tuple[Any, ...]], width: int) -> Iterator[tuple[Any, ...]]:
    """All rows of a table without their seals; each key (the first `width` columns) comes once, after all smaller ones, or
    what leads to the rows is damaged. A condition would let SQLite pass over a damaged row, so the caller picks."""
    before: tuple[str, ...] = ()
    for sealed in rows:
        row = _unsealed(sealed)
        if row[:width] <= before:
            raise BrokenStore("its rows are in disorder")
        before = row[:width]
        yield row


def _decode(encoded: bytes) -> Record:
    record: Record = _record_decoder.decode(encoded)
    return record


def _read(row: tuple[Any, ...]) -> Read:
    path, size, mtime, ctime, inode, hashed_at, mark, key, record, confirmed, good = row
    return Read(path, Stamp(size, mtime, ctime, inode), hashed_at, mark, key, record, bool(confirmed), good)


def _published(row: tuple[Any, ...]) -> Published:
    _, address, trace, reason, mark, size, mtime, ctime, inode = row
    return Published(address, trace, reason, mark, Stamp(size, mtime, ctime, inode))


def _numbers(stamp: Stamp) -> tuple[int, int, int, int]:
    return stamp.size, stamp.mtime, stamp.ctime, stamp.inode


@contextmanager
def open_store(folder: Path) -> Iterator[Store]:
    """The store in a folder, made where there is none. Raises BrokenStore where the file is damaged or of another version."""
    folder.mkdir(parents=True, exist_ok=True)
    try:
        connection = _open(folder / FILE)
        try:
            yield Store(connection)
        finally:
            connection.close()
    except (sqlite3.DatabaseError, msgspec.DecodeError, UnicodeDecodeError) as error:
        if isinstance(error, sqlite3.OperationalError) and "disk" in str(error):
            raise
        raise BrokenStore(str(error)) from error


def discard_store(folder: Path) -> None:
    """Removes the store of a folder."""
    for suffix in ("", "-wal", "-shm"):
        (folder / (FILE + suffix)).unlink(missing_ok=True)


def _open(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=60)
    try:
        connection.execute("pragma journal_mode = wal")
        connection.execute("pragma synchronous = normal")
        (version,) = connection.execute("pragma user_version").fetchone()
        (tables,) = connection.execute("select count(*) from sqlite_master").fetchone()
        if tables and version != _SCHEMA_VERSION:
            raise BrokenStore(f"it is of version {version}, this program writes {_SCHEMA_VERSION}")
        if not tables:
            connection.executescript(f"begin; {_SCHEMA} pragma user_version = {_SCHEMA_VERSION}; commit;")
    except BaseException:
        connection.close()
        raise
    return connection


def now_in_nanoseconds() -> int:
    """The clock that stamps are compared with; no page ever depends on it."""
    return time.time_ns()
