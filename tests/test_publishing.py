"""Publishing: the order of it, problems and what keeps going, two builds at once, what is not ours."""

import os
import re
from pathlib import Path
from threading import Thread

import pytest
from msgspec.structs import replace

from generator.digests import digest_bytes
from generator.engine.build import build
from generator.engine.lock import locked
from generator.engine.publish import Press
from generator.engine.store import open_store
from tests.edits import (
    MIDDLE,
    NEW,
    OLD,
    RATE_FILES,
    site,
    small_portal,
    themed,
)
from tests.newsroom import (
    DAY,
    HOUR,
    NOW,
    Newsroom,
    aryk,
    day,
    differences,
    fill,
    stamps,
    tree,
)


def renames(room: Newsroom, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files that a build puts into their places and, with a minus, deletes; in the order in which it does so."""
    done: list[str] = []
    replaced, unlinked = os.replace, os.unlink

    def name(path: object) -> str:
        return Path(str(path)).relative_to(room.output).as_posix()

    def replace(old: object, new: object) -> None:
        if Path(str(new)).is_relative_to(room.output):
            done.append(name(new))
        replaced(old, new)  # type: ignore[arg-type]

    def unlink(path: object, **more: object) -> None:
        unlinked(path, **more)  # type: ignore[arg-type]
        if Path(str(path)).is_relative_to(room.output):
            done.append(f"-{name(path)}")

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", replace)
        patch.setattr(os, "unlink", unlink)
        assert room.build().problems == ()
    return done


ARCHIVED = re.compile(r"(^|/)feeds/\d{4}/\d+\.xml$")


def group(name: str, new: set[str]) -> int:
    """The place of a file in the order of publishing; documents of archives, which feeds lead to, are pages."""
    if name.startswith("-"):
        return 4
    if name.startswith(("assets/", "media/")):
        return 0
    if not name.endswith(".html") and not ARCHIVED.search(name):
        return 3
    return 1 if name in new else 2


def test_assets_come_first_then_new_pages_changed_pages_and_feeds_and_deletions_last(
    room: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    small_portal(room)
    before = stamps(room.output)
    room.remove(OLD)
    room.put("articles/2026/02/newest.md", date=day(NOW - HOUR), image="{file: map.png, alt: A map}", tags="[dams]")
    themed("assets/style.css", "margin", "padding")(room)
    done = renames(room, monkeypatch)
    new = {name for name in done if name not in before}
    groups = [group(name, new) for name in done]
    assert set(groups) == {0, 1, 2, 3, 4}
    assert groups == sorted(groups)
    changed = [name for name in done if group(name, new) == 2]
    assert changed[-1] == "index.html"
    assert {"-2026/02/old/index.html"} < {name for name in done if group(name, new) == 4}


def test_the_first_front_page_comes_after_all_other_new_pages(room: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    room.put(NEW)
    pages = [name for name in renames(room, monkeypatch) if name.endswith(".html")]
    assert pages[-1] == "index.html"


def test_a_template_that_fails_publishes_nothing(room: Newsroom) -> None:
    small_portal(room)
    before = tree(room.output), stamps(room.output)
    room.put("articles/2026/02/newest.md", date=day(NOW - HOUR))
    themed("templates/notice.html", "{% extends", "{% set x = 1 // 0 %}{% extends")(room)
    report = room.build()
    assert [problem.place.path for problem in report.problems] == ["themes/bare/templates/notice.html"]
    assert not report.published
    assert (tree(room.output), stamps(room.output)) == before


def test_keep_going_publishes_the_rest_and_leaves_the_page_whose_template_fails(room: Newsroom) -> None:
    small_portal(room)
    notice = room.output / "2026/02/gone/index.html"
    before = notice.read_bytes()
    room.put("articles/2026/02/newest.md", date=day(NOW - HOUR))
    room.remove(OLD)
    themed("templates/notice.html", "{% extends", "{% set x = 1 // 0 %}{% extends")(room)
    report = room.build(keep_going=True)
    assert report.published and len(report.problems) == 1 and report.deleted == 0
    assert notice.read_bytes() == before
    assert (room.output / "2026/02/newest/index.html").exists()
    assert (room.output / "2026/02/old/index.html").exists(), "a problem somewhere is no moment to delete"
    themed("templates/notice.html", "{% set x = 1 // 0 %}", "")(room)
    assert room.build().problems == ()
    assert tree(room.output) == room.clean()[1]


BROKEN = ["---\ntitle: [\n---\n", "no fence", ""]
WRONG = [
    {"country": "narnia"},
    {"source": "nobody"},
    {"id": "2026/02/old"},
    {"image": "{file: lost.png, alt: Lost}"},
    {"translates": "2026/02/lost"},
]


def breaking(room: Newsroom, how: str | dict[str, str]) -> None:
    """Breaks the story `MIDDLE`: its file, or a field that only all files together show to be wrong."""
    if isinstance(how, str):
        room.write(MIDDLE, how)
    else:
        room.set(MIDDLE, title="Never published", **how)


@pytest.mark.parametrize("how", [*BROKEN, *WRONG], ids=str)
def test_keep_going_keeps_the_last_good_version_of_a_broken_story(room: Newsroom, how: str | dict[str, str]) -> None:
    small_portal(room)
    room.set(MIDDLE, title="Last good")
    room.build()
    fields = dict(room.stories[MIDDLE].fields)
    before = stamps(room.output)
    breaking(room, how)
    assert not room.build().published
    room.put("articles/2026/02/newest.md", date=day(NOW - HOUR))
    report = room.build(keep_going=True)
    assert report.published and report.problems and report.deleted == 0
    assert before.keys() <= stamps(room.output).keys()
    for name in ("2026/02/middle/index.html", "2026/02/new/index.html", "kazakhstan/index.html"):
        assert "Last good" in (room.output / name).read_text(), name
    room.stories[MIDDLE].fields = fields
    room.save(MIDDLE)
    assert room.build().problems == ()
    assert tree(room.output) == room.clean()[1]


NBKR = "rates/nbkr/2026.csv"


def test_a_bad_line_of_rates_publishes_nothing_and_keep_going_leaves_the_rates_as_they_were(room: Newsroom) -> None:
    small_portal(room)
    before = stamps(room.output)
    room.write(NBKR, RATE_FILES[NBKR].replace("87.4500", "88") + "2026-03-01,USD,1,0\n")
    assert not room.build().published
    assert stamps(room.output) == before
    room.put("articles/2026/02/newest.md", date=day(NOW - HOUR))
    report = room.build(keep_going=True)
    assert report.published and report.deleted == 0
    assert [str(problem.place) for problem in report.problems] == [f"{NBKR}:7:18"]
    assert (room.output / "2026/02/newest/index.html").exists()
    assert "2026-02-28,USD,1,87.4500" in (room.output / NBKR).read_text()
    room.write(NBKR, RATE_FILES[NBKR].replace("87.4500", "88"))
    assert room.build().problems == ()
    assert "2026-02-28,USD,1,88" in (room.output / NBKR).read_text()
    assert tree(room.output) == room.clean()[1]


def test_keep_going_tells_of_a_story_that_broke_although_nothing_else_changed(room: Newsroom) -> None:
    small_portal(room)
    assert room.build().rendered == 0
    room.write(MIDDLE, "no fence")
    assert [problem.place.path for problem in room.build(keep_going=True).problems] == [MIDDLE]


def test_what_was_published_by_keep_going_is_the_last_good_version_from_then_on(room: Newsroom) -> None:
    small_portal(room)
    room.write(OLD, "no fence")
    room.set(MIDDLE, title="Published while another story was broken")
    room.build(keep_going=True)
    room.write(MIDDLE, "no fence")
    room.build(keep_going=True)
    assert "Published while another" in (room.output / "2026/02/middle/index.html").read_text()


def test_a_story_in_a_language_that_is_gone_has_no_last_good_version(room: Newsroom) -> None:
    room.put("articles/2026/02/english.en.md", expires=day(NOW - DAY))
    room.put(NEW)
    room.build()
    site(languages="[ru]")(room)
    report = room.build(keep_going=True)
    assert report.published and len(report.problems) == 1


@pytest.mark.parametrize("name", ["breaking.yml", "articles/2026/02/notes.txt", "folder/a.md", "media/pipe.jpg"])
def test_a_file_that_has_no_place_is_told_although_nothing_else_changed(room: Newsroom, name: str) -> None:
    small_portal(room)
    if name == "media/pipe.jpg":
        os.mkfifo(room.content / name)
    else:
        room.write(name, "- {text: A, until: 2026-03-02}\n")
    for _ in range(2):
        report, clean = room.build(), room.clean()[0]
        assert (report.problems, report.advice) == (clean.problems, clean.advice)
        assert report.problems or report.advice
    room.drop(name)
    report = room.build()
    assert (report.problems, report.advice) == ((), ())


def test_only_what_is_in_a_file_now_is_told_of_it(room: Newsroom) -> None:
    room.put(NEW, country="narnia")
    assert "narnia" in room.build().problems[0].message
    room.write(NEW, "no fence")
    report = room.build()
    assert len(report.problems) == 1 and "narnia" not in report.problems[0].message
    assert report.problems == room.clean()[0].problems


def test_an_image_that_cannot_be_read_is_one_problem(room: Newsroom) -> None:
    small_portal(room)
    room.write("media/dam.png", b"no image")
    for report in (room.build(), room.clean()[0]):
        assert [problem.place.path for problem in report.problems] == ["media/dam.png"]


def test_an_old_address_may_become_a_folder_and_a_folder_an_old_address(room: Newsroom) -> None:
    for aliases in ("[/old.x]", "[/old.x/story/]", "[/old.x]", "[/old.x/story/more.html]", "[/old.x/story.html]", None):
        room.put(NEW)
        room.set(NEW, aliases=aliases)
        assert room.build().problems == ()
        assert tree(room.output) == room.clean()[1]


def test_what_is_not_ours_is_not_deleted_and_told_where_it_stands_in_the_way(room: Newsroom) -> None:
    small_portal(room)
    (room.output / "CNAME").write_text("aryk.example")
    (room.output / "once").write_text("not ours")
    room.set(MIDDLE, aliases="[/once/]")
    report = room.build()
    assert [problem.place.path for problem in report.problems] == [str(room.output / "once/index.html")]
    assert (room.output / "once").read_text() == "not ours"
    (room.output / "once").unlink()
    assert room.build().problems == ()
    assert differences(tree(room.output), room.clean()[1]) == {"CNAME"}


def test_a_name_that_no_disk_holds_does_not_stand_in_the_way_of_the_next_build(room: Newsroom) -> None:
    small_portal(room)
    asset = room.theme / "assets" / f"{'x' * 236}.css"
    asset.write_text("p {}")
    with pytest.raises(OSError, match="File name too long"):
        room.build()
    asset.unlink()
    assert room.build().problems == ()
    assert tree(room.output) == room.clean()[1]


def test_the_second_of_two_builds_waits_for_the_first(room: Newsroom) -> None:
    small_portal(room)
    room.put("articles/2026/02/newest.md", date=day(NOW - HOUR))
    said: list[str] = []
    with locked(room.store, lambda: None):
        waiting = Thread(target=lambda: build(room.request(), progress=lambda stage, count: said.append(stage)))
        waiting.start()
        while "waiting for another build" not in said:
            waiting.join(0.01)
        waiting.join(0.3)
        assert waiting.is_alive() and "reading" not in said
    waiting.join()
    assert "publishing" in said
    assert tree(room.output) == room.clean()[1]


def test_two_processes_that_build_at_once_leave_what_one_would(room: Newsroom) -> None:
    fill(room, 30)
    processes = [aryk(room) for _ in range(2)]
    assert [process.wait() for process in processes] == [0, 0]
    assert tree(room.output) == room.clean()[1]
    assert room.build().written == 0


def test_verify_finds_a_page_that_was_kept_and_is_stale(room: Newsroom) -> None:
    small_portal(room)
    with open_store(room.store) as store:
        key = room.request().output_key
        page = store.placed(key).find(["/2026/02/new/"])["/2026/02/new/"]
        path = room.output / "2026/02/new/index.html"
        path.write_bytes(b"<html>another</html>")
        stamp = Press(str(room.output)).stamp("/2026/02/new/")
        assert stamp is not None
        changed = replace(page, digest=digest_bytes(path.read_bytes()), stamp=stamp)
        store.placed(key).change({page.address: changed})
        store.commit()
    assert room.build().problems == ()
    report = room.build(verify=1000)
    assert [problem.place.path for problem in report.problems] == ["build/2026/02/new/"]
    assert room.build(clean=True).written == 1
    assert room.build(verify=1000).problems == ()
