"""What is fresh in a real browser: breaking news by script and by server, moments in words, and nothing that moves for them."""

import gzip
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from generator.engine.build import build
from tests.browser.chromium import listen
from tests.conftest import NOW, MakeSite, story
from tests.edits import RATE_FILES, RATES
from tests.newsroom import HOUR

pytestmark = pytest.mark.browser
SITE = """\
name: {ru: Тестоград, en: Testograd}
address: https://test.example
time_zone: Asia/Bishkek
language: ru
languages: [ru, en, kk]
countries: [kz]
"""
LONG = "Перевал Тоо-Ашуу закрыт из-за схода лавины, машины ждут у тоннеля с обеих сторон, есть пострадавшие"
BREAKING = f"- {{text: {{ru: {LONG!r}, en: The pass is closed}}, story: 2026/02/b, until: 2026-03-01 20:00}}\n"
SHIFTS = """
window.shifts = []
new PerformanceObserver(list => shifts.push(...list.getEntries().map(one => [one.value, ...one.sources.map(
  source => source.node?.outerHTML ?? "")]))).observe({ type: "layout-shift", buffered: true })
"""
SLOW = {"offline": False, "latency": 300, "downloadThroughput": 50_000, "uploadThroughput": 25_000}


class Including(SimpleHTTPRequestHandler):
    """A server that puts in what pages ask it to (SSI), as nginx does."""

    def log_message(self, format: str, *given: object) -> None:
        """Says nothing."""

    def do_GET(self) -> None:
        """A page with its includes, any other file as it is."""
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if path.suffix != ".html":
            super().do_GET()
            return
        before, *parts = path.read_text().split('<!--#include virtual="')
        text = before
        for part in parts:
            address, _, rest = part.partition('" -->')
            text += Path(self.translate_path(address)).read_text() + rest
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Security-Policy", "default-src 'self'; script-src 'self'; style-src 'self'")
        self.end_headers()
        self.wfile.write(text.encode())


class BreakingOff(Including):
    """A server that is gone in the middle of what is fresh."""

    def do_GET(self) -> None:
        """A part of what is breaking, any other file in full."""
        if not self.path.endswith("/live/breaking.html"):
            super().do_GET()
            return
        self.send_response(200)
        self.send_header("Content-Length", "1000")
        self.end_headers()
        self.wfile.write(b"<section>")


@contextmanager
def served(folder: Path, handler: type[Including]) -> Iterator[str]:
    """The address of a folder behind a server that includes."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture
def portal(make_site: MakeSite) -> Iterator[Any]:
    """A function that publishes a portal of seven stories, the newest an hour old at NOW, and gives its address."""
    ages = {"a": "2026-03-01 17:20", "b": "2026-03-01 16:30", "c": "2026-03-01 03:00", "d": "2026-02-28 12:00"}
    ages |= {"e": "2026-02-27 12:00", "f": "2026-02-26 12:00", "g": "2025-02-26 12:00"}
    servers = []

    def publish(
        fragments: str = "client",
        breaking: str = BREAKING,
        rates: bool = True,
        handler: type[Including] = Including,
    ) -> str:
        files = {f"articles/2026/02/{name}.md": story(title=name, date=date) for name, date in ages.items()}
        files |= {f"articles/2026/02/{name}.en.md": story(title=name, date=date) for name, date in ages.items()}
        files |= {f"articles/2026/02/{name}.kk.md": story(title=name, date=date) for name, date in ages.items()}
        files |= {"breaking.yaml": breaking, "site.yaml": f"{SITE}fragments: {fragments}\n"} | RATE_FILES
        files["site.yaml"] += f"rates: {RATES}\n" if rates else ""
        request = make_site(files)
        assert [problem.text() for problem in build(request).problems] == []
        servers.append(server := served(request.output, handler))
        return server.__enter__()

    yield publish
    for server in servers:
        server.__exit__(None, None, None)


@contextmanager
def reader(browser: Browser, zone: str = "Asia/Bishkek", now: int = NOW, **wishes: Any) -> Iterator[Page]:
    """A tab of a reader somewhere at a moment, with the clock standing still."""
    wishes = {"viewport": {"width": 360, "height": 800}, "timezone_id": zone} | wishes
    context: BrowserContext = browser.new_context(**wishes)
    page = context.new_page()
    page.clock.set_fixed_time(now)
    yield page
    context.close()


def moments(page: Page) -> list[str]:
    """The moments of the leading stories on the front page."""
    texts: list[str] = page.locator(".leads time").all_inner_texts()
    return [text.replace("\xa0", " ") for text in texts]


@pytest.mark.parametrize(
    ("fragments", "breaking", "rates", "width"),
    [
        ("client", BREAKING, True, 360),
        ("client", BREAKING * 2, False, 1280),
        ("client", "[]\n", True, 1280),
        ("client", "[]\n", False, 360),
        ("ssi", BREAKING, True, 360),
        ("ssi", "[]\n", False, 1280),
    ],
)
def test_nothing_moves_for_what_is_fresh(
    browser: Browser, portal: Any, fragments: str, breaking: str, rates: bool, width: int
) -> None:
    root = portal(fragments, breaking, rates)
    with reader(browser, viewport={"width": width, "height": 800}) as page:
        heard = listen(page)
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.send("Network.emulateNetworkConditions", SLOW)
        page.add_init_script(SHIFTS)
        for address in ("/", "/kazakhstan/", "/2026/02/a/"):
            page.goto(root + address)
            page.locator(".place-strip :is(section, .ticker)").wait_for()
            page.wait_for_load_state("networkidle")
            assert sum(value for value, *_ in page.evaluate("shifts")) < 0.0001, page.evaluate(
                "shifts"
            )  # the “·” of a kicker
            assert page.locator("[data-fresh][title]").count() > 0
        assert heard.complaints == []


def test_a_shift_would_be_seen(browser: Browser, portal: Any) -> None:
    root = portal()
    with reader(browser) as page:
        page.add_init_script(SHIFTS)
        page.goto(root)
        page.wait_for_timeout(100)
        page.evaluate("document.querySelector('.place-strip').style.height = '200px'")
        page.wait_for_function("shifts.length")


@pytest.mark.parametrize("fragments", ["client", "ssi", "inline"])
def test_what_is_breaking_is_a_link_that_is_read_in_full(browser: Browser, portal: Any, fragments: str) -> None:
    root = portal(fragments)
    with reader(browser) as page:
        page.goto(f"{root}/kazakhstan/")
        strip = page.get_by_role("region", name="Срочные новости")
        expect(strip).to_contain_text(LONG)
        text = strip.locator("span")
        assert text.evaluate("one => one.scrollHeight <= one.clientHeight + 1")
        strip.get_by_role("link").click()
        page.wait_for_url("**/2026/02/b/")


@pytest.mark.parametrize("width", [320, 360, 1280])
def test_each_of_several_lines_is_read_in_full(browser: Browser, portal: Any, width: int) -> None:
    root = portal(breaking=BREAKING * 3)
    with reader(browser, viewport={"width": width, "height": 800}) as page:
        page.goto(f"{root}/kazakhstan/")
        texts = page.locator(".breaking span")
        expect(texts).to_have_count(3)
        assert texts.evaluate_all("all => all.every(one => one.scrollHeight <= one.clientHeight + 1)")
        if width == 1280:  # a mouse cannot push them
            assert page.locator(".breaking ul").evaluate("row => row.scrollWidth <= row.clientWidth")


def test_what_is_breaking_is_announced_once_a_visit(browser: Browser, portal: Any) -> None:
    root = portal()
    with reader(browser) as page:
        for address, announced in (
            ("/", "polite"),
            ("/2026/02/b/", None),
            ("/en/", "polite"),
            ("/en/2026/02/b/", None),
        ):
            page.goto(root + address)
            page.locator(".breaking").wait_for()
            assert page.locator("aryk-live").get_attribute("aria-live") == announced


@pytest.mark.parametrize("breaking", [BREAKING, "[]\n"])
def test_the_focus_stays_where_something_fresh_arrives(browser: Browser, portal: Any, breaking: str) -> None:
    root = portal(breaking=breaking)
    held: list[Route] = []
    with reader(browser) as page:
        page.route("**/live/breaking.html", lambda route: held.append(route))
        with page.expect_request("**/live/breaking.html"):
            page.goto(root)
        page.locator(".skip").focus()
        page.keyboard.press("Tab")
        expect(page.locator(".place-strip > a")).to_be_focused()
        held.pop().continue_()
        expect(page.locator(".place-strip :is(section, .ticker) a").first).to_be_focused()


def test_what_breaks_off_half_way_leaves_the_link(browser: Browser, portal: Any) -> None:
    root = portal(handler=BreakingOff)
    with reader(browser) as page:
        failures: list[str] = []
        page.on("pageerror", lambda error: failures.append(str(error)))
        with page.expect_event("requestfailed"):
            page.goto(root)
        page.wait_for_load_state("networkidle")
        expect(page.locator(".place-strip > a")).to_be_visible()
        assert failures == []


def test_rates_are_not_announced(browser: Browser, portal: Any) -> None:
    root = portal(breaking="[]\n")
    with reader(browser) as page:
        page.goto(root)
        page.locator(".ticker").wait_for()
        assert page.locator("aryk-live").get_attribute("aria-live") is None


@pytest.mark.parametrize(("rates", "leads"), [(True, "/rates/"), (False, "/")])
def test_without_scripts_the_place_is_a_link(browser: Browser, portal: Any, rates: bool, leads: str) -> None:
    root = portal(rates=rates)
    with reader(browser, java_script_enabled=False) as page:
        page.goto(f"{root}/2026/02/a/")
        page.locator(".place-strip > a").click()
        page.wait_for_url(root + leads)


@pytest.mark.parametrize(
    ("language", "zone", "said"),
    [
        ("", "Asia/Bishkek", ["1 час назад", "(сегодня, 03:00|15 ч. назад)", "вчера(, 12:00)?", "27 февр. 2026"]),
        ("en/", "Asia/Bishkek", ["1 hour ago", "(today, 03:00|15 h ago)", "yesterday(, 12:00)?", "27 Feb 2026"]),
        ("en/", "America/New_York", ["1 hour ago", "yesterday(, 16:00)?", "yesterday(, 01:00)?", "27 Feb 2026"]),
        ("kk/", "Asia/Bishkek", ["1 сағ. бұрын", "(бүгін, 03:00|15 сағ. бұрын)", "кеше(, 12:00)?", "2026 ж. 27 ақп."]),
    ],
)
def test_moments_are_in_the_words_and_the_zone_of_the_reader(
    browser: Browser, portal: Any, language: str, zone: str, said: list[str]
) -> None:
    """As wide as the fonts allow: with the time of the day where there is room for it."""
    root = portal()
    with reader(browser, zone) as page:
        page.goto(f"{root}/{language}")
        assert [re.fullmatch(*pair) is not None for pair in zip(said, moments(page), strict=True)] == [True] * 4
        assert "2026" in (page.locator(".leads time").first.get_attribute("title") or "")


def test_a_list_says_today_and_yesterday_in_the_zone_of_the_portal(browser: Browser, portal: Any) -> None:
    """Half past three in the morning in Tokyo; in Bishkek, whose days the list has, it is still the first of March."""
    root = portal()
    with reader(browser, "Asia/Tokyo", NOW + 5 * HOUR) as page:
        page.goto(f"{root}/en/kind/news/")
        days = page.locator(".day time")
        expect(days.nth(0)).to_have_text("today")
        expect(days.nth(0)).to_have_attribute("title", "1 March 2026")
        expect(days.nth(1)).to_have_text("yesterday")
        expect(days.nth(2)).to_have_text("27 February 2026")
        expect(page.locator(".today")).to_contain_text("1 March 2026")


def test_a_story_of_this_hour_grows_older_before_the_eyes_and_prints_its_date(browser: Browser, portal: Any) -> None:
    root = portal()
    with reader(browser) as page:
        page.clock.install(time=NOW)
        page.goto(f"{root}/en/2026/02/a/")
        date = page.locator(".byline time")
        expect(date).to_have_text("40 minutes ago")
        page.clock.fast_forward(60_000)
        expect(date).to_have_text("41 minutes ago")
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        expect(date).to_have_text("1 March 2026, 17:20")
        page.evaluate("dispatchEvent(new Event('afterprint'))")
        expect(date).to_have_text("41 minutes ago")


def test_an_article_makes_few_requests_and_its_scripts_are_small(browser: Browser, portal: Any) -> None:
    root = portal()
    with reader(browser) as page:
        heard = listen(page)
        page.goto(f"{root}/2026/02/a/", wait_until="networkidle")
        assert len(heard.asked) <= 7, heard.asked
    assets = Path(__file__).parents[2] / "themes/news-asia/assets"
    assert len(gzip.compress((assets / "fresh.js").read_bytes())) < 1024
