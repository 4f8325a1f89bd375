"""One build at a time for each store and for each output: the second waits."""

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


@contextmanager
def locked(folder: Path, waiting: Callable[[], None]) -> Iterator[None]:
    """Holds the lock of a store; calls `waiting` once where somebody else holds it. The lock ends with the process."""
    folder.mkdir(parents=True, exist_ok=True)
    with _held(os.open(folder / "lock", os.O_WRONLY | os.O_CREAT, 0o666), waiting):
        yield


@contextmanager
def locked_output(folder: Path, waiting: Callable[[], None]) -> Iterator[None]:
    """Holds the lock of an output, which is the folder itself: nothing but the site lies in it. A folder that was made for
    this and stays empty is removed."""
    is_new = not folder.is_dir()
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with _held(os.open(folder, os.O_RDONLY), waiting):
            yield
    finally:
        if is_new:
            with suppress(OSError):
                folder.rmdir()


@contextmanager
def _held(file: int, waiting: Callable[[], None]) -> Iterator[None]:
    try:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            waiting()
            fcntl.flock(file, fcntl.LOCK_EX)
        yield
    finally:
        os.close(file)
