"""`aryk images`: what is made at leisure changes no page, is never half, and goes with what it was made of."""

import json
import os
import signal
import sys
from threading import Thread

import pytest
from PIL import Image

from generator.cli.main import run
from generator.engine.lock import locked_output
from tests.newsroom import NOW, Newsroom, day, photo, stamps, tree

WET, DRY = "articles/2026/02/wet.md", "articles/2026/02/dry.md"


@pytest.fixture
def published(room: Newsroom) -> Newsroom:
    """A portal with a picture in two crops."""
    room.write("media/dam.png", photo(1, 400, 300))
    room.put(WET, date=day(NOW - 7200), image="{file: dam.png, alt: A dam, focus: [0, 0]}")
    room.put(DRY, date=day(NOW - 3600), image="{file: dam.png, alt: A dam, focus: [0, 1]}")
    assert room.build().problems == ()
    return room


def images(room: Newsroom, *more: str) -> int:
    folders = ["--content", str(room.content), "--output", str(room.output), "--store", str(room.store)]
    return run(["images", *folders, "--now", str(NOW), "--jobs", "1", *more])


def ends(room: Newsroom, end: str) -> set[str]:
    return {name for name in stamps(room.output) if name.startswith("media/-/") and name.endswith(end)}


def test_each_variant_gets_its_avif_once(published: Newsroom, capsys: pytest.CaptureFixture[str]) -> None:
    before = stamps(published.output)
    assert images(published, "--json") == 0
    variants = ends(published, ".webp")
    assert len(variants) == 6
    assert ends(published, ".avif") == {f"{name}.avif" for name in variants}
    assert before.items() <= stamps(published.output).items()
    for name in variants:
        with (
            Image.open(published.output / name) as webp,
            Image.open(published.output / f"{name}.avif", formats=["AVIF"]) as avif,
        ):
            assert webp.size == avif.size
    after = stamps(published.output)
    assert images(published, "--json") == 0
    assert stamps(published.output) == after
    first, second = map(json.loads, capsys.readouterr().out.splitlines())
    assert (first["avif"], first["kept"], second["avif"], second["kept"]) == (6, 0, 0, 6)


def test_a_build_leaves_them_alone_and_they_go_at_once_with_their_variants(published: Newsroom) -> None:
    images(published)
    good = tree(published.output)
    assert published.build().written == 0 and published.build(clean=True).written == 0
    assert tree(published.output) == good
    published.remove(WET)
    assert published.build().problems == ()
    assert ends(published, ".avif") == {f"{name}.avif" for name in ends(published, ".webp")}
    assert 0 < len(ends(published, ".avif")) < 6
    published.remove(DRY)
    published.build()
    assert not (published.output / "media").exists()
    assert tree(published.output) == published.clean()[1]


def test_it_can_be_killed_at_any_moment(published: Newsroom) -> None:
    """What stands at a place is whole, what was not finished goes, and the pages never change."""
    pages = tree(published.output)
    reached = 0
    for step in range(1, 100):
        child = os.fork()
        if child == 0:
            _die_at(step)
            os._exit(images(published))
        _, status = os.waitpid(child, 0)
        for name in ends(published, ".avif"):
            with Image.open(published.output / name) as image:
                image.load()
        assert pages.items() <= tree(published.output).items()
        if not os.WIFSIGNALED(status):
            assert os.waitstatus_to_exitcode(status) == 0
            break
        reached = step
    assert reached > 5
    assert ends(published, ".aryk-new") == set() and len(ends(published, ".avif")) == 6


def _die_at(step: int) -> None:
    left = [step]

    def count(event: str, arguments: tuple[object, ...]) -> None:
        if event in ("open", "os.rename", "os.remove") and "/media/" in str(arguments[0]):
            left[0] -= 1
            if left[0] == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(count)


def test_a_picture_that_is_another_by_now_gives_none(published: Newsroom) -> None:
    (published.output / "media/dam.png").write_bytes(photo(2, 400, 300))
    assert images(published) == 0
    assert ends(published, ".avif") == set()


def test_it_waits_for_a_build(published: Newsroom) -> None:
    with locked_output(published.output, lambda: None):
        thread = Thread(target=images, args=(published,))
        thread.start()
        thread.join(0.5)
        assert thread.is_alive() and ends(published, ".avif") == set()
    thread.join()
    assert len(ends(published, ".avif")) == 6


def test_without_an_output_it_is_used_wrongly(room: Newsroom, capsys: pytest.CaptureFixture[str]) -> None:
    assert images(room) == 2
    assert "aryk build" in capsys.readouterr().err
    assert not room.output.exists()


def test_an_output_that_is_not_ours_stays_as_it_is(room: Newsroom, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("media/-cards/mine.jpg", "media/-/mine.jpg/320x200.0123456789abcdef.webp.avif"):
        room.write(name, "mine", root=room.output)
    before = tree(room.output)
    assert images(room) == 2
    assert "aryk build" in capsys.readouterr().err
    assert tree(room.output) == before


def test_a_broken_store_is_told(published: Newsroom, capsys: pytest.CaptureFixture[str]) -> None:
    (published.store / "store.sqlite").write_bytes(b"no database")
    assert images(published) == 3
    told = capsys.readouterr().err
    assert "`aryk build` makes it anew" in told and "Traceback" not in told
    assert ends(published, ".avif") == set()
