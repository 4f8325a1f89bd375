"""Rates for programs: the ticker as JSON, the history of a pair as CSV and JSON, the files of a source."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import msgspec
from msgspec import Struct

from generator.content.history import decimal
from generator.content.rate_lines import HEADER
from generator.fields.moments import local_time
from generator.output.courses import all_points
from generator.output.json_files import json_file
from generator.pages.views import CourseView, QuoteView, RateFileView, TickerDataView


class _Quote(Struct):
    """A pair: `price` and `change` (in per cent) are decimal numbers as texts, null where there is none."""

    pair: str
    source: str
    price: str | None
    change: str | None
    date: str | None
    stale: bool


class _Ticker(Struct):
    quotes: list[_Quote]


def ticker_json(view: TickerDataView, time_zone: str) -> bytes:
    """The file."""
    zone = ZoneInfo(time_zone)
    made = _Ticker([_quote(quote, zone) for quote in view.quotes])
    return json_file(made)


def _quote(quote: QuoteView, zone: ZoneInfo) -> _Quote:
    day = str(local_time(quote.date, zone).date()) if quote.date else None
    change = (
        None
        if quote.change is None
        else f"{'-' * (quote.change < 0)}{abs(quote.change) // 100}.{abs(quote.change) % 100:02}"
    )
    return _Quote(f"{quote.unit}/{quote.money}", quote.source, quote.price or None, change, day, quote.stale)


class _Course(Struct):
    """A pair with its prices, each a day and a decimal number as texts."""

    pair: str
    source: str
    prices: list[tuple[str, str]]


def course_file(view: CourseView) -> bytes:
    """The history of a pair: what one unit cost from each day on."""
    history = view.history
    rows = [(str(date.fromordinal(day)), decimal(price, history.decimals)) for day, price in all_points(history)]
    if view.format == "csv":
        return "".join(
            f"{day},{price}\n" for day, price in [("date", f"{history.unit}/{history.money}"), *rows]
        ).encode()
    return msgspec.json.encode(_Course(f"{history.unit}/{history.money}", history.source, rows)) + b"\n"


def rate_file(view: RateFileView) -> bytes:
    """A file of rates in order of days and currencies, without what people wrote between its lines."""
    before = date(view.file.year, 1, 1) - timedelta(days=1)
    rows = sorted(
        (day, column.currency, nominal, value)
        for column in view.file.columns
        for day, nominal, value in zip(column.days, column.each_nominal(), column.each_value(), strict=True)
    )
    written = {day: str(before + timedelta(days=day)) for day in {row[0] for row in rows}}
    lines = (f"{written[day]},{currency},{nominal},{value}\n" for day, currency, nominal, value in rows)
    return "".join((f"{HEADER}\n", *lines)).encode()
