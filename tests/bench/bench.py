"""`make bench`: builds portals of several sizes, beside Hugo, and prints each measure for all sizes on one line.

Every build is a process of its own, as an editor or a server starts it. Cold builds of both are made in turn, the output
put aside before the clock starts; of several builds the median is told.
"""

import os
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench.aryk_site import ArykSite
from tests.bench.corpus import LAST
from tests.bench.hugo_site import HugoSite
from tests.bench.measure import Measure, middle
from tests.bench.table import table

SIZES = (10_000, 30_000, 100_000)
LARGE = 100_000
Edit = Callable[[ArykSite], object]


def replaced(path: Path, old: str, new: str) -> None:
    """Edits a file."""
    path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")


EDITS: dict[str, Edit] = {
    "nothing changed": lambda site: None,
    "one new story": lambda site: site.publish("novost", LAST + timedelta(hours=1)),
    "one story backdated": lambda site: site.publish("staraya-novost", LAST - timedelta(days=2500)),
    "one story removed": lambda site: site.story(0.3).unlink(),
    "one body edited": lambda site: replaced(site.story(0.5), "\n---\n\n", "\n---\n\nЕщё один абзац.\n\n"),
    "one headline edited": lambda site: replaced(site.story(0.6), '\ntitle: "', '\ntitle: "Поправка: '),
    "base template edited": lambda site: site.edit_base(),
    "fresh clone": lambda site: site.check_out_anew(),
}
"""What is measured after a cold build, one after another on the same portal."""


def cold(sites: dict[str, ArykSite | HugoSite], pairs: int) -> dict[str, Measure]:
    """Cold builds of all sites in turn, each time another one first."""
    found: dict[str, list[Measure]] = {name: [] for name in sites}
    for pair in range(pairs):
        for name in sorted(sites, reverse=pair % 2 == 0):
            sites[name].forget()
            found[name].append(sites[name].build())
    return {name: middle(measures) for name, measures in found.items()}


def measure(root: Path, count: int) -> dict[str, Measure]:
    """All measures of a newsroom of `count` stories."""
    aryk, hugo = ArykSite(root / "aryk", count), HugoSite(root / "hugo", count)
    time.sleep(2.1)  # files written in the last two seconds are hashed again
    results = cold({"Hugo, cold": hugo, "Aryk, cold": aryk}, 1 if count >= LARGE else 3)
    results["all feeds"] = aryk.feeds()
    for name, edit in EDITS.items():
        edit(aryk)
        results[name] = aryk.build()
        print(f"{count:,}: {name}", file=sys.stderr)
    results["watch: one new story"] = aryk.watch(lambda site: site.publish("eshche-novost", LAST + timedelta(hours=2)))
    return results


def main() -> None:
    """Prints the table."""
    sizes = [int(word) for word in sys.argv[1:]] or list(SIZES)
    results = []
    for count in sizes:
        with TemporaryDirectory(dir=os.environ.get("BENCH_DIR")) as folder:
            results.append(measure(Path(folder), count))
    print("\n".join(table(sizes, results)))


if __name__ == "__main__":
    main()
