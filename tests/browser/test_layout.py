"""No page is wider than its screen, and nothing sticks out, is torn, lies on something else or moves unasked."""

from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.chromium import HEIGHT, WIDTHS, listen
from tests.browser.kinds import HOSTILE, SAMPLE, SHOWN, all_of

pytestmark = pytest.mark.browser
STICKING_OUT = Path(__file__).with_name("sticking_out.js").read_text()


def faults(page: Page, address: str) -> list[str]:
    """What is wrong with the layout of a page at any width; the reader prefers that nothing moves."""
    page.goto(address)
    found = [f"{address} moves" for _ in range(page.evaluate("document.getAnimations().length"))]
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        found += [f"{address} at {width}: {said}" for said in page.evaluate(STICKING_OUT)]
    return found


def test_every_kind_of_page_is_looked_at() -> None:
    assert SAMPLE.keys() | HOSTILE.keys() == SHOWN, "tests/browser/kinds.py names a page for each kind"


def assert_sound(page: Page, root: str, addresses: list[str]) -> None:
    """All of a portal's pages in one tab, for a new one costs more than a page; a fault names its address."""
    heard = listen(page)
    assert [fault for address in addresses for fault in faults(page, root + address)] == []
    assert heard.foreign(root) == []
    assert heard.complaints == []


def test_pages_of_the_sample_fit_their_screen(page: Page, sample_address: str) -> None:
    assert_sound(page, sample_address, all_of(SAMPLE))


def test_hostile_pages_fit_their_screen(page: Page, hostile_address: str) -> None:
    assert_sound(page, hostile_address, all_of(HOSTILE))


@pytest.mark.parametrize(
    ("html", "said"),
    [
        ('<div style="width: 500px">x</div>', "the page is 500 wide"),
        ('<div style="margin-left: -9px">x</div>', "beyond the page"),
        ('<p style="width: 50px; margin: 0">' + "w" * 30, "out of its box"),
        ('<p style="width: 40px; overflow-wrap: anywhere">0,00008306', "torn"),
        ("<p>one</p><p style='margin-top: -35px'>two</p>", "on each other"),
    ],
)
def test_a_broken_layout_is_seen(page: Page, html: str, said: str) -> None:
    page.set_viewport_size({"width": 320, "height": HEIGHT})
    page.set_content(f'<!doctype html><body style="margin: 0">{html}')
    assert [fault for fault in page.evaluate(STICKING_OUT) if said in fault] != []


def test_a_sound_layout_is_not_blamed(page: Page) -> None:
    page.set_content("<!doctype html><body><h1>One</h1><p>Two <b>words</b></p><p style='overflow: auto'>" + "w" * 400)
    assert page.evaluate(STICKING_OUT) == []
