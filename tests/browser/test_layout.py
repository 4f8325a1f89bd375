"""No page is wider than its screen, and nothing sticks out, is torn, lies on something else or moves unasked."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

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
    "address",
    ["/", "/en/", "/kazakhstan/", "/2026/03/aral-fap-videosvyaz/", "/archive/2026/11/", "/rates/", "/rates/usd/"],
)
def test_letters_of_twice_the_size_lie_on_nothing_and_do_not_widen_the_page(
    page: Page, sample_address: str, address: str
) -> None:
    page.set_viewport_size({"width": 360, "height": HEIGHT})
    page.goto(sample_address + address)
    page.add_style_tag(content="html { font-size: 200% }")
    torn_words = re.compile(r"torn: “\D")  # a long word has no other way, a number has
    assert [fault for fault in page.evaluate(STICKING_OUT) if not torn_words.match(fault)] == []


def test_a_row_of_names_has_commas_alone_between_them(page: Page, hostile_address: str) -> None:
    page.goto(hostile_address)
    names = page.locator(".press .kicker").first.locator("a")
    assert names.count() == 2
    assert names.first.evaluate("name => getComputedStyle(name, '::after').content") == "none"


def test_the_first_story_has_no_empty_column_beside_it(page: Page, hostile_address: str) -> None:
    page.goto(f"{hostile_address}/2026/02/single/")
    assert page.locator("h1").inner_text().startswith("Одна")
    assert page.locator("main aside").count() == 0


def test_what_is_folded_is_printed(page: Page, hostile_address: str) -> None:
    page.goto(f"{hostile_address}/2026/02/headline/")
    unfolded = "one => one.offsetHeight - one.querySelector('summary').offsetHeight"
    folded = page.locator(".text details:not([open])")
    assert folded.evaluate(unfolded) == 0
    page.emulate_media(media="print")
    assert folded.evaluate(unfolded) > 0


def test_a_tall_picture_of_a_gallery_is_seen_whole(page: Page, hostile_address: str) -> None:
    page.set_viewport_size({"width": 360, "height": HEIGHT})
    page.goto(f"{hostile_address}/2026/02/pictured/")
    for picture in page.locator(".text img").all():
        box = picture.bounding_box()
        assert box is not None
        assert box["height"] < HEIGHT


def test_where_colours_are_the_readers_own_the_section_that_one_is_in_is_marked(
    browser: Browser, sample_address: str
) -> None:
    with browser.new_context(forced_colors="active") as reader:
        page = reader.new_page()
        page.goto(f"{sample_address}/kazakhstan/")
        width = "link => getComputedStyle(link).borderBottomWidth"
        assert page.locator(".countries [aria-current]").evaluate(width) == "3px"
        assert page.locator(".countries a:not([aria-current])").first.evaluate(width) == "0px"


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
