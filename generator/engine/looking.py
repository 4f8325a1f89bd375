"""Looks at the output: which published files are not as they were left. It goes on in workers while sources are read."""

from collections.abc import Iterator, Sequence
from concurrent.futures import Executor
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from generator.engine.publish import Press
from generator.engine.remembered import Placed
from generator.engine.request import Request
from generator.engine.store import Store, open_store
from generator.engine.workers import batched, run_in_batches

_FILES_A_BATCH = 25_000


class Looked(Struct, frozen=True, gc=False):
    """What was found: files with other stamps but the same content (with the stamps that they have now), and files that
    were changed or lost."""

    touched: tuple[Placed, ...] = ()
    torn: frozenset[str] = frozenset()


def begin_to_look(request: Request, store: Store, count: int, executor: Executor | None) -> "Iterator[Looked]":
    """Looks at all files of an output, about `count`, in a few batches, of which the first begin at once."""
    slots = store.placed(request.output_key).used
    size = max(1, len(slots) * _FILES_A_BATCH // max(count, 1))
    shared = (request.store, str(request.output), request.output_key)
    return run_in_batches(executor, _look, batched(slots, size), shared)


def all_looked(batches: Iterator[Looked]) -> Looked:
    """What was found in all batches."""
    found = list(batches)
    touched = tuple(placed for one in found for placed in one.touched)
    return Looked(touched, frozenset(address for one in found for address in one.torn))


def _look(slots: Sequence[int], shared: tuple[Path, str, str]) -> Looked:
    folder, root, output = shared
    press = Press(root)
    touched: list[Placed] = []
    torn: list[str] = []
    with open_store(folder) as store:
        stack = store.placed(output)
        for number in slots:
            for placed in stack.read(number):
                stamp = press.stamp(placed.address)
                if stamp == placed.stamp:
                    continue
                if stamp is not None and press.holds(placed.address, placed.digest):
                    touched.append(replace(placed, stamp=stamp))
                else:
                    torn.append(placed.address)
    return Looked(tuple(touched), frozenset(torn))
