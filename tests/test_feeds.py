"""Every feed of the sample portal and of the golden sites keeps every rule of its format, and its formats agree."""

from collections import Counter
from pathlib import Path

import pytest

from generator.engine.build import build
from tests.conftest import NOW, SITES, MakeSite
from tests.feed_rules import across
from tests.feed_rules.check import FORMATS, feeds_of, violations
from tests.feed_rules.documents import Published, Violation
from tests.sample import NOW as SAMPLE_NOW
from tests.sample import ROOT
from tests.test_sites import NAMES, wishes


def broken(output: Path, root: str, now: int) -> list[tuple[str, Violation]]:
    """What is wrong with the feeds of a portal, by their addresses."""
    found = list(feeds_of(output, root, now))
    wrong = [(at.address, violation) for format, at in found for violation in violations(format, at)]
    return wrong or [(root, violation) for violation in differing(found)]


def differing(found: list[tuple[str, Published]]) -> list[Violation]:
    """Where the formats of a section's feed differ."""
    sections: dict[str, list[tuple[str, Published]]] = {}
    for format, at in found:
        if at.address.rpartition("/")[2].startswith("feed."):
            sections.setdefault(at.address.rpartition("/")[0], []).append((format, at))
    return [
        difference
        for (format, first), *others in sections.values()
        for other, at in others
        for difference in across.disagreements(FORMATS[format].read(first), FORMATS[other].read(at))
    ]


def test_the_sample_portal_keeps_every_rule(sample_folder: Path) -> None:
    assert broken(sample_folder, ROOT, SAMPLE_NOW) == []

    formats = Counter(format for format, _ in feeds_of(sample_folder, ROOT, SAMPLE_NOW))
    assert formats["rss"] > 40
    assert (sample_folder / "kazakhstan" / "feed.xml").is_file()


@pytest.mark.parametrize("name", NAMES)
def test_a_golden_site_keeps_every_rule(name: str, make_site: MakeSite) -> None:
    wished = wishes(SITES / name)
    request = make_site(name, **wished)
    assert not build(request).problems
    address = next(
        line.partition(": ")[2]
        for line in (request.content / "site.yaml").read_text().splitlines()
        if line.startswith("address: ")
    ).rstrip("/")

    # Drafts are shown on request, whatever their date.
    now = 2**40 if wished["drafts"] else int(str(wished.get("now", NOW)))
    assert broken(request.output, address, now) == []
    assert list(feeds_of(request.output, address, now))
