"""`aryk` as people and machines start it: a process with a command line, a report and an exit status."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryFile, mkdtemp
from typing import IO, Any, NamedTuple

from tests.newsroom import Newsroom
from tests.trees import Digests, digests

COMMAND = str(Path(sys.executable).with_name("aryk"))
PATIENCE = 300.0

Place = Path | int | str
Around = Mapping[str, Any]
NOTHING: Around = {}


class Said(NamedTuple):
    """What a process left: its exit status, what it printed, and what it told of by `--json`."""

    status: int
    out: str
    err: str

    @property
    def report(self) -> dict[str, Any]:
        """The report of a build."""
        found: dict[str, Any] = json.loads(self.out)
        return found


class Building(NamedTuple):
    """A build that runs. It talks to files: a pipe that nobody empties would hold up a long report, and the build with it."""

    process: subprocess.Popen[bytes]
    out: IO[bytes]
    err: IO[bytes]

    @property
    def pid(self) -> int:
        """The number of the process and of its group."""
        return self.process.pid

    def is_over(self) -> bool:
        """Whether it has ended."""
        return self.process.poll() is not None

    def ended(self) -> "Said":
        """What it left when it ended."""
        status = self.process.wait(PATIENCE)
        return Said(status, *(_text(file) for file in (self.out, self.err)))


def _text(file: IO[bytes]) -> str:
    with file:
        file.seek(0)
        return file.read().decode()


def starting(room: Newsroom, *options: object, around: Around = NOTHING, **places: Place) -> Building:
    """A build that has just been started, the head of a process group of its own; what is not said is the room's own.

    `around` is what `subprocess.Popen` takes: the environment, the current folder, the mask of permissions.
    """
    words = {"content": room.content, "output": room.output, "store": room.store, "now": room.now} | places
    named = [str(word) for name, value in words.items() for word in (f"--{name}", value)]
    command = [COMMAND, "build", "--json", *named, *map(str, options)]
    out, err = TemporaryFile(), TemporaryFile()  # noqa: SIM115 (open as long as the build runs)
    return Building(subprocess.Popen(command, stdout=out, stderr=err, start_new_session=True, **around), out, err)


def build(room: Newsroom, *options: object, around: Around = NOTHING, **places: Place) -> Said:
    """A build from its start to its end."""
    return starting(room, *options, around=around, **places).ended()


def built(room: Newsroom, *options: object, around: Around = NOTHING, **places: Place) -> dict[str, Any]:
    """The report of a build that went well."""
    said = build(room, *options, around=around, **places)
    assert said.status == 0, said
    return said.report


def clean_tree(room: Newsroom, *options: object, around: Around = NOTHING, **places: Place) -> Digests:
    """The tree that a build makes which knows nothing and finds nothing."""
    fresh = Path(mkdtemp(dir=room.root))
    built(room, *options, around=around, **({"output": fresh / "build", "store": fresh / "store"} | places))
    found = digests(fresh / "build")
    shutil.rmtree(fresh)
    return found


def kill(building: Building) -> Said | None:
    """Kills a build and all that it started; what it left where it had ended before."""
    ran = not building.is_over()
    if ran:
        os.killpg(building.pid, signal.SIGKILL)
    said = building.ended()
    while _still_at_work(building.pid):
        time.sleep(0.001)
    return None if ran else said


def _still_at_work(session: int) -> bool:
    """Whether a process of a session is not quite dead: it may be in the middle of writing a file."""
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, _, found = path.read_text().rpartition(")")[2].split()[:4]
        except OSError:
            continue
        if int(found) == session and state not in "ZX":
            return True
    return False
