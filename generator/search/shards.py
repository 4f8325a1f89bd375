"""Shards: the published stories of a language and a year, or of a part of a year that has very many."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from generator.digests import digest
from generator.engine.remembered import Published
from generator.engine.traces import named_marks
from generator.pages.addresses import index_of_search_address

MOST = 4000
"""Stories of one shard. Pagefind holds some 170 KB of memory for each."""
STORY = "article"
_ADDRESS = re.compile(r"/(?:(?P<language>[a-z]{2})/)?(?P<year>\d{4})/.+/")
_SHOWN = ("the program", "the portal's address", "the template", "story")


class Shard(Struct, frozen=True, gc=False):
    """Stories that are indexed together, each with the mark of what its page says of itself. `name` is `2026`, and `2026-2`
    for what a year has beyond the first part."""

    language: str
    name: str
    stories: tuple[tuple[str, bytes], ...]

    @property
    def address(self) -> str:
        """Where the index lies."""
        return f"{index_of_search_address(self.language)}{self.name}/"

    @property
    def addresses(self) -> tuple[str, ...]:
        """The addresses of the stories."""
        return tuple(address for address, _ in self.stories)

    def mark(self, version: str) -> str:
        """A text that changes with whatever the index is made of."""
        return digest((version, self.language, self.stories)).hex()


def shards_of(published: Iterable[Published], languages: Sequence[str], most: int) -> Iterator[Shard]:
    """The shards of all published stories, the oldest first within a language; the first language is the main one, whose
    addresses do not name it."""
    main, *_ = languages
    years: dict[tuple[str, str], list[tuple[str, bytes]]] = {}
    for page in published:
        found = _ADDRESS.fullmatch(page.address) if page.kind == STORY else None
        language = (found["language"] or main) if found else ""
        if found and language in languages:
            years.setdefault((language, found["year"]), []).append((page.address, _shown(page)))
    for (language, year), stories in sorted(years.items()):
        stories.sort()
        for number, start in enumerate(range(0, len(stories), most), 1):
            name = f"{year}-{number}" if number > 1 else year
            yield Shard(language, name, tuple(stories[start : start + most]))


def renewed(shard: Shard, published: Mapping[str, Published]) -> Shard:
    """A shard without the stories that are gone since, and with the marks that the others have now."""
    pages = (published[address] for address in shard.addresses if address in published)
    return replace(shard, stories=tuple((page.address, _shown(page)) for page in pages if page.kind == STORY))


def _shown(page: Published) -> bytes:
    """The mark of a story, without its neighbours: they are no part of it."""
    marks = named_marks(page)
    return b"".join(marks.get(name, b"") for name in _SHOWN)
