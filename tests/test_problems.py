"""Wrong sites: each folder of tests/sites/wrong is one mistake, with everything that its author is told in problems.txt.

Mistakes that cannot be files in git are made on the fly below. `ARYK_UPDATE=1` writes problems.txt anew: read it then as
somebody who has never seen a program would.
"""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from generator.cli.main import run
from generator.engine.build import build
from generator.engine.request import Request

from tests.conftest import NOW, SITES, Files, MakeSite, lay_out, story, tree

WRONG = SITES / "wrong"
NAMES = sorted(path.name for path in WRONG.iterdir())
UPDATE = bool(os.environ.get("ARYK_UPDATE"))
GOOD = {"articles/2025/06/good.md": story(title="Good", date="2025-06-01 08:00")}

Told = Callable[[], str]


def command(request: Request, name: str, *more: str) -> int:
    """The exit status of a command of `aryk` on a portal."""
    folders = ["--content", str(request.content), "--output", str(request.output), "--store", str(request.store)]
    return run([name, *folders, "--now", str(NOW), "--jobs", "1", *more])


def snapshot(folder: Path) -> dict[str, tuple[bytes, int, int]]:
    """Every file with its bytes, the moment of its last change and its inode."""
    return {path: (data, (folder / path).stat().st_mtime_ns, (folder / path).stat().st_ino) for path, data in tree(folder).items()}


@pytest.fixture
def published(make_site: MakeSite) -> Request:
    """A portal that was published before the mistake was made."""
    request = make_site(GOOD)
    assert not build(request).problems
    return request


def refused(request: Request, capsys: pytest.CaptureFixture[str]) -> str:
    """What the author of a portal with mistakes is told; nothing is published, and `check` says the same."""
    before = snapshot(request.output)
    assert command(request, "build") == 1
    *lines, last = capsys.readouterr().err.splitlines(keepends=True)
    count = sum(": advice: " not in line for line in lines)
    assert last == f"{count} {'problem' if count == 1 else 'problems'}; nothing was published\n"
    assert snapshot(request.output) == before
    told = "".join(lines)
    if "the template fails on the page" not in told and "two pages claim" not in told:
        assert command(request, "check") == 1
        assert capsys.readouterr().err == told
    return told


def test_there_are_wrong_sites() -> None:
    assert len(NAMES) > 60


@pytest.mark.parametrize("name", NAMES)
def test_mistake(name: str, published: Request, make_site: MakeSite, capsys: pytest.CaptureFixture[str]) -> None:
    make_site(f"wrong/{name}")

    told = refused(published, capsys)

    if UPDATE:
        (WRONG / name / "problems.txt").write_text(told)
    assert told == (WRONG / name / "problems.txt").read_text()
