"""What readers do on the portal: follow its menus from page to page, with a mouse, with the keyboard alone, without scripts."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.chromium import listen

pytestmark = pytest.mark.browser
FOCUSED = """() => {
  const element = document.activeElement;
  const { outlineStyle, outlineWidth } = getComputedStyle(element);
  const { top, bottom, left, right } = element.getBoundingClientRect();
  return {
    at: element === document.body ? "" : element.outerHTML.slice(0, 200),
    outlined: outlineStyle !== "none" && parseFloat(outlineWidth) >= 2,
    in_sight: bottom > 0 && top < innerHeight && right > 0 && left < innerWidth,
  };
}"""


def follow(page: Page, within: str, name: str | re.Pattern[str]) -> None:
    """Clicks the first link of this name in a part of the page, and waits for the page that it leads to."""
    link = page.locator(within).get_by_role("link", name=name, exact=isinstance(name, str)).first
    address = link.get_attribute("href")
    link.click()
    page.wait_for_url(f"**{address}")


def test_a_reader_walks_from_the_front_page_into_the_archive_and_to_another_language(
    page: Page, sample_address: str
) -> None:
    heard = listen(page)
    page.goto(f"{sample_address}/")
    follow(page, ".countries", re.compile("Казахстан"))
    expect(page.locator("h1")).to_contain_text("Казахстан")
    expect(page.locator(".countries [aria-current]")).to_contain_text("Казахстан")
    follow(page, ".pager", "Раньше")
    expect(page.locator("main")).to_contain_text(re.compile(r"страница \d+, 20\d\d"))
    title = page.locator("article h3 a").first.inner_text()
    follow(page, "article h3", title)
    expect(page.locator("h1")).to_have_text(title)
    topic = page.locator("h1 ~ .kicker a, .story > header .kicker a").last.inner_text()
    follow(page, ".story > header .kicker", topic)
    expect(page.locator("h1")).to_contain_text(topic)
    follow(page, ".bar", "Архив")
    follow(page, "main", "2026")
    follow(page, ".month h2", re.compile("2026"))
    follow(page, ".calendar", re.compile(r"\d"))
    expect(page).to_have_url(re.compile(r"/archive/2026/\d\d/\d\d/$"))
    expect(page.locator("article")).not_to_have_count(0)
    follow(page, ".bar", "English")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert heard.complaints == []
    assert heard.foreign(sample_address) == []


def test_a_story_leads_to_its_translation_and_back(page: Page, sample_address: str) -> None:
    page.goto(f"{sample_address}/2026/04/byurakan-otkrytye-nochi/")
    follow(page, ".bar", "English")
    expect(page).to_have_url(f"{sample_address}/en/2026/04/byurakan-open-nights/")
    follow(page, ".bar", "Русский")
    expect(page).to_have_url(f"{sample_address}/2026/04/byurakan-otkrytye-nochi/")


def test_the_keyboard_skips_the_menus(page: Page, sample_address: str) -> None:
    page.goto(f"{sample_address}/2026/04/byurakan-otkrytye-nochi/")
    page.keyboard.press("Tab")
    skip = page.locator(".skip")
    expect(skip).to_be_focused()
    assert page.evaluate(FOCUSED)["in_sight"]
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


@pytest.mark.parametrize("address", ["/", "/kazakhstan/", "/2026/03/poezd-v-hivu-voprosy/", "/archive/2026/11/"])
def test_whatever_has_the_focus_shows_it(page: Page, sample_address: str, address: str) -> None:
    page.goto(sample_address + address)
    stops = list[str]()
    for _ in range(400):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        if not focused["at"]:
            break
        assert focused["outlined"], focused
        assert focused["in_sight"], focused
        stops.append(focused["at"])
    assert 20 < len(stops) < 400


def test_an_old_address_leads_to_the_new_one(page: Page, hostile_address: str) -> None:
    page.goto(f"{hostile_address}/old/moved.html", wait_until="commit")
    page.wait_for_url("**/2026/02/moved/")
    expect(page.locator("h1")).to_have_text("Переехала")


def test_a_text_in_a_headline_is_text(page: Page, hostile_address: str) -> None:
    heard = listen(page)
    page.goto(f"{hostile_address}/2026/02/markup/")
    expect(page.locator("h1")).to_contain_text("</title><script>alert(1)</script> {{ site }} &amp;lt;")
    assert "<script>alert(1)</script>" in page.title()
    assert heard.complaints == []


@pytest.mark.parametrize("address", ["/", "/kazakhstan/", "/2026/04/byurakan-otkrytye-nochi/", "/archive/2026/11/"])
def test_a_page_needs_no_script(browser: Browser, sample_address: str, address: str) -> None:
    reader = browser.new_context(java_script_enabled=False)
    page = reader.new_page()
    page.goto(sample_address + address)
    for part in ("h1", "main", "nav"):
        expect(page.locator(part).first).to_be_visible()
    reader.close()


def test_comments_are_counted_when_a_card_comes_near(page: Page, sample_address: str) -> None:
    heard = listen(page)
    page.set_viewport_size({"width": 360, "height": 600})
    page.goto(f"{sample_address}/kyrgyzstan/", wait_until="networkidle")
    cards = page.locator("a.talk").evaluate_all("links => links.map(link => link.pathname)")
    assert 0 < sum("/live/comments/" in url for url in heard.asked) < len(cards)
    assert not any("/2026-02.json" in url for url in heard.asked)
    counted = page.locator("a.talk[href*=issyk-kul-solnce]")
    page.locator(".card", has=counted).scroll_into_view_if_needed()
    expect(counted).to_have_text("Комментарии: 4")
    assert sum("/2026-02.json" in url for url in heard.asked) == 1
