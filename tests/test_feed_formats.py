"""Which sections have which feeds, that all of them are listed, and what becomes of a story that no feed can hold."""

from pathlib import Path

import pytest
from lxml import etree

from generator.engine.build import build
from tests.conftest import NOW, MakeSite, story
from tests.feed_rules.check import FORMATS, feeds_of, violations
from tests.sample import NOW as SAMPLE_NOW
from tests.sample import ROOT

IN_EVERY_FORMAT = ("", "en/", "kazakhstan/", "en/kazakhstan/", "topic/energy/")
FORMAT_OF = {"xml": "rss", "atom": "atom", "json": "json"}


@pytest.mark.parametrize("section", IN_EVERY_FORMAT)
def test_a_section_has_its_feed_in_every_format(section: str, sample_folder: Path) -> None:
    found = {at.address: format for format, at in feeds_of(sample_folder, ROOT, SAMPLE_NOW)}

    assert {found.get(f"{ROOT}/{section}feed.{ending}") for ending in FORMAT_OF} == set(FORMAT_OF.values())


def test_ids_are_uuids(sample_folder: Path) -> None:
    for format, at in feeds_of(sample_folder, ROOT, SAMPLE_NOW):
        if format != "opml":
            assert all(entry.id.startswith("urn:uuid:") for entry in FORMATS[format].read(at).entries), at.address


def test_a_feed_opened_in_a_browser_has_a_style_sheet_that_is_there(sample_folder: Path) -> None:
    for format, at in feeds_of(sample_folder, ROOT, SAMPLE_NOW):
        if format in ("rss", "atom"):
            style = etree.fromstring(at.data).getroottree().xpath("/processing-instruction('xml-stylesheet')")
            assert [(sample_folder / one.get("href").lstrip("/")).is_file() for one in style] == [True], at.address


def test_the_list_names_the_feeds_of_portal_countries_and_topics(sample_folder: Path) -> None:
    tree = etree.parse(sample_folder / "feeds" / "all.opml")
    listed = set(tree.xpath("//outline/@xmlUrl"))

    assert {f"{ROOT}/feed.xml", f"{ROOT}/kazakhstan/feed.xml", f"{ROOT}/topic/energy/feed.xml"} <= listed


@pytest.mark.parametrize("word", ["word & word ", "слово слово "], ids=["escaped", "of two bytes a letter"])
def test_an_enormous_story_does_not_empty_the_feed(word: str, make_site: MakeSite) -> None:
    """The longest text that is allowed is too long for any feed; the story is there by its title and summary."""
    text = word * (299_000 // len(word))
    small = {f"articles/2026/02/s{number}.md": story(date=f"2026-02-{10 + number} 10:00") for number in range(5)}
    request = make_site({"articles/2026/02/big.md": story(text, title="Enormous", date="2026-02-25 10:00"), **small})
    assert not build(request).problems

    for format, at in feeds_of(request.output, "https://test.example", NOW):
        assert [found for found in violations(format, at) if found.rule != "items_have_content"] == [], at.address
        if at.address.startswith("https://test.example/feed."):
            assert [entry.title for entry in FORMATS[format].read(at).entries] == ["Enormous", *["A title"] * 5]


def test_a_lead_is_words_in_every_reader(make_site: MakeSite) -> None:
    """RSS readers take a description for HTML: what an author writes as `<img>` must not become a picture."""
    request = make_site({"articles/2026/02/a.md": story(lead="'A <img src=x onerror=go()> lead & more'")})
    assert not build(request).problems

    for format, at in feeds_of(request.output, "https://test.example", NOW):
        assert violations(format, at) == []
