"""The rates of a source over the years: what one currency costs in another on a day, exactly."""

from bisect import bisect_right
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from fractions import Fraction
from functools import lru_cache
from heapq import merge

from msgspec import Struct
from msgspec.structs import replace

from generator.content.rates import Column, RateFile, together
from generator.settings.currencies import CURRENCIES, FIXED, HOME
from generator.settings.rates import STALE_AFTER


class Pair(Struct, frozen=True, gc=False, array_like=True):
    """What one unit of a currency costs in another: KGS/USD is the price of one som in dollars."""

    unit: str
    money: str


class Series(Struct, frozen=True, gc=False, array_like=True):
    """The rates of one currency, the oldest first: on `days` (ordinals of `date`), so many units (nominals) cost so much
    (values) in the source's currency, each as it was published."""

    days: tuple[int, ...] = ()
    nominals: tuple[str, ...] = ()
    values: tuple[str, ...] = ()

    def standing(self, day: int) -> int:
        """The position of the rate that stands on a day: the last one published for it or before it; -1 where none is."""
        return bisect_right(self.days, day) - 1

    def cost(self, at: int) -> tuple[int, int]:
        """What one unit costs by the rate at a position: whole numbers, of which the first is to be divided by the second."""
        (value, one), (nominal, other) = _whole(self.values[at]), _whole(self.nominals[at])
        return value * other, nominal * one


class Ledger(Struct, frozen=True, gc=False):
    """All rates of one source; `home` is the currency in which it counts."""

    source: str
    home: str
    series: dict[str, Series]

    def days(self, pair: Pair) -> Sequence[int]:
        """The days for which a rate of either currency was published, from the first on which both have one."""
        found = [self.series.get(code, Series()).days for code in (pair.unit, pair.money) if code != self.home]
        if len(found) == 1 or (found and found[0] == found[1]):
            return found[0]
        if not found or not all(found):
            return ()
        first = max(days[0] for days in found)
        return tuple(sorted({day for day in merge(*found) if day >= first}))


class Price(Struct, frozen=True, gc=False):
    """What a pair costs. `day` is the date of the rate; of a cross rate, whose two rates may be of different days, the date
    of the older one. `change` is in hundredths of a per cent against the published day before (None: there was none). A
    `fixed` one is in force until another is set."""

    pair: Pair
    day: int
    cost: Fraction
    change: int | None
    fixed: bool = False


def ledger_of(files: Iterable[RateFile], codes: Collection[str] = CURRENCIES) -> Ledger:
    """The ledger of the files of one source, of which there is at least one, with these currencies alone."""
    ordered = sorted(files, key=lambda file: file.year)
    source = ordered[0].source
    parts: dict[str, list[tuple[int, Column]]] = {}
    for file in ordered:
        before = date(file.year, 1, 1).toordinal() - 1
        for column in (column for column in file.columns if column.currency in codes):
            parts.setdefault(column.currency, []).append((before, column))
    return Ledger(source, HOME[source], {currency: _joined(columns) for currency, columns in parts.items()})


def _joined(columns: Sequence[tuple[int, Column]]) -> Series:
    days: list[int] = []
    nominals: list[str] = []
    values: list[str] = []
    for before, column in columns:
        days += [before + day for day in column.days]
        nominals += column.each_nominal()
        values += column.each_value()
    return Series(tuple(days), tuple(nominals), tuple(values))


def part_of(files: Iterable[RateFile], codes: Collection[str], until: int) -> tuple[RateFile, ...]:
    """What files hold of some currencies up to a day, without files that hold nothing of it: enough for their course."""
    parts = (_part(file, codes, until - (date(file.year, 1, 1).toordinal() - 1)) for file in files)
    return tuple(part for part in parts if part.columns)


def _part(file: RateFile, codes: Collection[str], last: int) -> RateFile:
    columns = (_up_to(column, last) for column in file.columns if column.currency in codes and column.days[0] <= last)
    return replace(file, columns=tuple(columns))


def _up_to(column: Column, last: int) -> Column:
    count = bisect_right(column.days, last)
    if count == len(column.days):
        return column
    nominals, values = column.each_nominal()[:count], column.each_value()[:count]
    return Column(column.currency, column.days[:count], together(nominals), together(values))


def cost_on(ledger: Ledger, pair: Pair, day: int) -> Fraction | None:
    """What a pair costs on a day, across the source's own currency; the last rate stands where none was published."""
    found = _ratio(ledger, pair, day)
    return Fraction(*found) if found else None


def price_on(ledger: Ledger, pair: Pair, day: int) -> Price | None:
    """The price of a pair that stands on a day; None where the source has none yet."""
    cost, days = cost_on(ledger, pair, day), ledger.days(pair)
    if cost is None:
        return None
    at = bisect_right(days, day) - 1
    before = cost_on(ledger, pair, days[at - 1]) if at > 0 else None
    dated = [_dated(ledger, code, day) for code in (pair.unit, pair.money)]
    return Price(pair, min(dated), cost, change(before, cost) if before else None, ledger.source in FIXED)


def course(ledger: Ledger, pair: Pair, decimals: int) -> tuple[tuple[int, int], ...]:
    """A pair's prices day by day in units of 10**-decimals: what a chart draws."""
    return tuple(
        (day, _divided(found[0] * 10**decimals, found[1]))
        for day in ledger.days(pair)
        if (found := _ratio(ledger, pair, day))
    )


def _ratio(ledger: Ledger, pair: Pair, day: int) -> tuple[int, int] | None:
    unit, money = _standing(ledger, pair.unit, day), _standing(ledger, pair.money, day)
    return (unit[0] * money[1], unit[1] * money[0]) if unit and money else None


def _standing(ledger: Ledger, currency: str, day: int) -> tuple[int, int] | None:
    """What one unit of a currency costs at home on a day; at home, one unit costs one."""
    if currency == ledger.home:
        return 1, 1
    series = ledger.series.get(currency, Series())
    at = series.standing(day)
    return series.cost(at) if at >= 0 else None


def _dated(ledger: Ledger, currency: str, day: int) -> int:
    """The date of the rate that stands on a day; the home currency's is of that day."""
    series = ledger.series.get(currency, Series())
    return day if currency == ledger.home else series.days[series.standing(day)]


@lru_cache(maxsize=4096)
def _whole(text: str) -> tuple[int, int]:
    """A decimal number as two whole numbers: 87.45 is 8745 over 100."""
    whole, _, decimals = text.partition(".")
    return int(whole + decimals), int("1" + "0" * len(decimals))


def change(old: Fraction, new: Fraction) -> int:
    """The change in hundredths of a per cent; what lies in the middle is rounded away from zero."""
    return rounded((new - old) / old, 4)


def rounded(value: Fraction, decimals: int) -> int:
    """A value in units of 10**-decimals; what lies in the middle is rounded away from zero."""
    whole = _divided(abs(value.numerator) * 10**decimals, value.denominator)
    return whole if value >= 0 else -whole


def _divided(top: int, bottom: int) -> int:
    return (2 * top + bottom) // (2 * bottom)


def written(value: Fraction) -> str:
    """A price in decimals: four of them or, where that says more, four significant digits; no zeros at the end."""
    return decimal(rounded(value, decimals_of(value)), decimals_of(value)).rstrip("0").rstrip(".")


def decimals_of(value: Fraction) -> int:
    """How many decimals a price is written with."""
    decimals = 4
    while decimals < 20 and 0 < value * 10**decimals < 1000:
        decimals += 1
    return decimals


def decimal(amount: int, decimals: int) -> str:
    """An amount in units of 10**-decimals, of which there are some, with a point."""
    digits = str(amount).rjust(decimals + 1, "0")
    return f"{digits[:-decimals]}.{digits[-decimals:]}"


def is_stale(price: Price, today: int, after: int = STALE_AFTER) -> bool:
    """Whether a price is to be marked as stale."""
    at = stale_on(price, after)
    return at is not None and today >= at


def stale_on(price: Price, after: int = STALE_AFTER) -> int | None:
    """The day from which on a price is stale where no other follows it, on which a site changes by itself; None: never."""
    return None if price.fixed else price.day + after + 1
