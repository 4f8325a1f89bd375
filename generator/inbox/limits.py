"""How often an address may ask: counted in memory for a minute, forgotten after two, never written down."""

from generator.inbox.refusals import Refused

PERIOD = 60
MOST_CALLERS = 200_000
"""Callers that are remembered at a time; a flood from more addresses costs no more memory."""


class Limit:
    """At most `most` requests of a caller a minute. What it did in the minute before counts by the part of that minute
    that is not yet over."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._minute = 0
        self._now: dict[bytes, int] = {}
        self._before: dict[bytes, int] = {}

    def check(self, caller: bytes, now: float, most: int = 0) -> None:
        """Counts a request. Raises Refused (429) where the caller asks too often."""
        minute = int(now // PERIOD)
        if minute != self._minute or len(self._now) >= MOST_CALLERS:
            self._before = self._now if minute - self._minute <= 1 else {}
            self._now, self._minute = {}, minute
        passed = now % PERIOD / PERIOD
        count = self._now.get(caller, 0) + 1
        if count + self._before.get(caller, 0) * (1 - passed) > max(most, self._most):
            wait = max(1, round(PERIOD * (1 - passed)))
            raise Refused("too_many", 429, wait=wait, seconds=wait)
        self._now[caller] = count
