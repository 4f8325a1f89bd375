"""The document <ValCurs>, which the Bank of Russia made and the National Bank of Tajikistan took over."""

from collections.abc import Iterator

from generator.rates.documents import attribute, child, code, dated, expect_root, number, xml
from generator.rates.source import Rate


def read(body: bytes) -> Iterator[Rate]:
    """The rates of the day in the document, which may be another one than was asked for. The code is that of <CharCode>:
    the numbers beside it are partly those of currencies that are gone."""
    root = xml(body)
    expect_root(root, "ValCurs")
    date = dated(attribute(root, "Date", "the document"), "the Date of the document")
    for element in root.iter("Valute"):
        currency = code(child(element, "CharCode", "a currency"), "a <CharCode>")
        units = number(child(element, "Nominal", currency), f"the <Nominal> of {currency}")
        value = number(child(element, "Value", currency), f"the <Value> of {currency}")
        yield Rate(date, currency, units, value)
