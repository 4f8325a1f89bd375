"""The store: what it knows, what happens when it is damaged or lost, and what changes by itself."""

import os
import random
import shutil
import sqlite3
from contextlib import closing

import pytest

from generator.cli.main import run
from generator.engine import reading as reading_module
from generator.engine.store import open_store
from tests.edits import (
    NEW,
    OLD,
    body,
    small_portal,
    themed,
)
from tests.newsroom import (
    DAY,
    HOUR,
    NOW,
    Newsroom,
    day,
    fill,
    tree,
)

SOAK = bool(os.environ.get("ARYK_SOAK"))


def test_what_was_deleted_is_no_longer_ours(room: Newsroom) -> None:
    small_portal(room)
    room.remove(OLD)
    assert room.build().deleted == 2
    path = room.output / "2026/02/old/index.html"
    path.parent.mkdir()
    path.write_text("somebody else's")
    room.set(NEW, title="Other words")
    assert room.build().deleted == 0
    assert path.read_text() == "somebody else's"


def test_texts_that_nothing_names_any_more_are_forgotten(room: Newsroom) -> None:
    small_portal(room)
    with open_store(room.store) as store:
        before = len(store.known_texts())
    for number in range(3):
        body(NEW, f"Text {number}.")(room)
        room.build()
    with open_store(room.store) as store:
        assert len(store.known_texts()) == before


def test_a_file_that_was_touched_is_compared_once(room: Newsroom) -> None:
    """The second build after it trusts the stamps again, and has nothing to look into."""
    small_portal(room)
    for path in room.output.rglob("*"):
        os.utime(path)
    first, second = room.build(), room.build()
    assert first.rendered == second.rendered == 0
    assert "checking the output" not in first.seconds
    assert "checking the output" in second.seconds


def test_a_store_that_is_damaged_anywhere_is_noticed_or_does_no_harm(room: Newsroom) -> None:
    fill(room, 4)
    room.build()
    room.set(min(room.stories), title="Other words")
    room.build()
    saved = room.root / "saved"
    shutil.copytree(room.store, saved)
    wanted, size = tree(room.output), (saved / "store.sqlite").stat().st_size
    noticed = 0
    for seed in range(1000 if SOAK else 25):
        dice = random.Random(seed)
        shutil.rmtree(room.store)
        shutil.copytree(saved, room.store)
        with open(room.store / "store.sqlite", "r+b") as file:
            file.seek(dice.randrange(size))
            file.write(dice.randbytes(dice.randrange(1, 40)))
        room.set(min(room.stories), title=f"Words {seed % 2}")
        reports = [room.build(verify=verify) for verify in (0, 0, 9)]
        noticed += any("made anew" in advice.message for report in reports for advice in report.advice)
        assert [report.written for report in reports[1:]] == [0, 0], seed
        assert tree(room.output).keys() == wanted.keys(), seed
        assert not any(report.problems for report in reports), seed
    room.set(min(room.stories), title="Other words")
    room.build()
    assert tree(room.output) == wanted
    assert noticed > 3


def test_a_check_does_without_a_store_of_another_version(room: Newsroom, capsys: pytest.CaptureFixture[str]) -> None:
    small_portal(room)
    with closing(sqlite3.connect(room.store / "store.sqlite")) as connection:
        connection.execute("pragma user_version = 1")
    assert run(["check", "--content", str(room.content), "--store", str(room.store), "--now", str(NOW)]) == 0
    assert "Traceback" not in capsys.readouterr().err


def test_a_damaged_name_of_a_table_is_noticed(room: Newsroom) -> None:
    """SQLite tells of it in bytes that are no UTF-8."""
    small_portal(room)
    path = room.store / "store.sqlite"
    path.write_bytes(path.read_bytes().replace(b"CREATE TABLE texts", b"CREATE T\x9bBLE texts"))
    report = room.build()
    assert "made anew" in report.advice[0].message and report.written == 0


def test_files_with_trusted_stamps_are_not_read(room: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    small_portal(room)
    read: list[str] = []
    original = reading_module._read

    def noting(job: object, *options: object) -> object:
        read.append(job.path)  # type: ignore[attr-defined]
        return original(job, *options)  # type: ignore[arg-type]

    monkeypatch.setattr(reading_module, "_read", noting)
    room.set(NEW, title="Other words")
    room.build()
    assert read == [NEW]


@pytest.mark.parametrize("table", ["roots", "seals", "slots", "texts"])
def test_rows_that_are_lost_are_noticed(room: Newsroom, table: str) -> None:
    """SQLite passes over rows where a pointer between the pages of the database is damaged."""
    small_portal(room)
    with sqlite3.connect(room.store / "store.sqlite") as database:
        database.execute(f"delete from {table}")
    database.close()
    room.set(NEW, title="Other words")
    themed("templates/parts/foot.html", "footer", "div")(room)
    report = room.build()
    assert report.problems == () and "made anew" in report.advice[0].message
    assert tree(room.output) == room.clean()[1]


@pytest.mark.parametrize("damage", ["delete from journal where number = {0}", "update journal set entry = x'00'"])
def test_a_journal_that_lacks_a_line_is_noticed(room: Newsroom, damage: str) -> None:
    """Without a line of it a build would not know of a story that changed."""
    small_portal(room)
    room.set(NEW, country="narnia")
    assert room.build().problems
    with sqlite3.connect(room.store / "store.sqlite") as database:
        (number,) = database.execute("select max(number) from journal").fetchone()
        database.execute(damage.format(number))
    database.close()
    room.set(NEW, country="kz", title="Other words")
    assert "made anew" in room.build().advice[0].message
    assert tree(room.output) == room.clean()[1]


@pytest.mark.parametrize("words", ["Unmistakable title", "Unmistakable text"])
def test_a_letter_that_changes_inside_the_store_is_noticed(room: Newsroom, words: str) -> None:
    """SQLite does not notice it, and the page would say what nobody has written."""
    small_portal(room)
    room.put(
        "articles/2026/02/rare.md", "Unmistakable text", title="Unmistakable title", lead="L", date=day(NOW - HOUR)
    )
    room.build()
    path = room.store / "store.sqlite"
    damaged = path.read_bytes().replace(words.encode(), words.replace("s", "z").encode())
    assert damaged != path.read_bytes()
    path.write_bytes(damaged)
    themed("templates/parts/foot.html", "footer", "div")(room)
    assert "made anew" in room.build().advice[0].message
    assert tree(room.output) == room.clean()[1]


@pytest.mark.parametrize("damage", ["", "no database", "an older version"])
def test_a_store_that_is_none_or_of_another_version_is_made_anew(room: Newsroom, damage: str) -> None:
    small_portal(room)
    if damage == "an older version":
        with sqlite3.connect(room.store / "store.sqlite") as database:
            database.execute("pragma user_version = 999")
        database.close()
    else:
        (room.store / "store.sqlite").write_text(damage)
    report = room.build()
    assert report.problems == () and report.written == 0
    assert damage == "" or "made anew" in report.advice[0].message
    assert room.build().rendered == 0


def test_a_store_that_lost_a_text_is_made_anew(room: Newsroom) -> None:
    small_portal(room)
    with open_store(room.store) as store:
        store.forget_texts(store.known_texts())
        store.commit()
    themed("templates/parts/foot.html", "footer", "div")(room)
    report = room.build()
    assert report.problems == () and "made anew" in report.advice[0].message
    assert tree(room.output) == room.clean()[1]


def test_the_template_cache_may_vanish_between_two_builds_of_one_process(room: Newsroom) -> None:
    small_portal(room)
    themed("templates/parts/foot.html", "footer", "div")(room)
    room.build()
    shutil.rmtree(room.store)
    assert room.build().problems == ()


def test_a_preview_with_drafts_and_the_published_site_do_not_evict_each_other(room: Newsroom) -> None:
    small_portal(room)
    room.set(OLD, draft="true")
    room.build()
    preview = room.root / "preview"
    assert room.build(output=preview, drafts=True).rendered > 0
    assert (preview / "2026/02/old/index.html").exists()
    assert room.build().rendered == 0
    assert room.build(output=preview, drafts=True).rendered == 0


def test_the_end_of_a_draft_is_a_change_of_a_preview(room: Newsroom) -> None:
    room.put(NEW, draft="true", expires=day(NOW + DAY))
    assert room.build(drafts=True).next_change_at == NOW + DAY
    assert room.build().next_change_at == 0
    room.build(drafts=True)
    room.now += 2 * DAY
    room.build(drafts=True)
    assert tree(room.output) == room.clean(drafts=True)[1]


def test_what_changes_by_itself_is_foretold(room: Newsroom) -> None:
    """Building at each `next_change_at` and at no other moment leaves what a clean build at the end makes."""
    fill(room, 10)
    room.put(NEW, date=day(NOW + HOUR), expires=day(NOW + 3 * DAY))
    room.put(OLD, top=day(NOW + 2 * DAY))
    room.write("front.yaml", f"- {{story: 2026/02/old, until: {day(NOW + DAY)}}}\n")
    moments = []
    while (report := room.build()).next_change_at:
        assert tree(room.output) == room.clean()[1]
        moments.append(report.next_change_at)
        room.now = report.next_change_at - 1
        assert room.build().written == 0
        room.now += 1
    assert moments == sorted(set(moments)) and len(moments) >= 4
    room.now += 400 * DAY
    assert room.build().written == 0
