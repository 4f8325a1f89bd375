"""The Central Bank of Uzbekistan: a JSON list whose numbers are texts."""

from collections.abc import Iterator

from msgspec import Struct

from generator.rates.documents import code, dated, number, rows_of
from generator.rates.source import Rate, Wanted

ORIGIN, DOMAIN, ZONE = "https://cbu.uz", "cbu.uz", "Asia/Tashkent"
LIMIT, HAS_PAST = 2_000_000, True


class _Row(Struct, rename={"currency": "Ccy", "nominal": "Nominal", "rate": "Rate", "date": "Date"}):
    currency: str
    nominal: str
    rate: str
    date: str


def paths(wanted: Wanted) -> Iterator[str]:
    """The newest list, or a list for each day."""
    if wanted.first is None:
        yield "/ru/arkhiv-kursov-valyut/json/"
    for day in wanted.days():
        yield f"/ru/arkhiv-kursov-valyut/json/all/{day}/"


def read(body: bytes) -> Iterator[Rate]:
    """The rows, each of which has its own date."""
    for row in rows_of(body, _Row):
        currency = code(row.currency, "a Ccy")
        units, value = number(row.nominal, f"the Nominal of {currency}"), number(row.rate, f"the Rate of {currency}")
        yield Rate(dated(row.date, f"the Date of {currency}"), currency, units, value)
