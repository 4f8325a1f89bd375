"""The European Central Bank: XML that says how much of each currency one euro costs, for a day, 90 days or since 1999."""

from collections.abc import Iterator
from datetime import timedelta

from generator.rates.documents import attribute, code, dated, expect_root, number, xml
from generator.rates.source import WEEK, Rate, Wanted

ORIGIN, DOMAIN, ZONE = "https://www.ecb.europa.eu", "ecb.europa.eu", "Europe/Berlin"
LIMIT, HAS_PAST = 16_000_000, True

_RECENT = timedelta(days=85)  # the short history is said to have 90 days, and its first days are not to be relied upon


def paths(wanted: Wanted) -> Iterator[str]:
    """The shortest document that reaches back far enough."""
    first = wanted.first
    span = "daily" if first is None else "hist-90d" if first - WEEK > wanted.today - _RECENT else "hist"
    yield f"/stats/eurofxref/eurofxref-{span}.xml"


def read(body: bytes) -> Iterator[Rate]:
    """The cubes of each day. One euro is what so many units cost, so that the published number stays as it is."""
    root = xml(body)
    expect_root(root, "Envelope")
    for day in root.iter("Cube"):
        if "time" not in day.attrib:
            continue
        date = dated(attribute(day, "time", "a day"), "the time of a day")
        for cube in day:
            currency = code(attribute(cube, "currency", f"a rate of {date}"), f"a currency of {date}")
            units = number(attribute(cube, "rate", f"{currency} of {date}"), f"the rate of {currency} of {date}")
            yield Rate(date, currency, units, "1")
