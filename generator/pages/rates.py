"""Which pages there are on rates, by their keys; where the portal shows none, there are none."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import PurePosixPath

from generator.pages import addresses
from generator.pages.currencies import course_pages, currency_page, rate_file_page, rates_page
from generator.pages.desk import Desk
from generator.pages.keys import Key
from generator.pages.page import Page
from generator.pages.quotes import ticker_data_page, ticker_page
from generator.pages.rates_feed import rates_feed
from generator.site.arrange import Site
from generator.site.exchange import Exchange, day_of

Desks = Mapping[str, Desk]
_Making = Callable[[Desk, Exchange], Page]

_IN_LANGUAGE: dict[str, _Making] = {
    "ticker": ticker_page,
    "ticker data": ticker_data_page,
    "rates": rates_page,
    "rates feed": rates_feed,
}


def rate_makers(site: Site, desks: Desks) -> dict[str, Callable[..., Iterator[Page]]]:
    """What makes the pages of each kind of key."""
    exchange, main = site.exchange, desks[site.contents.config.language]
    if exchange is None:
        return {}

    def in_language(make: _Making) -> Callable[..., Iterator[Page]]:
        return lambda language: iter((make(desks[language], exchange),))

    def rate_file(source: str, year: int) -> Iterator[Page]:
        return (rate_file_page(main, file) for file in exchange.files_of(source) if file.year == year)

    return {
        **{kind: in_language(make) for kind, make in _IN_LANGUAGE.items()},
        "currency": lambda code, language: iter((currency_page(desks[language], exchange, code),)),
        "course": lambda code: course_pages(main, exchange, code),
        "rate file": rate_file,
    }


def rate_keys(site: Site) -> Iterator[Key]:
    """The keys of all pages on rates; those of a currency one after another, for they show the same history."""
    exchange = site.exchange
    if exchange is None:
        return
    yield from ((kind, language) for language in site.editions for kind in _IN_LANGUAGE)
    for code in exchange.settings.currencies:
        yield ("course", code)
        yield from (("currency", code, language) for language in site.editions)
    yield from (("rate file", source, file.year) for source in exchange.sources for file in exchange.files_of(source))


def touched_rates(site: Site, files: Iterable[str], then: int) -> Iterator[Key]:
    """The keys that changed files of rates touch; without any, those that a new day does, on which other rates may stand."""
    exchange = site.exchange
    if exchange is None:
        return
    changed = [PurePosixPath(path) for path in files]
    if changed or day_of(then, exchange.zone) != exchange.today:
        yield from (key for key in rate_keys(site) if key[0] != "rate file")
    for path in changed:
        if path.parent.name in exchange.sources and path.stem.isdecimal():
            yield ("rate file", path.parent.name, int(path.stem))


def rate_addresses(site: Site, key: Key, desks: Desks) -> tuple[str, ...]:
    """Where the pages of a key are, or were; none where the key is of no page on rates."""
    kind, root = key[0], addresses.language_root(site.contents.config, site.contents.config.language)
    if kind == "rate file":
        return (addresses.rate_file_address(root, str(key[1]), int(key[2])),)
    if kind == "course":
        return tuple(addresses.course_address(root, str(key[1]), format) for format in ("csv", "json"))
    if kind == "currency":
        return (addresses.currency_address(desks[str(key[2])].root, str(key[1])),)
    page = _PLACES.get(str(kind))
    return (page(desks[str(key[1])].root),) if page else ()


_PLACES: dict[str, Callable[[str], str]] = {
    "ticker": addresses.ticker_address,
    "ticker data": lambda root: addresses.ticker_address(root, "json"),
    "rates": addresses.rates_address,
    "rates feed": lambda root: addresses.feed_address(addresses.rates_address(root)),
}
