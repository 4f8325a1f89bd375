"""A build as a whole: the same bytes everywhere, and whatever moment it is killed at."""

import os
import random
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path
from time import monotonic

import pytest

from tests.edits import (
    NEW,
    small_portal,
    themed,
)
from tests.newsroom import (
    DAY,
    NOW,
    Newsroom,
    aryk,
    assert_whole,
    day,
    differences,
    fill,
    killed_at,
    tree,
)

SOAK = bool(os.environ.get("ARYK_SOAK"))

VARIANTS: list[tuple[tuple[str, ...], dict[str, str]]] = [
    (("--jobs", "1"), {"PYTHONHASHSEED": "0"}),
    (("--jobs", "2"), {"PYTHONHASHSEED": "1"}),
    (("--jobs", "1"), {"LC_ALL": "C", "TZ": "America/New_York", "PYTHONUTF8": "0"}),
    (("--jobs", "2"), {"LC_ALL": "ru_RU.UTF-8", "LANGUAGE": "ru", "TZ": "Asia/Tokyo"}),
]


def test_processes_hash_seeds_locales_and_time_zones_make_no_difference(room: Newsroom) -> None:
    fill(room, 90)
    outputs = [room.root / f"variant-{number}" for number in range(len(VARIANTS))]
    for output, (options, environment) in zip(outputs, VARIANTS, strict=True):
        assert aryk(room, *options, output=output, **environment).wait() == 0, (room.root / "said").read_text()
    first, *others = [tree(output) for output in outputs]
    assert len(first) > 500
    for number, other in enumerate(others, 1):
        assert differences(first, other) == set(), VARIANTS[number]


class Backwards(list[os.DirEntry[str]]):
    """Entries of a folder, as `os.scandir` gives them."""

    def __enter__(self) -> Iterator[os.DirEntry[str]]:
        return iter(self)

    def __exit__(self, *error: object) -> None:
        pass


def test_the_order_in_which_a_folder_is_read_makes_no_difference(
    room: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    small_portal(room)
    wanted, scandir = tree(room.output), os.scandir
    monkeypatch.setattr(os, "scandir", lambda path: Backwards(list(scandir(path))[::-1]))
    assert room.clean()[1] == wanted


@pytest.mark.parametrize("point", ["stage", "rename", "delete", "commit", "remember"])
def test_a_build_that_ends_before_any_step_is_mended_by_the_next(room: Newsroom, point: str) -> None:
    small_portal(room)
    for count in (1, 2, 3, 5, 8, 13, 21):
        room.set(NEW, title=f"Title {count}")
        room.put(f"articles/2026/02/night-{count}.md", date=day(NOW - DAY), tags="[night]")
        with killed_at(point, count):
            room.build()
        assert_whole(room.output)
        if count % 2:
            room.remove(f"articles/2026/02/night-{count}.md")
        assert room.build().problems == ()
        assert tree(room.output) == room.clean()[1]


def test_whatever_moment_a_build_is_killed_at_the_next_one_mends_it(room: Newsroom) -> None:
    """Real processes, really killed: each file is whole at any time, and the last build leaves the clean tree."""
    fill(room, 150)
    dice, killed, wanted = random.Random(7), 0, 100 if SOAK else 10
    started = monotonic()
    assert aryk(room).wait() == 0
    whole = monotonic() - started
    for number in range(6 * wanted):  # a build that ends before its moment comes is no kill: try again
        if killed == wanted:
            break
        edited = dice.choice(sorted(room.stories))
        room.set(edited, title=f"Title of edit {number}", country=dice.choice(["kz", "kg", "asia"]))
        if number % 3 == 0:
            themed("templates/parts/foot.html", "</footer>", f"{number}</footer>")(room)
            room.put(f"articles/2026/02/night-{number}.md", date=day(NOW - DAY))
            room.remove(dice.choice(sorted(path for path in room.stories if "night" not in path and alone(room, path))))
        process = aryk(room, "--jobs", "2")
        try:
            process.wait(dice.uniform(0.05, 0.7) * whole)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.wait()
            killed += 1
        assert_whole(room.output)
    assert aryk(room).wait() == 0, (room.root / "said").read_text()
    assert tree(room.output) == room.clean()[1]
    assert room.build().written == 0
    assert killed == wanted


def alone(room: Newsroom, path: str) -> bool:
    """Whether no story links to this one."""
    return not any(Path(path).name in story.body for story in room.stories.values())
