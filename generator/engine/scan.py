"""Walks the content folder: every file with its stamp, and problems for what must not be there."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from generator.engine.stamps import Stamp, stamp_of
from generator.fields.sources import unreadable
from generator.problems import Place, Problem

_IGNORED_ENDS = ("~", ".swp", ".tmp", ".bak", ".orig")


class Source(Struct, frozen=True, gc=False):
    """A file under the content folder; `path` is relative to it, with forward slashes."""

    path: str
    stamp: Stamp


def scan(root: Path, problems: list[Problem]) -> list[Source]:
    """All files of the content folder in order of path; hidden files and editors' leftovers are passed over."""
    return sorted(_walk(root, root, "", problems), key=lambda source: source.path)


def _walk(root: Path, folder: Path, prefix: str, problems: list[Problem]) -> Iterator[Source]:
    try:
        entries = list(os.scandir(folder))
    except OSError as error:
        problems.append(unreadable(prefix or ".", error))
        return
    for entry in entries:
        if entry.name.startswith(".") or entry.name.endswith(_IGNORED_ENDS):
            continue
        path = prefix + entry.name
        try:
            path.encode("utf-8")
        except UnicodeEncodeError:
            shown = path.encode("utf-8", "replace").decode()
            problems.append(Problem(Place(shown), "the file's name is not UTF-8", "rename it"))
            continue
        if entry.is_symlink() and not _stays(root, Path(entry.path)):
            problems.append(Problem(Place(path), "this link leaves the content folder", "copy the file here instead"))
        elif entry.is_dir(follow_symlinks=False):
            yield from _walk(root, Path(entry.path), path + "/", problems)
        else:
            yield from _file(entry, path, problems)


def _stays(root: Path, link: Path) -> bool:
    """Whether a link leads to a file inside the folder."""
    try:
        target = link.resolve(strict=True)
    except (OSError, RuntimeError):
        return False
    return target.is_file() and target.is_relative_to(root.resolve())


def _file(entry: os.DirEntry[str], path: str, problems: list[Problem]) -> Iterator[Source]:
    try:
        status = entry.stat()
    except FileNotFoundError:
        return  # vanished since the folder was listed: as if it had never been there
    except OSError as error:
        problems.append(unreadable(path, error))
        return
    if stat.S_ISREG(status.st_mode):
        yield Source(path, stamp_of(status))
    else:
        problems.append(Problem(Place(path), "this is no ordinary file", "remove it from the content folder"))
