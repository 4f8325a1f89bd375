"""File stamps: whether a file may be taken for unchanged without reading it."""

import os

from msgspec import Struct

CLEARLY_OLDER = 2_000_000_000


class Stamp(Struct, frozen=True, gc=False):
    """What the file system says of a file: size in bytes, times in nanoseconds, inode."""

    size: int
    mtime: int
    ctime: int
    inode: int


def stamp_of(stat: os.stat_result) -> Stamp:
    """The stamp in a result of `stat`."""
    return Stamp(stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino)


def trusted(old: Stamp, new: Stamp, hashed_at: int) -> bool:
    """Whether equal stamps mean equal content: git's racy rule. `hashed_at` is when the content was hashed, in nanoseconds.

    A file written in the same tick as it was hashed could have been written once more after that without its stamp
    changing, so its modification time must be clearly older (2 s covers file systems with coarse clocks).
    """
    return old == new and new.mtime < hashed_at - CLEARLY_OLDER
