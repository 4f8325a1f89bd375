"""The National Bank of Tajikistan: XML of a day, weekends too; for days that it does not have it gives today's."""

from collections.abc import Iterator

from generator.rates import valutes
from generator.rates.source import Rate, Wanted

ORIGIN, DOMAIN, ZONE = "https://www.nbt.tj", "nbt.tj", "Asia/Dushanbe"
LIMIT, HAS_PAST = 2_000_000, True


def paths(wanted: Wanted) -> Iterator[str]:
    """A document for each day, or for today."""
    for day in wanted.days() if wanted.first else [wanted.today]:
        yield f"/ru/kurs/export_xml.php?date={day}&export=xmlout"


def read(body: bytes) -> Iterator[Rate]:
    """The rates of the day that the document names."""
    return valutes.read(body)
