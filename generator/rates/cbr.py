"""The Bank of Russia: XML in windows-1251 with decimal commas, of the last day up to the one that was asked for."""

from collections.abc import Iterator

from generator.rates import valutes
from generator.rates.source import Rate, Wanted

ORIGIN, DOMAIN, ZONE = "https://www.cbr.ru", "cbr.ru", "Europe/Moscow"
LIMIT, HAS_PAST = 2_000_000, True


def paths(wanted: Wanted) -> Iterator[str]:
    """The newest document, or one for each day."""
    if wanted.first is None:
        yield "/scripts/XML_daily.asp"
    for day in wanted.days():
        yield f"/scripts/XML_daily.asp?date_req={day:%d/%m/%Y}"


def read(body: bytes) -> Iterator[Rate]:
    """The rates of the day that the document names."""
    return valutes.read(body)
