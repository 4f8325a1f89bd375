"""Prices as pages show them: of a pair, of the ticker."""

from fractions import Fraction

from generator.content.history import Price, decimal, decimals_of, rounded, written
from generator.pages import addresses
from generator.pages.desk import Desk
from generator.pages.page import Page
from generator.pages.views import QuoteView, TickerDataView, TickerView
from generator.settings.rates import Quote
from generator.site.exchange import Exchange, noon


def quote_view(desk: Desk, exchange: Exchange, quote: Quote, of: str = "") -> QuoteView:
    """A pair with its price today, and the way to the page of one of its currencies, the unit unless another is named."""
    price, href, code = exchange.price(quote), "", of or quote.unit
    if code in exchange.settings.currencies:
        href = desk.href(addresses.currency_address(desk.root, code))
    if price is None:
        return QuoteView(quote.unit, quote.money, quote.source, href=href)
    return QuoteView(
        quote.unit,
        quote.money,
        quote.source,
        written(price.cost),
        price.change,
        noon(price.day, exchange.zone),
        exchange.is_stale(price),
        href,
    )


def value_written(price: Price | None) -> str:
    """A price with so many digits that what is reckoned with it is right to the last one shown."""
    if price is None:
        return ""
    decimals = decimals_of(price.cost) + 8
    return decimal(rounded(price.cost, decimals), decimals).rstrip("0").rstrip(".")


def sum_written(value: Fraction) -> str:
    """A sum of money: hundredths where it has whole units, else as a price."""
    return decimal(rounded(value, 2), 2) if value >= 1 else written(value)


def ticker_view(desk: Desk, exchange: Exchange) -> TickerView:
    """The pairs of the ticker."""
    quotes = tuple(quote_view(desk, exchange, quote) for quote in exchange.settings.ticker)
    return TickerView(quotes, desk.href(addresses.rates_address(desk.root)))


def ticker_page(desk: Desk, exchange: Exchange) -> Page:
    """The ticker for `aryk-live`, or for a server that includes it."""
    return Page(addresses.ticker_address(desk.root), desk.language, ticker_view(desk, exchange))


def ticker_data_page(desk: Desk, exchange: Exchange) -> Page:
    """The ticker for programs."""
    view = TickerDataView(ticker_view(desk, exchange).quotes)
    return Page(addresses.ticker_address(desk.root, "json"), desk.language, view)
