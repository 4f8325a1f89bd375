"""Light and dark: the reader's system decides until the reader does, and a choice is there before anything is painted."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.chromium import SCHEMES, listen

pytestmark = pytest.mark.browser
PAPER = {"light": "rgb(250, 247, 240)", "dark": "rgb(22, 24, 25)"}
AT_BODY = """new MutationObserver((_, watch) => {
  if (document.body) { watch.disconnect(); window.atBody = document.documentElement.dataset.scheme ?? ""; }
}).observe(document, { childList: true, subtree: true });"""


def paper(page: Page) -> str:
    found: str = page.evaluate("getComputedStyle(document.body).backgroundColor")
    return found


@pytest.mark.parametrize("own", SCHEMES)
def test_a_choice_lasts_and_a_second_one_gives_way_to_the_system(
    browser: Browser, sample_address: str, own: str
) -> None:
    other = "dark" if own == "light" else "light"
    with browser.new_context(color_scheme=own) as reader:
        reader.add_init_script(AT_BODY)
        page = reader.new_page()
        heard = listen(page)
        page.goto(f"{sample_address}/")
        button = page.get_by_role("button", name="Тёмное оформление")
        expect(button).to_have_attribute("aria-pressed", str(own == "dark").lower())
        assert paper(page) == PAPER[own]

        button.focus()
        page.keyboard.press("Enter")
        assert paper(page) == PAPER[other]
        expect(button).to_have_attribute("aria-pressed", str(other == "dark").lower())

        page.goto(f"{sample_address}/kazakhstan/")
        assert page.evaluate("atBody") == other
        assert paper(page) == PAPER[other]
        assert page.evaluate(
            "[...document.querySelectorAll('[name=theme-color]')].find(m => m.media === 'all').content"
        ) == ("#faf7f0" if other == "light" else "#161819")

        button.click()
        assert page.evaluate("localStorage.scheme") == ""
        page.emulate_media(color_scheme=other)
        assert paper(page) == PAPER[other]
        assert heard.complaints == []


def test_where_nothing_may_be_kept_a_choice_holds_for_the_page(page: Page, sample_address: str) -> None:
    page.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw new Error('no') } })")
    heard = listen(page)
    page.goto(f"{sample_address}/")
    page.get_by_role("button", name="Тёмное оформление").click()
    assert paper(page) == PAPER["dark"]
    assert heard.complaints == []


def test_without_scripts_there_is_no_button(browser: Browser, sample_address: str) -> None:
    with browser.new_context(java_script_enabled=False, color_scheme="dark") as reader:
        page = reader.new_page()
        page.goto(f"{sample_address}/")
        expect(page.locator(".scheme")).to_be_hidden()
        assert paper(page) == PAPER["dark"]


def test_a_story_is_printed_in_black_on_white(browser: Browser, sample_address: str) -> None:
    with browser.new_context(color_scheme="dark") as reader:
        page = reader.new_page()
        page.goto(f"{sample_address}/2026/03/poezd-v-hivu-voprosy/")
        page.get_by_role("button", name="Тёмное оформление").click()
        page.get_by_role("button", name="Тёмное оформление").click()
        page.emulate_media(media="print")
        assert paper(page) == "rgb(255, 255, 255)"
        assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
        for shown, part in (
            (True, "h1"),
            (True, ".byline"),
            (True, ".told .text"),
            (False, ".menu"),
            (False, ".hand-on"),
        ):
            assert page.locator(part).first.is_visible() is shown, part
