"""The same content and moment give the same bytes, wherever, whenever and however they are built."""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import mkdtemp

import pytest

from tests.newsroom import DAY, HOUR, NOW, SCRATCH, Newsroom, day, fill, stamps
from tests.processes import Around, Place, build, built, clean_tree
from tests.trees import Digests, differing, digests

LOCALES = subprocess.run(["locale", "-a"], capture_output=True, text=True, check=False).stdout.split()
IN_MARCH = "2026-03-01 18:00 +06:00"
"""The moment `NOW`, written by somebody in Bishkek."""


@pytest.fixture(scope="module")
def room() -> Iterator[Newsroom]:
    """A portal of sixty stories in two languages, in the theme that readers see."""
    found = Newsroom(Path(mkdtemp(dir=SCRATCH)), theme_copied=False)
    found.site |= {"theme": "news-asia", "page_size": "5"}
    found.save_site()
    fill(found, 60)
    yield found
    shutil.rmtree(found.root)


@pytest.fixture(scope="module")
def wanted(room: Newsroom) -> Digests:
    """The tree that all others are compared with."""
    return clean_tree(room, "--jobs", 1)


def copied(content: Path, target: Path, *, backwards: bool = False, mtime: float = NOW) -> Path:
    """The content in another place, file by file in the order of names or against it, written at some moment."""
    files = sorted(path for path in content.rglob("*") if path.is_file())
    for path in reversed(files) if backwards else files:
        copy = target / path.relative_to(content)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)
        os.utime(copy, (mtime, mtime))
    return target


@dataclass(frozen=True)
class Variant:
    """One way to build: the environment, options, what surrounds the process, and how the content came to be there."""

    environment: Mapping[str, str] = field(default_factory=dict)
    options: tuple[object, ...] = ()
    umask: int = 0o022
    place: str = "portal"
    copy: Callable[[Path, Path], Path] = copied
    now: Place = NOW

    def build(self, room: Newsroom, root: Path) -> Digests:
        """The tree that a build of a copy below `root` makes, started there and told of it by relative paths."""
        portal = root / self.place
        self.copy(room.content, portal / "content")
        around: Around = {"cwd": portal, "env": os.environ | self.environment, "umask": self.umask}
        places = {"content": "content", "output": "build", "store": ".aryk", "now": self.now}
        built(room, *self.options, around=around, **places)
        return digests(portal / "build")


VARIANTS = {
    "one process": Variant({"PYTHONHASHSEED": "0"}, ("--jobs", 1)),
    "two processes": Variant({"PYTHONHASHSEED": "1"}, ("--jobs", 2)),
    "three processes": Variant({"PYTHONHASHSEED": "4242"}, ("--jobs", 3)),
    "no locale, a time zone in the west": Variant({"LC_ALL": "C", "PYTHONUTF8": "0", "TZ": "America/St_Johns"}),
    "a locale that there is not, nor the time zone": Variant(
        {"LC_ALL": "xx_YY.UTF-8", "LANGUAGE": "xx", "TZ": "Mars/Base"}
    ),
    "files in another order, from 1970": Variant(copy=lambda old, new: copied(old, new, backwards=True, mtime=0)),
    "files from the future": Variant(copy=lambda old, new: copied(old, new, mtime=NOW + 3650 * DAY)),
    "a narrow mask of permissions": Variant(umask=0o077),
    "a wide one": Variant(umask=0),
    "another place and notation of the moment": Variant(place="a b/Ünï код/%41/content/build/#1", now=IN_MARCH),
} | {f"the locale {name}": Variant({"LC_ALL": name, "LANG": name, "TZ": "Asia/Tokyo"}) for name in LOCALES[:4]}


@pytest.fixture
def scratch() -> Iterator[Path]:
    """A folder in memory, where folders list their files in the order in which they were made."""
    root = Path(mkdtemp(dir=SCRATCH))
    yield root
    shutil.rmtree(root)


@pytest.mark.parametrize("name", VARIANTS)
def test_it_makes_no_difference(room: Newsroom, wanted: Digests, scratch: Path, name: str) -> None:
    assert len(wanted) > 300
    assert differing(VARIANTS[name].build(room, scratch), wanted) == set()


def test_where_the_command_is_started_makes_no_difference(room: Newsroom, wanted: Digests, tmp_path: Path) -> None:
    assert differing(clean_tree(room, around={"cwd": tmp_path}), wanted) == set()


def test_what_one_machine_remembers_serves_another(room: Newsroom) -> None:
    """Built with one locale, time zone, hash seed and number of processes, then with others: nothing is made anew."""
    built(room, "--jobs", 1, around={"env": os.environ | {"LC_ALL": "C", "TZ": "UTC", "PYTHONHASHSEED": "1"}})
    before = stamps(room.output)
    other = {"env": os.environ | {"LC_ALL": "C.UTF-8", "TZ": "Asia/Tokyo", "PYTHONHASHSEED": "2"}, "umask": 0o077}
    report = built(room, "--jobs", 3, around=other)
    assert (report["rendered"], report["written"]) == (0, 0)
    assert stamps(room.output) == before
    path = room.put("articles/2026/02/newest.md", date=day(NOW - HOUR))
    assert built(room, "--jobs", 3, around=other)["written"] > 0
    assert differing(digests(room.output), clean_tree(room)) == set()
    room.remove(path)


def test_problems_are_told_in_the_same_order(room: Newsroom, tmp_path: Path) -> None:
    said = set()
    for number in range(3):
        content = copied(room.content, tmp_path / str(number) / "content", backwards=number == 1)
        for story in ("a", "b", "c"):
            (content / f"articles/2026/02/{story}.md").write_text("---\ntitle: A\ncountry: narnia\n---\nA text.\n")
        around: Around = {"env": os.environ | {"PYTHONHASHSEED": str(number)}}
        report = build(room, "--jobs", number + 1, around=around, content=content, store=tmp_path / f"store-{number}")
        assert report.status == 1
        said.add(str(report.report["problems"]))
    assert len(said) == 1
