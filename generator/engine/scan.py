"""Walks the content folder: every file with its stamp, and problems for what must not be there."""

import os
import stat
from collections.abc import Collection, Iterable, Iterator
from itertools import chain
from pathlib import Path

from msgspec import Struct

from generator.engine.layout import belongs, is_read, misplaced
from generator.engine.stamps import Stamp, stamp_of
from generator.fields.sources import unreadable
from generator.problems import Place, Problem

_IGNORED_ENDS = ("~", ".swp", ".tmp", ".bak", ".orig")

Files = tuple[tuple[str, Stamp], ...]
"""The files of a folder by name, in order, each with its stamp."""


class Folder(Struct, frozen=True, gc=False):
    """A folder under the content folder; `path` is relative to it, with forward slashes and one at its end (or empty).
    `problems` are of what must not be in it."""

    path: str
    files: Files
    problems: tuple[Problem, ...] = ()

    def paths(self) -> Iterator[str]:
        """The paths of its files, relative to the content folder."""
        return (self.path + name for name, _ in self.files)


def scan(root: Path, under: str = "") -> list[Folder]:
    """All folders from `under` on, in order of path; hidden files and editors' leftovers are passed over."""
    found = list(_walk(root, root / under, under)) if (root / under).is_dir() else []
    return sorted((folder for folder in found if folder.files or folder.problems), key=lambda folder: folder.path)


def scan_again(root: Path, known: Iterable[Folder], under: Collection[str]) -> list[Folder]:
    """The folders as they are now, where something happened only in those of `under`, and in what they hold."""
    tops = [top for top in under if not any(top != other and top.startswith(other) for other in under)]
    kept = [folder for folder in known if not folder.path.startswith(tuple(tops))]
    return sorted(chain(kept, *(scan(root, top) for top in tops)), key=lambda folder: folder.path)


def _walk(root: Path, folder: Path, prefix: str) -> Iterator[Folder]:
    problems: list[Problem] = []
    files: list[tuple[str, Stamp]] = []
    holds_texts = is_read(prefix + "a.md")
    for entry in _entries(folder, prefix, problems):
        name = entry.name
        if name.startswith(".") or name.endswith(_IGNORED_ENDS):
            continue
        if not name.isascii() and not _is_utf_8(prefix + name, problems):
            continue
        if entry.is_symlink() and not _stays(root, Path(entry.path)):
            said = "this link leaves the content folder"
            problems.append(Problem(Place(prefix + name), said, "copy the file here instead"))
        elif entry.is_dir(follow_symlinks=False):
            yield from _walk(root, Path(entry.path), f"{prefix}{name}/")
        elif (stamp := _stamp(entry, prefix + name, problems)) is not None:
            files.append((name, stamp))
            if not (holds_texts and name.endswith(".md")) and not belongs(prefix + name):
                problems.append(misplaced(prefix + name))
    yield Folder(prefix, tuple(sorted(files, key=lambda file: file[0])), tuple(problems))


def _entries(folder: Path, prefix: str, problems: list[Problem]) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as listed:
            return list(listed)
    except OSError as error:
        problems.append(unreadable(prefix or ".", error))
        return []


def _is_utf_8(path: str, problems: list[Problem]) -> bool:
    try:
        path.encode("utf-8")
    except UnicodeEncodeError:
        shown = path.encode("utf-8", "replace").decode()
        problems.append(Problem(Place(shown), "the file's name is not UTF-8", "rename it"))
        return False
    return True


def _stays(root: Path, link: Path) -> bool:
    """Whether a link leads to a file inside the folder."""
    try:
        target = link.resolve(strict=True)
    except (OSError, RuntimeError):
        return False
    return target.is_file() and target.is_relative_to(root.resolve())


def _stamp(entry: os.DirEntry[str], path: str, problems: list[Problem]) -> Stamp | None:
    try:
        status = entry.stat()
    except FileNotFoundError:
        return None  # vanished since the folder was listed: as if it had never been there
    except OSError as error:
        problems.append(unreadable(path, error))
        return None
    if not stat.S_ISREG(status.st_mode):
        problems.append(Problem(Place(path), "this is no ordinary file", "remove it from the content folder"))
        return None
    return stamp_of(status)
