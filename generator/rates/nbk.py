"""The National Bank of Kazakhstan: XML of a day, and RSS of today whose items have their own dates."""

from collections.abc import Iterator

from generator.rates.documents import child, code, dated, expect_root, number, xml
from generator.rates.source import Rate, Wanted

ORIGIN, DOMAIN, ZONE = "https://nationalbank.kz", "nationalbank.kz", "Asia/Almaty"
LIMIT, HAS_PAST = 2_000_000, True


def paths(wanted: Wanted) -> Iterator[str]:
    """The feed of today, or a document for each day."""
    if wanted.first is None:
        yield "/rss/rates_all.xml"
    for day in wanted.days():
        yield f"/rss/get_rates.cfm?fdate={day:%d.%m.%Y}"


def read(body: bytes) -> Iterator[Rate]:
    """The items; a day without rates is a document without items."""
    root = xml(body)
    expect_root(root, "rates", "rss")
    for item in root.iter("item"):
        currency = code(child(item, "title", "an item"), "the <title> of an item")
        date = child(root, "date", "the document") if root.tag == "rates" else child(item, "pubDate", currency)
        units = number(child(item, "quant", currency), f"the <quant> of {currency}")
        value = number(child(item, "description", currency), f"the <description> of {currency}")
        yield Rate(dated(date, f"the date of {currency}"), currency, units, value)
