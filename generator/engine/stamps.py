"""File stamps: whether a file may be taken for unchanged without reading it."""

import os

from msgspec import Struct

CLEARLY_OLDER = 2_000_000_000


class Stamp(Struct, frozen=True, gc=False, array_like=True):
    """What the file system says of a file: size in bytes, times in nanoseconds, inode."""

    size: int
    mtime: int
    ctime: int
    inode: int


NEVER = Stamp(0, 0, 0, 0)
"""The stamp of no file: whoever remembers it looks into the file again."""


def stamp_of(stat: os.stat_result) -> Stamp:
    """The stamp in a result of `stat`."""
    return Stamp(stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino)


def trusted(stamp: Stamp, looked_at: int) -> bool:
    """Whether a file that keeps this stamp keeps its content: git's racy rule. `looked_at` is before the content was read,
    in nanoseconds.

    A file written in the same tick as it was read could have been written once more after that without its stamp
    changing, so its modification time must be clearly older (2 s covers file systems with coarse clocks).
    """
    return stamp.mtime < looked_at - CLEARLY_OLDER
