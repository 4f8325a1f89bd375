"""A load generator: so many connections that each send the next request when the last one is answered.

`python -m tests.bench.load PORT CLIENTS FILE` sends the requests of a file (each after its length in four bytes) in turn
and prints seconds, the number of each status, and the times of the answers in milliseconds, as JSON.
"""

import asyncio
import json
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import uvloop


def requests_of(path: Path) -> Iterator[bytes]:
    """The requests of a file."""
    data, at = memoryview(path.read_bytes()), 0
    while at < len(data):
        length = int.from_bytes(data[at : at + 4], "big")
        yield bytes(data[at + 4 : at + 4 + length])
        at += 4 + length


class Client(asyncio.Protocol):
    """A connection that is never idle."""

    def __init__(self, requests: Iterator[bytes], statuses: Counter[int], times: list[float]) -> None:
        self._requests, self._statuses, self._times = requests, statuses, times
        self._answer, self._sent = b"", 0.0
        self.done = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)
        self._send()

    def data_received(self, data: bytes) -> None:
        self._answer += data
        head, found, body = self._answer.partition(b"\r\n\r\n")
        if not found:
            return
        at = head.find(b"content-length: ")
        if len(body) < (int(head[at + 16 : at + 26].split(b"\r")[0]) if at >= 0 else 0):
            return
        self._times.append(time.perf_counter() - self._sent)
        self._statuses[int(head[9:12])] += 1
        self._answer = b""
        self._send()

    def connection_lost(self, error: Exception | None) -> None:
        if not self.done.done():
            self.done.set_result(None)

    def _send(self) -> None:
        request = next(self._requests, None)
        if request is None:
            self._transport.close()
            return
        self._sent = time.perf_counter()
        self._transport.write(request)


async def load(port: int, clients: int, requests: Iterator[bytes]) -> dict[str, object]:
    """Sends all requests."""
    loop, statuses, times = asyncio.get_running_loop(), Counter[int](), list[float]()
    begun = time.perf_counter()
    made = [
        await loop.create_connection(lambda: Client(requests, statuses, times), "127.0.0.1", port)
        for _ in range(clients)
    ]
    await asyncio.gather(*(client.done for _, client in made))
    seconds = time.perf_counter() - begun
    times.sort()
    middle, late = times[len(times) // 2], times[int(len(times) * 0.99)]
    return {"seconds": seconds, "statuses": statuses, "p50": 1000 * middle, "p99": 1000 * late, "max": 1000 * times[-1]}


def main() -> None:
    """Prints what came of it."""
    port, clients, path = int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3])
    print(json.dumps(uvloop.run(load(port, clients, requests_of(path)))))


if __name__ == "__main__":
    main()
