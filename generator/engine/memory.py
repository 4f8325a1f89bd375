"""What a process that builds again and again keeps from one build to the next: what it need not look at or decode anew."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from time import monotonic

from generator.engine import stacks
from generator.engine.scan import Folder

_TRUSTED_FOR = 600.0
"""Seconds after which all is looked at again: the system may lose news of changes, and anybody may touch the output."""


@dataclass
class Memory:
    """The decoded values of sources, and the folders of the content as they were last seen; `happened` takes the folder of
    each change that the system tells of, with a slash at its end."""

    sources: stacks.Memory = field(default_factory=dict)
    folders: tuple[Folder, ...] = ()
    happened: "SimpleQueue[str]" = field(default_factory=SimpleQueue)
    looked_at: float = float("-inf")

    def news(self) -> set[str]:
        """The folders in which something happened since this was last asked."""
        found: set[str] = set()
        try:
            while True:
                found.add(self.happened.get_nowait())
        except Empty:
            return found

    @property
    def is_fresh(self) -> bool:
        """Whether all was looked at not long ago, the output too."""
        return monotonic() - self.looked_at < _TRUSTED_FOR

    def has_looked(self) -> None:
        """Says that all was looked at: what is kept is trusted for a while."""
        self.looked_at = monotonic()

    @contextmanager
    def kept_if_all_goes_well(self) -> Iterator[None]:
        """Trusts nothing any more after an exception: what had been news is not told twice."""
        try:
            yield
        except BaseException:
            self.looked_at = float("-inf")
            raise
