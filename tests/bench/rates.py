"""`make bench-rates`: twenty years of daily rates of 40 currencies, and what they add to a portal's builds."""

import os
import random
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from generator.content.history import Pair, course, ledger_of
from generator.content.rates import RateFile, path_of, read_rates
from generator.settings.currencies import CURRENCIES
from tests.bench.aryk_site import ArykSite
from tests.bench.corpus import LAST as NEWEST
from tests.bench.measure import Measure, middle

FIRST, LAST = 2006, 2025
SOURCE, HOME = "nbkr", "KGS"


def files() -> Iterator[tuple[str, str]]:
    """Path and text of each year: some 290,000 rates, every day that there is."""
    chance, codes = random.Random(7), sorted(CURRENCIES - {HOME})[:40]
    prices = {code: chance.uniform(0.5, 500) for code in codes}
    for year in range(FIRST, LAST + 1):
        lines = ["date,currency,nominal,value"]
        day = date(year, 1, 1)
        while day.year == year:
            for code in codes:
                prices[code] *= 1 + chance.uniform(-0.005, 0.005)
                lines.append(f"{day},{code},1,{prices[code]:.4f}")
            day += timedelta(days=1)
        yield path_of(SOURCE, year), "\n".join([*lines, ""])


def write(content: Path) -> None:
    """Puts the files into a content folder."""
    for path, text in files():
        (content / path).parent.mkdir(parents=True, exist_ok=True)
        (content / path).write_text(text, "utf-8")


def main() -> None:
    """Measures the parts, then whole builds."""
    parts()
    builds()


def show_rates(site: ArykSite) -> None:
    """Gives a portal the rates, and a page for each of their currencies."""
    write(site.content)
    codes = sorted(CURRENCIES - {HOME})[:40]
    pairs = ", ".join(f"{code}/{HOME}" for code in codes)
    with (site.content / "site.yaml").open("a", encoding="utf-8") as settings:
        settings.write(f"rates: {{source: {SOURCE}, pairs: [{pairs}]}}\n")


def add_a_day(site: ArykSite) -> None:
    """The rates of another day, as a fetch writes them."""
    with (site.content / path_of(SOURCE, LAST + 1)).open("w", encoding="utf-8") as file:
        file.write("date,currency,nominal,value\n")
        file.writelines(f"{LAST + 1}-01-01,{code},1,90.1234\n" for code in sorted(CURRENCIES - {HOME})[:40])


EDITS: dict[str, Callable[[ArykSite], object]] = {
    "nothing changed": lambda site: None,
    "one new story": lambda site: site.publish("novost", NEWEST + timedelta(hours=1)),
}


def builds() -> None:
    """Builds of two portals of 1,000 stories, of which one has rates; each measure is the median of three."""
    with TemporaryDirectory(dir=os.environ.get("BENCH_DIR")) as folder:
        sites = {name: ArykSite(Path(folder) / name, 1000) for name in ("without rates", "with rates")}
        show_rates(sites["with rates"])
        time.sleep(2.1)  # files written in the last two seconds are hashed again
        for name, site in sites.items():
            told = {"cold": middle([cold(site) for _ in range(3)])}
            for words, edit in EDITS.items():
                edit(site)
                told[words] = site.build() if words != "nothing changed" else middle([site.build() for _ in range(3)])
            if name == "with rates":
                add_a_day(site)
                told["one new day of rates"] = site.build()
            for words, measure in told.items():
                print(
                    f"{name}, {words:24}{measure.wall:8.2f} s {measure.cpu:8.2f} s of processors, {measure.written:,.0f} files"
                )
    print(f"load of the machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")


def cold(site: ArykSite) -> Measure:
    """A build that knows nothing."""
    site.forget()
    return site.build()


def parts() -> None:
    """Reads, keeps, remembers and draws."""
    sources = [(path, text.encode()) for path, text in files()]
    started = time.perf_counter()
    read = [read_rates(data, path)[0] for path, data in sources]
    told = {"read all files": time.perf_counter() - started}
    kept = [msgspec.msgpack.encode(file) for file in read if file is not None]
    started = time.perf_counter()
    found = [msgspec.msgpack.decode(data, type=RateFile) for data in kept]
    told["decode them from the store"] = time.perf_counter() - started
    started = time.perf_counter()
    ledger = ledger_of(found)
    told["make a ledger of them"] = time.perf_counter() - started
    pair = Pair(HOME, min(ledger.series))
    started = time.perf_counter()
    days = len(course(ledger, pair, 6))
    told["the course of one pair"] = time.perf_counter() - started
    rates = sum(len(series.days) for series in ledger.series.values())
    print(f"{rates:,} rates, {days:,} days, {sum(map(len, kept)):,} bytes kept")
    for name, seconds in told.items():
        print(f"{name:28}{seconds:8.3f} s")


if __name__ == "__main__":
    main()
