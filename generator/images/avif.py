"""AVIF beside each published variant: `x.webp.avif` shows what `x.webp` shows, and a server gives it to those who take it.

No page names them, so pages stay as they are. All that is needed stands in the output: a variant's address says what of
which picture it shows, and its digest whether that is the picture that lies there.
"""

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Executor
from contextlib import suppress
from pathlib import Path

from msgspec import Struct

from generator.digests import digest_bytes
from generator.engine.workers import run_in_batches
from generator.images.placing import BESIDE, Placing
from generator.output.variants import avif, decoded
from generator.pages.pictures import AVIF, HOME, mark_of

_NAME = re.compile(r"(?P<name>(\d+)x(\d+)(?:-(\d+)-(\d+)-(\d+)-(\d+))?)\.(?P<mark>[0-9a-f]{16})\.webp")


class Found(Struct, frozen=True, gc=False):
    """What lies in the folder of variants: by folder the variants that lack their AVIF, those whose folder is newest first;
    how many have it; what nothing needs any more."""

    missing: dict[str, list[str]]
    kept: int
    left: list[str]


def look(output: Path) -> Found:
    """Looks through the published variants."""
    missing: list[tuple[float, str, list[str]]] = []
    kept, left = 0, []
    for folder, _, files in os.walk(f"{output}{HOME}"):
        names = set(files)
        variants = sorted(name for name in names if _NAME.fullmatch(name))
        lacking = [name for name in variants if name + AVIF not in names]
        kept += len(variants) - len(lacking)
        left += [f"{folder}/{name}" for name in names if _is_left(name, names)]
        if lacking:
            missing.append((-os.stat(folder).st_mtime, folder, lacking))
    return Found({folder: lacking for _, folder, lacking in sorted(missing)}, kept, left)


def _is_left(name: str, names: set[str]) -> bool:
    """Whether a file is the AVIF of a variant that is gone, or one that was not finished."""
    of = name.removesuffix(BESIDE)
    return of.endswith(AVIF) and (of != name or of.removesuffix(AVIF) not in names)


def make_missing(found: Found, placing: Placing, executor: Executor | None) -> Iterator[int]:
    """Makes what is missing, picture by picture; gives how many were placed."""
    batches = ([(folder, names)] for folder, names in found.missing.items())
    for made in run_in_batches(executor, _make, batches, str(placing.output)):
        yield placing.place(made)


def _make(jobs: Sequence[tuple[str, list[str]]], output: str) -> list[tuple[str, str]]:
    """Writes the AVIF of variants beside their places, with the variant that each must find there."""
    return [pair for folder, names in jobs for pair in _of_picture(folder, names, output)]


def _of_picture(folder: str, names: Iterable[str], output: str) -> Iterator[tuple[str, str]]:
    original = Path(f"{output}/media/{os.path.relpath(folder, output + HOME)}")
    with suppress(OSError):  # it was unpublished meanwhile
        data = original.read_bytes()
        bare, picture = digest_bytes(data), None
        for name in names:
            spec = _NAME.fullmatch(name)
            if spec is None or mark_of(bare, spec["name"]) != spec["mark"]:
                continue
            picture = picture or decoded(data)
            width, height, *box = (int(part) for part in spec.group(2, 3, 4, 5, 6, 7) if part is not None)
            place = f"{folder}/{name}"
            cut = (box[0], box[1], box[2], box[3]) if box else None
            made = avif(picture, width, height, cut, os.stat(place).st_size)
            Path(place + AVIF + BESIDE).write_bytes(made)
            yield place + AVIF, place
