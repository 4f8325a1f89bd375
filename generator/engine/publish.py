"""Writes what changed so that no reader ever meets half a file or a link to a page that is not there yet.

Every file is written beside its place and renamed into it, in this order: assets and media, new pages (the front page
last), changed pages, feeds and sitemaps; then what is no longer planned is deleted.
"""

import os
import stat
from collections.abc import Collection, Iterable, Iterator
from concurrent.futures import Executor
from errno import ENAMETOOLONG
from itertools import groupby

from msgspec import Struct

from generator.digests import digest_bytes
from generator.engine.stamps import Stamp, stamp_of
from generator.engine.workers import batched, run_in_batches
from generator.pages.addresses import file_of
from generator.pages.pictures import at_leisure
from generator.pages.views import (
    FeedView,
    FileView,
    NewsSitemapView,
    OutlineView,
    PlainView,
    PollDataView,
    SitemapView,
    TalkCountsView,
    VariantView,
    View,
)

_SUFFIX = ".aryk-new"
_BATCH = 1024
_FLAGS = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_CLOEXEC", 0)
Rank = tuple[int, bool]


class Staged(Struct, frozen=True, gc=False):
    """A file that waits beside its place; `rank` orders the publishing. Where something stands in the way of a folder, its
    bytes wait here."""

    rank: Rank
    address: str
    data: bytes = b""


def rank_of(view: View, address: str, *, is_new: bool) -> Rank:
    """The place of a page in the order of publishing. A document of a feed's archive is a page that feeds lead to."""
    if isinstance(view, (FileView, VariantView)):
        group = 0
    elif not (isinstance(view, FeedView) and view.current) and isinstance(
        view, (FeedView, OutlineView, SitemapView, NewsSitemapView, PollDataView, TalkCountsView, PlainView)
    ):
        group = 3
    else:
        group = 1 if is_new else 2
    return (group, address == "/")


class Press:
    """The output folder: stages files, publishes them in order, deletes what is ours and no longer planned.

    Paths are plain strings: there are hundreds of thousands of them.
    """

    def __init__(self, root: str) -> None:
        self.root = root
        self.staged: list[Staged] = []
        self.blocked: list[str] = []

    def path(self, address: str) -> str:
        """The file of an address."""
        return f"{self.root}/{file_of(address)}"

    def holds(self, address: str, digest: bytes) -> bool:
        """Whether the file of an address is there with exactly this content."""
        path = self.path(address)
        if not os.path.exists(path):
            return False
        try:
            with open(path, "rb", buffering=0) as file:
                return digest_bytes(file.read()) == digest
        except OSError:
            return False

    def stamp(self, address: str) -> Stamp | None:
        """The stamp of the file of an address; None where there is none."""
        return _stamp(self.path(address))

    def stage(self, address: str, data: bytes) -> bool:
        """Writes a file beside its place; False where a file stands in the place of one of its folders."""
        try:
            _write(self.path(address) + _SUFFIX, data)
        except (FileExistsError, NotADirectoryError):
            return False
        return True

    def discard(self) -> None:
        """Takes back all that is staged."""
        for staged in self.staged:
            path = self.path(staged.address)
            _remove(path + _SUFFIX)
            self._remove_empty(os.path.dirname(path))
        self.staged.clear()

    def clear_the_way(self, gone: Collection[str]) -> int:
        """Deletes those of the pages that are gone which stand where a staged file needs a folder, or the reverse."""
        files = {file_of(staged.address) for staged in self.staged} if gone else set()
        folders = {folder for file in files for folder in _folders_of(file)}
        return self.delete(
            one for one in gone if file_of(one) in folders or not files.isdisjoint(_folders_of(file_of(one)))
        )

    def publish(self, executor: Executor | None) -> Iterator[tuple[str, Stamp]]:
        """Renames what is staged into its place, in order; gives each address with the stamp of its file. What stays
        `blocked` has no way."""
        staged, self.staged = sorted(self.staged, key=lambda one: (one.rank, one.address)), []
        for one in staged:
            if one.data and not self.stage(one.address, one.data):
                self.blocked.append(one.address)
        ready = [one for one in staged if one.address not in self.blocked]
        for _, group in groupby(ready, key=lambda one: one.rank):
            batches = batched((one.address for one in group), _BATCH)
            for placed in run_in_batches(executor, _place, batches, self.root):
                for address, stamp in placed:
                    if stamp is None:
                        self.blocked.append(address)
                    else:
                        yield address, stamp

    def delete(self, addresses: Iterable[str]) -> int:
        """Deletes files that we wrote (and what a killed build left beside them), with folders that become empty. What was
        made of them at leisure goes at once too: who withdraws a picture or a story wants to see none of it."""
        count = 0
        for address in sorted(addresses):
            path = self.path(address)
            _remove(path + _SUFFIX)
            count += _remove(path)
            self._remove_empty(os.path.dirname(path))
            made = at_leisure(address)
            if made and _remove(beside := self.path(made)):
                self._remove_empty(os.path.dirname(beside))
        return count

    def sweep(self, addresses: Iterable[str]) -> None:
        """Removes what a killed build left beside files that it had claimed, with folders that become empty."""
        for address in addresses:
            path = self.path(address)
            _remove(path + _SUFFIX)
            self._remove_empty(os.path.dirname(path))

    def _remove_empty(self, folder: str) -> None:
        while len(folder) > len(self.root):
            try:
                os.rmdir(folder)
            except OSError:
                return
            folder = os.path.dirname(folder)


def _place(addresses: list[str], root: str) -> list[tuple[str, Stamp | None]]:
    """Renames staged files into their places; no stamp where something is in the way."""
    press = Press(root)
    return [(address, _placed(press.path(address))) for address in addresses]


def _placed(path: str) -> Stamp | None:
    try:
        os.replace(path + _SUFFIX, path)
    except (FileExistsError, NotADirectoryError, IsADirectoryError):
        _remove(path + _SUFFIX)
        return None
    return _stamp(path)


def _write(path: str, data: bytes) -> None:
    """Writes a file, by the system's own calls: half of the time that Python's files take, for each of a hundred thousand."""
    try:
        file = os.open(path, _FLAGS, 0o666)
    except FileNotFoundError:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        file = os.open(path, _FLAGS, 0o666)
    try:
        written = 0
        while written < len(data):
            written += os.write(file, data[written:] if written else data)
    except OSError as error:
        raise OSError(error.errno, error.strerror, path) from error  # a full disk is told without saying which
    finally:
        os.close(file)


def _stamp(path: str) -> Stamp | None:
    try:
        status = os.stat(path)
    except OSError:
        return None
    return stamp_of(status) if stat.S_ISREG(status.st_mode) else None


def _folders_of(file: str) -> list[str]:
    """The folders that a file of the output lies in: `a` and `a/b` for `a/b/index.html`."""
    parts = file.split("/")
    return ["/".join(parts[:count]) for count in range(1, len(parts))]


def _remove(path: str) -> bool:
    try:
        os.unlink(path)
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return False
    except OSError as error:
        if error.errno != ENAMETOOLONG:  # no disk can hold it, so it is not there
            raise
        return False
    return True
