"""The one writer of the inbox: what waits is written together, committed once, and only then acknowledged."""

import asyncio
import sqlite3
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from generator.inbox.refusals import Refused

Found = TypeVar("Found")
Work = Callable[[sqlite3.Connection], Any]
_Waiting = tuple[Work, Callable[[], None] | None, asyncio.Future[Any]]
MOST_AT_ONCE = 1000


class Ledger:
    """Writes of one event loop. The statements run in the loop (they reach memory only), the commit in a thread: a thread
    that runs many statements would wait for Python's lock before each, an interpreter's turn at a time.

    `undone` is called when a transaction was rolled back, for whoever keeps in mind what it had written.
    """

    def __init__(self, db: sqlite3.Connection, undone: Callable[[], None]) -> None:
        self._db, self._undone = db, undone
        self._waiting: list[_Waiting] = []
        self._running: asyncio.Task[None] | None = None
        self._thread = ThreadPoolExecutor(1, "commit")

    async def write(self, work: Callable[[sqlite3.Connection], Found], kept: Callable[[], None] | None = None) -> Found:
        """What `work` gives, once it is on the disk for good. What it raises it raises before it has written anything.
        `kept` is called then, and of all that was written together before anybody is told. Raises Refused where the disk
        takes nothing."""
        done: asyncio.Future[Found] = asyncio.get_running_loop().create_future()
        self._waiting.append((work, kept, done))
        if self._running is None:
            self._running = asyncio.create_task(self._run())
        return await done

    async def settled(self) -> None:
        """Waits until nothing waits."""
        while self._running is not None:
            await asyncio.wait([self._running])
        self._thread.shutdown()

    async def _run(self) -> None:
        try:
            while self._waiting:
                batch, self._waiting = self._waiting[:MOST_AT_ONCE], self._waiting[MOST_AT_ONCE:]
                await self._write(batch)
        finally:
            self._running = None

    async def _write(self, batch: list[_Waiting]) -> None:
        outcomes: list[Any] = []
        try:
            self._db.execute("begin immediate")
            for work, _, _ in batch:
                outcomes.append(_outcome(work, self._db))
            await asyncio.get_running_loop().run_in_executor(self._thread, self._db.execute, "commit")
        except sqlite3.Error as error:
            self._roll_back()
            print(f"aryk inbox: nothing is kept at the moment: {error}", file=sys.stderr, flush=True)
            outcomes = [Refused("no_room", 503, wait=30)] * len(batch)
        for (_, kept, _), outcome in zip(batch, outcomes, strict=True):
            if kept is not None and not isinstance(outcome, Exception):
                kept()
        for (_, _, done), outcome in zip(batch, outcomes, strict=True):
            if done.cancelled():
                continue
            if isinstance(outcome, Exception):
                done.set_exception(outcome)
            else:
                done.set_result(outcome)

    def _roll_back(self) -> None:
        if self._db.in_transaction:
            self._db.execute("rollback")
        self._undone()


def _outcome(work: Work, db: sqlite3.Connection) -> Any:
    """What a work gives or, where that is no failure of the database, raises."""
    try:
        return work(db)
    except sqlite3.Error:
        raise
    except Exception as error:
        return error
