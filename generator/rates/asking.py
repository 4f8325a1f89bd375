"""A source's documents, asked for one after another, become its rates; what is wrong with one is told with its address."""

from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from pathlib import Path

from msgspec import Struct

from generator.content.rates import AHEAD
from generator.rates.memory import FOLDER, recall, remember
from generator.rates.source import FormatChanged, Rate, Source, Wanted
from generator.rates.web import Target, Unanswered, Web
from generator.settings.currencies import CURRENCIES, HOME

EARLIEST = "1990-01-01"


class Gathered(Struct, frozen=True, gc=False):
    """The rates of whole documents, and why there were no more of them (empty: all were read)."""

    rates: tuple[Rate, ...] = ()
    notes: tuple[str, ...] = ()
    failure: str = ""


def gather(name: str, source: Source, wanted: Wanted, store: Path, web: Web, asking: Callable[[str], None]) -> Gathered:
    """The rates that are wanted; a document that is not as it should be ends the asking, and nothing of it is taken."""
    if wanted.first is not None and not source.HAS_PAST:
        return Gathered(notes=("this source tells only its newest rates",))
    found: dict[tuple[str, str], Rate] = {}
    unknown: set[str] = set()
    failure = ""
    for number, path in enumerate(source.paths(wanted)):
        file = store / FOLDER / f"{name}-{number}" if wanted.first is None else None
        asking(source.ORIGIN + path)
        try:
            rates = _asked(source, path, wanted, file, web)
        except (Unanswered, FormatChanged) as error:
            failure = str(error)
            break
        unknown |= {rate.currency for rate in rates} - CURRENCIES
        for rate in rates:
            if rate.currency in CURRENCIES and rate.currency != HOME[name] and wanted.covers(rate.date):
                found.setdefault((rate.date, rate.currency), rate)
    return Gathered(tuple(found.values()), tuple(_notes(wanted, found, unknown, failure)), failure)


def _notes(wanted: Wanted, found: Iterable[object], unknown: set[str], failure: str) -> Iterator[str]:
    if unknown:
        yield f"left out what is no currency that is known here: {', '.join(sorted(unknown))}"
    if not found and not failure:
        yield "there are no rates of the days that were asked for"


def _asked(source: Source, path: str, wanted: Wanted, file: Path | None, web: Web) -> list[Rate]:
    """The rates of one document; the newest one is asked for only where it is not what it was (`file` has it)."""
    url = source.ORIGIN + path
    known = recall(file, url) if file else None
    answer = web.get(Target(url, source.DOMAIN, source.LIMIT), known)
    try:
        rates = list(source.read(answer.body))
        _make_sure(rates, wanted)
    except FormatChanged as error:
        raise FormatChanged(f"{url}: {error}") from error
    if file is not None and answer is not known:
        remember(file, url, answer)
    return rates


def _make_sure(rates: Iterable[Rate], wanted: Wanted) -> None:
    """Raises FormatChanged where rates contradict each other, lie in the future, or there are none at all."""
    last = str(wanted.today + timedelta(days=AHEAD))
    found: dict[tuple[str, str], Rate] = {}
    for rate in rates:
        if not EARLIEST <= rate.date <= last:
            where = "in the future" if rate.date > last else "long before there were such rates"
            raise FormatChanged(f"the date of {rate.currency} is {rate.date}, which lies {where}")
        before = found.setdefault((rate.date, rate.currency), rate)
        if before != rate:
            said = f"{before.nominal} for {before.value} and {rate.nominal} for {rate.value}"
            raise FormatChanged(f"{rate.currency} has two rates of {rate.date}: {said}")
    if not found and wanted.first is None:
        raise FormatChanged("there are no rates in the document")
