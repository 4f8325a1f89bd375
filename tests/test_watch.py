"""`aryk watch` as a server runs it: a process that publishes what is saved, and what becomes due, until it is stopped."""

import json
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any

import pytest

from tests.newsroom import ROOT, Newsroom, day, tree


class Watch:
    """A watch under way, and what it said."""

    def __init__(self, room: Newsroom) -> None:
        folders = {"--content": room.content, "--output": room.output, "--store": room.store}
        words = [word for name, folder in folders.items() for word in (name, str(folder))]
        command = [sys.executable, "-m", "generator.cli.main", "watch", *words, "--json", "--jobs", "1"]
        self.process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def report(self) -> dict[str, Any]:
        """The report of the next build."""
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line, self.process.stderr.read() if self.process.stderr else ""
        report: dict[str, Any] = json.loads(line)
        return report

    def stop(self) -> int:
        """Ends it as a service manager does; gives its exit status."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(30)


@pytest.fixture
def watch(room: Newsroom) -> Iterator[Watch]:
    """A watch on a portal with one story, after its first build."""
    room.put("articles/2026/02/first.md")
    watching = Watch(room)
    assert watching.report()["published"]
    yield watching
    watching.process.kill()
    watching.process.communicate()


def test_what_is_saved_is_published(room: Newsroom, watch: Watch) -> None:
    room.put("articles/2026/02/second.md", date="2026-02-21 10:00")
    report = watch.report()
    assert report["published"] and 0 < report["rendered"] < report["kept"]
    room.remove("articles/2026/02/first.md")
    assert watch.report()["deleted"] > 0
    room.now = int(time.time())
    assert tree(room.output) == room.clean()[1]
    assert watch.stop() == 0


def test_a_story_becomes_public_when_its_embargo_ends(room: Newsroom, watch: Watch) -> None:
    due = int(time.time()) + 3
    room.put("articles/2026/11/later.md", date=day(due).replace("Z", f":{due % 60:02}Z"))
    report = watch.report()
    assert [held["id"] for held in report["held_back"]] == ["2026/11/later"]
    assert report["next_change_at"] == due
    assert watch.report()["held_back"] == []
    assert time.time() >= due
    assert (room.output / "2026/11/later/index.html").exists()
    assert watch.stop() == 0


def test_a_broken_story_holds_nothing_up(room: Newsroom, watch: Watch) -> None:
    room.write("articles/2026/02/first.md", "no fence")
    report = watch.report()
    assert report["published"] and [problem["path"] for problem in report["problems"]] == ["articles/2026/02/first.md"]
    room.put("articles/2026/02/second.md", date="2026-02-21 10:00")
    assert watch.report()["published"]
    assert (room.output / "2026/02/second/index.html").exists() and (room.output / "2026/02/first/index.html").exists()
    room.save("articles/2026/02/first.md")
    assert watch.report()["problems"] == []
    room.now = int(time.time())
    assert tree(room.output) == room.clean()[1]
    assert watch.stop() == 0
