"""A file of rates as a person left it: lines that can be added and corrected, with the comments that belong to them."""

from collections.abc import Iterable

from msgspec import Struct

from generator.content.rate_lines import HEADER, is_row
from generator.content.rates import ROW
from generator.rates.source import Rate


class Entry(Struct, frozen=True, gc=False):
    """A rate with the comments and empty lines right above it. One that has a comment is a person's: it is left as it is."""

    rate: Rate
    above: tuple[str, ...] = ()

    @property
    def is_held(self) -> bool:
        """Whether a person wrote something about it."""
        return any(line.startswith("#") for line in self.above)


class Lines(Struct, frozen=True, gc=False):
    """A whole file: `head` ends with the names of the columns, `end` is what stands below the last rate."""

    head: tuple[str, ...] = (HEADER,)
    entries: tuple[Entry, ...] = ()
    end: tuple[str, ...] = ()
    newline: str = "\n"

    def text(self) -> str:
        """The file, its rates by date and currency."""
        lines = list(self.head)
        for entry in sorted(self.entries, key=lambda entry: entry.rate):
            rate = entry.rate
            lines += (*entry.above, f"{rate.date},{rate.currency},{rate.nominal},{rate.value}")
        return "".join(line + self.newline for line in (*lines, *self.end))


def lines_of(text: str, newline: str) -> Lines:
    """The lines of a file without problems; `text` has `\\n` line ends, `newline` is what the file has."""
    written = text.removesuffix("\n").split("\n")
    first = next((at for at, line in enumerate(written) if is_row(line)), len(written))
    entries: list[Entry] = []
    above: list[str] = []
    for line in written[first + 1 :]:
        found = ROW.fullmatch(line)
        if found is None:
            above.append(line)
        else:
            entries.append(Entry(Rate(*found.groups()), tuple(above)))
            above = []
    return Lines(tuple(written[: first + 1]), tuple(entries), tuple(above), newline)


def with_rates(lines: Lines, rates: Iterable[Rate]) -> Lines:
    """The file with more rates; one of the same date and currency is replaced, and keeps what stands above it."""
    found = {(entry.rate.date, entry.rate.currency): entry for entry in lines.entries}
    for rate in rates:
        before = found.get((rate.date, rate.currency))
        found[rate.date, rate.currency] = Entry(rate, before.above if before else ())
    return Lines(lines.head, tuple(found.values()), lines.end, lines.newline)
