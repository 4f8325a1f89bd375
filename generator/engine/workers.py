"""Batches of independent work on any `concurrent.futures.Executor`, in order; without one, or for little work, right here.

The executor's processes see the same folders as this one: they read sources and the store, and write into the output.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future
from itertools import chain, islice
from typing import TypeVar

Batch = TypeVar("Batch")
Item = TypeVar("Item")
Result = TypeVar("Result")
Shared = TypeVar("Shared")
_AHEAD = 8


def batched(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    """The items in lists of `size`."""
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch


def run_in_batches(
    executor: Executor | None,
    work: Callable[[Batch, Shared], Result],
    batches: Iterable[Batch],
    shared: Shared,
) -> Iterator[Result]:
    """The results of `work` on each batch, in order; at most a few batches are under way, and the first of them at once.

    `work` and everything it takes and gives must be picklable; `shared` goes with each batch, so it should be small.
    Less than two batches are done in this process: starting others would cost more.
    """
    waiting = iter(batches)
    first = list(islice(waiting, 2))
    if executor is None or len(first) < 2:
        return (work(batch, shared) for batch in chain(first, waiting))
    under_way = deque(executor.submit(work, batch, shared) for batch in chain(first, islice(waiting, _AHEAD)))
    return _results(under_way, (executor.submit(work, batch, shared) for batch in waiting))


def _results(under_way: "deque[Future[Result]]", following: "Iterator[Future[Result]]") -> Iterator[Result]:
    while under_way:
        yield under_way.popleft().result()
        under_way.extend(islice(following, 1))
