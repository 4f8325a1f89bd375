"""Small disks of a test's own: full ones, read-only ones, ones that note every reading. To mount them needs root."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


def _run(*command: object) -> None:
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.fail(f"this test mounts a small disk, as root, and may not do so here: {done.stderr.strip()}")


@contextmanager
def disk(folder: Path, *options: str) -> Iterator[Path]:
    """A disk in memory at a folder, gone in the end with all that is on it."""
    folder.mkdir(parents=True, exist_ok=True)
    _run("mount", "-t", "tmpfs", "-o", ",".join(["size=64m", *options]), "aryk-test", folder)
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", folder], check=False)


@contextmanager
def full(folder: Path, *, but: int = 0) -> Iterator[None]:
    """A disk on which not a byte is free, or only so many."""
    ballast, free = folder / ".ballast", os.statvfs(folder)
    with open(ballast, "wb") as file:
        os.posix_fallocate(file.fileno(), 0, free.f_bavail * free.f_frsize - but)
    try:
        yield
    finally:
        ballast.unlink()


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """A disk on which nothing can be written, whoever tries."""
    _run("mount", "-o", "remount,ro", folder)
    try:
        yield
    finally:
        _run("mount", "-o", "remount,rw", folder)
