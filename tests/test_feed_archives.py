"""A reader that comes late walks from the current feed back to the first story, archive by archive (RFC 5005 section 4)."""

import shutil
from pathlib import Path
from urllib.request import urlopen

import pytest

from generator.engine.build import build
from tests.conftest import MakeSite, lay_out, story, tree
from tests.feed_rules.check import FORMATS, format_of, violations
from tests.feed_rules.documents import Document, Published
from tests.feed_rules.history import ARCHIVE
from tests.newsreaders import read_by_feedparser, served
from tests.sample import NOW, ROOT, written_stories

FULL = 50
SECTIONS = {
    "": lambda story: story.language == "ru",
    "en/": lambda story: story.language == "en",
    "kazakhstan/": lambda story: story.language == "ru" and "kz" in story.countries,
    "kyrgyzstan/": lambda story: story.language == "ru" and "kg" in story.countries,
}


def walk(server: str, start: str, root: str = ROOT) -> list[Document]:
    """The feed of this name and every archive before it, each of which keeps every rule."""
    documents: list[Document] = []
    name = start
    while name:
        with urlopen(f"{server}/{name}") as answer:
            at = Published(f"{root}/{name}", answer.read(), NOW)
        format = format_of(name, at.data) or "rss"
        assert violations(format, at) == [], name
        documents.append(FORMATS[format].read(at))
        back = [link.href for link in documents[-1].links if link.rel == "prev-archive"]
        name = back[0].removeprefix(f"{root}/") if back else ""
        assert name not in {document.at.address.removeprefix(f"{root}/") for document in documents}, "round and round"
    return documents


GOOD = Path(__file__).parent / "feed_rules" / "good"


def chain(folder: Path, last: str) -> None:
    """The good documents, and one archive more, in which `last` stands in the place of its way back."""
    shutil.copytree(GOOD, folder, dirs_exist_ok=True)
    text = (GOOD / "feeds/2026/1.xml").read_text()
    back = next(line for line in text.splitlines() if "prev-archive" in line)
    lay_out(folder, {"feeds/2025/4.xml": text.replace(back, last).replace("feeds/2026/1", "feeds/2025/4")})


def test_a_walk_follows_archives_to_the_first(tmp_path: Path) -> None:
    chain(tmp_path, "")
    with served(tmp_path) as server:
        documents = walk(server, "feed.xml")

    assert [document.at.address.removeprefix(ROOT) for document in documents] == [
        "/feed.xml",
        "/feeds/2026/1.xml",
        "/feeds/2025/4.xml",
    ]


def test_a_walk_that_goes_round_is_told(tmp_path: Path) -> None:
    chain(tmp_path, f'<atom:link rel="prev-archive" href="{ROOT}/feed.xml"/>')
    with served(tmp_path) as server, pytest.raises(AssertionError, match="round and round"):
        walk(server, "feed.xml")


@pytest.mark.parametrize("ending", ["xml", "atom"])
@pytest.mark.parametrize("section", SECTIONS)
def test_a_walk_back_meets_every_story(section: str, ending: str, sample_address: str) -> None:
    wanted = {(story.title, story.address) for story in written_stories() if SECTIONS[section](story)}

    documents = walk(sample_address, f"{section}feed.{ending}")

    entries = [entry for document in documents for entry in document.entries]
    assert {(entry.title, entry.url) for entry in entries} == wanted
    assert len({entry.id for entry in entries}) == len(wanted)
    for archive in documents[1:]:
        current = [link.href for link in archive.links if link.rel == "current"]
        assert current == [f"{ROOT}/{section}feed.xml"], archive.at.address
        assert archive.at.address.startswith(f"{ROOT}/{section}feeds/"), archive.at.address
        assert 0 < len(archive.entries) <= FULL


@pytest.mark.parametrize("section", SECTIONS)
def test_feedparser_walks_the_same_way(section: str, sample_address: str) -> None:
    documents = walk(sample_address, f"{section}feed.xml")
    found = {item.url for document in documents for item in read_by_feedparser(document.at.data)}

    assert found == {story.address for story in written_stories() if SECTIONS[section](story)}


def stories(numbers: range) -> dict[str, str]:
    """Stories of February, one an hour."""
    return {
        f"articles/2026/02/s{number}.md": story(
            title=f"Title {number}", date=f"2026-02-{1 + number // 24:02} {number % 24:02}:00"
        )
        for number in numbers
    }


def archives(output: Path) -> dict[str, bytes]:
    """The archives of a portal by their paths."""
    return {path: data for path, data in tree(output).items() if ARCHIVE.search(f"/{path}")}


def test_an_archive_never_changes_when_stories_are_published(make_site: MakeSite) -> None:
    """The full ones stay byte for byte; the walk meets no gap, nor one where a year ends with an archive half full."""
    old = {
        f"articles/2025/12/o{number}.md": story(title=f"Old {number}", date="2025-12-30 10:00") for number in range(30)
    }
    request = make_site(old | stories(range(130)))
    assert not build(request).problems
    wanted = {f"Old {number}" for number in range(30)}
    before = archives(request.output)
    assert {"feeds/2026/1.xml", "feeds/2026/2.xml", "kazakhstan/feeds/2026/1.xml"} <= before.keys()

    for number in range(130, 160, 7):
        make_site(stories(range(number, number + 7)))
        assert not build(request).problems
        after = archives(request.output)
        changed = {path for path, data in before.items() if after.get(path) != data}
        assert not [path for path in changed if before[path].count(b"<item>") == FULL]
        with served(request.output) as server:
            for ending in ("xml", "atom"):
                documents = walk(server, f"feed.{ending}", "https://test.example")
                titles = {entry.title for document in documents for entry in document.entries}
                assert titles == wanted | {f"Title {other}" for other in range(number + 7)}
        before = after
