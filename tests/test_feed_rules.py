"""The rules of feeds themselves: good documents keep them all, and each rule is broken by an edit that breaks nothing else."""

import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.conftest import SITES, lay_out
from tests.feed_rules import across
from tests.feed_rules.breaking import EDITS, Edit
from tests.feed_rules.check import FORMATS, format_of, violations
from tests.feed_rules.documents import Published

GOOD = Path(__file__).parent / "feed_rules" / "good"
ROOT = "https://aryk.example"
NOW = int(datetime(2026, 3, 1, tzinfo=UTC).timestamp())
PICTURE = SITES / "feeds-of-portal-country-topic" / "content" / "media" / "apples.png"
PAGES = ("", "2026/02/canal/", "2026/02/dam/")
EVERY_EDIT = [(name, edit) for name, edits in EDITS.items() for edit in edits]

Publish = Callable[[str, Edit | None], Published]


@pytest.fixture
def publish(tmp_path: Path) -> Publish:
    """A function that gives a good document, edited, in an output folder that has what it leads to."""
    shutil.copytree(GOOD, tmp_path, dirs_exist_ok=True)
    lay_out(tmp_path, {f"{page}index.html": "" for page in PAGES} | {"media/apples.png": PICTURE.read_bytes()})
    lay_out(tmp_path, {"feeds/2025/4.xml": "", "kazakhstan/feed.xml": ""})

    def published(name: str, edit: Edit | None) -> Published:
        text = (GOOD / name).read_text("utf-8")
        if edit is not None:
            assert edit.old in text, "the edit finds nothing to change"
            text = text.replace(edit.old, edit.new, 1)
        return Published(f"{ROOT}/{name}", text.encode(), NOW, ROOT, tmp_path)

    return published


def checked(at: Published) -> set[str]:
    """The names of the rules that a document breaks."""
    format = format_of(at.address, at.data)
    assert format is not None
    return {violation.rule for violation in violations(format, at)}


@pytest.mark.parametrize("name", EDITS)
def test_a_good_document_keeps_every_rule(name: str, publish: Publish) -> None:
    at = publish(name, None)

    assert violations(format_of(name, at.data) or "", at) == []


@pytest.mark.parametrize(("name", "edit"), EVERY_EDIT, ids=[f"{name}-{edit.rule}" for name, edit in EVERY_EDIT])
def test_an_edit_breaks_its_rule_and_no_other(name: str, edit: Edit, publish: Publish) -> None:
    assert checked(publish(name, edit)) == {edit.rule}


@pytest.mark.parametrize("format", FORMATS)
def test_every_rule_is_broken_by_an_edit(format: str) -> None:
    """A rule that formats share may be broken in any of them; one that a format has for itself, in that format."""
    broken = {
        (rule if rule.__closure__ is None else (rule.__name__, other))
        for name, edits in EDITS.items()
        for other in [format_of(name, b"")]
        for rule in FORMATS[other or ""].rules
        if rule.__name__ in {edit.rule for edit in edits}
    }
    named = {edit.rule for name, edits in EDITS.items() for edit in edits if format_of(name, b"") == format}
    wanted = {rule if rule.__closure__ is None else (rule.__name__, format) for rule in FORMATS[format].rules}

    assert wanted - broken == set()
    assert set(FORMATS[format].names[:3]) <= named


def test_formats_of_one_feed_agree(publish: Publish) -> None:
    documents = [FORMATS[name].read(publish(f"feed.{end}", None)) for name, end in FILES]

    assert [
        across.disagreements(one, other) for one in documents for other in documents if across.disagreements(one, other)
    ] == []


FILES = (("rss", "xml"), ("atom", "atom"), ("json", "json"))
DIFFERENCES = (
    Edit("ids_agree", "7c1d9a30", "7c1d9a31"),
    Edit("words_agree", "A dam", "The dam"),
    Edit("words_agree", "It holds: ", "It held: "),
    Edit("pages_agree", "example/2026/02/dam/</link>", "example/2026/02/canal/</link>"),
    Edit("dates_agree", "23:10:00 GMT", "23:11:00 GMT"),
)


@pytest.mark.parametrize("edit", DIFFERENCES, ids=[f"{edit.rule}-{edit.new}" for edit in DIFFERENCES])
def test_a_difference_between_formats_breaks_its_rule_and_no_other(edit: Edit, publish: Publish) -> None:
    changed = FORMATS["rss"].read(publish("feed.xml", edit))
    others = [FORMATS[name].read(publish(f"feed.{end}", None)) for name, end in FILES[1:]]

    for other in others:
        assert {(found.rule, found.item) for found in across.disagreements(changed, other)} == {(edit.rule, 2)}


def test_every_agreement_is_broken_by_a_difference() -> None:
    assert {rule.__name__ for rule in across.RULES} == {edit.rule for edit in DIFFERENCES}
