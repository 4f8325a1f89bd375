"""The exchange: by whose rates a pair is priced, what cannot be priced, and what `aryk check` says of days to come."""

from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from generator.cli.main import run
from generator.content.history import Pair, course, ledger_of, part_of, written
from generator.content.rates import RateFile, read_rates
from generator.engine.build import build
from generator.settings.rates import Quote, Rates
from generator.site.exchange import Exchange
from generator.theme.words import Words
from tests.conftest import NOW, MakeSite
from tests.edits import RATE_FILES, RATES

ZONE = ZoneInfo("Asia/Bishkek")
HEADER = "date,currency,nominal,value\n"


def rate_file(source: str, year: int, *lines: str) -> RateFile:
    found, problems = read_rates(
        "".join((HEADER, *(f"{line}\n" for line in lines))).encode(), f"rates/{source}/{year}.csv"
    )
    assert found is not None
    assert problems == []
    return found


FILES = (
    rate_file(
        "nbkr", 2026, "2026-02-27,USD,1,87", "2026-02-28,USD,1,87.45", "2026-02-28,EUR,1,95", "2026-03-02,USD,1,90"
    ),
    rate_file("nbk", 2026, "2026-02-28,USD,1,510"),
    rate_file("cbt", 2015, "2015-01-01,USD,1,3.5"),
)
SETTINGS = Rates(
    "nbkr",
    (Quote("USD", "KGS", "nbkr"), Quote("TMT", "USD", "cbt"), Quote("KZT", "USD", "nbk")),
    (),
    ("USD", "KGS", "TMT", "KZT", "EUR"),
)


def at(moment: str, *files: RateFile) -> Exchange:
    """The exchange at a moment in Bishkek."""
    return Exchange(
        SETTINGS, files or FILES, int(datetime.fromisoformat(moment).replace(tzinfo=ZONE).timestamp()), ZONE
    )


def cost(exchange: Exchange, unit: str, money: str) -> str:
    price = exchange.price(SETTINGS.quote(unit, money))
    return written(price.cost) if price else ""


def test_a_pair_has_the_rates_of_its_source_in_both_directions() -> None:
    exchange = at("2026-03-01 12:00")
    assert [cost(exchange, *pair) for pair in (("USD", "KZT"), ("KZT", "USD"), ("USD", "KGS"))] == [
        "510",
        "0.001961",
        "87.45",
    ]


def test_what_the_main_source_does_not_price_is_priced_across_the_pair_that_the_portal_names() -> None:
    exchange = at("2026-03-01 12:00")
    assert cost(exchange, "TMT", "KGS") == "24.9857"  # 87.45 / 3.5
    assert cost(exchange, "EUR", "TMT") == "3.8022"  # 95 / 24.9857…
    price = exchange.price(SETTINGS.quote("TMT", "EUR"))
    assert price is not None
    assert (str(date.fromordinal(price.day)), price.fixed) == ("2026-02-28", False)  # not of 2015: that rate is fixed


def test_what_nobody_prices_has_no_price() -> None:
    exchange = at("2026-03-01 12:00", FILES[1])
    assert [cost(exchange, *pair) for pair in (("USD", "KGS"), ("TMT", "USD"), ("USD", "KZT"))] == ["", "", "510"]


def test_a_rate_waits_for_its_day_and_the_day_begins_at_midnight_on_the_portals_clocks() -> None:
    assert cost(at("2026-03-01 23:59"), "USD", "KGS") == "87.45"
    assert cost(at("2026-03-02 00:00"), "USD", "KGS") == "90"
    assert min(at("2026-03-01 12:00").turns()) == datetime(2026, 3, 1, 18, tzinfo=UTC).timestamp()


def test_nothing_turns_any_more_where_everything_is_old() -> None:
    assert [*at("2027-01-01 00:00").turns()] == []


@pytest.mark.parametrize("day", ["2026-02-26", "2026-02-27", "2026-02-28", "2026-03-01", "2026-03-02"])
def test_what_is_cut_off_at_a_day_does_not_depend_on_what_follows(day: str) -> None:
    """Else the rate of tomorrow would render all pages on rates in vain."""
    until = date.fromisoformat(day).toordinal()
    rows = [
        line for line in ("2026-02-27,USD,1,87", "2026-02-28,USD,1,87.45", "2026-03-02,USD,1,90") if line[:10] <= day
    ]
    alone = part_of([rate_file("nbkr", 2026, *rows)] if rows else [], {"USD"}, until)
    assert part_of(FILES[:1], {"USD"}, until) == alone
    if alone:
        points = course(ledger_of(FILES[:1]), Pair("USD", "KGS"), 4)
        assert course(ledger_of(alone), Pair("USD", "KGS"), 4) == tuple(point for point in points if point[0] <= until)


def test_check_tells_of_days_that_no_bank_can_know_and_a_build_lets_them_wait(
    make_site: MakeSite, capsys: pytest.CaptureFixture[str]
) -> None:
    site = {"rates/nbkr/2026.csv": RATE_FILES["rates/nbkr/2026.csv"] + "2026-12-20,USD,1,87\n"}
    request = make_site(site)
    with Path(request.content / "site.yaml").open("a") as settings:
        settings.write(f"rates: {RATES}\n")
    assert build(request).problems == ()
    folders = [f"--{name}={folder}" for name, folder in (("content", request.content), ("store", request.store))]
    assert run(["check", *folders, f"--output={request.output}", "--now", str(NOW), "--jobs", "1"]) == 1
    said = capsys.readouterr().err
    assert "rates/nbkr/2026.csv:7:1: the rate of 2026-12-20 lies in the future (look at the year and the month)" in said


@pytest.mark.parametrize(
    ("language", "price", "change"),
    [
        ("ru", "12\u00a0040,1800", "\u22120,05\u00a0%"),
        ("en", "12,040.1800", "\u22120.05%"),
        ("zh", "12,040.1800", "\u22120.05%"),
        ("ky", "12\u00a0040,1800", "\u22120,05%"),
    ],
)
def test_numbers_have_the_separators_of_the_language_and_all_their_digits(
    language: str, price: str, change: str
) -> None:
    words = Words(language, {}, "Asia/Bishkek")
    assert (words.decimal("12040.1800"), words.percent(-5)) == (price, change)
    assert words.percent(123)[0] == "+"
    assert words.percent(0)[0] == "0"
    assert len(words.decimal("0." + "0" * 40 + "1")) == 43
