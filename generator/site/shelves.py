"""How a section's stories fall into pages: numbered from the oldest within a year, so that a full page is closed for good.

A page is closed, and stands at `…/<year>/page/<number>/`, once its stories have left the open one. That of a list shows the
newest `size` to `2 × size - 1` stories of the latest year, that of a feed the newest `size` whatever is closed; where these
are fewer, it is filled up from the years before.
"""

from collections.abc import Iterator, Sequence

from msgspec import Struct

Counts = Sequence[tuple[int, int]]
"""Years with the number of their stories, the oldest first; a year without stories may stand there or not."""


class Cut(Struct, frozen=True, gc=False):
    """How stories are cut into pages: so many a page, of which this many full ones stay with the open page."""

    size: int
    kept_open: int = 1


class Sheet(Struct, frozen=True, gc=False):
    """A closed page: the stories `start` to `stop` (without) of the section, counted from its oldest."""

    year: int
    number: int
    start: int
    stop: int


class Shelf(Struct, frozen=True, gc=False):
    """A section's closed pages, the oldest first, with the first and the last of each year; where the open page begins,
    and the year of its newest story. `places` finds a closed page by its year and number."""

    sheets: tuple[Sheet, ...]
    open_start: int
    total: int
    ends: tuple[tuple[Sheet, Sheet], ...]
    year: int
    places: dict[tuple[int, int], int]


def shelve(counts: Counts, cut: Cut) -> Shelf:
    """The pages of a section by the number of stories of each year."""
    counts = [(year, count) for year, count in counts if count]
    if not counts:
        return Shelf((), 0, 0, (), 0, {})
    years = list(_years(counts, cut))
    sheets = tuple(sheet for _, closed in years for sheet in closed)
    ends = tuple((closed[0], closed[-1]) for _, closed in years if closed)
    total = sum(count for _, count in counts)
    first, closed = years[-1]
    open_start = min(first + len(closed) * cut.size, max(0, total - cut.size))
    places = {(sheet.year, sheet.number): at for at, sheet in enumerate(sheets)}
    return Shelf(sheets, open_start, total, ends, counts[-1][0], places)


def _years(counts: Counts, cut: Cut) -> Iterator[tuple[int, list[Sheet]]]:
    """For each year the position of its first story, and its closed pages."""
    first, latest = 0, counts[-1][0]
    for year, count in counts:
        closed = max(0, count // cut.size - cut.kept_open) if year == latest else -(-count // cut.size)
        yield first, _sheets(year, first, first + count, closed, cut.size)
        first += count


def _sheets(year: int, first: int, end: int, count: int, size: int) -> list[Sheet]:
    return [
        Sheet(year, number, first + (number - 1) * size, min(first + number * size, end))
        for number in range(1, count + 1)
    ]
