"""What a process that builds again and again keeps in mind: the same is built, and less is looked at."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.engine import scan as scan_module
from generator.engine.build import build
from generator.engine.memory import Memory
from generator.engine.report import Report
from generator.engine.scan import Folder
from tests.edits import MIDDLE, NEW, OLD, Edit, body, field, file, publish, registry, small_portal, themed
from tests.newsroom import DAY, HOUR, NOW, Newsroom, picture, tree

EDITS: dict[str, Edit] = {
    "a story": publish("articles/2026/02/newest.md", NOW - HOUR),
    "the first story of a month": publish("articles/2025/07/summer.md", NOW - 220 * DAY),
    "a title": field(NEW, title="Other words"),
    "a text": body(MIDDLE, "Another text."),
    "a picture": file("media/dam.png", picture(9, 9)),
    "a registry": registry("topics.yaml", "energy", "{name: Power}"),
    "a template": themed("templates/parts/foot.html", "footer", "div"),
    "another address": field(NEW, slug="another"),
    "nothing": lambda room: None,
    "a story less": lambda room: room.remove(OLD),
    "a month less": lambda room: room.remove("articles/2025/07/summer.md"),
}


def build_after(room: Newsroom, edit: Edit, memory: Memory) -> Report:
    """A build by a process that hears of the folders in which an edit changed something."""
    before, _ = room.snapshot()
    edit(room)
    after, _ = room.snapshot()
    for path in before.keys() | after.keys():
        if before.get(path) != after.get(path) and path.is_relative_to(room.content):
            folder = path.relative_to(room.content).parent
            while not (room.content / folder).is_dir():
                folder = folder.parent
            memory.happened.put("" if folder == Path() else f"{folder.as_posix()}/")
    return build(room.request(), memory=memory)


def test_edit_after_edit_leaves_what_a_clean_build_would_make(room: Newsroom) -> None:
    small_portal(room)
    memory = Memory()
    for name, edit in EDITS.items():
        assert build_after(room, edit, memory).problems == (), name
        assert tree(room.output) == room.clean()[1], name


def test_folders_in_which_nothing_happened_are_not_listed(room: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    small_portal(room)
    memory, listed, walk = Memory(), list[str](), scan_module._walk
    build(room.request(), memory=memory)

    def noting(root: Path, folder: Path, prefix: str) -> Iterator[Folder]:
        listed.append(prefix)
        return walk(root, folder, prefix)

    monkeypatch.setattr(scan_module, "_walk", noting)
    build_after(room, field(NEW, title="Other words"), memory)
    assert listed == ["articles/2026/02/"]


def test_after_a_failure_everything_is_looked_at_again(room: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    """News that a failed build had taken down would be lost with it."""
    small_portal(room)
    memory = Memory()
    build(room.request(), memory=memory)
    with monkeypatch.context() as patch:
        patch.setattr("generator.engine.build.prepare", lambda *given: 1 // 0)
        with pytest.raises(ZeroDivisionError):
            build_after(room, field(NEW, title="Other words"), memory)
    assert build(room.request(), memory=memory).written > 0
    assert tree(room.output) == room.clean()[1]


def test_an_output_that_was_touched_is_noticed_when_the_time_has_come(
    room: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    small_portal(room)
    memory = Memory()
    build(room.request(), memory=memory)
    (room.output / "index.html").unlink()
    assert build(room.request(), memory=memory).written == 0
    monkeypatch.setattr("generator.engine.memory._TRUSTED_FOR", 0.0)
    assert build(room.request(), memory=memory).written == 1


def test_a_look_that_a_problem_cut_short_is_made_up_for(room: Newsroom) -> None:
    small_portal(room)
    memory = Memory()
    (room.output / "index.html").unlink()
    room.write("site.yaml", "name: [")
    assert build(room.request(), memory=memory).problems
    room.save_site()
    assert build(room.request(), memory=memory).written == 1
    assert tree(room.output) == room.clean()[1]
