"""What readers' programs make of the sample portal's feeds: the stories that its authors wrote, and both the same."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.newsreaders import READS, assert_same, read_by_feedparser, read_by_newsboat
from tests.sample import CONTENT, NOW, ROOT, written_stories

LOCALE = "ru_RU.UTF-8"
SECTIONS = {
    "": lambda story: story.language == "ru",
    "en/": lambda story: story.language == "en",
    "kazakhstan/": lambda story: story.language == "ru" and "kz" in story.countries,
}
NEWEST, FEWEST = 50, 40
"""How many stories a feed carries: fewer than the newest fifty only where they are long."""


@pytest.fixture(scope="module")
def russian(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of a Russian: its locale is made here, for few machines have it."""
    folder = tmp_path_factory.mktemp("locales")
    done = subprocess.run(
        ["localedef", "-i", "ru_RU", "-f", "UTF-8", folder / LOCALE], capture_output=True, text=True, check=False
    )
    assert (folder / LOCALE / "LC_TIME").is_file(), f"no Russian locale: apt-get install locales ({done.stderr})"
    return {"LC_ALL": LOCALE, "LOCPATH": str(folder)}


def feeds_of(sample_folder: Path, section: str) -> list[str]:
    """The feeds of a section that newsboat can read."""
    names = [f"{section}feed{ending}" for ending in READS]
    found = [name for name in names if (sample_folder / name).is_file()]
    assert f"{section}feed.xml" in found
    return found


@pytest.mark.parametrize("section", SECTIONS)
def test_readers_see_what_authors_wrote(section: str, sample_folder: Path, sample_address: str, tmp_path: Path) -> None:
    stories = [story for story in written_stories() if SECTIONS[section](story)][:NEWEST]
    wanted = [(story.title, story.moment, story.address) for story in stories]
    assert len(wanted) > 15

    for number, name in enumerate(feeds_of(sample_folder, section)):
        by_feedparser = read_by_feedparser((sample_folder / name).read_bytes())
        by_newsboat = read_by_newsboat(f"{sample_address}/{name}", tmp_path / str(number))

        assert [(item.title, item.moment, item.url) for item in by_newsboat] == wanted[: len(by_newsboat)], name
        assert len(by_newsboat) >= min(FEWEST, len(wanted)), name
        assert_same(by_newsboat, by_feedparser)
        assert len({item.id for item in by_newsboat}) == len(by_newsboat), name
        for item, story in zip(by_feedparser, stories, strict=False):
            assert [author for author in story.authors if author not in ", ".join(item.authors)] == [], item.title


def test_a_russian_reader_sees_the_same(
    sample_folder: Path, sample_address: str, russian: dict[str, str], tmp_path: Path
) -> None:
    for number, name in enumerate(feeds_of(sample_folder, "")):
        items = read_by_newsboat(f"{sample_address}/{name}", tmp_path / str(number), russian)

        assert_same(items, read_by_feedparser((sample_folder / name).read_bytes()))


SPOKEN_RUSSIAN = """
import locale, sys, time
locale.setlocale(locale.LC_ALL, "")
assert time.strftime("%b", (2026, 2, 1, 0, 0, 0, 0, 0, 0)) == "фев"
from generator.cli.main import main
main()
"""


def test_a_russian_newsroom_publishes_the_same(sample_folder: Path, russian: dict[str, str], tmp_path: Path) -> None:
    """A process that speaks Russian itself, as a newsroom's own program that builds would: dates stay English."""
    folders = ("--content", CONTENT, "--output", tmp_path / "build", "--store", tmp_path / "store")
    done = subprocess.run(
        [sys.executable, "-c", SPOKEN_RUSSIAN, "build", *folders, "--now", str(NOW), "--jobs", "1"],
        env=os.environ | russian,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done
    feeds = [path.relative_to(sample_folder) for path in sample_folder.rglob("feed.*")]

    assert [
        feed for feed in feeds if (tmp_path / "build" / feed).read_bytes() != (sample_folder / feed).read_bytes()
    ] == []
    assert f"{ROOT}/feed.xml" in (tmp_path / "build" / "feed.xml").read_text()
