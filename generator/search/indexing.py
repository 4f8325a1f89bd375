"""The index of a portal, brought up to what is published: only shards of which a story changed are made anew."""

from collections.abc import Callable, Sequence
from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryDirectory
from time import perf_counter

from msgspec import Struct

from generator.engine.lock import locked, locked_output
from generator.engine.request import Request
from generator.engine.run import peak_memory
from generator.search.gathering import gather, published_shards
from generator.search.pagefind import Program, run_pagefind
from generator.search.placing import Listed, Listing, languages_listed, list_shards, lying, mark_of, place, remove
from generator.search.shards import MOST, Shard

Progress = Callable[[str, int], None]


class NothingPublished(Exception):
    """The store knows of no story in the output."""


class Indexed(Struct, frozen=True, gc=False):
    """What was done: the addresses of shards that were made, kept and removed, how many stories they hold together, how many
    files were written."""

    stories: int
    made: tuple[str, ...]
    kept: tuple[str, ...]
    removed: tuple[str, ...]
    written: int
    seconds: float
    peak_memory: int


def bring_up_to_date(
    request: Request, languages: Sequence[str], program: Program, progress: Progress, most: int = MOST
) -> Indexed:
    """Makes the index of an output, in the order of what readers look for: the newest shards first.

    Raises NothingPublished, MissingPagefind, FailedPagefind, BrokenStore.
    """
    started, room = perf_counter(), request.store / "search"

    def wait() -> None:
        progress("waiting for a build", 0)

    with locked(room, lambda: progress("waiting for another search", 0)):
        shards = published_shards(request, languages, most, wait)[::-1]
        if not shards:
            raise NothingPublished
        work = Work(request, shards, program, room, wait)
        removed = work.remove_others()
        stale = [shard for shard in shards if mark_of(request.output, shard.address) != shard.mark(program.version)]
        written = 0
        for shard in stale:
            progress(f"{shard.address}:", len(shard.stories))
            written += work.make(shard)
    made = tuple(shard.address for shard in stale)
    kept = tuple(shard.address for shard in shards if shard not in stale)
    stories = sum(len(shard.stories) for shard in shards)
    return Indexed(stories, made, kept, removed, written, round(perf_counter() - started, 3), peak_memory())


class Work(Struct, frozen=True, gc=False):
    """One run of the command: the shards that shall be there, and the folder in which indexes are made."""

    request: Request
    shards: list[Shard]
    program: Program
    room: Path
    wait: Callable[[], None]

    def remove_others(self) -> tuple[str, ...]:
        """Takes away what is no shard any more, and what a killed run left."""
        for left in self.room.glob("run-*"):
            rmtree(left, ignore_errors=True)
        output = self.request.output
        wanted = {shard.address for shard in self.shards}
        with locked_output(output, self.wait):
            for language in {*languages_listed(output), *(shard.language for shard in self.shards)}:
                list_shards(output, language, self._listing(language))
            others = tuple(address for address in lying(output) if address not in wanted)
            for address in others:
                remove(output, address)
        return others

    def make(self, shard: Shard) -> int:
        """Makes a shard's index beside everything, then publishes it; gives how many files were written."""
        output = self.request.output
        with TemporaryDirectory(prefix="run-", dir=self.room) as name:
            pages, made = Path(name, "pages"), Path(name, "made")
            pages.mkdir()
            now = gather(self.request, shard, pages, self.wait)
            if not now.stories:
                return 0
            names = run_pagefind(self.program, pages, made, shard.language)
            with locked_output(output, self.wait):
                written = place(output, shard.address, now.mark(self.program.version), made, names)
                return written + list_shards(output, shard.language, self._listing(shard.language))

    def _listing(self, language: str) -> Listing:
        """Those of a language's shards that lie in the output."""
        mine = (shard for shard in self.shards if shard.language == language)
        there = (shard for shard in mine if mark_of(self.request.output, shard.address))
        return Listing(tuple(Listed(shard.name, len(shard.stories)) for shard in there))
