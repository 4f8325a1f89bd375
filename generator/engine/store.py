"""The store: one SQLite file that remembers what was read and what was published; losing it costs time, nothing else.

SQLite does not notice a damaged byte inside a value, so all that it holds is sealed by checksums, texts are known by their
digests, and the journal is numbered without gaps: what does not fit together is a broken store.
"""

import errno
import sqlite3
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from shutil import disk_usage
from typing import TypeVar
from zlib import crc32

import msgspec
from msgspec import Struct

from generator.content.media import Medium
from generator.content.stories import Article, Standing
from generator.content.texts import Body
from generator.digests import digest_bytes
from generator.engine import stacks
from generator.engine.stacks import BrokenStore, Memory, Stack
from generator.engine.stamps import Stamp

FILE = "store.sqlite"
_SCHEMA_VERSION = 3
_SCHEMA = f"""
{stacks.SCHEMA}
create table texts (digest blob primary key, body) without rowid;
create table journal (number integer primary key, entry, seal);
create table claims (number integer primary key, output, addresses, seal);
create table facts (name text primary key, value, seal) without rowid;
"""
_JOURNAL_LIMIT = 20_000
_ROOM = 100_000
"""Bytes below which a failure is told as a full disk: SQLite itself calls it an error of input or output."""
_OF_THE_SYSTEM = ("SQLITE_FULL", "SQLITE_IOERR", "SQLITE_CANTOPEN", "SQLITE_READONLY", "SQLITE_PERM", "SQLITE_BUSY")
"""What SQLite says where the store is sound and the system does not let it be read or written."""

Record = Article | Standing | Medium
Fact = TypeVar("Fact")


class Read(Struct, frozen=True, gc=False, array_like=True):
    """What is remembered of a source: the digest of its content (empty where its newest content could not be read) and the
    value that its newest good content was read as."""

    path: str
    digest: bytes
    record: Record


class Listing(Struct, frozen=True, gc=False, array_like=True):
    """What a folder of the content held: its files by name, each with its stamp (all zeros: not to be trusted)."""

    folder: str
    files: msgspec.Raw


class Entry(Struct, frozen=True, gc=False, array_like=True):
    """A line of the journal: what a source was remembered as before it changed; None where it was not known."""

    number: int
    path: str
    old: Record | None


class Placed(Struct, frozen=True, gc=False, array_like=True):
    """A published file: the stamp that it had after it was written, and its digest."""

    address: str
    stamp: Stamp
    digest: bytes


class Published(Struct, frozen=True, gc=False, array_like=True):
    """What a published page was made of: the kind of its view, the marks of its trace, and why it was last made."""

    address: str
    kind: str
    trace: bytes
    reason: str


class Last(Struct, frozen=True, gc=False, array_like=True):
    """The last complete build of an output: of which inputs besides the sources, at what moment, up to which line of the
    journal; how many pages of each kind it has; its report, empty where it cannot stand for a further build.

    `good` are the bad sources with what was shown in their stead; `owed` are pages that would have been deleted but for them.
    """

    base: bytes
    now: int
    seen: int
    next_change_at: int
    kinds: dict[str, int]
    report: bytes
    good: dict[str, Record | None] = {}
    owed: tuple[str, ...] = ()


class _State(Struct, frozen=True, gc=False, array_like=True):
    """`reader` stands for the program and the options of reading; lines of the journal go from `first` to before `next`;
    those before `confirmed` tell of what is published; `good` are the last published values of sources that are bad."""

    reader: bytes = b""
    first: int = 1
    next: int = 1
    confirmed: int = 1
    good: dict[str, Record] = {}


_reads, _listings = msgspec.msgpack.Decoder(tuple[Read, ...]), msgspec.msgpack.Decoder(tuple[Listing, ...])
_placed, _published = msgspec.msgpack.Decoder(tuple[Placed, ...]), msgspec.msgpack.Decoder(tuple[Published, ...])
_entry_decoder, _body_decoder = msgspec.msgpack.Decoder(Entry), msgspec.msgpack.Decoder(Body)
_state_decoder, _last_decoder = msgspec.msgpack.Decoder(_State), msgspec.msgpack.Decoder(Last)


class Store:
    """An open store. Every change is in a transaction that the caller ends by `commit`. `memory` keeps the values of sources
    from one build of a process to the next."""

    def __init__(self, connection: sqlite3.Connection, memory: Memory | None = None) -> None:
        self._db, self._memory = connection, memory

    def commit(self) -> None:
        """Makes all changes since the last commit permanent, together."""
        self._db.commit()

    @cached_property
    def reads(self) -> Stack[Read]:
        """What is remembered of all sources, by path."""
        return Stack(self._db, "sources", 1024, _reads, lambda read: read.path, self._memory)

    @cached_property
    def listings(self) -> Stack[Listing]:
        """The folders of the content, by path."""
        return Stack(self._db, "listings", 256, _listings, lambda listing: listing.folder)

    def placed(self, output: str) -> Stack[Placed]:
        """The published files of an output, by address."""
        return Stack(self._db, f"files of {output}", 4096, _placed, lambda file: file.address)

    def published(self, output: str) -> Stack[Published]:
        """The pages of an output, by address."""
        name = f"pages of {output}"
        return Stack(self._db, name, 4096, _published, lambda page: page.address)

    @cached_property
    def state(self) -> _State:
        """Where the journal stands."""
        found = self._fact("state", _state_decoder)
        return found if found is not None else _State()

    def _set_state(self, **changes: object) -> None:
        self.__dict__["state"] = msgspec.structs.replace(self.state, **changes)
        self._set_fact("state", self.state)

    def remember_reads(self, reader: bytes, changes: Mapping[str, Read | None], *, anew: bool) -> None:
        """Remembers sources anew (None: gone) and writes into the journal which values changed; `anew` forgets what
        outputs have seen, because everything was read anew."""
        old = {} if anew else self.reads.find(changes)
        if anew:
            self.reads.clear()
            self._forget_journal()
        self.reads.change(changes)
        if not anew:
            self._write_journal(changes, old)
        if self.state.reader != reader:
            self._set_state(reader=reader)

    def _write_journal(self, changes: Mapping[str, Read | None], old: Mapping[str, Read]) -> None:
        number = first = self.state.next
        for path in sorted(changes):
            now, before = changes[path], old.get(path)
            if (now.record if now else None) != (before.record if before else None):
                entry = msgspec.msgpack.encode(Entry(number, path, before.record if before else None))
                self._db.execute("insert into journal values (?,?,?)", (number, entry, crc32(entry)))
                number += 1
        if number > self.state.first + _JOURNAL_LIMIT:
            self._forget_journal(number)
        elif number > first:
            self._set_state(next=number)

    def _forget_journal(self, number: int | None = None) -> None:
        number = number or self.state.next
        self._db.execute("delete from journal")
        self._db.execute("delete from facts where name like 'build %'")
        self._set_state(first=number, next=number, confirmed=number)

    def journal(self, since: int) -> list[Entry]:
        """The lines of the journal from a number on."""
        rows = self._db.execute("select entry, seal from journal order by number").fetchall()
        if any(crc32(entry) != seal for entry, seal in rows):
            raise BrokenStore("a line of the journal is damaged")
        entries = [_entry_decoder.decode(entry) for entry, _ in rows]
        if [entry.number for entry in entries] != list(range(self.state.first, self.state.next)):
            raise BrokenStore("a line of the journal is lost")
        return [entry for entry in entries if entry.number >= since]

    def last_good(self, path: str, newest: Record | None) -> Record | None:
        """What a source was last published as, where `newest` is its newest good value."""
        if path in self.state.good:
            return self.state.good[path]
        changed = [entry.old for entry in self.journal(self.state.confirmed) if entry.path == path]
        return changed[0] if changed else newest

    def confirm(self, bad: Mapping[str, Record | None]) -> None:
        """Says that all that was read is published, but for bad sources: their last good values are published instead."""
        good = {path: record for path, record in bad.items() if record is not None}
        if (self.state.confirmed, self.state.good) != (self.state.next, good):
            self._set_state(confirmed=self.state.next, good=good)

    def trim_journal(self) -> None:
        """Forgets the lines of the journal that every output has seen."""
        needed = min([self.state.confirmed, *(last.seen for last in self._builds())])
        if needed > self.state.first:
            self._db.execute("delete from journal where number < ?", (needed,))
            self._set_state(first=needed)

    def add_texts(self, texts: Iterable[tuple[bytes, bytes]]) -> None:
        """Keeps encoded bodies under their digests."""
        self._db.executemany("insert or ignore into texts values (?,?)", texts)

    def texts(self, digests: Iterable[bytes]) -> dict[bytes, Body]:
        """The bodies of these digests."""
        return {mark: self._text(mark) for mark in set(digests)}

    def _text(self, mark: bytes) -> Body:
        row = self._db.execute("select body from texts where digest = ?", (mark,)).fetchone()
        if row is None or digest_bytes(row[0]) != mark:
            raise BrokenStore("a text is damaged or lost")
        return _body_decoder.decode(row[0])

    def known_texts(self) -> set[bytes]:
        """The digests of all bodies."""
        return {row[0] for row in self._db.execute("select digest from texts")}

    def forget_texts(self, digests: Iterable[bytes]) -> None:
        """Forgets bodies that nothing names any more."""
        self._db.executemany("delete from texts where digest = ?", ((digest,) for digest in digests))

    def claims(self, output: str) -> set[str]:
        """The addresses that were claimed and may not have been published."""
        rows = self._db.execute("select output, addresses, seal from claims").fetchall()
        if any(crc32(row[1].encode()) != row[2] for row in rows):
            raise BrokenStore("a claim is damaged")
        return {address for of, addresses, _ in rows if of == output for address in addresses.split("\n")}

    def claim(self, output: str, addresses: Iterable[str]) -> None:
        """Says before anything is written that these files (and what waits beside them) will be ours, whatever happens."""
        words = "\n".join(addresses)
        row = (output, words, crc32(words.encode()))
        self._db.execute("insert into claims (output, addresses, seal) values (?,?,?)", row)

    def forget_claims(self, output: str) -> None:
        """Says that all that was claimed is published or gone."""
        self._db.execute("delete from claims where output = ?", (output,))

    def last_build(self, output: str) -> Last | None:
        """The last complete build of an output."""
        return self._fact(f"build {output}", _last_decoder)

    def _builds(self) -> Iterator[Last]:
        names = [row[0] for row in self._db.execute("select name from facts where name like 'build %'")]
        return (last for name in names if (last := self._fact(name, _last_decoder)) is not None)

    def remember_build(self, output: str, last: Last) -> None:
        """Remembers a complete build."""
        self._set_fact(f"build {output}", last)

    def forget_build(self, output: str) -> None:
        """Says that an output is being changed, so that no earlier build stands for what it holds."""
        self._db.execute("delete from facts where name = ?", (f"build {output}",))

    def _fact(self, name: str, decoder: "msgspec.msgpack.Decoder[Fact]") -> "Fact | None":
        row = self._db.execute("select value, seal from facts where name = ?", (name,)).fetchone()
        if row is None:
            return None
        if crc32(row[0]) != row[1]:
            raise BrokenStore("a fact is damaged")
        return decoder.decode(row[0])

    def _set_fact(self, name: str, value: object) -> None:
        data = msgspec.msgpack.encode(value)
        self._db.execute("replace into facts values (?,?,?)", (name, data, crc32(data)))


@contextmanager
def open_store(folder: Path, memory: Memory | None = None) -> Iterator[Store]:
    """The store in a folder, made where there is none. Raises BrokenStore where the file is damaged or of another version."""
    folder.mkdir(parents=True, exist_ok=True)
    try:
        connection = _open(folder / FILE)
        try:
            yield Store(connection, memory)
        finally:
            connection.close()
    except (sqlite3.DatabaseError, msgspec.DecodeError, UnicodeDecodeError) as error:
        if getattr(error, "sqlite_errorname", "").startswith(_OF_THE_SYSTEM):
            said = "the disk is full" if disk_usage(folder).free < _ROOM else str(error)
            raise OSError(errno.EIO, said, str(folder / FILE)) from error
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
