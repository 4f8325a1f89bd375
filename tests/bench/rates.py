"""`python -m tests.bench.rates`: twenty years of daily rates of 40 currencies, and what reading them costs."""

import random
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import msgspec

from generator.content.history import Pair, course, ledger_of
from generator.content.rates import RateFile, path_of, read_rates
from generator.settings.currencies import CURRENCIES

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
