"""The rates of a portal as they stand on a day: what each pair costs, by whose rates, and when that changes by itself."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from fractions import Fraction
from functools import cached_property
from zoneinfo import ZoneInfo

from generator.content.contents import Contents
from generator.content.history import Ledger, Pair, Price, is_stale, ledger_of, price_on, stale_on
from generator.content.rates import RateFile
from generator.fields.moments import local_time
from generator.settings.rates import Quote, Rates


class Exchange:
    """The rates on the day `today` (an ordinal of `date`) in the portal's time zone; a rate whose day has not come waits."""

    def __init__(self, settings: Rates, files: Iterable[RateFile], now: int, zone: ZoneInfo) -> None:
        self.settings, self.files, self.now, self.zone = settings, tuple(files), now, zone
        self.today = day_of(now, zone)
        self._prices: dict[Quote, Price | None] = {}

    @cached_property
    def ledgers(self) -> dict[str, Ledger]:
        """The ledgers of the sources that the portal names, with the currencies that it names."""
        shown = (*self.settings.pairs, *self.settings.ticker)
        codes = {*self.settings.currencies, *(code for one in shown for code in (one.unit, one.money))}
        files: dict[str, list[RateFile]] = {}
        for file in self.files:
            files.setdefault(file.source, []).append(file)
        return {source: ledger_of(files[source], codes) for source in self.sources if source in files}

    @cached_property
    def sources(self) -> tuple[str, ...]:
        """The sources that the portal names, the main one first."""
        shown = (*self.settings.pairs, *self.settings.ticker)
        return tuple(dict.fromkeys((self.settings.source, *(one.source for one in shown))))

    def price(self, quote: Quote) -> Price | None:
        """What a pair costs today by the rates of its source, or across what both currencies cost in the main one."""
        if quote not in self._prices:
            self._prices[quote] = self._direct(quote) or self._across(quote)
        return self._prices[quote]

    def value(self, code: str) -> Price | None:
        """What one unit of a currency costs in the main source's own; by the pair with another source that the portal names
        for it, where the main source has no rate of it."""
        home = self.settings.home
        found = self._direct(Quote(code, home, self.settings.source))
        if found is not None:
            return found
        for one in (*self.settings.pairs, *self.settings.ticker):
            if code in (one.unit, one.money) and one.source != self.settings.source:
                other = one.money if code == one.unit else one.unit
                first = self._direct(Quote(code, other, one.source))
                second = self._direct(Quote(other, home, self.settings.source))
                if first and second:
                    return _combined(Pair(code, home), first, second, first.cost * second.cost)
        return None

    def files_of(self, source: str) -> list[RateFile]:
        """The files of a source, the oldest year first."""
        return sorted((file for file in self.files if file.source == source), key=lambda file: file.year)

    def last_day(self, quote: Quote) -> int | None:
        """The last day up to today for which the source of a pair has a rate of it."""
        ledger = self.ledgers.get(quote.source)
        days = ledger.days(_pair(quote)) if ledger else ()
        at = bisect_right(days, self.today)
        return days[at - 1] if at else None

    def is_stale(self, price: Price) -> bool:
        """Whether a price is to be marked as stale."""
        return is_stale(price, self.today, self.settings.stale_after)

    def turns(self) -> Iterator[int]:
        """The moments after now at which some price changes by itself: another rate comes into force, or one grows stale."""
        for quote in self._all():
            ledger = self.ledgers.get(quote.source)
            days = ledger.days(_pair(quote)) if ledger else ()
            yield from (midnight(day, self.zone) for day in days[bisect_right(days, self.today) :][:1])
            price = self._direct(quote)
            stale = stale_on(price, self.settings.stale_after) if price else None
            if stale is not None and stale > self.today:
                yield midnight(stale, self.zone)

    def _all(self) -> Iterator[Quote]:
        """The pairs of which all prices are made."""
        yield from dict.fromkeys((*self.settings.pairs, *self.settings.ticker))
        home, source = self.settings.home, self.settings.source
        yield from (Quote(code, home, source) for code in self.settings.currencies if code != home)

    def _direct(self, quote: Quote) -> Price | None:
        ledger = self.ledgers.get(quote.source)
        return price_on(ledger, _pair(quote), self.today) if ledger else None

    def _across(self, quote: Quote) -> Price | None:
        unit, money = self.value(quote.unit), self.value(quote.money)
        return _combined(_pair(quote), unit, money, unit.cost / money.cost) if unit and money else None


def exchange_of(contents: Contents, now: int) -> Exchange | None:
    """The rates of a portal; None where it shows none."""
    config = contents.config
    return Exchange(config.rates, contents.rates, now, config.zone) if config.rates else None


def _pair(quote: Quote) -> Pair:
    return Pair(quote.unit, quote.money)


def _combined(pair: Pair, one: Price, other: Price, cost: Fraction) -> Price:
    """A price that is made of two; it is as old as the older of those that are not fixed."""
    days = [price.day for price in (one, other) if not price.fixed] or [one.day, other.day]
    return Price(pair, min(days), cost, None, one.fixed and other.fixed)


def day_of(moment: int, zone: ZoneInfo) -> int:
    """The day of a moment in a zone, as an ordinal of `date`."""
    return local_time(moment, zone).toordinal()


def midnight(day: int, zone: ZoneInfo) -> int:
    """The moment at which a day begins."""
    return _at(day, time(0), zone)


def noon(day: int, zone: ZoneInfo) -> int:
    """The moment that stands for a day where its date is shown."""
    return _at(day, time(12), zone)


def _at(day: int, clock: time, zone: ZoneInfo) -> int:
    return int(datetime.combine(date.fromordinal(day), clock, zone).timestamp())
