"""What was made already and is shown again soon, by all that it was made from."""

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Part = TypeVar("Part")


class Parts(Generic[Part]):
    """Keeps at least the `limit` parts that were shown last, and at most twice as many."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._young: dict[Hashable, Part] = {}
        self._old: dict[Hashable, Part] = {}

    def get(self, key: Hashable) -> Part | None:
        """A part that is kept."""
        found = self._young.get(key)
        if found is None and (found := self._old.pop(key, None)) is not None:
            self.put(key, found)
        return found

    def kept(self, key: Hashable, make: Callable[[], Part]) -> Part:
        """A part that is kept, or is made now."""
        found = self.get(key)
        if found is None:
            found = make()
            self.put(key, found)
        return found

    def put(self, key: Hashable, part: Part) -> None:
        """Keeps a part; where there are too many young ones they grow old, and the old are forgotten."""
        if len(self._young) >= self._limit:
            self._young, self._old = {}, self._young
        self._young[key] = part
