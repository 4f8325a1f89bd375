"""The feed of daily rates: a day is an entry."""

from bisect import bisect_right
from collections.abc import Iterator
from datetime import date

from generator.content.history import Pair, Price, price_on, written
from generator.pages import addresses
from generator.pages.desk import Desk
from generator.pages.feed_entries import permanent_id
from generator.pages.feeds import feed_page
from generator.pages.page import Page
from generator.pages.views import FeedEntry
from generator.site.exchange import Exchange, midnight, noon
from generator.site.sections import PORTAL

DAYS = 30
"""Published days in the feed."""


def rates_feed(desk: Desk, exchange: Exchange) -> Page:
    """The pairs of the page on rates, day by day."""
    page = addresses.rates_address(desk.root)
    return feed_page(
        desk,
        addresses.feed_address(page),
        (_entry(desk, exchange, day) for day in _days(exchange)),
        id=permanent_id("feed", desk.language, "rates"),
        title=f"{desk.section_name(PORTAL)}: {desk.words.t('rates.feed')}",
        page_url=desk.url(page),
    )


def _days(exchange: Exchange) -> list[int]:
    """The last days up to today for which a rate of some pair was published, the newest first."""
    found: set[int] = set()
    for quote in exchange.settings.pairs:
        ledger = exchange.ledgers.get(quote.source)
        days = ledger.days(Pair(quote.unit, quote.money)) if ledger else ()
        found.update(days[: bisect_right(days, exchange.today)][-DAYS:])
    return sorted(found, reverse=True)[:DAYS]


def _entry(desk: Desk, exchange: Exchange, day: int) -> FeedEntry:
    begins, title = (
        midnight(day, exchange.zone),
        desk.words.t("rates.of", date=desk.words.date(noon(day, exchange.zone))),
    )
    return FeedEntry(
        id=permanent_id("rates", desk.language, str(date.fromordinal(day))),
        url=f"{desk.url(addresses.rates_address(desk.root))}?date={date.fromordinal(day)}",
        title=title,
        summary="; ".join(_lines(desk, exchange, day)),
        published=begins,
        updated=begins,
        text=None,
    )


def _lines(desk: Desk, exchange: Exchange, day: int) -> Iterator[str]:
    for quote in exchange.settings.pairs:
        ledger = exchange.ledgers.get(quote.source)
        price = price_on(ledger, Pair(quote.unit, quote.money), day) if ledger else None
        if price is not None:
            yield f"{quote.name} {desk.words.decimal(written(price.cost))}{_change(desk, price, day)}"


def _change(desk: Desk, price: Price, day: int) -> str:
    """The change, where the rate is of that day."""
    return f" ({desk.words.percent(price.change)})" if price.change is not None and price.day == day else ""
