"""A small portal in a folder and the small edits that a newsroom makes to it: for tests of what a build does next."""

import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from posixpath import dirname, relpath
from tempfile import mkdtemp
from typing import Any
from xml.etree import ElementTree

import pytest
from PIL import Image

from generator.engine import finish as finish_module
from generator.engine.build import build
from generator.engine.publish import Press
from generator.engine.report import Report
from generator.engine.request import Request
from generator.engine.store import Store
from generator.pages.addresses import file_of

ROOT = Path(__file__).parent.parent
BARE = ROOT / "tests" / "themes" / "bare"
NOW = int(datetime(2026, 3, 1, 12, tzinfo=UTC).timestamp())
DAY, HOUR = 86400, 3600
ROOTS = ("content", "themes")
SCRATCH = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
"""Memory where there is some: a test spends most of its time on writing files."""
AN_HOUR_AGO = time.time_ns() - HOUR * 10**9

SITE = {
    "name": "{ru: Арык, en: Aryk}",
    "tagline": "News of a test",
    "address": "https://aryk.example",
    "time_zone": "Asia/Bishkek",
    "language": "ru",
    "languages": "[ru, en]",
    "theme": "bare",
    "page_size": "2",
    "countries": "[kz, kg]",
    "feeds": "{size: 2, partners: {post: {exclude: {label: partner}}}}",
}
REGISTRIES = {
    "countries.yaml": {
        "kz": "{slug: kazakhstan, name: {ru: Казахстан, en: Kazakhstan}, flag: KZ}",
        "kg": "{slug: kyrgyzstan, name: {ru: Кыргызстан, en: Kyrgyzstan}, flag: KG}",
        "asia": "{slug: asia, name: Asia, members: [kz, kg]}",
    },
    "topics.yaml": {"energy": "{name: Energy}", "trade": "{name: Trade}"},
    "outlets.yaml": {"times": "{name: The Times, country: kz, url: 'https://times.example/'}", "post": "{name: Post}"},
    "authors.yaml": {"ann": "{name: Ann, role: editor}", "bob": "{name: Bob}"},
}
STORY = {"title": "A title", "date": "2026-02-20 07:36", "country": "kz", "topic": "energy"}


Snapshot = tuple[dict[Path, bytes], Any]


def day(moment: int) -> str:
    """A moment as authors write it, in UTC."""
    return f"{datetime.fromtimestamp(moment, UTC):%Y-%m-%d %H:%M}Z"


def picture(width: int, height: int) -> bytes:
    """A PNG of this size."""
    file = BytesIO()
    Image.new("1", (width, height)).save(file, "PNG")
    return file.getvalue()


def photo(seed: int, width: int = 240, height: int = 200) -> bytes:
    """A PNG of this size that is large enough for variants."""
    file = BytesIO()
    Image.frombytes("L", (width, height), random.Random(seed).randbytes(width * height)).save(
        file, "PNG", compress_level=1
    )
    return file.getvalue()


def poll_of(opened: str, closed: str | None = None, yes: int = 0, no: int = 0, **fields: str) -> str:
    """The file of a poll with the votes of its two options."""
    lines = {"question": "{ru: Довольно?, en: Enough?}", "opened": opened} | fields
    lines |= {"closed": closed} if closed else {}
    texts = {"yes": ("{ru: Да, en: Very}", yes), "no": ("{ru: Нет, en: Little}", no)}
    lines["options"] = (
        f"[{', '.join(f'{{id: {id}, text: {text}, votes: {votes}}}' for id, (text, votes) in texts.items())}]"
    )
    return "".join(f"{key}: {value}\n" for key, value in lines.items())


@dataclass
class Story:
    """A story's file: the lines of its front matter by key, and its text."""

    fields: dict[str, str]
    body: str = "A text."

    def text(self) -> str:
        """The file."""
        return "".join(
            ["---\n", *(f"{key}: {value}\n" for key, value in self.fields.items()), "---\n", self.body, "\n"]
        )


@dataclass
class Newsroom:
    """A portal below `root`: content, theme, output and store. What was edited is on disk at once.

    Files are made an hour old unless they are to be `fresh`, so that the next build may trust their stamps.
    """

    root: Path
    now: int = NOW
    site: dict[str, str] = field(default_factory=lambda: dict(SITE))
    registries: dict[str, dict[str, str]] = field(
        default_factory=lambda: {name: dict(lines) for name, lines in REGISTRIES.items()}
    )
    stories: dict[str, Story] = field(default_factory=dict)
    theme_copied: bool = True

    def __post_init__(self) -> None:
        if self.theme_copied:
            shutil.copytree(BARE, self.theme)
        self.save_site()
        for name in self.registries:
            self.save_registry(name)
        self.write("media/dam.png", photo(1))
        self.write("media/map.png", picture(3, 3))

    @property
    def content(self) -> Path:
        """The folder that authors write in."""
        return self.root / "content"

    @property
    def theme(self) -> Path:
        """The folder of the portal's own copy of the theme `bare`."""
        return self.root / "themes" / "bare"

    @property
    def output(self) -> Path:
        """The folder that readers see."""
        return self.root / "build"

    @property
    def store(self) -> Path:
        """The folder of the store."""
        return self.root / ".aryk"

    def request(self, **wishes: object) -> Request:
        """The request of a build."""
        folders = {"content": self.content, "output": self.output, "store": self.store, "now": self.now}
        return Request(**(folders | wishes))  # type: ignore[arg-type]

    def build(self, **wishes: object) -> Report:
        """A build into the output."""
        return build(self.request(**wishes))

    def clean(self, **wishes: object) -> tuple[Report, dict[str, bytes | None]]:
        """The report and the tree of a build that knows nothing and finds nothing."""
        fresh = Path(mkdtemp(dir=self.root))
        report = build(self.request(output=fresh / "build", store=fresh / "store", **wishes))
        found = tree(fresh / "build")
        shutil.rmtree(fresh)
        return report, found

    def write(self, name: str, text: str | bytes, *, fresh: bool = False, root: Path | None = None) -> None:
        """Writes a file of the content folder (or of `root`)."""
        path = (root or self.content) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        if not fresh:
            os.utime(path, ns=(AN_HOUR_AGO, AN_HOUR_AGO))

    def drop(self, name: str) -> None:
        """Removes a file of the content folder, and folders that become empty."""
        path = self.content / name
        path.unlink()
        while path.parent != self.content and not any(path.parent.iterdir()):
            path = path.parent
            path.rmdir()

    def save_site(self) -> None:
        """Writes site.yaml."""
        self.write("site.yaml", "".join(f"{key}: {value}\n" for key, value in self.site.items()))

    def save_registry(self, name: str) -> None:
        """Writes a registry, or removes it where there is none any more."""
        lines = self.registries.get(name)
        if lines is None:
            (self.content / name).unlink(missing_ok=True)
        else:
            self.write(name, "".join(f"{key}: {value}\n" for key, value in lines.items()))

    def snapshot(self) -> Snapshot:
        """Everything that authors wrote, and the moment."""
        files = {path: path.read_bytes() for root in ROOTS for path in (self.root / root).rglob("*") if path.is_file()}
        return files, deepcopy((self.now, self.site, self.registries, self.stories))

    def restore(self, snapshot: Snapshot) -> None:
        """Puts back what a snapshot holds."""
        files, values = snapshot
        self.now, self.site, self.registries, self.stories = deepcopy(values)
        now, _ = self.snapshot()
        for path in now.keys() - files.keys():
            path.unlink()
        for path, content in files.items():
            if now.get(path) != content:
                self.write(path.name, content, root=path.parent)

    def put(self, path: str, body: str = "A text.", **fields: str) -> str:
        """Writes a story that lacks nothing; gives its path."""
        self.stories[path] = Story(STORY | fields, body)
        self.save(path)
        return path

    def save(self, path: str, *, fresh: bool = False) -> None:
        """Writes a story as it is now."""
        self.write(path, self.stories[path].text(), fresh=fresh)

    def set(self, path: str, **fields: str | None) -> None:
        """Changes fields of a story; None takes one away."""
        story = self.stories[path]
        for key, value in fields.items():
            if value is None:
                story.fields.pop(key, None)
            else:
                story.fields[key] = value
        self.save(path)

    def remove(self, path: str) -> None:
        """Removes a story."""
        del self.stories[path]
        self.drop(path)

    def rename(self, path: str, other: str) -> None:
        """Moves a story's file."""
        self.stories[other] = self.stories.pop(path)
        self.drop(path)
        self.save(other)


def link(path: str, other: str) -> str:
    """A link from one story to another, as authors write it."""
    return f"[a story]({relpath(other, dirname(path))})"


def tree(folder: Path) -> dict[str, bytes | None]:
    """Every file below a folder with its bytes, and every folder with None."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else None
        for path in sorted(folder.rglob("*"))
    }


def stamps(folder: Path) -> dict[str, tuple[int, int]]:
    """The modification time and inode of every file below a folder."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): (path.stat().st_mtime_ns, path.stat().st_ino) for path in files}


def differences(one: dict[str, bytes | None], other: dict[str, bytes | None]) -> set[str]:
    """The names that only one of two trees has, or that differ."""
    return {name for name in one.keys() | other.keys() if one.get(name, b"none") != other.get(name, b"none")}


def assert_whole(folder: Path, but: Collection[str] = ()) -> None:
    """Every page and every XML file below a folder ends as it must; files that wait beside their places are passed over."""
    for path in folder.rglob("*"):
        if path.relative_to(folder).as_posix() in but:
            continue
        if path.suffix == ".html" and path.parent.name != "live":  # a piece of a page is none
            assert path.read_bytes().rstrip().endswith(b"</html>"), path
        elif path.suffix == ".xml":
            ElementTree.fromstring(path.read_bytes())


def files_of(addresses: set[str]) -> set[str]:
    """The files of addresses."""
    return {file_of(address) for address in addresses}


def fill(newsroom: Newsroom, count: int, seed: int = 0) -> None:
    """Adds stories of every sort, some with links between them, that have no problem among them."""
    dice = random.Random(seed)
    for number in range(count):
        moment = NOW - dice.randrange(900) * DAY // 2 - dice.randrange(24) * HOUR
        folder = f"articles/{datetime.fromtimestamp(moment, UTC) + timedelta(hours=6):%Y/%m}"
        english = dice.random() < 0.3
        path = f"{folder}/story-{number}{'.en' if english else ''}.md"
        fields = {
            "title": f"Title {number}",
            "date": day(moment),
            "country": dice.choice(["kz", "kg", "[kz, kg]", "asia"]),
            "topic": dice.choice(["energy", "trade", "[trade, energy]"]),
        }
        for key, values in SOMETIMES.items():
            if dice.random() < 0.25:
                fields[key] = dice.choice(values)
        others = [other for other in newsroom.stories if dice.random() < 1 / (len(newsroom.stories) + 1)]
        body = " ".join([f"Text {number}.", *(link(path, other) for other in others)])
        newsroom.put(path, body, **fields)


SOMETIMES = {
    "lead": ["One lead", "Another lead"],
    "tags": ["[water]", "[water, Rail Way]", "[dams]"],
    "series": ["Great rivers"],
    "source": ["times", "{outlet: post, url: 'https://post.example/1'}"],
    "author": ["ann", "[bob, {guest: Zed Zulu}]"],
    "image": ["{file: dam.png, alt: A dam}", "{file: map.png, alt: A map, focus: [0.1, 0.9]}"],
    "kind": ["analysis", "press-review"],
    "expires": [day(NOW - DAY), day(NOW + DAY)],
    "draft": ["true"],
}


class Killed(BaseException):
    """The machine lost power."""


@contextmanager
def killed_at(point: str, count: int) -> Iterator[None]:
    """Whatever is built inside ends for good before (or, at “stage”, in the middle of) the call of this number."""
    owner, name = {
        "stage": (Press, "stage"),
        "rename": (os, "replace"),
        "delete": (os, "unlink"),
        "commit": (Store, "commit"),
        "remember": (finish_module, "remember_pages"),
    }[point]
    called, original = 0, getattr(owner, name)

    def counted(*arguments: object, **more: object) -> object:
        nonlocal called
        called += 1
        if called >= count:
            raise Killed
        return original(*arguments, **more)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(owner, name, counted)
        patch.setattr(Press, "discard", lambda press: None)
        with suppress(Killed):
            yield


def aryk(room: Newsroom, *options: str, output: Path | None = None, **environment: str) -> subprocess.Popen[bytes]:
    """A real build in a process of its own; another output has a store beside it."""
    store = output.with_suffix(".store") if output else room.store
    folders = {"--content": room.content, "--output": output or room.output, "--store": store}
    words = [word for name, folder in folders.items() for word in (name, str(folder))]
    command = [sys.executable, "-m", "generator.cli.main", "build", *words, "--now", str(room.now), *options]
    with open(room.root / "said", "ab") as said:
        return subprocess.Popen(command, cwd=ROOT, env=os.environ | environment, stdout=said, stderr=said)
