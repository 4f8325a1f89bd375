"""`aryk rates fetch`: asks a source, judges its rates, and writes what is to be believed."""

from collections.abc import Callable, Iterable
from pathlib import Path

from msgspec import Struct

from generator.engine.lock import locked
from generator.rates.asking import gather
from generator.rates.files import Unreadable, open_year, write
from generator.rates.judging import Finding, judge
from generator.rates.memory import FOLDER
from generator.rates.source import Rate, Source, Wanted
from generator.rates.web import Web


class Places(Struct, frozen=True, gc=False):
    """Where rates are written, and where is remembered what was asked."""

    content: Path
    store: Path


class Outcome(Struct, frozen=True, gc=False):
    """What came of asking a source. `failure` says why something is missing; the files then have what was whole, and are
    otherwise as they were."""

    source: str
    findings: tuple[Finding, ...] = ()
    notes: tuple[str, ...] = ()
    failure: str = ""

    @property
    def needs_somebody(self) -> bool:
        """Whether a person should look."""
        return bool(self.failure) or any(one.kind in ("strange", "zero") for one in self.findings)

    def count(self, kind: str) -> int:
        """How many rates were found to be so."""
        return sum(one.kind == kind for one in self.findings)


def fetch(
    name: str,
    source: Source,
    wanted: Wanted,
    places: Places,
    web: Web,
    asking: Callable[[str], None] = lambda url: None,
    *,
    accept: bool,
) -> Outcome:
    """Fetches the rates of a source; `accept` writes what would be held back as strange, `asking` hears of each document."""
    gathered = gather(name, source, wanted, places.store, web, asking)
    if not gathered.rates:
        return Outcome(name, notes=gathered.notes, failure=gathered.failure)
    with locked(places.store / FOLDER, lambda: None):
        try:
            years = {year: open_year(places.content, name, year) for year in _years(gathered.rates)}
        except Unreadable as error:
            return Outcome(name, notes=gathered.notes, failure=f"a file must be mended first: {error}")
        known = (entry for lines in years.values() for entry in lines.entries)
        findings = judge(known, gathered.rates, accept=accept)
        write(places.content, name, years, (one.rate for one in findings if one.is_written))
    return Outcome(name, tuple(findings), gathered.notes, gathered.failure)


def _years(rates: Iterable[Rate]) -> list[int]:
    """The years of rates, with those around them: the first rate of a year is compared with the last of the year before."""
    found = {int(rate.date[:4]) for rate in rates}
    return sorted({year + step for year in found for step in (-1, 0, 1)})
