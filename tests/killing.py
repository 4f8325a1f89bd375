"""Runs `aryk` and kills it before the n-th thing that it does to the system: `killing.py N WORDS…`.

What counts is what Python tells its auditors of files of the portal and its inbox (opened, renamed, removed, folders made,
databases opened, locks taken), and each fsync before and after.
"""

import os
import re
import signal
import sys

from generator.cli.inbox import import_module
from generator.cli.main import run

for action in ("tally", "accept"):
    import_module(f"generator.cli.inbox_{action}")

_COUNTED = {"open", "os.rename", "os.remove", "os.mkdir", "os.link", "sqlite3.connect", "fcntl.flock", "os.chmod"}
_left = int(sys.argv[1])


def step(event: str, arguments: tuple[object, ...]) -> None:
    """Counts an event."""
    global _left
    if event in _COUNTED and (event == "fcntl.flock" or re.search(r"/content/|/\.inbox", str(arguments[0]))):
        _left -= 1
        if _left == 0:
            os.kill(os.getpid(), signal.SIGKILL)


_fsync = os.fsync


def fsync(file: int) -> None:
    """As the system's, and counted, before and after."""
    step("open", ("/content/",))
    _fsync(file)
    step("open", ("/content/",))


os.fsync = fsync
sys.addaudithook(step)
status = run(sys.argv[2:])
sys.stdout.flush()
os._exit(status)
