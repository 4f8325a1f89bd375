"""A chart of rates as inline SVG: no scripts, the colours of the page around it, small whatever the number of its points.

It is drawn with `currentColor` and the classes chart, chart-grid, chart-text, chart-line and chart-last, so that a style
sheet makes it light or dark. A rate stands until the next, so the line goes in steps and not aslant between them.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import date
from html import escape
from typing import Literal

from msgspec import Struct

Points = Sequence[tuple[int, int]]
"""Days (ordinals of `date`), the earliest first, and what it cost on each in units of 10**-decimals."""

SPANS = {"week": 7, "month": 31, "year": 366, "all": 0}
"""The spans of a chart in days; 0 is all that there is."""

_WIDTH, _HEIGHT = 480, 200
_RIGHT, _TOP, _BOTTOM = 396, 12, 164
"""The edges of the field in which the line is; right of it are the prices, below it the days."""
_GRAIN = 2
"""The line has one stretch for each so many units: twenty years become some two hundred stretches."""
_MOST_LINES, _MOST_DAYS = 5, 7


class Tick(Struct, frozen=True, gc=False, array_like=True):
    """A day to be named below the line, and by what: its day of the month, its month or its year."""

    day: int
    unit: Literal["day", "month", "year"]


class Drawing(Struct, frozen=True, gc=False, array_like=True):
    """What is to be drawn, from the first point to the day `until`. `id` is one that nothing else on the page has; `title` and
    `description` say the same in words; `names` are the words below some days."""

    id: str
    title: str
    description: str
    points: tuple[tuple[int, int], ...]
    until: int
    decimals: int
    names: tuple[tuple[int, str], ...] = ()


def latest(points: Points, days: int, until: int) -> tuple[tuple[int, int], ...]:
    """The points of the last days before `until` (0: all), beginning with what stood on the first of them."""
    points = points[: bisect_right(points, until, key=lambda point: point[0])]
    if not days or not points or points[0][0] > until - days:
        return tuple(points)
    first = until - days
    at = bisect_right(points, first, key=lambda point: point[0]) - 1
    return ((first, points[at][1]), *points[at + 1 :])


def ticks(first: int, last: int) -> tuple[Tick, ...]:
    """The days to be named between two days: each, every seventh, beginnings of months, or beginnings of years."""
    days = last - first
    if days <= 8 * _MOST_DAYS:
        step = 1 if days < 8 else 7
        return tuple(Tick(day, "day") for day in range(last, first - 1, -step))[::-1]
    years = range(date.fromordinal(first).year, date.fromordinal(last).year + 1)
    if days <= 800:
        step = 2 if days <= 400 else 4
        begun = [(date(year, month, 1).toordinal(), "month") for year in years for month in range(1, 13, step)]
        return tuple(Tick(day, "month") for day, _ in begun if first <= day <= last)
    step = -(-len(years) // _MOST_DAYS)
    return tuple(
        Tick(day, "year")
        for year in years
        if not year % step and first <= (day := date(year, 1, 1).toordinal()) <= last
    )


def chart(drawing: Drawing) -> str:
    """The element <svg>; empty where there is nothing to draw."""
    if not drawing.points:
        return ""
    field = _field(drawing)
    id = escape(drawing.id)
    return "".join(
        (
            f'<svg class="chart" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" aria-labelledby="{id}-title {id}-desc">',
            f'<title id="{id}-title">{escape(drawing.title)}</title>',
            f'<desc id="{id}-desc">{escape(drawing.description)}</desc>',
            *_prices(field, drawing.decimals),
            *_days(field, drawing),
            f'<path class="chart-line" d="{_line(field, drawing)}" fill="none" stroke="currentColor" stroke-width="2"/>',
            f'<circle class="chart-last" cx="{_RIGHT}" cy="{field.y(drawing.points[-1][1])}" r="4" fill="currentColor"/>',
            "</svg>",
        )
    )


class _Field(Struct, frozen=True, gc=False):
    """The days from left to right, the prices from bottom to top."""

    first: int
    last: int
    low: int
    high: int

    def x(self, day: int) -> int:
        """Where a day is, in whole grains."""
        return (day - self.first) * _RIGHT // max(1, self.last - self.first) // _GRAIN * _GRAIN

    def y(self, price: int) -> int:
        """Where a price is."""
        return _TOP + (self.high - price) * (_BOTTOM - _TOP) // (self.high - self.low)


def _field(drawing: Drawing) -> _Field:
    """A field with some room above and below the line; a price that never changed is in the middle."""
    low, high = (among(price for _, price in drawing.points) for among in (min, max))
    room = max(1, (high - low) // 16)
    return _Field(drawing.points[0][0], max(drawing.until, drawing.points[-1][0]), low - room, high + room)


def _prices(field: _Field, decimals: int) -> Iterator[str]:
    """Lines across the field at round prices."""
    step = _step(field.high - field.low)
    spare = min(decimals, len(str(step)) - len(str(step).rstrip("0")))
    yield '<g class="chart-grid" stroke="currentColor" stroke-opacity=".2">'
    prices = range(-(-field.low // step) * step, field.high + 1, step)
    yield f'<path d="{"".join(f"M0 {field.y(price)}H{_RIGHT}" for price in prices)}"/></g>'
    yield '<g class="chart-text" fill="currentColor" font-size="13">'
    for price in prices:
        yield f'<text x="{_RIGHT + 8}" y="{field.y(price) + 4}">{_decimal(price // 10**spare, decimals - spare)}</text>'
    yield "</g>"


def _step(extent: int) -> int:
    """The smallest of 1, 2, 5, 10, 20, … that gives no more than some lines."""
    power = 1
    while True:
        for digit in (1, 2, 5):
            if extent // (digit * power) <= _MOST_LINES:
                return digit * power
        power *= 10


def _decimal(amount: int, decimals: int) -> str:
    digits = str(abs(amount)).rjust(decimals + 1, "0")
    text = f"{digits[:-decimals]}.{digits[-decimals:]}" if decimals else digits
    return f"−{text}" if amount < 0 else text


def _days(field: _Field, drawing: Drawing) -> Iterator[str]:
    """The names of days; one at an edge stays inside."""
    yield '<g class="chart-text" fill="currentColor" font-size="13">'
    for day, name in drawing.names:
        x = field.x(day)
        x, anchor = (0, "start") if x < 24 else (_RIGHT, "end") if x > _RIGHT - 24 else (x, "middle")
        yield f'<text x="{x}" y="{_HEIGHT - 12}" text-anchor="{anchor}">{escape(name)}</text>'
    yield "</g>"


def _line(field: _Field, drawing: Drawing) -> str:
    """The path: across to each grain, there to its first, lowest, highest and last price, and on to the right edge."""
    x, y = 0, field.y(drawing.points[0][1])
    parts = [f"M0 {y}"]
    for at, prices in _grains(field, drawing.points):
        parts += [f"h{at - x}"] if at > x else []
        for price in prices:
            parts += [f"v{field.y(price) - y}"] if field.y(price) != y else []
            y = field.y(price)
        x = at
    return "".join([*parts, f"H{_RIGHT}"])


def _grains(field: _Field, points: Points) -> Iterator[tuple[int, list[int]]]:
    """The prices of each grain that decide how it looks, in the order in which they came."""
    together: dict[int, list[int]] = {}
    for day, price in points:
        together.setdefault(field.x(day), []).append(price)
    for x, prices in together.items():
        lowest, highest = prices.index(min(prices)), prices.index(max(prices))
        yield x, [prices[at] for at in sorted({0, lowest, highest, len(prices) - 1})]
