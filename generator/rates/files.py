"""The files of a source under content/rates: read as a whole, replaced as a whole, one writer at a time."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from generator.content.rates import path_of, read_rates
from generator.engine.replacing import replace
from generator.fields.sources import decode, unreadable
from generator.problems import Problem
from generator.rates.lines import Lines, lines_of, with_rates
from generator.rates.source import Rate


class Unreadable(Exception):
    """A file that somebody must mend first: nothing of it is to be lost."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(problem.text() for problem in problems[:3]))


def open_year(content: Path, source: str, year: int) -> Lines:
    """The file of a year, empty where there is none. Raises Unreadable."""
    path = path_of(source, year)
    try:
        data = (content / path).read_bytes()
    except FileNotFoundError:
        return Lines()
    except OSError as error:
        raise Unreadable([unreadable(path, error)]) from error
    problems = read_rates(data, path)[1]
    text = decode(data, path, []) if not problems else None
    if text is None:
        raise Unreadable(problems)
    return lines_of(text, "\r\n" if b"\r\n" in data else "\n")


def write(content: Path, source: str, years: Mapping[int, Lines], rates: Iterable[Rate]) -> None:
    """Adds rates to the files of their years; a file without any stays as it is."""
    added: dict[int, list[Rate]] = {}
    for rate in rates:
        added.setdefault(int(rate.date[:4]), []).append(rate)
    for year, listed in sorted(added.items()):
        replace(content / path_of(source, year), with_rates(years[year], listed).text().encode())
