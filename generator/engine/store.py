"""The store: one SQLite file that remembers what was read and what was published; losing it costs time, nothing else.

SQLite does not notice a damaged byte inside a value, so all that it holds is sealed by checksums, texts are known by their
digests, and the journal is numbered without gaps: what does not fit together is a broken store.
"""

import errno
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from shutil import disk_usage
from zlib import crc32

import msgspec

from generator.content.texts import Body
from generator.digests import digest_bytes
from generator.engine import facts, journal, stacks
from generator.engine.facts import Facts
from generator.engine.journal import Journal
from generator.engine.remembered import Last, Listing, Placed, Published, Read
from generator.engine.stacks import BrokenStore, Memory, Stack

FILE = "store.sqlite"
_SCHEMA_VERSION = 3
_SCHEMA = f"""
{stacks.SCHEMA}
{facts.SCHEMA}
{journal.SCHEMA}
create table texts (digest blob primary key, body) without rowid;
create table claims (number integer primary key, output, addresses, seal);
"""
_BUILD = "build "
_ROOM = 100_000
"""Bytes below which a failure is told as a full disk: SQLite itself calls it an error of input or output."""
_OF_THE_SYSTEM = ("SQLITE_FULL", "SQLITE_IOERR", "SQLITE_CANTOPEN", "SQLITE_READONLY", "SQLITE_PERM", "SQLITE_BUSY")
"""What SQLite says where the store is sound and the system does not let it be read or written."""

_reads, _listings = msgspec.msgpack.Decoder(tuple[Read, ...]), msgspec.msgpack.Decoder(tuple[Listing, ...])
_placed, _published = msgspec.msgpack.Decoder(tuple[Placed, ...]), msgspec.msgpack.Decoder(tuple[Published, ...])
_body_decoder, _last_decoder = msgspec.msgpack.Decoder(Body), msgspec.msgpack.Decoder(Last)


class _Texts(dict[bytes, Body]):
    """Bodies that are read when they are asked for."""

    def __init__(self, read: Callable[[bytes], Body]) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, mark: bytes) -> Body:
        found = self[mark] = self._read(mark)
        return found


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
    def facts(self) -> Facts:
        """Single values by name."""
        return Facts(self._db)

    @cached_property
    def journal(self) -> Journal:
        """Which sources changed."""
        return Journal(self._db, self.facts)

    def remember_reads(self, reader: bytes, changes: Mapping[str, Read | None], *, anew: bool) -> None:
        """Remembers sources anew (None: gone) and writes into the journal which values changed; `anew` forgets what
        outputs have seen, because everything was read anew."""
        old = {} if anew else self.reads.find(changes)
        if anew:
            self.reads.clear()
        self.reads.change(changes)
        if anew or not self.journal.write(changes, old):
            self.journal.begin_anew()
            self.facts.forget_under(_BUILD)
        self.journal.read_by(reader)

    def add_texts(self, texts: Iterable[tuple[bytes, bytes]]) -> None:
        """Keeps encoded bodies under their digests."""
        self._db.executemany("insert or ignore into texts values (?,?)", texts)

    def texts(self) -> Mapping[bytes, Body]:
        """The bodies by their digests, each read when it is asked for."""
        return _Texts(self._text)

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
        return self.facts.get(_BUILD + output, _last_decoder)

    def remember_build(self, output: str, last: Last) -> None:
        """Remembers a complete build."""
        self.facts.set(_BUILD + output, last)

    def forget_build(self, output: str) -> None:
        """Says that an output is being changed, so that no earlier build stands for what it holds."""
        self.facts.forget(_BUILD + output)

    def trim_journal(self) -> None:
        """Forgets the lines of the journal that every output has seen."""
        self.journal.trim(
            min((last.seen for last in self.facts.under(_BUILD, _last_decoder)), default=self.journal.state.next)
        )


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
