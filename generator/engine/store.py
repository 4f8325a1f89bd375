"""The store: one SQLite file that remembers what was read and what was published; losing it costs time, nothing else."""

import sqlite3
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from generator.content.media import Medium
from generator.content.stories import Article, Standing
from generator.content.texts import Body, Kept
from generator.engine.stamps import Stamp

FILE = "store.sqlite"
_SCHEMA_VERSION = 1
_SCHEMA = """
create table sources (
    path text primary key, size, mtime, ctime, inode, hashed_at, digest, key, record, confirmed, good
) without rowid;
create table texts (digest blob primary key, body) without rowid;
create table pages (
    output, address, trace, reason, digest, size, mtime, ctime, inode, primary key (output, address)
) without rowid;
create table builds (output text primary key, inputs, report) without rowid;
"""

Record = Article | Standing | Medium
Trace = tuple[tuple[str, bytes], ...]
_record_decoder = msgspec.msgpack.Decoder(Record)
_body_encoder, _body_decoder = msgspec.msgpack.Encoder(), msgspec.msgpack.Decoder(Body)
_trace_decoder = msgspec.msgpack.Decoder(Trace)


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
    """What is remembered of a page: its trace, why it was last made, and the file; no trace where it was only claimed."""

    address: str
    trace: bytes
    reason: str
    digest: bytes
    stamp: Stamp

    def traced(self) -> Trace:
        """The trace as pairs (field, digest)."""
        return _trace_decoder.decode(self.trace) if self.trace else ()


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
        rows = self._db.execute(
            "select path, size, mtime, ctime, inode, hashed_at, digest, key, record, confirmed, good from sources"
        )
        return {row[0]: _read(row) for row in rows}

    def remember_reads(self, reads: Iterable[Read]) -> None:
        """Remembers sources anew."""
        rows = (
            (r.path, *_numbers(r.stamp), r.hashed_at, r.digest, r.key, r.record, r.confirmed, r.good) for r in reads
        )
        self._db.executemany("replace into sources values (?,?,?,?,?,?,?,?,?,?,?)", rows)

    def confirm_reads(self, paths: Iterable[str]) -> None:
        """Says that what these sources were read as is published."""
        self._db.executemany("update sources set confirmed = 1, good = x'' where path = ?", ((path,) for path in paths))

    def forget_reads(self, paths: Iterable[str]) -> None:
        """Forgets sources that are gone."""
        self._db.executemany("delete from sources where path = ?", ((path,) for path in paths))

    def remember_texts(self, texts: Iterable[Kept]) -> None:
        """Keeps bodies under their digests."""
        rows = ((text.digest, _body_encoder.encode(text.body)) for text in texts)
        self._db.executemany("insert or ignore into texts values (?,?)", rows)

    def texts(self, digests: Iterable[bytes]) -> dict[bytes, Body]:
        """The bodies of these digests."""
        found = {}
        for digest in set(digests):
            row = self._db.execute("select body from texts where digest = ?", (digest,)).fetchone()
            if row:
                found[digest] = _body_decoder.decode(row[0])
        return found

    def known_texts(self) -> set[bytes]:
        """The digests of all bodies."""
        return {row[0] for row in self._db.execute("select digest from texts")}

    def forget_texts(self, digests: Iterable[bytes]) -> None:
        """Forgets bodies that nothing names any more."""
        self._db.executemany("delete from texts where digest = ?", ((digest,) for digest in digests))

    def pages(self, output: str) -> dict[str, Published]:
        """What was published (or claimed) in an output folder, by address."""
        query = "select address, trace, reason, digest, size, mtime, ctime, inode from pages where output = ?"
        return {row[0]: _published(row) for row in self._db.execute(query, (output,))}

    def claim(self, output: str, addresses: Iterable[str]) -> None:
        """Says before writing that these files will be ours, so that none is orphaned by a crash."""
        rows = ((output, address, b"", "claimed", b"", 0, 0, 0, 0) for address in addresses)
        self._db.executemany("insert or ignore into pages values (?,?,?,?,?,?,?,?,?)", rows)

    def remember_pages(self, output: str, pages: Iterable[Published]) -> None:
        """Remembers pages that are published."""
        rows = ((output, p.address, p.trace, p.reason, p.digest, *_numbers(p.stamp)) for p in pages)
        self._db.executemany("replace into pages values (?,?,?,?,?,?,?,?,?)", rows)

    def forget_pages(self, output: str, addresses: Iterable[str]) -> None:
        """Forgets pages that are deleted."""
        self._db.executemany("delete from pages where output = ? and address = ?", ((output, one) for one in addresses))

    def last_build(self, output: str) -> tuple[bytes, bytes] | None:
        """The digest of the inputs of the last complete build of an output, and its encoded report."""
        row = self._db.execute("select inputs, report from builds where output = ?", (output,)).fetchone()
        return (row[0], row[1]) if row else None

    def remember_build(self, output: str, inputs: bytes, report: bytes) -> None:
        """Remembers a complete build."""
        self._db.execute("replace into builds values (?,?,?)", (output, inputs, report))

    def forget_build(self, output: str) -> None:
        """Says that an output is being changed, so that no earlier build stands for what it holds."""
        self._db.execute("delete from builds where output = ?", (output,))


def _decode(encoded: bytes) -> Record:
    record: Record = _record_decoder.decode(encoded)
    return record


def _read(row: tuple[Any, ...]) -> Read:
    path, size, mtime, ctime, inode, hashed_at, digest, key, record, confirmed, good = row
    return Read(path, Stamp(size, mtime, ctime, inode), hashed_at, digest, key, record, bool(confirmed), good)


def _published(row: tuple[Any, ...]) -> Published:
    address, trace, reason, digest, size, mtime, ctime, inode = row
    return Published(address, trace, reason, digest, Stamp(size, mtime, ctime, inode))


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
    except (sqlite3.DatabaseError, msgspec.DecodeError) as error:
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
