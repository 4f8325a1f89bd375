"""The board: what open pages show now, put up by the builder's thread and awaited by the server's tasks."""

import asyncio
from contextlib import suppress
from secrets import token_hex

from msgspec import Struct


class Shown(Struct, frozen=True):
    """What pages show: a new `mark` whenever those that are open are out of date, the portal's path, the problems."""

    mark: str
    base: str = ""
    problems: tuple[str, ...] = ()


class Board:
    """Holds what is shown; the mark begins with a word of this session, so that pages of an earlier one reload."""

    def __init__(self) -> None:
        self._session, self._count, self._closed = token_hex(4), 0, False
        self._waiting: set[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = set()
        self.shown = Shown(f"{self._session}-0")

    def put_up(self, base: str, problems: tuple[str, ...], *, pages_changed: bool) -> None:
        """Shows what a build came to, and tells the open pages if it concerns them."""
        if pages_changed or (base, problems) != (self.shown.base, self.shown.problems):
            self._count += 1
            self.shown = Shown(f"{self._session}-{self._count}", base, problems)
            self._wake()

    def close(self) -> None:
        """Ends all waiting."""
        self._closed = True
        self._wake()

    async def after(self, mark: str) -> Shown | None:
        """What is shown once it is something else than `mark`; None when the board is closed."""
        woken = (asyncio.get_running_loop(), asyncio.Event())
        self._waiting.add(woken)
        try:
            while self.shown.mark == mark and not self._closed:
                await woken[1].wait()
                woken[1].clear()
            return None if self._closed else self.shown
        finally:
            self._waiting.discard(woken)

    def _wake(self) -> None:
        # A copy rather than a lock: `close` is called by a signal handler, which may have stopped the lock's holder.
        for loop, event in tuple(self._waiting):
            with suppress(RuntimeError):  # the loop ended while the last build was under way
                loop.call_soon_threadsafe(event.set)
