"""The inbox's one SQLite file: votes, who must not vote again (as keyed hashes that are forgotten), and texts that wait."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex

FILE = "inbox.sqlite"
_VERSION = 1
_SCHEMA = f"""
create table inbox (id text not null);
create table choices (number integer primary key, poll text not null, options text not null, unique (poll, options));
create table votes (number integer primary key autoincrement, choice integer not null);
create index votes_by_choice on votes (choice);
create table ballots (mark integer primary key, count integer not null, until integer not null);
create table salts (name text primary key, salt blob not null, until integer not null) without rowid;
create table messages (
    id text primary key, kind text not null, story text not null, language text not null, sent integer not null,
    name text not null, contact text not null, title text not null, place text not null, text text not null,
    reply text not null, status text not null default 'waiting', decided integer not null default 0
) without rowid;
create table photos (message text not null, number integer not null, data blob not null);
create index photos_by_message on photos (message, number);
pragma user_version = {_VERSION};
"""
_GITIGNORE = "*\n"


class BrokenInbox(Exception):
    """The file is none of ours, or of a version that this program does not read."""


def prepare(folder: Path) -> None:
    """Makes the folder of an inbox, for its owner alone and out of git's sight, and the tables in it."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    ignoring = folder / ".gitignore"
    if not ignoring.exists():
        ignoring.write_text(_GITIGNORE, "utf-8")
    db = connect(folder / FILE)
    try:
        db.execute("begin immediate")
        (version,) = db.execute("pragma user_version").fetchone()
        (tables,) = db.execute("select count(*) from sqlite_master").fetchone()
        if not tables:
            for statement in _SCHEMA.split(";\n"):
                db.execute(statement)
            db.execute("insert into inbox values (?)", (token_hex(4),))
        elif version != _VERSION:
            raise BrokenInbox(f"{folder / FILE} is of version {version}, this program reads {_VERSION}")
        db.execute("commit")
    finally:
        db.close()


def connect(path: Path) -> sqlite3.Connection:
    """A connection that commits only what is told to, and then for good: what is acknowledged is on the disk."""
    db = sqlite3.connect(path, timeout=5, isolation_level=None, check_same_thread=False, cached_statements=64)
    db.execute("pragma journal_mode = wal")
    db.execute("pragma synchronous = full")
    db.execute("pragma secure_delete = on")  # what is forgotten is overwritten
    db.execute("pragma cache_size = -16000")
    return db


@contextmanager
def opened(folder: Path) -> Iterator[sqlite3.Connection]:
    """The inbox of a folder, for a command. Raises FileNotFoundError where there is none."""
    path = folder / FILE
    if not path.is_file():
        raise FileNotFoundError(2, "there is no inbox here (aryk inbox serve makes one)", str(path))
    db = connect(path)
    try:
        yield db
    finally:
        db.close()


def inbox_id(db: sqlite3.Connection) -> str:
    """The id of an inbox, under which a poll's file says what of it was counted."""
    return str(db.execute("select id from inbox").fetchone()[0])


def copy(db: sqlite3.Connection, target: Path) -> None:
    """Copies an inbox to a file that appears only when it is whole; votes and texts may arrive meanwhile.
    Raises FileExistsError."""
    if target.exists():
        raise FileExistsError(17, "there is a file already", str(target))
    beside = target.with_name(f".{target.name}.aryk-new")
    beside.unlink(missing_ok=True)
    copied = sqlite3.connect(beside)
    try:
        db.backup(copied)
        copied.execute("pragma journal_mode = delete")
    finally:
        copied.close()
    with open(beside, "rb+") as file:
        os.fsync(file.fileno())
    beside.chmod(0o600)
    os.link(beside, target)
    beside.unlink()
