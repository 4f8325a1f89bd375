"""Parts of pages that were printed already, by all that they were printed from."""

from markupsafe import Markup

Key = tuple[object, ...]


class Parts:
    """Keeps at least the `limit` parts that were shown last, and at most twice as many."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._young: dict[Key, Markup] = {}
        self._old: dict[Key, Markup] = {}

    def get(self, key: Key) -> Markup | None:
        """A part that is kept."""
        found = self._young.get(key)
        if found is None and (found := self._old.pop(key, None)) is not None:
            self.put(key, found)
        return found

    def put(self, key: Key, part: Markup) -> None:
        """Keeps a part; where there are too many young ones they grow old, and the old are forgotten."""
        if len(self._young) >= self._limit:
            self._young, self._old = {}, self._young
        self._young[key] = part
