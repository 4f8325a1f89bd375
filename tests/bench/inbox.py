"""`make bench-inbox`: votes and results over real HTTP on loopback, durable; and a million votes tallied."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from generator.inbox.tokens import Signer
from tests.bench.measure import Watch, processors_of
from tests.inboxes import POLL, SECRET, Inbox

CLIENTS = 64
VOTES, READS, TALLIED = 60_000, 100_000, 1_000_000


def vote(signer: Signer, number: int, now: int) -> bytes:
    """The request of a reader with an address of his own."""
    body = json.dumps({"options": ["yes" if number % 3 else "no"], "token": signer.token("vote", now)}).encode()
    who = f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
    head = f"POST /polls/water/votes HTTP/1.1\r\nHost: inbox.example\r\nX-Forwarded-For: {who}\r\n"
    typed = f"Origin: https://test.example\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + typed.encode() + body


def loaded(port: int, path: Path, requests: Iterable[bytes]) -> dict[str, Any]:
    """What came of sending requests, by a process of their own."""
    path.write_bytes(b"".join(len(request).to_bytes(4, "big") + request for request in requests))
    command = [sys.executable, "-m", "tests.bench.load", str(port), str(CLIENTS), str(path)]
    found: dict[str, Any] = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    return found


def tell(what: str, found: dict[str, Any], count: int) -> None:
    """A line of the table."""
    rate = count / found["seconds"]
    times = f"p50 {found['p50']:.1f} ms, p99 {found['p99']:.1f} ms, at most {found['max']:.0f} ms"
    print(f"{what}: {rate:,.0f} a second; {times}; {found['statuses']}", flush=True)


def bench_service(root: Path) -> None:
    """Votes and results."""
    signer, now = Signer(SECRET), int(time.time())
    with Inbox(root, inbox={"proxies": 1}) as inbox, Watch(inbox.pid) as watch:
        inbox.write("polls/water.yaml", POLL)
        before = processors_of(inbox.pid)
        found = loaded(inbox.port, root / "votes", [vote(signer, number, now) for number in range(VOTES)])
        tell("acknowledged votes", found, VOTES)
        print(f"  the service took {1e6 * (processors_of(inbox.pid) - before) / VOTES:.0f} µs of a core for each")
        read = b"GET /polls/water HTTP/1.1\r\nHost: inbox.example\r\n\r\n"
        tell("results", loaded(inbox.port, root / "reads", [read] * READS), READS)
        assert inbox.results("water")["voters"] == VOTES
    print(f"memory of the service: {watch.peak / 1e6:.0f} MB")


def bench_tally(root: Path) -> None:
    """A million votes."""
    with Inbox(root) as inbox:
        inbox.write("polls/water.yaml", POLL)
    db = sqlite3.connect(root / ".inbox" / "inbox.sqlite")
    db.executemany("insert into choices values (?, 'water', ?)", [(1, "yes"), (2, "no")])
    db.executemany("insert into votes (choice) values (?)", ((1 + number % 2,) for number in range(TALLIED)))
    db.commit()
    db.close()
    begun = time.perf_counter()
    said = inbox.command("tally")
    print(f"{TALLIED:,} votes tallied in {time.perf_counter() - begun:.2f} s: {said.stdout.strip()}")


def main() -> None:
    """Measures both."""
    print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f} before the measurement, {CLIENTS} clients")
    with TemporaryDirectory(dir=os.environ.get("BENCH_FOLDER")) as folder:
        for bench in (bench_service, bench_tally):
            root = Path(folder) / bench.__name__
            bench(root)
            shutil.rmtree(root)


if __name__ == "__main__":
    main()
