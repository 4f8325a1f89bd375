"""Rates in a real browser: the ticker and its pause, the converter, the rates of a day, with and without JavaScript."""

from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

pytestmark = pytest.mark.browser
PAGES = ("/", "/en/", "/rates/", "/en/rates/", "/rates/usd/", "/en/rates/tmt/")


def opened(context: BrowserContext, address: str) -> Page:
    """A page on which no script may fail."""
    page = context.new_page()
    page.on("pageerror", lambda error: pytest.fail(str(error)))
    page.goto(address)
    return page


def moving(page: Page) -> list[str]:
    """The states of the animations of the ticker."""
    page.locator(".strip").wait_for()
    return page.evaluate(
        "[...document.querySelectorAll('.strip ul')].flatMap(one => one.getAnimations()).map(one => one.playState)"
    )


def test_the_ticker_moves_and_a_button_stops_it(browser: Browser, sample_address: str) -> None:
    with browser.new_context(viewport={"width": 360, "height": 800}) as context:
        page = opened(context, f"{sample_address}/")
        button = page.get_by_role("button", name="Остановить строку курсов")
        button.wait_for()
        assert moving(page) == ["running", "running"]
        button.focus()
        page.keyboard.press("Enter")
        assert button.get_attribute("aria-pressed") == "true"
        assert moving(page) == ["paused", "paused"]
        button.click()
        page.mouse.move(300, 700)
        assert moving(page) == ["running", "running"]


def test_the_ticker_stands_still_for_a_reader_who_wants_no_motion(browser: Browser, sample_address: str) -> None:
    with browser.new_context(viewport={"width": 360, "height": 800}, reduced_motion="reduce") as context:
        page = opened(context, f"{sample_address}/")
        assert moving(page) == []
        assert page.locator(".ticker button").is_hidden()
        assert page.locator(".strip ul").count() == 1


def test_a_screen_reader_hears_each_pair_once_and_its_change_in_words(browser: Browser, sample_address: str) -> None:
    with browser.new_context(viewport={"width": 360, "height": 800}) as context:
        page = opened(context, f"{sample_address}/en/")
        page.get_by_role("button", name="Stop the moving rates").wait_for()
        heard = page.get_by_role("region", name="Exchange rates").aria_snapshot()
        assert page.locator(".strip ul").count() == 2
        assert heard.count("KGS/USD") == 1
        assert "down by" in heard or "up by" in heard
        assert "▲" not in heard and "▼" not in heard


def test_the_place_of_the_ticker_is_kept(browser: Browser, sample_address: str) -> None:
    """Nothing shifts when it comes, and without JavaScript its link stands there and leads to the page on rates."""
    heights = []
    for script in (True, False):
        with browser.new_context(java_script_enabled=script) as context:
            page = opened(context, f"{sample_address}/")
            page.locator(".strip" if script else ".place-strip > a").wait_for()
            brand = page.locator(".brand").bounding_box()
            assert brand is not None
            heights.append(brand["y"])
            if not script:
                page.locator(".place-strip > a").click()
                assert urlsplit(page.url).path == "/rates/"
                assert page.locator("form.reckon:visible").count() == 0
    assert heights[0] == heights[1]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("1 000,50", "1 000,50 USD = 87"),
        ("1,000.50", "1,000.50 USD = 87"),
        ("0", "0 USD = 0,00 KGS"),
        ("a", "Напишите число, например 1000 или 12,5."),
        ("-1", "Напишите число, например 1000 или 12,5."),
        ("", "Напишите число, например 1000 или 12,5."),
    ],
)
def test_the_converter_reckons_what_is_typed(browser: Browser, sample_address: str, typed: str, said: str) -> None:
    with browser.new_context() as context:
        page = opened(context, f"{sample_address}/rates/usd/")
        page.get_by_label("Сумма").fill(typed)
        assert page.locator("[data-converter] output").inner_text().startswith(said)


def test_the_converter_says_what_the_table_of_usual_amounts_says(browser: Browser, sample_address: str) -> None:
    with browser.new_context(locale="ru-RU") as context:
        page = opened(context, f"{sample_address}/rates/usd/")
        rows = page.locator("section[aria-labelledby=amounts] tbody tr").all()
        assert len(rows) == 10
        output = page.locator("[data-converter] output")
        for back in (False, True):
            for row in rows:
                amount, costs, _, buys = row.locator("th, td").all_inner_texts()
                page.get_by_label("Сумма").fill(amount)
                assert output.inner_text().split("=")[1].split()[:-1] == (buys if back else costs).split()
            page.get_by_role("button", name="Поменять местами").click()


def test_a_day_shows_the_last_rates_up_to_it_also_over_the_turn_of_the_year(
    browser: Browser, sample_address: str
) -> None:
    with browser.new_context() as context:
        page = opened(context, f"{sample_address}/en/rates/?date=2026-01-03")
        table = page.locator("[data-days] table")
        row = table.locator("tbody tr", has_text="USD")
        row.wait_for()
        assert row.locator("td").last.inner_text().startswith("2025-12-")
        page.get_by_label("Date", exact=True).fill("2026-03-02")
        table.get_by_text("2026-02-28").first.wait_for()
        page.get_by_label("Date", exact=True).fill("1999-01-01")
        page.get_by_text("There are no rates of this day.").wait_for()
        assert table.is_hidden()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_pages_fit_and_charts_are_drawn_in_the_colours_of_the_page(
    browser: Browser, sample_address: str, width: int, scheme: str
) -> None:
    with browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme) as context:  # type: ignore[arg-type]
        for path in PAGES:
            page = opened(context, sample_address + path)
            page.locator(".strip").wait_for()
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        page = opened(context, f"{sample_address}/rates/usd/")
        assert page.get_by_role("img", name="USD/KGS").count() == 4
        line, paper = page.evaluate(
            "[getComputedStyle(document.querySelector('.chart-line')).stroke, getComputedStyle(document.body).backgroundColor]"
        )
        assert (line, paper) == {
            "light": ("rgb(10, 104, 112)", "rgb(250, 247, 240)"),
            "dark": ("rgb(98, 196, 201)", "rgb(22, 24, 25)"),
        }[scheme]


def test_the_script_that_every_page_loads_is_small() -> None:
    script = Path(__file__).parents[2] / "themes/news-asia/assets/live.js"
    assert len(script.read_bytes()) < 1024
