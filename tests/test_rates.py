"""Files of rates: what is read from them, what is told of a bad line, and what one currency costs in another."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.content.history import (
    Pair,
    change,
    cost_on,
    course,
    is_stale,
    ledger_of,
    price_on,
    rounded,
    stale_on,
    written,
)
from generator.content.rates import AHEAD, RateFile, read_rates, too_far_ahead
from generator.digests import digest
from generator.settings.currencies import CURRENCIES, HOME

PATH = "rates/nbkr/2026.csv"
HEADER = "date,currency,nominal,value\n"


def file_of(text: str, path: str = PATH) -> RateFile:
    found, problems = read_rates((HEADER + text).encode(), path)
    assert problems == []
    assert found is not None
    return found


def told(data: bytes, path: str = PATH) -> list[str]:
    return [problem.text() for problem in read_rates(data, path)[1]]


def day(text: str) -> int:
    return date.fromisoformat(text).toordinal()


def test_a_file_is_read_whatever_the_order_of_its_lines_and_comments_and_empty_lines_are_passed_over() -> None:
    lines = ["2026-02-20,USD,1,87.4500", "# from the bulletin", "2026-01-05,JPY,100,56.10", "", "2026-01-06,USD,1,87.4"]
    found = file_of("\n".join(lines))
    assert found == file_of("\n".join(reversed(lines)))
    dollar = next(column for column in found.columns if column.currency == "USD")
    assert (dollar.days, dollar.each_nominal(), dollar.each_value()) == ((6, 51), ["1", "1"], ["87.4", "87.4500"])
    assert (found.source, found.year, dollar.nominals) == ("nbkr", 2026, "1")


def test_windows_line_ends_are_no_mistake() -> None:
    assert read_rates((HEADER + "2026-01-05,USD,1,87.4\n").replace("\n", "\r\n").encode(), PATH)[0] == file_of(
        "2026-01-05,USD,1,87.4\n"
    )


BAD_LINES = {
    "2026-02-20,USD,1,0": "18: the value is zero",
    "2026-02-20,USD,0,87.45": "16: the nominal is zero",
    "2026-02-20,USD,1,0.000": "18: the value is zero",
    "2026-02-20,USD,1,-87.45": "18: the value is negative",
    "2026-02-20,USD,1,87,45": "1: there are 5 fields, four are needed (decimals stand after a point",
    '2026-02-20,USD,1,"87,45"': "1: there are 5 fields",
    '2026-02-20,USD,1,"87.45"': "18: the value is in quotation marks",
    "2026-02-20;USD;1;87,45": "1: the fields of a line are separated by commas",
    "2026-02-20,USD,1": "1: date, currency, nominal, value are needed",
    "2026-02-20,USD,1,": "18: the value is missing",
    "2026-02-20,USD, 1,87.45": "16: there are spaces around the nominal",
    "2026-02-20,USD,1,87.45 ": "18: there are spaces around the value",
    "2026-02-20,USD,1,1e3": "18: “1e3” is no number",
    "2026-02-20,USD,1,१२": "18: “१२” is no number",
    "2026-02-20,USD,1,nan": "18: “nan” is no number",
    "2026-02-20,USD,1,12 010.55": "18: “12 010.55” is no number",
    "2026-02-20,usd,1,87.45": "12: the currency “usd” is not known (did you mean “USD”?)",
    "2026-02-20,XYZ,1,87.45": "12: the currency “XYZ” is not known (write a code",
    "2026-02-20,KGS,1,1": "12: KGS is the currency in which this source counts",
    "2025-02-20,USD,1,87.45": "1: 2025-02-20 is not in 2026 (move the line to 2025.csv)",
    "2026-02-30,USD,1,87.45": "1: “2026-02-30” is no date of the calendar",
    "20.02.2026,USD,1,87.45": "1: “20.02.2026” is no date (write it so: 2026-02-20)",
    "2026-01-05,USD,1,87.5": "1: there is a rate of USD on 2026-01-05 already (keep one); see also rates/nbkr/2026.csv:2:1",
}


@pytest.mark.parametrize(("line", "said"), BAD_LINES.items(), ids=BAD_LINES)
def test_a_bad_line_is_told_with_its_place_and_the_others_are_read(line: str, said: str) -> None:
    data = f"{HEADER}2026-01-05,USD,1,87.4\n{line}\n2026-01-06,USD,1,87.6\n".encode()
    found, problems = read_rates(data, PATH)
    assert len(problems) == 1
    assert problems[0].text().startswith(f"{PATH}:3:{said}")
    assert found == file_of("2026-01-05,USD,1,87.4\n2026-01-06,USD,1,87.6\n")


def test_all_mistakes_of_a_file_come_at_once() -> None:
    said = told(f"{HEADER}2025-13-01,usd,0,-1\nx\n".encode())
    assert [line.split(": ")[0] for line in said] == [f"{PATH}:{at}" for at in ("2:1", "2:12", "2:16", "2:18", "3:1")]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", f"{PATH}:1:1: the file is empty (write date,currency,nominal,value)"),
        (b"# nothing yet\n", f"{PATH}:1:1: the file is empty"),
        (b"# a comment\ndate;currency\n", f"{PATH}:2:1: the first line must name the columns"),
        (b"2026-02-20,USD,1,87.45\n", f"{PATH}:1:1: the first line must name the columns"),
        (b"\xef\xbb\xbf" + HEADER.encode(), f"{PATH}:1:1: the file begins with a byte order mark"),
        (HEADER.encode() + "# курс".encode("cp1251"), f"{PATH}:2:3: this is not UTF-8"),
        (HEADER.encode("utf-16"), f"{PATH}:1:1: this is not UTF-8"),
        (HEADER.encode() + b"2026\0\n", f"{PATH}:2:5: a control character (U+0000)"),
    ],
)
def test_a_file_that_is_none_is_told(data: bytes, said: str) -> None:
    assert told(data)[0].startswith(said)


@pytest.mark.parametrize(
    ("path", "said"),
    [
        (
            "rates/nbkrr/2026.csv",
            "rates/nbkrr/2026.csv: the source of rates “nbkrr” is not known (did you mean “nbkr”?)",
        ),
        ("rates/nbkr/26.csv", "rates/nbkr/26.csv: rates are files rates/<source>/<year>.csv"),
        ("rates/2026.csv", "rates/2026.csv: rates are files"),
    ],
)
def test_a_path_of_no_source_or_year_is_told(path: str, said: str) -> None:
    assert told(HEADER.encode(), path)[0].startswith(said)


def test_a_date_that_no_bank_can_know_is_told_and_the_day_after_the_holidays_is_not() -> None:
    lines = ["2026-03-14,USD,1,87.4", "2026-03-15,USD,1,87.4", "2026-12-15,EUR,1,99"]
    data = (HEADER + "\n".join(lines)).encode()
    file, _ = read_rates(data, PATH)
    assert file is not None
    today = day("2026-03-15") - AHEAD
    said = [problem.text() for problem in too_far_ahead(file, today, lambda path: data)]
    assert said == [f"{PATH}:4:1: the rate of 2026-12-15 lies in the future (look at the year and the month)"]
    assert len(too_far_ahead(file, today - 1, lambda path: data)) == 2
    assert too_far_ahead(file, day("2026-12-15"), lambda path: None) == []


DAYS = st.dates(date(2025, 1, 1), date(2026, 12, 31))
NUMBERS = st.decimals("0.0001", "99999", places=4).map(str)
RATES = st.dictionaries(
    st.tuples(DAYS, st.sampled_from(["USD", "EUR", "JPY"])),
    st.tuples(st.sampled_from(["1", "10", "100", "1.1643"]), NUMBERS),
    min_size=1,
    max_size=30,
)


@given(RATES)
def test_what_is_read_is_what_was_written_and_survives_the_store(
    rates: dict[tuple[date, str], tuple[str, str]],
) -> None:
    files = []
    for year in sorted({at.year for at, _ in rates}):
        rows = [f"{at},{code},{','.join(rate)}" for (at, code), rate in rates.items() if at.year == year]
        files.append(file_of("\n".join(rows), f"rates/nbkr/{year}.csv"))
    files = [msgspec.msgpack.decode(msgspec.msgpack.encode(file), type=RateFile) for file in files]
    digest(tuple(files))
    ledger = ledger_of(reversed(files))
    found = {
        (date.fromordinal(at), code): (nominal, value)
        for code, series in ledger.series.items()
        for at, nominal, value in zip(series.days, series.nominals, series.values, strict=True)
    }
    assert found == rates
    assert all(list(series.days) == sorted(series.days) for series in ledger.series.values())


@given(RATES, DAYS)
def test_cross_rates_are_consistent(rates: dict[tuple[date, str], tuple[str, str]], at: date) -> None:
    rows = "\n".join(f"{on},{code},{','.join(rate)}" for (on, code), rate in rates.items() if on.year == 2026)
    ledger = ledger_of([file_of(rows)])
    codes = [code for code in ("KGS", "USD", "EUR", "JPY") if cost_on(ledger, Pair(code, "KGS"), at.toordinal())]
    for a in codes:
        for b in codes:
            there = cost_on(ledger, Pair(a, b), at.toordinal())
            back = cost_on(ledger, Pair(b, a), at.toordinal())
            assert there is not None
            assert back is not None
            assert there * back == 1
            for c in codes:
                assert there * (cost_on(ledger, Pair(b, c), at.toordinal()) or 0) == cost_on(
                    ledger, Pair(a, c), at.toordinal()
                )


WEEK = """\
2026-02-16,USD,1,87.4500
2026-02-19,USD,1,87.4500
2026-02-20,USD,1,87.8873
2026-02-20,EUR,1,102.50
2026-02-17,JPY,100,56.10
"""


def test_prices_have_both_directions_their_date_and_the_change_against_the_published_day_before() -> None:
    ledger = ledger_of([file_of(WEEK)])
    there, back = (price_on(ledger, pair, day("2026-02-22")) for pair in (Pair("USD", "KGS"), Pair("KGS", "USD")))
    assert there is not None
    assert back is not None
    assert (there.day, there.cost, there.change) == (day("2026-02-20"), Fraction("87.8873"), 50)
    assert (back.day, written(back.cost), back.change) == (day("2026-02-20"), "0.01138", -50)
    still = price_on(ledger, Pair("USD", "KGS"), day("2026-02-19"))
    assert still is not None
    assert still.change == 0
    first = price_on(ledger, Pair("USD", "KGS"), day("2026-02-18"))
    assert first is not None
    assert (first.day, first.change) == (day("2026-02-16"), None)
    assert price_on(ledger, Pair("USD", "KGS"), day("2026-02-15")) is None
    assert price_on(ledger, Pair("CHF", "USD"), day("2026-02-22")) is None


def test_a_cross_rate_is_as_old_as_the_older_of_its_two() -> None:
    ledger = ledger_of([file_of(WEEK)])
    price = price_on(ledger, Pair("USD", "JPY"), day("2026-02-22"))
    assert price is not None
    assert (price.day, price.cost) == (day("2026-02-17"), Fraction("87.8873") / Fraction("0.561"))
    assert [date.fromordinal(at).day for at, _ in course(ledger, Pair("USD", "JPY"), 4)] == [17, 19, 20]
    assert ledger.days(Pair("USD", "JPY"))[0] == day("2026-02-17")
    assert course(ledger, Pair("JPY", "KGS"), 4) == ((day("2026-02-17"), 5610),)


def test_the_home_currency_costs_one() -> None:
    ledger = ledger_of([file_of(WEEK)])
    price = price_on(ledger, Pair("KGS", "KGS"), day("2026-02-22"))
    assert price is not None
    assert (price.cost, price.change) == (1, None)


def test_the_european_central_bank_says_how_much_of_a_currency_one_euro_costs() -> None:
    ledger = ledger_of([file_of("2026-02-20,USD,1.1643,1\n", "rates/ecb/2026.csv")])
    assert cost_on(ledger, Pair("EUR", "USD"), day("2026-02-20")) == Fraction("1.1643")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [("100", "100.005", 1), ("100", "100.0049", 0), ("100", "99.995", -1), ("100", "99.9951", 0), ("3", "4", 3333)],
)
def test_a_change_is_rounded_to_hundredths_of_a_per_cent_away_from_zero(old: str, new: str, said: int) -> None:
    assert change(Fraction(old), Fraction(new)) == said


@given(st.fractions(0, 10**6), st.integers(0, 8))
def test_rounding_is_that_of_decimal_numbers(value: Fraction, decimals: int) -> None:
    assert abs(rounded(value, decimals) - value * 10**decimals) <= Fraction(1, 2)
    assert rounded(-value, decimals) == -rounded(value, decimals)


@pytest.mark.parametrize(
    ("value", "said"),
    [("0.01144", "0.01144"), ("12010.55", "12010.55"), ("87.4500", "87.45"), ("3", "3"), ("0.00008326", "0.00008326")],
)
def test_a_price_is_written_with_four_decimals_or_four_significant_digits(value: str, said: str) -> None:
    assert written(Fraction(value)) == said


@given(st.decimals("0.0000001", "99999", places=7))
def test_a_written_price_is_near_the_price(value: Decimal) -> None:
    assert abs(Fraction(written(Fraction(value))) / Fraction(value) - 1) <= Fraction(1, 1000)


def test_a_price_is_stale_from_the_day_that_is_told() -> None:
    price = price_on(ledger_of([file_of(WEEK)]), Pair("USD", "KGS"), day("2026-03-30"))
    assert price is not None
    at = day("2026-02-26")
    assert stale_on(price, 5) == at
    assert not is_stale(price, at - 1, 5)
    assert is_stale(price, at, 5)


def test_a_fixed_rate_is_never_stale() -> None:
    ledger = ledger_of([file_of("2015-01-01,USD,1,3.5\n", "rates/cbt/2015.csv")])
    price = price_on(ledger, Pair("TMT", "USD"), day("2026-02-20"))
    assert price is not None
    assert (written(price.cost), price.day, stale_on(price)) == ("0.2857", day("2015-01-01"), None)
    assert not is_stale(price, day("2026-02-20"))


def test_every_source_counts_in_a_known_currency() -> None:
    assert set(HOME.values()) <= CURRENCIES


def test_a_rate_stands_over_the_turn_of_the_year() -> None:
    files = [file_of("2025-12-30,USD,1,87\n", "rates/nbkr/2025.csv"), file_of("2026-01-12,USD,1,88\n")]
    ledger = ledger_of(files)
    assert cost_on(ledger, Pair("USD", "KGS"), day("2026-01-05")) == 87
    price = price_on(ledger, Pair("USD", "KGS"), day("2026-01-12"))
    assert price is not None
    assert price.change == 115
