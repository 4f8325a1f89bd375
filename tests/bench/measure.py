"""What a command costs: seconds of the wall clock and of all its processes, and the memory that they hold together."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from statistics import median
from tempfile import TemporaryFile
from threading import Event, Thread
from typing import NamedTuple

PAUSE = 0.05
CHEAP = 10  # between two looks at least so many times as long as a look takes: counting pages takes the kernel a while


class Measure(NamedTuple):
    """One build, or the middle of several: seconds, seconds of processors, bytes, files."""

    wall: float
    cpu: float
    memory: float
    written: float = 0

    def with_written(self, count: int) -> "Measure":
        """With the number of files that it wrote."""
        return self._replace(written=count)


def middle(measures: Sequence[Measure]) -> Measure:
    """The median of each."""
    return Measure(*map(median, zip(*measures, strict=True)))


def measured(folder: Path, *command: object) -> tuple[Measure, str]:
    """Runs a command to its end, which must be a good one; gives what it cost and what it said."""
    os.sync()  # what was written and removed before is not paid for by this one
    with TemporaryFile() as said:
        started = time.perf_counter()
        process = subprocess.Popen([str(word) for word in command], cwd=folder, stdout=said, stderr=said)
        with Watch(process.pid) as watch:
            _, status, usage = os.wait4(process.pid, 0)
            wall = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        words = said.read().decode()
    if process.returncode:
        sys.exit(f"{command[0]} ended with {process.returncode}:\n{words}")
    return Measure(wall, usage.ru_utime + usage.ru_stime, watch.peak), words


def processors_of(pid: int) -> float:
    """The seconds of processors that a process took so far, with those of its children that ended."""
    words = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, words[11:15])) / os.sysconf("SC_CLK_TCK")


def put_aside(folder: Path) -> None:
    """Moves a folder away rather than removing it: for a minute or more the file system searches among the inodes that were
    just freed, and whoever writes next would pay for it."""
    if folder.exists():
        number = sum(1 for _ in folder.parent.glob(f"{folder.name}.aside.*"))
        folder.rename(folder.with_name(f"{folder.name}.aside.{number}"))


class Watch:
    """Looks every 50 ms at the memory of a process and all below it: the sum of PSS, which counts shared pages once."""

    def __init__(self, pid: int) -> None:
        self.peak = 0
        self._pid = pid
        self._end = Event()
        self._thread = Thread(target=self._look)

    def __enter__(self) -> "Watch":
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._end.set()
        self._thread.join()

    def _look(self) -> None:
        took = 0.0
        while not self._end.wait(max(PAUSE, CHEAP * took)):
            started = time.perf_counter()
            self.peak = max(self.peak, sum(map(_share, _family(self._pid))))
            took = time.perf_counter() - started


def _family(pid: int) -> Iterator[int]:
    """A process and all below it, those that are there at this moment."""
    yield pid
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        with suppress(OSError):
            for child in task.read_text().split():
                yield from _family(int(child))


def _share(pid: int) -> int:
    """The bytes of memory that a process holds, a part only of what it shares with others."""
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    return 0
