"""The page on rates and the pages of currencies, with the files that hold what they show."""

from collections.abc import Iterator

from generator.content.history import decimals_of, part_of, written
from generator.content.rates import RateFile
from generator.pages import addresses
from generator.pages.desk import Desk
from generator.pages.page import Page
from generator.pages.quotes import quote_view, sum_written, value_written
from generator.pages.views import (
    Amount,
    CourseView,
    CurrencyLink,
    CurrencyView,
    DayFiles,
    FeedLink,
    HistoryView,
    Link,
    RateFileView,
    RatesView,
)
from generator.settings.currencies import HOME
from generator.settings.rates import Quote
from generator.site.exchange import Exchange
from generator.site.sections import PORTAL

CROSSED = 8
"""Currencies in the table of cross rates; all of them stand on the page of each."""
AMOUNTS = (1, 5, 10, 20, 50, 100, 500, 1_000, 5_000, 10_000)


def rates_page(desk: Desk, exchange: Exchange) -> Page:
    """All pairs, all currencies, and the rates of any day."""
    address, t = addresses.rates_address(desk.root), desk.words.t
    feed = FeedLink(t("rates.feed"), desk.href(addresses.feed_address(address)))
    quotes = tuple(quote_view(desk, exchange, quote) for quote in exchange.settings.pairs)
    view = RatesView(
        head=desk.head(
            address,
            t("rates.title"),
            alternates=desk.everywhere(addresses.rates_address("")),
            feeds=(feed, desk.feed(PORTAL)),
        ),
        crumbs=(desk.section_link(PORTAL),),
        date=max((quote.date for quote in quotes), default=0),
        quotes=quotes,
        currencies=_currencies(desk, exchange),
        cross=tuple(_cross(exchange)),
        days=tuple(_day_files(desk, exchange)),
        feed=feed.href,
    )
    return Page(address, desk.language, view)


def currency_page(desk: Desk, exchange: Exchange, code: str) -> Page:
    """A currency: what it costs, what it cost, and amounts of it."""
    address, settings, name = addresses.currency_address(desk.root, code), exchange.settings, _name(desk, code)
    others = [settings.quote(code, other) for other in settings.currencies if other != code]
    main = main_quote(exchange, code)
    history = _history(desk, exchange, code)
    view = CurrencyView(
        head=desk.head(
            address,
            f"{desk.words.t('rates.title')}: {name}",
            alternates=desk.everywhere(addresses.currency_address("", code)),
        ),
        crumbs=(
            desk.section_link(PORTAL),
            Link(desk.words.t("rates.title"), desk.href(addresses.rates_address(desk.root))),
        ),
        code=code,
        name=name,
        money=main.money if main else "",
        quotes=tuple(quote_view(desk, exchange, quote, of=quote.money) for quote in others),
        history=history,
        amounts=tuple(_amounts(exchange, main)) if main else (),
        currencies=_currencies(desk, exchange),
    )
    return Page(address, desk.language, view)


def main_quote(exchange: Exchange, code: str) -> Quote | None:
    """The pair whose history a currency's page shows: the first that the portal names, else that with the money of the
    main source."""
    settings = exchange.settings
    for one in (*settings.pairs, *settings.ticker):
        if one.unit == code:
            return one
    other = next((other for other in (settings.home, *settings.currencies) if other != code), "")
    return settings.quote(code, other) if other else None


def course_pages(desk: Desk, exchange: Exchange, code: str) -> Iterator[Page]:
    """The history of a currency as files; they are the same in all languages."""
    history = _history(desk, exchange, code)
    for format in ("csv", "json") if history else ():
        assert history is not None
        yield Page(addresses.course_address(desk.root, code, format), desk.language, CourseView(format, history))


def rate_file_page(desk: Desk, file: RateFile) -> Page:
    """A file of rates as readers and scripts get it."""
    return Page(addresses.rate_file_address(desk.root, file.source, file.year), desk.language, RateFileView(file))


def _history(desk: Desk, exchange: Exchange, code: str) -> HistoryView | None:
    quote = main_quote(exchange, code)
    price = exchange.price(quote) if quote else None
    until = exchange.last_day(quote) if quote else None
    if quote is None or price is None or until is None:
        return None
    files = part_of(exchange.files_of(quote.source), (quote.unit, quote.money), until)
    root = addresses.language_root(desk.site.contents.config, desk.site.contents.config.language)
    csv, json = (desk.href(addresses.course_address(root, code, format)) for format in ("csv", "json"))
    return HistoryView(quote.unit, quote.money, quote.source, decimals_of(price.cost), until, files, csv, json)


def _name(desk: Desk, code: str) -> str:
    name = desk.words.currency_name(code)
    return f"{name[:1].upper()}{name[1:]}"


def _currencies(desk: Desk, exchange: Exchange) -> tuple[CurrencyLink, ...]:
    return tuple(
        CurrencyLink(
            code,
            _name(desk, code),
            desk.href(addresses.currency_address(desk.root, code)),
            value_written(exchange.value(code)),
        )
        for code in exchange.settings.currencies
    )


def _cross(exchange: Exchange) -> Iterator[tuple[str, ...]]:
    settings = exchange.settings
    codes = settings.currencies[:CROSSED]
    for unit in codes:
        prices = (exchange.price(settings.quote(unit, money)) if unit != money else None for money in codes)
        yield tuple(written(price.cost) if price else "" for price in prices)


def _amounts(exchange: Exchange, quote: Quote) -> Iterator[Amount]:
    price = exchange.price(quote)
    for amount in AMOUNTS if price else ():
        assert price is not None
        yield Amount(amount, sum_written(amount * price.cost), sum_written(amount / price.cost))


def _day_files(desk: Desk, exchange: Exchange) -> Iterator[DayFiles]:
    config = desk.site.contents.config
    root = addresses.language_root(config, config.language)
    for source in exchange.sources:
        years = tuple(file.year for file in exchange.files_of(source))
        if years:
            yield DayFiles(source, HOME[source], years, desk.href(addresses.rate_file_address(root, source, "YEAR")))
