"""Writes what changed so that no reader ever meets half a file or a link to a page that is not there yet.

Every file is written beside its place and renamed into it, in this order: assets and media, new pages (the front page
last), changed pages, feeds and sitemaps; then what is no longer planned is deleted.
"""

import os
import stat
from collections.abc import Collection, Iterable
from pathlib import Path

from msgspec import Struct

from generator.digests import digest_bytes
from generator.engine.stamps import Stamp, stamp_of
from generator.pages.addresses import file_of
from generator.pages.views import FeedView, FileView, PlainView, SitemapView, View

_SUFFIX = ".aryk-new"


class Staged(Struct, frozen=True, gc=False):
    """A file that waits beside its place; `rank` orders the publishing."""

    rank: tuple[int, bool, str]
    address: str


def rank_of(view: View, address: str, *, is_new: bool) -> tuple[int, bool, str]:
    """The place of a page in the order of publishing."""
    if isinstance(view, FileView):
        group = 0
    elif isinstance(view, (FeedView, SitemapView, PlainView)):
        group = 3
    else:
        group = 1 if is_new else 2
    return (group, address == "/", address)


class Press:
    """The output folder: stages files, publishes them in order, deletes what is ours and no longer planned.

    Paths are plain strings: there are hundreds of thousands of them.
    """

    def __init__(self, root: Path) -> None:
        self.root = str(root)
        self.staged: list[Staged] = []
        self.blocked: list[Staged] = []
        self._waiting: dict[str, bytes] = {}
        self._folders: set[str] = set()

    def path(self, address: str) -> str:
        """The file of an address."""
        return f"{self.root}/{file_of(address)}"

    def holds(self, address: str, digest: bytes) -> bool:
        """Whether the file of an address is there with exactly this content."""
        try:
            with open(self.path(address), "rb") as file:
                return digest_bytes(file.read()) == digest
        except OSError:
            return False

    def stamp(self, address: str) -> Stamp | None:
        """The stamp of the file of an address; None where there is none."""
        try:
            status = os.stat(self.path(address))
        except OSError:
            return None
        return stamp_of(status) if stat.S_ISREG(status.st_mode) else None

    def stage(self, address: str, data: bytes, rank: tuple[int, bool, str]) -> None:
        """Writes a file beside its place; where a file stands in the place of a folder, it waits in memory."""
        path = self.path(address)
        try:
            self._write(path + _SUFFIX, data)
        except (FileExistsError, NotADirectoryError):
            self._waiting[address] = data
        self.staged.append(Staged(rank, address))

    def _write(self, path: str, data: bytes) -> None:
        folder = os.path.dirname(path)
        if folder not in self._folders:
            os.makedirs(folder, exist_ok=True)
            self._folders.add(folder)
        with open(path, "wb", buffering=0) as file:
            file.write(data)

    def discard(self) -> None:
        """Takes back all that is staged."""
        for staged in self.staged:
            path = self.path(staged.address)
            _remove(path + _SUFFIX)
            self._remove_empty(os.path.dirname(path))
        self.staged.clear()
        self._waiting.clear()

    def clear_the_way(self, gone: Collection[str]) -> int:
        """Deletes those of the pages that are gone which stand where a staged file needs a folder, or the reverse."""
        files = {file_of(staged.address) for staged in self.staged} if gone else set()
        folders = {folder for file in files for folder in _folders_of(file)}
        return self.delete(
            one for one in gone if file_of(one) in folders or not files.isdisjoint(_folders_of(file_of(one)))
        )

    def publish(self) -> int:
        """Renames what is staged into its place, in order; returns how many files. What stays `blocked` has no way."""
        staged = sorted(self.staged, key=lambda one: one.rank)
        for one in staged:
            path = self.path(one.address)
            try:
                if one.address in self._waiting:
                    self._write(path + _SUFFIX, self._waiting[one.address])
                os.replace(path + _SUFFIX, path)
            except (FileExistsError, NotADirectoryError, IsADirectoryError):
                _remove(path + _SUFFIX)
                self.blocked.append(one)
        self.staged.clear()
        return len(staged) - len(self.blocked)

    def delete(self, addresses: Iterable[str]) -> int:
        """Deletes files that we wrote (and what a killed build left beside them), with folders that become empty."""
        count = 0
        for address in sorted(addresses):
            path = self.path(address)
            _remove(path + _SUFFIX)
            count += _remove(path)
            self._remove_empty(os.path.dirname(path))
        return count

    def sweep(self, addresses: Iterable[str]) -> None:
        """Removes what a killed build left beside files that it had claimed."""
        for address in addresses:
            _remove(self.path(address) + _SUFFIX)

    def _remove_empty(self, folder: str) -> None:
        while len(folder) > len(self.root):
            try:
                os.rmdir(folder)
            except OSError:
                return
            self._folders.discard(folder)
            folder = os.path.dirname(folder)


def _folders_of(file: str) -> list[str]:
    """The folders that a file of the output lies in: `a` and `a/b` for `a/b/index.html`."""
    parts = file.split("/")
    return ["/".join(parts[:count]) for count in range(1, len(parts))]


def _remove(path: str) -> bool:
    try:
        os.unlink(path)
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return False
    return True
