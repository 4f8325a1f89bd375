"""An edition: the live stories of one language in their order, and everything that is found from a place in it."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from generator.content.registries import Registries
from generator.content.stories import Article
from generator.site.sections import COUNTRY_TOPIC, PORTAL, SERIES, TAG, TOPIC, SectionKey, regions_of, sections_of
from generator.site.shelves import Shelf, shelve

STRETCH = 6
RELATED = 4
_WINDOW = 30
_PER_KEY = 8
_NEARNESS = {SERIES: 8, TAG: 4, COUNTRY_TOPIC: 3, TOPIC: 1}


@dataclass(frozen=True)
class Edition:
    """Live stories of a language, oldest first (by date, then id); a position is an index into `stories`."""

    language: str
    stories: tuple[Article, ...]
    days: tuple[date, ...]
    sections: dict[SectionKey, list[int]]
    keys: tuple[tuple[SectionKey, ...], ...]
    page_size: int

    @cached_property
    def position(self) -> dict[str, int]:
        """The position of each story by its id."""
        return {story.card.id: at for at, story in enumerate(self.stories)}

    @cached_property
    def by_day(self) -> dict[date, tuple[int, int]]:
        """For each day that has stories the positions of its first and after its last."""
        found: dict[date, tuple[int, int]] = {}
        for at, day in enumerate(self.days):
            found[day] = (found.get(day, (at, at))[0], at + 1)
        return found

    @cached_property
    def by_month(self) -> dict[tuple[int, int], list[date]]:
        """For each month (year, month) that has stories its days that have some, oldest first."""
        found: dict[tuple[int, int], list[date]] = {}
        for day in self.by_day:
            found.setdefault((day.year, day.month), []).append(day)
        return found

    def count(self, year: int, month: int) -> int:
        """How many stories a month has."""
        spans = [self.by_day[day] for day in self.by_month.get((year, month), ())]
        return sum(stop - start for start, stop in spans)

    def shelf(self, key: SectionKey) -> Shelf:
        """The pages of a section."""
        return shelve([self.days[at].year for at in self.sections.get(key, ())], self.page_size)

    def newest(self, key: SectionKey, count: int) -> tuple[int, ...]:
        """The newest positions of a section, newest first."""
        return tuple(reversed(self.sections.get(key, ())[-count:]))

    def before(self, at: int) -> tuple[int, ...]:
        """The stretch of news before a story: the positions just older than it, newest first."""
        return tuple(range(at - 1, max(-1, at - 1 - STRETCH), -1))

    def related(self, at: int) -> tuple[int, ...]:
        """Older stories near to a story: they share its series, tags, country and topic, and are few steps older."""
        nearness: dict[int, int] = {}
        for key, older in self._older_by_key(at):
            if len(nearness) < _WINDOW or older in nearness:
                nearness[older] = nearness.get(older, 0) + _NEARNESS[key[0]]
        ranked = sorted(nearness, key=lambda older: (-nearness[older], -older))
        return tuple(ranked[:RELATED])

    def _older_by_key(self, at: int) -> Iterator[tuple[SectionKey, int]]:
        """The nearest older stories of each of a story's telling sections, the most telling first."""
        telling = sorted((key for key in self.keys[at] if key[0] in _NEARNESS), key=lambda key: -_NEARNESS[key[0]])
        for key in telling:
            positions = self.sections[key]
            end = bisect_left(positions, at)
            for older in reversed(positions[max(0, end - _PER_KEY) : end]):
                yield key, older


def make_edition(
    language: str, articles: Iterable[Article], registries: Registries, zone: ZoneInfo, page_size: int
) -> Edition:
    """The edition of a language from its live stories in any order."""
    stories = tuple(sorted(articles, key=lambda story: (story.card.date, story.card.id)))
    regions = regions_of(registries)
    keys = tuple(sections_of(story, regions, registries) for story in stories)
    sections: dict[SectionKey, list[int]] = {PORTAL: []}
    for at, story_keys in enumerate(keys):
        for key in story_keys:
            sections.setdefault(key, []).append(at)
    days = tuple(datetime.fromtimestamp(story.card.date, zone).date() for story in stories)
    return Edition(language, stories, days, sections, keys, page_size)
