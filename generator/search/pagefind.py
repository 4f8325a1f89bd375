"""Pagefind, the program that makes an index of pages: where it is, and one run of it."""

import subprocess
from importlib.util import find_spec
from pathlib import Path

from msgspec import Struct, json

SEGMENTED = "zh"
"""The language without spaces between words, which only the larger of Pagefind's two programs takes apart."""
_PROGRAMS = (("pagefind_bin_extended", "pagefind_extended"), ("pagefind_bin", "pagefind"))
_ENTRY = "pagefind-entry.json"


class MissingPagefind(Exception):
    """Pagefind is not installed."""


class FailedPagefind(Exception):
    """Pagefind did not make an index; the text is what it said."""


class Program(Struct, frozen=True):
    """The installed program; `segments` where it takes Chinese apart into words."""

    path: Path
    version: str
    segments: bool


class _Language(Struct, frozen=True):
    wasm: str | None = None


class _Entry(Struct, frozen=True):
    languages: dict[str, _Language]


def find_pagefind() -> Program:
    """The program that one of Pagefind's packages brings, the larger one where there are both. Raises MissingPagefind."""
    for package, name in _PROGRAMS:
        spec = find_spec(package)
        for folder in spec.submodule_search_locations or () if spec else ():
            path = next((path for path in (Path(folder, name), Path(folder, f"{name}.exe")) if path.is_file()), None)
            if path is not None:
                return Program(path, _run(path, "--version").stdout.strip(), segments=name.endswith("extended"))
    raise MissingPagefind


def run_pagefind(program: Program, pages: Path, made: Path, language: str) -> list[str]:
    """Makes an index of a folder of pages; gives the names of those of its files that a browser needs, the one that names
    the others last. Raises FailedPagefind."""
    words = ("--site", ".", "--output-path", str(made), "--force-language", language, "--silent")
    done = _run(program.path, *words, where=pages)  # there is no configuration of Pagefind's there
    if done.returncode or not (made / _ENTRY).is_file():
        raise FailedPagefind((done.stderr or done.stdout).strip() or f"it ended with {done.returncode}")
    entry = json.decode((made / _ENTRY).read_bytes(), type=_Entry)
    programs = {f"wasm.{one.wasm or 'unknown'}.pagefind" for one in entry.languages.values()}
    parts = (path.relative_to(made).as_posix() for path in made.rglob("*.pf_*"))
    return [*sorted(parts), "pagefind.js", *sorted(programs), _ENTRY]


def _run(program: Path, *words: str, where: Path | None = None) -> "subprocess.CompletedProcess[str]":
    command = [str(program), *words]
    return subprocess.run(command, cwd=where, capture_output=True, text=True, errors="replace", check=False)  # noqa: S603
