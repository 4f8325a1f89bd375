"""How a section's stories fall into pages: numbered from the oldest within a year, so that a full page is closed for good.

The open page shows the newest `size` to `2 × size - 1` stories of the latest year (filled up from the years before, where
these are fewer than `size`); a page is closed, and stands at `…/<year>/page/<number>/`, once its stories have left the open one.
"""

from collections.abc import Sequence

from msgspec import Struct


class Sheet(Struct, frozen=True, gc=False):
    """A closed page: the stories `start` to `stop` (without) of the section, counted from its oldest."""

    year: int
    number: int
    start: int
    stop: int


class Shelf(Struct, frozen=True, gc=False):
    """A section's closed pages, the oldest first, with the first and the last of each year; where the open page begins,
    and the year of its newest story."""

    sheets: tuple[Sheet, ...]
    open_start: int
    total: int
    ends: tuple[tuple[Sheet, Sheet], ...]
    year: int


def shelve(years: Sequence[int], size: int) -> Shelf:
    """The pages of a section by the year of each of its stories (oldest first), `size` stories a page."""
    total = len(years)
    bounds = _bounds(years)
    sheets: list[Sheet] = []
    for year, first, end in bounds[:-1]:
        sheets += _sheets(year, first, end, -(-(end - first) // size), size)
    if not bounds:
        return Shelf((), 0, 0, (), 0)
    year, first, end = bounds[-1]
    closed = max(0, (end - first) // size - 1)
    sheets += _sheets(year, first, end, closed, size)
    open_start = min(first + closed * size, max(0, total - size))
    first_of = {sheet.year: sheet for sheet in reversed(sheets)}
    ends = tuple((first_of[sheet.year], sheet) for sheet in {sheet.year: sheet for sheet in sheets}.values())
    return Shelf(tuple(sheets), open_start, total, ends, year)


def _bounds(years: Sequence[int]) -> list[tuple[int, int, int]]:
    """Each year with the positions of its first story and after its last."""
    starts = [at for at in range(len(years)) if at == 0 or years[at] != years[at - 1]]
    return [(years[start], start, end) for start, end in zip(starts, [*starts[1:], len(years)], strict=False)]


def _sheets(year: int, first: int, end: int, count: int, size: int) -> list[Sheet]:
    return [
        Sheet(year, number, first + (number - 1) * size, min(first + number * size, end))
        for number in range(1, count + 1)
    ]
