"""The first thing that happens below a folder, as the kernel tells of it (inotify): to kill a build when it writes."""

import ctypes
import os
import select
import time
from collections.abc import Callable
from pathlib import Path

_MODIFY, _MOVED_TO, _CREATE, _DELETE = 0x2, 0x80, 0x100, 0x200
ANYTHING = _MODIFY | _MOVED_TO | _CREATE | _DELETE
IN_ITS_PLACE = _MOVED_TO | _DELETE
"""What readers notice of a build that renames files into their places."""


class Watch:
    """A watch over all folders that there are below `root` at this moment."""

    def __init__(self, root: Path, events: int) -> None:
        self._libc = ctypes.CDLL(None, use_errno=True)
        self._file = self._libc.inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC)
        for folder, _, _ in os.walk(root):
            if self._libc.inotify_add_watch(self._file, os.fsencode(folder), events) < 0:
                raise OSError(ctypes.get_errno(), "inotify", folder)

    def __enter__(self) -> "Watch":
        return self

    def __exit__(self, *error: object) -> None:
        os.close(self._file)

    def wait(self, over: Callable[[], bool]) -> bool:
        """Waits until something happens or it is over; says whether something happened."""
        while not over():
            if select.select([self._file], [], [], 0.005)[0]:
                return True
        return False


def sleep_until(moment: float, over: Callable[[], bool]) -> None:
    """Sleeps until a moment of `time.monotonic`, or until it is over."""
    while (left := moment - time.monotonic()) > 0 and not over():
        time.sleep(min(left, 0.005))
