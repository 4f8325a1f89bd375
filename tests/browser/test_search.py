"""The search page in Chromium, on indexes that Pagefind made of the sample portal, under a strict Content-Security-Policy."""

import re
import shutil
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser, Page, expect

from generator.engine.build import build
from generator.engine.request import Request
from generator.search.indexing import bring_up_to_date
from generator.search.pagefind import find_pagefind
from tests.browser.chromium import HEIGHT, WIDTHS, listen
from tests.browser.test_accessibility import objections
from tests.browser.test_layout import STICKING_OUT
from tests.conftest import lay_out, story
from tests.sample import CONTENT, NOW

pytestmark = pytest.mark.browser
POLICY = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; connect-src 'self'"
)
PHONE = {"width": 360, "height": HEIGHT}
UNSTEMMED = {
    "kk": ("Қазақстандағы су қоймалары толды", "қазақстан"),
    "ky": ("Кыргызстандын көлдөрүндө суу көбөйдү", "көлдөр"),
    "uz": ("Oʻzbekistonda paxta terimi tugadi", "paxta terim"),
    "tg": ("Дар Тоҷикистон роҳи нав кушода шуд", "роҳ"),
    "tk": ("Türkmenistanyň demir ýollary uzaldyldy", "türkmenistan"),
    "zh": ("哈萨克斯坦水库蓄满", "哈萨克斯坦"),
}
"""Titles in languages that Pagefind cannot stem, and what a reader may type of them."""


class _Files(SimpleHTTPRequestHandler):
    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def log_message(self, *said: object) -> None:
        """Says nothing."""


def published(content: Path, folder: Path, *languages: str) -> Request:
    """A portal under a path, with its indexes."""
    request = Request(content, folder / "www/news", folder / ".aryk", NOW)
    assert build(request).problems == ()
    bring_up_to_date(request, languages, find_pagefind(), lambda *said: None)
    return request


def serve(request: Request) -> Iterator[str]:
    """Where a portal is served."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Files, directory=str(request.output.parent)))
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/news"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Request:
    """The sample portal, and a paid story whose words are hostile."""
    folder = tmp_path_factory.mktemp("portal")
    shutil.copytree(CONTENT, folder / "content")
    site = folder / "content/site.yaml"
    site.write_text(re.sub(r"(?m)^address: .*", "address: https://aryk.example/news", site.read_text()))
    title = "'<img src=x onerror=alert(1)> & \"зубодробилка\"'"
    hostile = story("Слово <b>«зубодробилка»</b>.", title=title, topic="water", label="advertising")
    (folder / "content/articles/2026/02/hostile.md").write_text(hostile)
    return published(folder / "content", folder, "ru", "en")


@pytest.fixture(scope="module")
def address(portal: Request) -> Iterator[str]:
    """Where the portal is served."""
    yield from serve(portal)


@pytest.fixture
def page(page: Page) -> Iterator[Page]:
    """An empty tab of a phone, in which nothing may go wrong."""
    heard = listen(page)
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    page.set_default_timeout(20_000)
    yield page
    assert heard.complaints == []


def titles(page: Page) -> list[str]:
    """The titles of what was found."""
    return page.locator("#results h2").all_inner_texts()


def expect_told(page: Page, said: str) -> None:
    """Waits until the page tells a number of results, or that there are none."""
    expect(page.get_by_role("status")).to_have_text(re.compile(said), timeout=20_000)


def test_another_form_of_the_word_finds_a_story_and_a_country_narrows_the_list(page: Page, address: str) -> None:
    page.goto(f"{address}/search/?q=виноградарями")
    expect_told(page, r"Найдено: \d+ \(2026\)")
    first = page.locator("#results .card").first
    expect(first.locator("h2 a")).to_have_attribute("href", re.compile("/news/2026/11/vinogradniki-vyshe"))
    expect(first.locator("time")).to_have_text("12 ноября 2026")
    expect(first.locator(".lead")).to_contain_text("Сбор закончен")
    expect(first.locator(".kicker a").first).to_have_attribute("href", "/news/caucasus/")
    page.get_by_text("Фильтры", exact=True).click()
    page.get_by_label("Страна").select_option("Казахстан")
    expect_told(page, "Ничего не найдено")
    expect(page.locator("#narrowed")).to_have_text("Казахстан")
    page.get_by_label("Страна").select_option("Кавказ")
    expect_told(page, "Найдено")
    expect(page).to_have_url(re.compile(r"\?q=[^&]+&country="))
    page.go_back()
    expect_told(page, "Ничего не найдено")
    page.get_by_role("button", name="Сбросить фильтры").click()
    expect_told(page, "Найдено")
    expect(page).to_have_url(re.compile(r"\?q=[^&]+$"))


def test_the_keyboard_alone_searches_further_back(page: Page, address: str) -> None:
    page.goto(f"{address}/search/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # past the menus
    for _ in range(2):
        page.keyboard.press("Tab")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.type("вода")
    page.keyboard.press("Enter")
    expect_told(page, r"\(2026\)")
    page.get_by_role("button", name="Показать ещё").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#results h2 a").nth(10)).to_be_focused()
    before = titles(page)
    page.get_by_role("button", name="Искать дальше: 2025").focus()
    page.keyboard.press("Enter")
    expect_told(page, "2025–2026")
    assert titles(page)[: len(before)] == before, "older stories come after newer ones"
    dates = [time.get_attribute("datetime") for time in page.locator("#results time").all()]
    assert dates == sorted(dates, key=str, reverse=True)


def test_a_phone_that_has_not_been_renewed_for_years_searches_too(page: Page, address: str) -> None:
    page.add_init_script("delete URLSearchParams.prototype.size")  # Chromium before 113, Safari before 17
    page.goto(f"{address}/search/")
    page.locator("#q").fill("вода")
    page.keyboard.press("Enter")
    expect_told(page, "Найдено")
    expect(page).to_have_url(re.compile(r"\?q="))


@pytest.mark.parametrize(("button", "part"), [("Показать ещё", "fragment"), ("Искать дальше: 2025", "2025")])
def test_what_was_found_stays_when_the_line_breaks(browser: Browser, address: str, button: str, part: str) -> None:
    with browser.new_page(viewport=PHONE) as page:  # type: ignore[arg-type]
        page.goto(f"{address}/search/?q=вода")
        expect_told(page, "Найдено")
        if part == "2025":
            page.get_by_role("button", name="Показать ещё").click()
            expect(page.get_by_role("button", name=button)).to_be_visible()
        before = titles(page)
        page.route(f"**/search/ru/**/*{part}*/**", lambda route: route.abort())
        page.get_by_role("button", name=button).click()
        expect_told(page, "не загрузил")
        expect(page.get_by_role("status")).to_be_focused()
        assert titles(page) == before
        assert len(before) > 0


def test_a_number_of_results_is_not_told_where_none_could_be_loaded(browser: Browser, address: str) -> None:
    with browser.new_page() as page:
        page.route("**/fragment/**", lambda route: route.abort())
        page.goto(f"{address}/search/?q=вода")
        expect_told(page, "не загрузил")


def test_whoever_comes_back_from_a_story_finds_the_list_as_it_was(page: Page, address: str) -> None:
    page.goto(f"{address}/search/?q=вода")
    page.get_by_role("button", name="Показать ещё").click()
    page.get_by_role("button", name="Искать дальше: 2025").click()
    expect_told(page, "2025–2026")
    shown = titles(page)
    page.locator("#results h2 a").last.click()
    expect(page.locator("h1")).to_have_text(shown[-1])
    page.go_back()
    expect_told(page, "2025–2026")
    assert titles(page) == shown


def test_a_year_is_asked_alone_and_a_choice_without_words_lists_its_stories(page: Page, address: str) -> None:
    heard = listen(page)
    page.goto(f"{address}/search/?year=2024&country=/news/kazakhstan/")
    expect_told(page, r"Найдено: \d+ \(2024\)")
    assert not any("/search/ru/2026/" in url for url in heard.asked)
    shown = len(titles(page))
    page.get_by_role("button", name="Показать ещё").click()
    expect(page.locator("#results h2 a").nth(shown)).to_be_focused()


def test_topics_and_outlets_narrow_the_list_too(page: Page, address: str) -> None:
    page.goto(f"{address}/search/?topic=/news/topic/transport/&outlet=/news/source/silk-road-review/")
    expect_told(page, "Найдено")
    for card in page.locator("#results .card").all():
        expect(card.locator(".from")).to_contain_text("Silk Road Review")


def test_what_authors_write_is_shown_as_text_and_what_is_paid_for_says_so(page: Page, address: str) -> None:
    page.goto(f"{address}/search/?q=зубодробилка&order=best")
    expect(page.locator("#results h2 a").first).to_have_text("<img src=x onerror=alert(1)> & «зубодробилка»")
    expect(page.locator("#results .paid .label")).to_have_text("Реклама")


def test_every_page_has_a_way_to_the_search(page: Page, address: str) -> None:
    page.goto(f"{address}/en/")
    page.locator(".find").get_by_role("button", name="Search").click()
    expect(page).to_have_url(re.compile(r"/news/en/search/\?q="))
    page.go_back()
    page.set_viewport_size({"width": 1280, "height": HEIGHT})
    page.get_by_label("Words to look for").fill("glaciers")
    page.keyboard.press("Enter")
    expect_told(page, "Found: ")


@pytest.mark.parametrize("query", ["", "?q=вода", "?q=зубодробилка", "?q=вода&country=/news/kazakhstan/&year=2025"])
def test_the_search_is_for_everybody_and_fits_any_screen(page: Page, address: str, query: str) -> None:
    page.goto(f"{address}/search/{query}")
    expect_told(page, r"\d" if query else "^$")
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        assert page.evaluate(STICKING_OUT) == [], width
    assert objections(page) == []
    page.set_viewport_size({"width": 320, "height": HEIGHT})
    page.locator("#choices").evaluate("choices => { choices.open = true }")
    assert page.evaluate(STICKING_OUT) == []
    assert objections(page) == []


def test_before_any_index_is_made_and_without_scripts_the_page_says_where_to_look(
    browser: Browser, address: str, portal: Request
) -> None:
    index, tab = portal.output / "search/en", browser.new_page()
    index.rename(index.with_name("aside"))
    try:
        tab.goto(f"{address}/en/search/?q=water")
        expect_told(tab, "not ready yet")
    finally:
        index.with_name("aside").rename(index)
        tab.close()
    reader = browser.new_context(java_script_enabled=False)
    plain = reader.new_page()
    plain.goto(f"{address}/en/search/")
    expect(plain.locator("main")).to_contain_text("The search needs JavaScript")
    expect(plain.locator("#search")).to_be_hidden()
    expect(plain.locator("main").get_by_role("link", name="Archive")).to_be_visible()
    reader.close()


def test_words_and_their_beginnings_are_found_in_languages_that_nobody_stems(tmp_path: Path, page: Page) -> None:
    languages = ", ".join(UNSTEMMED)
    site = (
        f"name: A\naddress: https://aryk.example/news\ntime_zone: Asia/Almaty\nlanguage: kk\nlanguages: [{languages}]\n"
    )
    for language, (title, _) in UNSTEMMED.items():
        lay_out(tmp_path / "content", {f"articles/2026/02/{language}.{language}.md": story("—", title=title)})
    lay_out(
        tmp_path / "content",
        {
            "site.yaml": site,
            "countries.yaml": "kz: {slug: kazakhstan, name: A}\n",
            "topics.yaml": "energy: {name: B}\n",
        },
    )
    for address in serve(published(tmp_path / "content", tmp_path, *UNSTEMMED)):
        for language, (title, typed) in UNSTEMMED.items():
            page.goto(f"{address}/{'' if language == 'kk' else language + '/'}search/?q={typed}")
            expect(page.locator("#results h2")).to_have_text([title], timeout=20_000)
