"""Puts into a published output what was made at leisure: a build is waited for, and never made to wait for long."""

import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

from generator.engine.lock import locked_output

BESIDE = ".aryk-new"
"""How the name of a file ends that waits beside its place."""


class Placing:
    """An output that others build into meanwhile; its lock is held while files are renamed, not while they are made."""

    def __init__(self, output: Path, waiting: Callable[[], None]) -> None:
        self.output, self._waiting = output, waiting

    def place(self, made: Iterable[tuple[str, str]]) -> int:
        """Renames files into their places where the file that each goes with is still published; gives how many."""
        count = 0
        with locked_output(self.output, self._waiting):
            for place, beside in made:
                if os.path.exists(beside):
                    os.replace(place + BESIDE, place)
                    count += 1
                else:
                    self._remove(place + BESIDE)
        return count

    def remove(self, files: Iterable[str]) -> int:
        """Removes files, with folders that become empty; gives how many."""
        with locked_output(self.output, self._waiting):
            return sum(self._remove(file) for file in files)

    def _remove(self, file: str) -> bool:
        found = False
        with suppress(OSError):
            os.unlink(file)
            found = True
        folder = os.path.dirname(file)
        with suppress(OSError):
            while len(folder) > len(str(self.output)):
                os.rmdir(folder)
                folder = os.path.dirname(folder)
        return found
