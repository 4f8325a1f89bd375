"""The search page in Chromium, on indexes that Pagefind made of the sample portal, under a strict Content-Security-Policy."""

import os
import re
import shutil
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from generator.engine.build import build
from generator.engine.request import Request
from generator.search.indexing import bring_up_to_date
from generator.search.pagefind import find_pagefind
from tests.conftest import story
from tests.sample import CONTENT, NOW

pytestmark = pytest.mark.browser
expect.set_options(timeout=20_000)
POLICY = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; object-src 'none'; base-uri 'none'"


class _Handler(SimpleHTTPRequestHandler):
    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def log_message(self, *said: object) -> None:
        """Says nothing."""


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Request:
    """The sample portal with its indexes, under a path, and a story whose words are hostile."""
    folder = tmp_path_factory.mktemp("portal")
    shutil.copytree(CONTENT, folder / "content")
    site = folder / "content/site.yaml"
    site.write_text(re.sub(r"(?m)^address: .*", "address: https://aryk.example/news", site.read_text()))
    hostile = story(
        "Слово <b>«зубодробилка»</b>.", title="'<img src=x onerror=alert(1)> & \"зубодробилка\"'", topic="water"
    )
    (folder / "content/articles/2026/02/hostile.md").write_text(hostile)
    request = Request(folder / "content", folder / "www/news", folder / ".aryk", NOW)
    assert build(request).problems == ()
    bring_up_to_date(request, ("ru", "en"), find_pagefind(), lambda *said: None)
    return request


@pytest.fixture(scope="module")
def address(portal: Request) -> Iterator[str]:
    """Where the portal is served."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, directory=str(portal.output.parent)))
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/news"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """Chromium."""
    path = shutil.which("chromium") or pytest.fail("Chromium is not installed: apt-get install chromium")
    home = {**os.environ, "HOME": str(tmp_path_factory.mktemp("home"))}
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"], env=home)
        yield running
        running.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """An empty tab, in which nothing may go wrong."""
    complaints: list[str] = []
    tab = browser.new_page(viewport={"width": 360, "height": 800})
    tab.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
    tab.on("pageerror", lambda error: complaints.append(str(error)))
    yield tab
    tab.close()
    assert complaints == []


def titles(page: Page) -> list[str]:
    """The titles of what was found."""
    return page.locator("#results h2").all_inner_texts()


def test_another_form_of_the_word_finds_a_story_and_a_country_narrows_the_list(page: Page, address: str) -> None:
    page.goto(f"{address}/search/?q=виноградарями")
    expect(page.get_by_role("status")).to_have_text(re.compile(r"Найдено: \d+ \(2026\)"))
    expect(page.locator("#results a").first).to_have_attribute("href", re.compile("/news/2026/11/vinogradniki-vyshe"))
    expect(page.locator("#results time").first).to_have_text("12 ноября 2026")
    expect(page.locator("#results .lead").first).to_contain_text("Сбор закончен")
    page.get_by_label("Страна").select_option("Казахстан")
    expect(page.get_by_role("status")).to_have_text(re.compile("Ничего не найдено"))
    page.get_by_label("Страна").select_option("Кавказ")
    expect(page.get_by_role("status")).to_have_text(re.compile("Найдено"))
    expect(page).to_have_url(re.compile("country="))
    page.go_back()
    expect(page.get_by_role("status")).to_have_text(re.compile("Ничего не найдено"))


def test_the_keyboard_alone_searches_further_back(page: Page, address: str) -> None:
    page.goto(f"{address}/search/")
    page.get_by_label("Что искать").last.focus()
    page.keyboard.type("вода")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text(re.compile(r"\(2026\)"))
    before = titles(page)
    assert before
    back = page.get_by_role("button", name="Искать дальше: 2025")
    back.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text(re.compile("2025–2026"))
    assert titles(page)[: len(before)] == before, "older stories come after newer ones"
    dates = [time.get_attribute("datetime") for time in page.locator("#results time").all()]
    assert dates == sorted(dates, key=str, reverse=True)
    expect(page.get_by_role("button", name="Искать дальше: 2024")).to_be_focused()


def test_a_year_is_asked_alone_and_a_choice_without_words_lists_its_stories(page: Page, address: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}/search/?year=2024&country=/news/kazakhstan/")
    expect(page.get_by_role("status")).to_have_text(re.compile(r"Найдено: \d+ \(2024\)"))
    assert not any("/search/ru/2026/" in url for url in asked)
    shown = len(titles(page))
    page.get_by_role("button", name="Показать ещё").click()
    expect(page.locator("#results li").nth(shown)).to_be_visible()
    expect(page.locator("#results a").nth(shown)).to_be_focused()


def test_what_authors_write_is_shown_as_text(page: Page, address: str) -> None:
    page.goto(f"{address}/search/?q=зубодробилка&order=best")
    expect(page.locator("#results a").first).to_have_text('<img src=x onerror=alert(1)> & "зубодробилка"')


def test_every_page_has_a_way_to_the_search(page: Page, address: str) -> None:
    page.goto(f"{address}/en/")
    page.locator(".find").get_by_role("button", name="Search").click()
    expect(page).to_have_url(re.compile(r"/news/en/search/\?q="))
    page.set_viewport_size({"width": 1280, "height": 800})
    page.get_by_label("Words to look for").first.fill("glaciers")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text(re.compile("Found: "))


def test_before_any_index_is_made_and_without_scripts_the_page_says_where_to_look(
    browser: Browser, address: str, portal: Request
) -> None:
    index, tab = portal.output / "search/en", browser.new_page()
    index.rename(index.with_name("aside"))
    try:
        tab.goto(f"{address}/en/search/?q=water")
        expect(tab.get_by_role("status")).to_contain_text("not ready yet")
    finally:
        index.with_name("aside").rename(index)
        tab.close()
    reader = browser.new_context(java_script_enabled=False)
    plain = reader.new_page()
    plain.goto(f"{address}/en/search/")
    expect(plain.locator("main")).to_contain_text("The search needs JavaScript")
    expect(plain.locator("main").get_by_role("link", name="Archive")).to_be_visible()
    reader.close()
