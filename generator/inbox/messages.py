"""Texts that readers sent: written down when they come, listed, read and decided by editors."""

import hashlib
import sqlite3
from collections.abc import Sequence

from msgspec import Struct

COLUMNS = "id, kind, story, language, sent, name, contact, title, place, text, reply, status"


class Message(Struct, frozen=True, gc=False):
    """A comment, a letter or a report; `story` and `reply` are a comment's, `status` is waiting, accepted or rejected."""

    id: str
    kind: str
    story: str
    language: str
    sent: int
    name: str = ""
    contact: str = ""
    title: str = ""
    place: str = ""
    text: str = ""
    reply: str = ""
    status: str = "waiting"


def message_id(kind: str, nonce: bytes, texts: Sequence[str], photos: Sequence[bytes]) -> str:
    """The id of what was sent: the same for a form that is sent twice, another for one that was changed meanwhile."""
    digest = hashlib.blake2b(nonce, digest_size=8)
    for part in (*(text.encode() for text in texts), *photos):
        digest.update(hashlib.sha256(part).digest())
    return f"{kind[0]}{digest.hexdigest()}"


def add(db: sqlite3.Connection, message: Message, photos: Sequence[bytes]) -> None:
    """Writes a message down, once."""
    row = tuple(getattr(message, name) for name in COLUMNS.split(", "))
    written = db.execute(f"insert or ignore into messages ({COLUMNS}) values ({','.join('?' * len(row))})", row)  # noqa: S608
    if written.rowcount:
        db.executemany(
            "insert into photos values (?,?,?)", [(message.id, at, data) for at, data in enumerate(photos, 1)]
        )


def messages(db: sqlite3.Connection, *, kind: str = "", decided: bool = False) -> list[Message]:
    """The messages that wait, or all, from the oldest on."""
    where = "where (? or status = 'waiting') and (? = '' or kind = ?) order by sent, id"
    rows = db.execute(f"select {COLUMNS} from messages {where}", (decided, kind, kind))  # noqa: S608
    return [Message(*row) for row in rows]


def find(db: sqlite3.Connection, beginning: str) -> list[Message]:
    """The messages whose ids begin so."""
    where = "where substr(id, 1, ?) = ? order by id limit 2"
    rows = db.execute(f"select {COLUMNS} from messages {where}", (len(beginning), beginning))  # noqa: S608
    return [Message(*row) for row in rows]


def photos(db: sqlite3.Connection, message: str) -> list[bytes]:
    """The photos of a report."""
    rows = db.execute("select data from photos where message = ? order by number", (message,))
    return [row[0] for row in rows]


def decide(db: sqlite3.Connection, message: str, status: str, now: int) -> None:
    """Notes what an editor decided."""
    db.execute("update messages set status = ?, decided = ? where id = ?", (status, now, message))
