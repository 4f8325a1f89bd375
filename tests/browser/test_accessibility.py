"""axe-core finds nothing on any kind of page (WCAG 2.2 AA and good practice), and no colour too faint in either scheme."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.chromium import HEIGHT, SCHEMES, tool
from tests.browser.hostile import LATIN, WORD
from tests.browser.kinds import HOSTILE, PASSING, SAMPLE, all_of

pytestmark = pytest.mark.browser
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOURS = ["color-contrast", "link-in-text-block"]
NARROW, WIDE = 320, 1280


def violations(page: Page, address: str, width: int) -> list[str]:
    """What axe-core has against the page at an address."""
    page.set_viewport_size({"width": width, "height": HEIGHT})
    page.goto(address)
    return objections(page)


def objections(page: Page) -> list[str]:
    """What axe-core has against an open page: all rules in the light scheme, colours in the dark one as well."""
    page.evaluate(tool("axe-core/axe.min.js").read_text("utf-8"))
    found = []
    for scheme, only in zip(SCHEMES, (RULES, COLOURS), strict=True):
        page.emulate_media(color_scheme=scheme)
        said = page.evaluate("only => axe.run({runOnly: only, resultTypes: ['violations']})", only)
        found += [f"{page.url} ({scheme}): {told(one)}" for one in said["violations"]]
    return found


def told(violation: dict[str, Any]) -> str:
    """A violation with the first elements that have it."""
    places = [f"{node['html'][:200]} ({node['failureSummary']})" for node in violation["nodes"][:3]]
    return f"{violation['id']}: {violation['help']}: {'; '.join(places)}"


def test_pages_of_the_sample_are_for_everybody(page: Page, sample_address: str) -> None:
    assert [fault for address in all_of(SAMPLE) for fault in violations(page, sample_address + address, WIDE)] == []


def test_a_hostile_page_of_each_kind_is_for_everybody(page: Page, hostile_address: str) -> None:
    worst = [found[0] for kind, found in HOSTILE.items() if kind not in PASSING]
    assert [fault for address in worst for fault in violations(page, hostile_address + address, NARROW)] == []


def test_a_screen_reader_hears_where_one_name_ends(page: Page, hostile_address: str) -> None:
    page.goto(f"{hostile_address}/2026/02/word/")
    people = page.locator(".people", has=page.locator(".person + .person"))
    assert re.search(f"{WORD} ?, {LATIN}", people.aria_snapshot())


def test_a_faint_colour_is_seen_in_the_dark_alone(page: Page, sample_address: str) -> None:
    page.goto(f"{sample_address}/404.html")
    page.add_style_tag(content="@media (prefers-color-scheme: dark) { h1 { color: #333 } }")
    page.evaluate(tool("axe-core/axe.min.js").read_text("utf-8"))
    for scheme, count in zip(SCHEMES, (0, 1), strict=True):
        page.emulate_media(color_scheme=scheme)
        said = page.evaluate("axe.run({runOnly: ['color-contrast']})")
        assert len(said["violations"]) == count
