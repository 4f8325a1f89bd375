"""`make bench`: builds portals of several sizes and prints each measure for all of them on one line.

Every build is a process of its own, as an editor or a server starts it; seconds are of the wall clock, from start to end.
Growth compares the largest with the smallest: 1.0 is linear in the number of stories.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.bench.corpus import NOW, write_portal

SIZES = (1_000, 3_000, 10_000)
NEW_STORY = """---
title: "Новая новость дня"
date: 2026-11-01 12:34:56
lead: "Короткое начало."
country: [kz]
topic: energy
source: outlet-07
author: [author-07]
---

Текст новости, в котором **одно** важное слово.
"""


def build(root: Path) -> dict[str, float]:
    """Seconds, files written and peak memory (MB, all processes) of one build."""
    command = [
        Path(sys.executable).with_name("aryk"),
        "build",
        "--content",
        root / "content",
        "--json",
        "--now",
        str(NOW),
    ]
    started = time.perf_counter()
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False)
    seconds = time.perf_counter() - started
    if done.returncode:
        sys.exit(done.stdout + done.stderr)
    report = json.loads(done.stdout)
    memory = report["peak_memory"] / 1e6
    return {"seconds": seconds, "written": report["written"], "rendered": report["rendered"], "memory": memory}


def measure(root: Path, count: int) -> dict[str, dict[str, float]]:
    """All measures of a portal of `count` stories."""
    write_portal(root / "content", count)
    time.sleep(2.1)  # the racy rule: files written in the last two seconds are hashed again
    newest = root / "content/articles/2026/11/novost-dnya.md"
    edited = sorted((root / "content/articles").rglob("*.md"))[count // 2]
    measures = {"cold": build(root), "nothing changed": build(root)}
    newest.parent.mkdir(parents=True, exist_ok=True)
    newest.write_text(NEW_STORY, "utf-8")
    measures["one new story"] = build(root)
    edited.write_text(edited.read_text("utf-8") + "\nЕщё одна строка.\n", "utf-8")
    measures["one body edited"] = build(root)
    newest.unlink()
    measures["one story removed"] = build(root)
    return measures


def main() -> None:
    """Prints the table."""
    sizes = [int(word) for word in sys.argv[1:]] or list(SIZES)
    results = []
    for count in sizes:
        with tempfile.TemporaryDirectory(dir=os.environ.get("BENCH_DIR")) as folder:
            results.append(measure(Path(folder), count))
    print(f"{'':22}" + "".join(f"{count:>32,}" for count in sizes) + "    growth")
    for name in results[0]:
        cells = [
            f"{one[name]['seconds']:7.2f} s {one[name]['written']:6.0f} files {one[name]['memory']:6.0f} MB"
            for one in results
        ]
        growth = (results[-1][name]["seconds"] / results[0][name]["seconds"]) / (sizes[-1] / sizes[0])
        print(f"{name:22}" + "".join(f"{cell:>32}" for cell in cells) + f"{growth:10.2f}")


if __name__ == "__main__":
    main()
