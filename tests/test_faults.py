"""What the world does to a build: full and read-only disks, restless sources, clocks, other builds, meddling hands.

Whatever it is, nothing that was published is lost, what is told is a sentence, and the next build leaves the clean tree.
"""

import os
import shutil
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from tempfile import mkdtemp
from threading import Event, Thread
from time import sleep

import pytest

from tests.disks import disk, full, read_only
from tests.newsroom import AN_HOUR_AGO, BARE, DAY, HOUR, NOW, SCRATCH, STORY, Newsroom, Story, day, fill, stamps
from tests.processes import Said, build, built, clean_tree, starting
from tests.trees import assert_whole, differing, digests, served
from tests.watching import ANYTHING, Watch

OURS = 3
BASE = "templates/base.html"
STAYING = "2026/02/staying/index.html"


@pytest.fixture
def room() -> Iterator[Newsroom]:
    """A portal of some twenty stories."""
    found = Newsroom(Path(mkdtemp(dir=SCRATCH)))
    fill(found, 20)
    found.put("articles/2026/02/staying.md", date=day(NOW - DAY))
    found.put("articles/2026/02/going.md", date=day(NOW - HOUR))
    yield found
    shutil.rmtree(found.root)


def edit(room: Newsroom) -> None:
    """A story more, a story less, and every page another one."""
    room.put("articles/2026/02/coming.md", date=day(NOW - HOUR))
    room.remove("articles/2026/02/going.md")
    room.write(BASE, "<!-- another -->\n" * 500 + (BARE / BASE).read_text("utf-8"), root=room.theme)


def assert_mended(room: Newsroom) -> None:
    """The next build leaves the clean tree and nothing to do."""
    built(room)
    assert differing(digests(room.output), clean_tree(room)) == set()
    assert built(room)["written"] == 0


def assert_a_sentence(said: Said, *words: str) -> None:
    """What somebody needs at three in the morning: one line that says what is wrong and where."""
    assert said.status == OURS
    assert len(said.err.splitlines()) == 1, said.err
    assert all(word in said.err for word in words), said.err


# ---- disks


@pytest.mark.parametrize("place", ["output", "store"])
def test_a_full_disk_loses_nothing_and_publishes_nothing_by_halves(room: Newsroom, place: str) -> None:
    with disk(getattr(room, place)) as folder:
        built(room)
        before = digests(room.output)
        edit(room)
        with full(folder):
            assert build(room).status == OURS
        assert differing(served(digests(room.output)), served(before)) == set()
        assert_mended(room)


@pytest.mark.parametrize("free", [96, 160])
@pytest.mark.parametrize("place", ["output", "store"])
def test_a_disk_that_fills_up_during_a_build_leaves_whole_files(room: Newsroom, place: str, free: int) -> None:
    with disk(getattr(room, place)) as folder:
        built(room)
        before = digests(room.output)
        edit(room)
        with full(folder, but=free * 1024):
            build(room)
        assert_whole(digests(room.output), [before, clean_tree(room)])
        assert_mended(room)


@pytest.mark.parametrize("place", ["output", "store"])
def test_a_full_disk_is_told_in_a_sentence_that_names_it(room: Newsroom, place: str) -> None:
    with disk(getattr(room, place)) as folder:
        built(room)
        edit(room)
        with full(folder):
            said = build(room)
        assert_a_sentence(said, str(folder), "full" if place == "store" else "space")


def test_a_read_only_output_is_told_in_a_sentence_and_stays_as_it_is(room: Newsroom) -> None:
    with disk(room.output):
        built(room)
        before = stamps(room.output)
        with read_only(room.output):
            assert built(room)["written"] == 0
            edit(room)
            assert_a_sentence(build(room), str(room.output), "Read-only")
        assert stamps(room.output) == before
        assert_mended(room)


def test_a_read_only_store_is_told_in_a_sentence_and_nothing_is_published(room: Newsroom) -> None:
    with disk(room.store):
        built(room)
        before = stamps(room.output)
        edit(room)
        with read_only(room.store):
            assert_a_sentence(build(room), str(room.store), "Read-only")
        assert stamps(room.output) == before
        assert_mended(room)


def test_a_file_where_the_output_should_be_is_told_in_a_sentence(room: Newsroom) -> None:
    room.output.write_text("a file")
    assert_a_sentence(build(room), str(room.output))


# ---- sources and clocks


def restless(room: Newsroom, stop: Event) -> None:
    """Writes, moves, breaks and removes stories, pictures and a template, as fast as it can; leaves them sound."""
    dice = Random(7)
    names = [f"articles/2026/02/restless-{number}.md" for number in range(8)]
    while not stop.is_set():
        name, other = dice.sample(names, 2)
        (room.content / name).unlink(missing_ok=True)
        room.write(
            name, Story(STORY | {"title": f"Title {dice.random()}"}, "Text. " * dice.randrange(2000)).text(), fresh=True
        )
        (room.content / name).replace(room.content / other)
        room.write(BASE, f"<!-- {dice.random()} -->" + (BARE / BASE).read_text("utf-8"), root=room.theme)


def test_sources_that_vanish_and_change_during_builds_do_no_harm(room: Newsroom) -> None:
    stop = Event()
    writer = Thread(target=restless, args=(room, stop))
    writer.start()
    try:
        said = [build(room, "--jobs", 1 + number % 2) for number in range(6)]
    finally:
        stop.set()
        writer.join()
    assert {one.status for one in said} <= {0, 1}, said
    assert_mended(room)


def test_files_from_the_future_are_read_again_when_they_change(room: Newsroom) -> None:
    path, in_ten_years = room.content / "articles/2026/02/staying.md", AN_HOUR_AGO + 3650 * DAY * 10**9
    for title in ("Words", "Sword"):  # of the same size, with the same modification time
        room.set("articles/2026/02/staying.md", title=title)
        os.utime(path, ns=(in_ten_years, in_ten_years))
        assert_mended(room)
        assert title in (room.output / STAYING).read_text("utf-8")


def test_a_moment_before_that_of_the_last_build_takes_back_what_came_since(room: Newsroom) -> None:
    for moment in (NOW, NOW - 2 * HOUR, NOW - 200 * DAY, NOW):
        room.now = moment
        built(room)
        assert differing(digests(room.output), clean_tree(room)) == set()
        assert (room.output / STAYING).exists() == (moment > NOW - DAY)


# ---- other builds


def test_a_second_build_waits_while_the_first_stands_still_in_the_middle(room: Newsroom) -> None:
    assert both(room, room.store) == [0, 0]
    assert differing(digests(room.output), clean_tree(room)) == set()
    assert built(room)["written"] == 0


def test_two_builds_with_two_stores_and_one_output_wait_for_each_other_or_say_so(room: Newsroom) -> None:
    statuses = both(room, room.root / "another-store")
    assert statuses == [0, 0]
    assert differing(digests(room.output), clean_tree(room)) == set()


def both(room: Newsroom, store: Path) -> list[int]:
    """The exit statuses of two builds: when the first writes it is made to stand still for a second, in
    which the second, with this store, has to wait."""
    built(room)
    edit(room)
    with Watch(room.output, ANYTHING) as watch:
        first = starting(room, "--jobs", 1)
        assert watch.wait(first.is_over)
        os.kill(first.pid, signal.SIGSTOP)
    second = starting(room, "--jobs", 1, store=store)
    sleep(1)
    assert not second.is_over()
    os.kill(first.pid, signal.SIGCONT)
    return [first.ended().status, second.ended().status]


def test_two_builds_at_once_with_two_stores_tear_no_file_and_lose_none(room: Newsroom) -> None:
    built(room)
    before = digests(room.output)
    both(room, room.root / "another-store")
    assert_whole(digests(room.output), [before, clean_tree(room)])
    assert_mended(room)


def test_two_stores_in_turn_on_one_output_leave_the_clean_tree(room: Newsroom) -> None:
    other = room.root / "another-store"
    assert built(room)["written"] > 0
    assert built(room, store=other)["written"] == 0
    edit(room)
    built(room, store=other)
    assert differing(digests(room.output), clean_tree(room)) == set()
    assert_mended(room)
    assert built(room, store=other)["written"] == 0


# ---- the store and the output, moved and meddled with


def test_a_copy_elsewhere_writes_nothing_and_reads_every_source_once(room: Newsroom) -> None:
    """The disk notes when a file was last read; the data files of the portal are small and may be read each time."""
    built(room)
    with disk(room.root / "elsewhere", "strictatime") as there:
        for name in ("content", "themes", "build", ".aryk"):
            shutil.copytree(room.root / name, there / name)
        places = {"content": there / "content", "output": there / "build", "store": there / ".aryk"}
        sources = list((there / "content/articles").rglob("*.md"))
        read: list[list[bool]] = []
        for _ in range(2):
            before = [path.stat().st_atime_ns for path in sources]
            sleep(0.05)  # the clock of file systems ticks in hundredths of a second
            report = built(room, **places)
            assert report["rendered"] == report["written"] == 0
            read.append([path.stat().st_atime_ns > old for path, old in zip(sources, before, strict=True)])
        assert all(read[0])
        assert not any(read[1])


def change_secretly(path: Path) -> None:
    """Other bytes, as many as before, and the old modification time."""
    status = path.stat()
    path.write_bytes(path.read_bytes()[::-1])
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


def empty_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize("meddle", [change_secretly, Path.unlink], ids=["changed secretly", "deleted"])
@pytest.mark.parametrize("name", ["index.html", STAYING, "feed.xml"])
def test_an_output_that_was_meddled_with_is_mended_and_only_there(
    room: Newsroom, name: str, meddle: Callable[[Path], object]
) -> None:
    built(room)
    before = stamps(room.output)
    meddle(room.output / name)
    assert built(room)["written"] == 1
    assert {one for one, stamp in stamps(room.output).items() if before.get(one) != stamp} == {name}
    assert differing(digests(room.output), clean_tree(room)) == set()


def test_a_folder_in_the_place_of_a_page_is_told_and_the_rest_is_published(room: Newsroom) -> None:
    built(room)
    empty_folder(room.output / STAYING)
    edit(room)
    said = build(room)
    assert said.status == 1
    assert [problem["path"] for problem in said.report["problems"]] == [str(room.output / STAYING)]
    assert (room.output / "2026/02/coming/index.html").exists()
    (room.output / STAYING).rmdir()
    assert_mended(room)


def test_what_others_put_into_the_output_stays(room: Newsroom) -> None:
    built(room)
    foreign = {"CNAME": "aryk.example", "2026/02/staying/note.txt": "a note", "2026/02/going/note.txt": "another"}
    for name, text in foreign.items():
        (room.output / name).write_text(text)
    edit(room)
    built(room)
    assert built(room, "--clean")["deleted"] == 0
    assert {name: (room.output / name).read_text() for name in foreign} == foreign
    wanted = served(clean_tree(room)).keys()
    assert served(digests(room.output)).keys() == wanted | foreign.keys()


def test_a_lost_store_rewrites_nothing(room: Newsroom) -> None:
    built(room)
    before = stamps(room.output)
    shutil.rmtree(room.store)
    assert built(room)["written"] == 0
    assert stamps(room.output) == before
    assert_mended(room)
