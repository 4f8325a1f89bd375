"""The National Bank of the Kyrgyz Republic: XML of the five main currencies for a day, of the others for a week."""

from collections.abc import Iterator

from generator.rates.documents import attribute, child, code, dated, expect_root, number, xml
from generator.rates.source import Rate, Wanted

ORIGIN, DOMAIN, ZONE = "https://www.nbkr.kg", "nbkr.kg", "Asia/Bishkek"
LIMIT, HAS_PAST = 2_000_000, False


def paths(wanted: Wanted) -> Iterator[str]:
    """Both documents; where they have the same currency, the daily one counts."""
    yield "/XML/daily.xml"
    yield "/XML/weekly.xml"


def read(body: bytes) -> Iterator[Rate]:
    """The currencies; the date is the one from which on the rates are in force, often tomorrow's."""
    root = xml(body)
    expect_root(root, "CurrencyRates")
    date = dated(attribute(root, "Date", "the document"), "the Date of the document")
    for element in root.iter("Currency"):
        currency = code(attribute(element, "ISOCode", "a currency"), "an ISOCode")
        units = number(child(element, "Nominal", currency), f"the <Nominal> of {currency}")
        value = number(child(element, "Value", currency), f"the <Value> of {currency}")
        yield Rate(date, currency, units, value)
