"""`content/rates/<source>/<year>.csv`: official rates, which a person can read and correct in a diff."""

import re
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from functools import lru_cache

from msgspec import Struct

from generator.content.rate_lines import HEADER, NUMBER, explained, is_row
from generator.fields.sources import decode
from generator.problems import Place, Problem, did_you_mean
from generator.settings.currencies import CURRENCIES, HOME

FOLDER = "rates/"
ROW = re.compile(rf"(\d{{4}}-\d\d-\d\d),([A-Z]{{3}}),({NUMBER}),({NUMBER})", re.ASCII)
"""A line of a file: so many units (nominal) of a currency cost so much (value) in the source's currency."""

AHEAD = 14
"""Days by which a rate may lie ahead: before long holidays banks set the rate of the day after them."""

_PATH = re.compile(r"rates/(?P<source>[^/]+)/(?P<year>(?:19|20|21)\d\d)\.csv")


class Column(Struct, frozen=True, gc=False, array_like=True):
    """The rates of one currency in a year, in order of days (1 to 366). `nominals` and `values` are as they were written,
    with spaces between them; a single one stands for all days."""

    currency: str
    days: tuple[int, ...]
    nominals: str
    values: str

    def each_nominal(self) -> list[str]:
        """The nominal of each day."""
        return _each(self.nominals, len(self.days))

    def each_value(self) -> list[str]:
        """The value of each day."""
        return _each(self.values, len(self.days))


class RateFile(Struct, frozen=True, tag=True, gc=False, array_like=True):
    """A file of rates: the unit in which they are read, kept and compared."""

    path: str
    source: str
    year: int
    columns: tuple[Column, ...]


def path_of(source: str, year: int) -> str:
    """Where the rates of a year belong, relative to content/."""
    return f"{FOLDER}{source}/{year}.csv"


def read_rates(data: bytes, path: str) -> tuple[RateFile | None, list[Problem]]:
    """The rates of a file, in whatever order its lines are; None where its path or its text is no such file's."""
    problems: list[Problem] = []
    source, year = _named(path, problems)
    text = decode(data, path, problems) if source else None
    if text is None:
        return None, problems
    lines = text.split("\n")
    first = next((at for at, line in enumerate(lines) if is_row(line)), None)
    if first is None or lines[first] != HEADER:
        said = "the first line must name the columns" if first is not None else "the file is empty"
        problems.append(Problem(Place(path, (first or 0) + 1, 1), said, f"write {HEADER}"))
        return None, problems
    rows = _rows(lines, first + 1, path, year, HOME[source], problems)
    columns = (_column(currency, rows[currency]) for currency in sorted(rows))
    return RateFile(path, source, year, tuple(columns)), problems


def _named(path: str, problems: list[Problem]) -> tuple[str, int]:
    """The source and the year of which a path speaks."""
    found = _PATH.fullmatch(path)
    if found is None:
        problems.append(Problem(Place(path), "rates are files rates/<source>/<year>.csv", "move it, or rename it"))
    elif found["source"] not in HOME:
        hint = did_you_mean(found["source"], HOME)
        problems.append(Problem(Place(path), f"the source of rates “{found['source']}” is not known", hint))
    else:
        return found["source"], int(found["year"])
    return "", 0


_Rows = dict[str, dict[int, tuple[str, str, int]]]
"""Nominal, value and number of the line by currency and day."""


def _rows(lines: list[str], start: int, path: str, year: int, home: str, problems: list[Problem]) -> _Rows:
    rows: _Rows = {}
    days, known, match = _days_of(year), CURRENCIES - {home}, ROW.fullmatch
    for at in range(start, len(lines)):
        found = match(lines[at])
        if found is None:
            if is_row(lines[at]):
                problems += explained(lines[at], Place(path, at + 1), year, home)
            continue
        written, currency, nominal, value = found.groups()
        day = days.get(written)
        if day is None or currency not in known:
            problems += explained(lines[at], Place(path, at + 1), year, home)
            continue
        column = rows.setdefault(currency, {})
        before = column.setdefault(day, (nominal, value, at + 1))
        if before[2] != at + 1:
            said = f"there is a rate of {currency} on {written} already"
            problems.append(Problem(Place(path, at + 1, 1), said, "keep one", (Place(path, before[2], 1),)))
    return rows


@lru_cache(maxsize=64)
def _days_of(year: int) -> dict[str, int]:
    """Every day of a year as it is written, and its number."""
    first, following = date(year, 1, 1), date(year + 1, 1, 1)
    return {str(first + timedelta(days)): days + 1 for days in range((following - first).days)}


def _column(currency: str, rows: dict[int, tuple[str, str, int]]) -> Column:
    days = sorted(rows)
    nominals, values = together(rows[day][0] for day in days), together(rows[day][1] for day in days)
    return Column(currency, tuple(days), nominals, values)


def _each(words: str, count: int) -> list[str]:
    found = words.split(" ")
    return found * count if len(found) == 1 else found


def together(words: Iterable[str]) -> str:
    """Words with spaces between them, or the one that they all are."""
    listed = list(words)
    return listed[0] if len(set(listed)) == 1 else " ".join(listed)


def too_far_ahead(file: RateFile, today: int, read: Callable[[str], bytes | None]) -> list[Problem]:
    """The lines of a file whose date lies more than AHEAD days after a day (ordinal), which no bank can know; `read` gives
    the file's bytes, and is asked only where there is such a line."""
    limit = today + AHEAD - (date(file.year, 1, 1).toordinal() - 1)
    if all(column.days[-1] <= limit for column in file.columns):
        return []
    lines = (read(file.path) or b"").decode("utf-8", "replace").splitlines()
    last = str(date.fromordinal(today + AHEAD))
    return [
        Problem(
            Place(file.path, at, 1), f"the rate of {line[:10]} lies in the future", "look at the year and the month"
        )
        for at, line in enumerate(lines, 1)
        if ROW.fullmatch(line) and line[:10] > last
    ]
