"""What is published, as builds remember it: the shards of an output, and the pages of one of them."""

import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from generator.engine.lock import locked, locked_output
from generator.engine.remembered import Published
from generator.engine.request import Request
from generator.engine.stacks import Stack
from generator.engine.store import open_store
from generator.pages.addresses import file_of
from generator.search.shards import Shard, renewed, shards_of

Waiting = Callable[[], None]


def published_shards(request: Request, languages: Sequence[str], most: int, waiting: Waiting) -> list[Shard]:
    """The shards of all published stories, the oldest first; none where nothing is known of the output. Raises BrokenStore."""
    with _between_builds(request, waiting) as published:
        return list(shards_of(published.all(), languages, most))


def gather(request: Request, shard: Shard, folder: Path, waiting: Waiting) -> Shard:
    """Copies the pages of a shard into a folder, so that no build has to wait for what is then done with them; gives the
    shard as it is in this moment."""
    with _between_builds(request, waiting) as published:
        now = renewed(shard, published.find(shard.addresses))
        for address in now.addresses:
            copy = folder / file_of(address)
            copy.parent.mkdir(parents=True, exist_ok=True)
            with suppress(FileNotFoundError):  # somebody removed it; the next build puts it back, of a new mark or not
                shutil.copyfile(request.output / file_of(address), copy)
        return now


@contextmanager
def _between_builds(request: Request, waiting: Waiting) -> Iterator[Stack[Published]]:
    """The published pages of an output while no build changes them."""
    with locked(request.store, waiting), locked_output(request.output, waiting), open_store(request.store) as store:
        yield store.published(request.output_key)
