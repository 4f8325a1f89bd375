"""Which of the fetched rates are new, which correct one, and which are too strange to be believed without a person."""

from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Literal

from msgspec import Struct

from generator.rates.lines import Entry
from generator.rates.source import Rate

FACTOR = 3
"""A rate so many times the one before, or the reverse, is held back: a shifted decimal makes ten, and no currency of the
last twenty years lost two thirds in a day."""


class Finding(Struct, frozen=True, gc=False):
    """What was found of a fetched rate, and the rate that it was compared with.

    `new` and `corrected` are written. `strange` is held back until somebody confirms it. `zero` is no rate, and no one can
    confirm it. `kept` would correct a line that a person commented, and is left alone.
    """

    kind: Literal["new", "corrected", "strange", "zero", "kept"]
    rate: Rate
    before: Rate | None = None

    @property
    def is_written(self) -> bool:
        """Whether the rate goes into its file."""
        return self.kind in ("new", "corrected")


def judge(known: Iterable[Entry], rates: Iterable[Rate], *, accept: bool) -> list[Finding]:
    """What is found of the rates of one source that its files do not hold yet; with `accept` nothing is strange.

    Each is compared with the last one before it that is believed, else with the first one after it. What is strange is
    judged again with what was believed meanwhile, so that asking twice finds nothing more.
    """
    believed, done, waiting = _Believed(known), list[Finding](), sorted(rates)
    while True:
        found = list(_judged(believed, waiting, accept))
        strange = [finding.rate for finding in found if finding.kind == "strange"]
        if len(strange) in (0, len(waiting)):
            return sorted([*done, *found], key=lambda finding: finding.rate)
        done += (finding for finding in found if finding.kind != "strange")
        waiting = strange


def _judged(believed: "_Believed", rates: Iterable[Rate], accept: bool) -> Iterator[Finding]:
    for rate in rates:
        entry = believed.entry_of(rate)
        if entry is not None and _numbers(entry.rate) == _numbers(rate):
            continue
        finding = _finding(rate, entry, believed.neighbour(rate), accept)
        if finding.is_written:
            believed.add(rate)
        yield finding


def _finding(rate: Rate, entry: Entry | None, neighbour: Rate | None, accept: bool) -> Finding:
    before = entry.rate if entry else neighbour
    if not all(_numbers(rate)):
        return Finding("zero", rate, before)
    if entry is not None and entry.is_held:
        return Finding("kept", rate, before)
    if before is not None and not accept and is_leap(before, rate):
        return Finding("strange", rate, before)
    return Finding("corrected" if entry else "new", rate, before)


class _Believed:
    """The rates that others are compared with."""

    def __init__(self, known: Iterable[Entry]) -> None:
        self._entries = {(entry.rate.date, entry.rate.currency): entry for entry in known}
        self._rates: dict[str, list[Rate]] = {}
        for entry in self._entries.values():
            self._rates.setdefault(entry.rate.currency, []).append(entry.rate)
        for listed in self._rates.values():
            listed.sort()

    def entry_of(self, rate: Rate) -> Entry | None:
        """What the file has for the same date and currency."""
        return self._entries.get((rate.date, rate.currency))

    def neighbour(self, rate: Rate) -> Rate | None:
        """The last rate before this one, else the first after it."""
        listed = self._rates.get(rate.currency, [])
        at = bisect_left(listed, rate.date, key=lambda one: one.date)
        return listed[at - 1] if at else listed[0] if listed else None

    def add(self, rate: Rate) -> None:
        """Believes a rate, in place of what the file has for its date."""
        listed, entry = self._rates.setdefault(rate.currency, []), self.entry_of(rate)
        if entry is not None:
            listed.remove(entry.rate)
        insort(listed, rate)


def is_leap(before: Rate, after: Rate) -> bool:
    """Whether two rates differ by FACTOR or more."""
    return not Fraction(1, FACTOR) < times(before, after) < FACTOR


def times(before: Rate, after: Rate) -> Fraction:
    """How many times the first the second is."""
    return _cost(after) / _cost(before)


def _cost(rate: Rate) -> Fraction:
    nominal, value = _numbers(rate)
    return value / nominal


def _numbers(rate: Rate) -> tuple[Fraction, Fraction]:
    return Fraction(rate.nominal), Fraction(rate.value)
