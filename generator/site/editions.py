"""An edition: the live stories of one language in their order, and everything that is found from a place in it."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from generator.content.stories import Article
from generator.site.sections import COUNTRY_TOPIC, PORTAL, SERIES, TAG, TOPIC, Part, SectionKey, Sections
from generator.site.shelves import Cut, Shelf, shelve

STRETCH = 6
RELATED = 4
PER_KEY = 8
_WINDOW = 30
NEARNESS = {SERIES: 8, TAG: 4, COUNTRY_TOPIC: 3, TOPIC: 1}

Rank = tuple[int, str]
"""What stories are ordered by: date, then id."""


@dataclass(frozen=True)
class Edition:
    """Live stories of a language, oldest first (by date, then id); a position is an index into `stories`."""

    language: str
    stories: tuple[Article, ...]
    days: tuple[date, ...]
    sections: dict[SectionKey, list[int]]
    sorting: Sections
    cut: Cut
    _shelves: dict[tuple[SectionKey, Cut], Shelf] = field(default_factory=dict)

    @cached_property
    def position(self) -> dict[str, int]:
        """The position of each story by its id."""
        return {story.card.id: at for at, story in enumerate(self.stories)}

    @cached_property
    def translations(self) -> tuple[Article, ...]:
        """The stories that translate another one."""
        return tuple(story for story in self.stories if story.translates)

    @cached_property
    def by_day(self) -> dict[date, tuple[int, int]]:
        """For each day that has stories, oldest first, the positions of its first and after its last."""
        found: dict[date, tuple[int, int]] = {}
        start = 0
        while start < len(self.days):
            stop = bisect_left(self.days, self.days[start] + timedelta(1), start)
            found[self.days[start]] = (start, stop)
            start = stop
        return found

    @cached_property
    def by_month(self) -> dict[tuple[int, int], list[date]]:
        """For each month (year, month) that has stories, oldest first, its days that have some, oldest first."""
        found: dict[tuple[int, int], list[date]] = {}
        for day in self.by_day:
            found.setdefault((day.year, day.month), []).append(day)
        return found

    @cached_property
    def days_told(self) -> tuple[date, ...]:
        """The days that have stories, oldest first."""
        return tuple(self.by_day)

    @cached_property
    def months(self) -> tuple[tuple[int, int], ...]:
        """The months that have stories, oldest first."""
        return tuple(self.by_month)

    @cached_property
    def years(self) -> tuple[int, ...]:
        """The years that have stories, oldest first."""
        return tuple(dict.fromkeys(year for year, _ in self.months))

    @cached_property
    def _year_starts(self) -> tuple[int, ...]:
        """The position of each year's first story."""
        return tuple(bisect_left(self.days, date(year, 1, 1)) for year in self.years)

    def count(self, year: int, month: int) -> int:
        """How many stories a month has."""
        spans = [self.by_day[day] for day in self.by_month.get((year, month), ())]
        return sum(stop - start for start, stop in spans)

    def place(self, rank: Rank) -> int:
        """The position of a story of this rank, or where one would stand."""
        return bisect_left(self.stories, rank, key=rank_of)

    def day_of(self, moment: int) -> date:
        """The day of a moment in the portal's time zone."""
        return datetime.fromtimestamp(moment, self.sorting.zone).date()

    def counts(self, key: SectionKey) -> list[tuple[int, int]]:
        """The years of the edition with the number of a section's stories in each."""
        positions = self.sections.get(key, ())
        starts = [bisect_left(positions, start) for start in self._year_starts]
        ends = [*starts, len(positions)][1:]
        return [(year, end - start) for year, start, end in zip(self.years, starts, ends, strict=True)]

    def shelf(self, key: SectionKey, cut: Cut | None = None) -> Shelf:
        """The pages of a section, cut as lists are where nothing else is said."""
        cut = cut or self.cut
        found = self._shelves.get((key, cut))
        if found is None:
            found = self._shelves[key, cut] = shelve(self.counts(key), cut)
        return found

    def newest(self, key: SectionKey, count: int) -> tuple[int, ...]:
        """The newest positions of a section, newest first."""
        return tuple(reversed(self.sections.get(key, ())[-count:]))

    def keys(self, at: int) -> tuple[SectionKey, ...]:
        """The sections that list the story at a position."""
        return self.sorting.of(self.stories[at])

    def before(self, at: int) -> tuple[int, ...]:
        """The stretch of news before a story: the positions just older than it, newest first."""
        return tuple(range(at - 1, max(-1, at - 1 - STRETCH), -1))

    def related(self, at: int) -> tuple[int, ...]:
        """Older stories near to a story: they share its series, tags, country and topic, and are few steps older."""
        nearness: dict[int, int] = {}
        for key, older in self._older_by_key(at):
            if len(nearness) < _WINDOW or older in nearness:
                nearness[older] = nearness.get(older, 0) + NEARNESS[key[0]]
        ranked = sorted(nearness, key=lambda older: (-nearness[older], -older))
        return tuple(ranked[:RELATED])

    def _older_by_key(self, at: int) -> Iterator[tuple[SectionKey, int]]:
        """The nearest older stories of each of a story's telling sections, the most telling first."""
        telling = sorted((key for key in self.keys(at) if key[0] in NEARNESS), key=lambda key: -NEARNESS[key[0]])
        for key in telling:
            positions = self.sections[key]
            end = bisect_left(positions, at)
            for older in reversed(positions[max(0, end - PER_KEY) : end]):
                yield key, older


def rank_of(story: Article) -> Rank:
    """What a story is ordered by."""
    return (story.card.date, story.card.id)


def make_edition(language: str, articles: Iterable[Article], sorting: Sections, cut: Cut) -> Edition:
    """The edition of a language from its live stories in any order."""
    stories = tuple(sorted(articles, key=rank_of))
    days = tuple(_days(stories, sorting.zone))
    return Edition(language, stories, days, _sorted_into_sections(stories, sorting), sorting, cut)


def _sorted_into_sections(stories: Sequence[Article], sorting: Sections) -> dict[SectionKey, list[int]]:
    """The positions of each section's stories."""
    sections: dict[SectionKey, list[int]] = {PORTAL: []}
    lists: dict[Part, tuple[list[int], ...]] = {}
    for at, story in enumerate(stories):
        for part in sorting.parts(story):
            found = lists.get(part)
            if found is None:
                found = lists[part] = tuple(sections.setdefault(key, []) for key in sorting.keys(part))
            for positions in found:
                positions.append(at)
    return sections


def _days(stories: Sequence[Article], zone: ZoneInfo) -> Iterator[date]:
    """The day of each story; midnight is looked up once for each day, for a time zone is slow to ask."""
    midnight, day = stories[0].card.date if stories else 0, date.min
    for story in stories:
        if story.card.date >= midnight:
            day = max(day, datetime.fromtimestamp(story.card.date, zone).date())  # some clocks were set back at 0:01
            following = day + timedelta(1)
            midnight = int(datetime(following.year, following.month, following.day, tzinfo=zone).timestamp())
        yield day
