"""Batches of independent work on any `concurrent.futures.Executor`, in order; without one, or for little work, right here."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future
from itertools import chain, islice
from typing import TypeVar

Job = TypeVar("Job")
Result = TypeVar("Result")
Shared = TypeVar("Shared")
_AHEAD = 8


def run_in_batches(
    executor: Executor | None,
    work: Callable[[Sequence[Job], Shared], list[Result]],
    jobs: Iterable[Job],
    size: int,
    shared: Shared,
) -> Iterator[Result]:
    """The results of `work` on batches of `size` jobs, in the order of the jobs; at most a few batches are under way.

    `work` and everything it takes and gives must be picklable; `shared` goes with each batch, so it should be small or
    cheap to pickle. Work of less than two batches is done in this process: starting others would cost more.
    """
    batches = _batches(jobs, size)
    first, second = next(batches, None), next(batches, None)
    if first is None:
        return
    if executor is None or second is None:
        for batch in chain([first, *([second] if second else [])], batches):
            yield from work(batch, shared)
        return
    waiting: deque[Future[list[Result]]] = deque()
    for batch in chain([first, second], batches):
        waiting.append(executor.submit(work, batch, shared))
        if len(waiting) > _AHEAD:
            yield from waiting.popleft().result()
    while waiting:
        yield from waiting.popleft().result()


def _batches(jobs: Iterable[Job], size: int) -> Iterator[list[Job]]:
    iterator = iter(jobs)
    while batch := list(islice(iterator, size)):
        yield batch
