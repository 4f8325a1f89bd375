"""Writes what changed so that no reader ever meets half a file or a link to a page that is not there yet.

Every file is written beside its place and renamed into it, in this order: assets and media, new pages (the front page
last), changed pages, feeds and sitemaps; then what is no longer planned is deleted.
"""

import os
from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct

from generator.digests import digest_bytes
from generator.engine.stamps import Stamp, stamp_of
from generator.pages.addresses import file_of
from generator.pages.views import FeedView, FileView, PlainView, SitemapView, View

_SUFFIX = ".aryk-new"


class Staged(Struct, frozen=True):
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
    """The output folder: stages files, publishes them in order, deletes what is ours and no longer planned."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.staged: list[Staged] = []
        self._folders: set[Path] = set()

    def path(self, address: str) -> Path:
        """The file of an address."""
        return self.root / file_of(address)

    def holds(self, address: str, digest: bytes) -> bool:
        """Whether the file of an address is there with exactly this content."""
        try:
            return digest_bytes(self.path(address).read_bytes()) == digest
        except OSError:
            return False

    def stamp(self, address: str) -> Stamp | None:
        """The stamp of the file of an address; None where there is none."""
        try:
            return stamp_of(os.stat(self.path(address)))
        except OSError:
            return None

    def stage(self, address: str, data: bytes, rank: tuple[int, bool, str]) -> None:
        """Writes a file beside its place."""
        path = self.path(address)
        if path.parent not in self._folders:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._folders.add(path.parent)
        with open(f"{path}{_SUFFIX}", "wb") as file:
            file.write(data)
        self.staged.append(Staged(rank, address))

    def discard(self) -> None:
        """Takes back all that is staged."""
        for staged in self.staged:
            path = self.path(staged.address)
            Path(f"{path}{_SUFFIX}").unlink(missing_ok=True)
            self._remove_empty(path.parent)
        self.staged.clear()

    def publish(self) -> int:
        """Renames what is staged into its place, in order; returns how many files."""
        for staged in sorted(self.staged, key=lambda one: one.rank):
            path = self.path(staged.address)
            os.replace(f"{path}{_SUFFIX}", path)
        count = len(self.staged)
        self.staged.clear()
        return count

    def delete(self, addresses: Iterable[str]) -> int:
        """Deletes files that we wrote (and what a killed build left beside them), with folders that become empty."""
        count = 0
        for address in sorted(addresses):
            path = self.path(address)
            Path(f"{path}{_SUFFIX}").unlink(missing_ok=True)
            if path.is_file() or path.is_symlink():
                path.unlink()
                count += 1
            self._remove_empty(path.parent)
        return count

    def sweep(self, addresses: Iterable[str]) -> None:
        """Removes what a killed build left beside files that it had claimed."""
        for address in addresses:
            Path(f"{self.path(address)}{_SUFFIX}").unlink(missing_ok=True)

    def _remove_empty(self, folder: Path) -> None:
        while folder != self.root and folder.is_relative_to(self.root):
            try:
                folder.rmdir()
            except OSError:
                return
            self._folders.discard(folder)
            folder = folder.parent
