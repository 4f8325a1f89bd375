"""Polls at a moment: which have begun, the lists in which they stand, the poll of the day, and what became of each since."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from msgspec import Struct

from generator.content.contents import Contents
from generator.content.polls import Poll, is_open, question_of
from generator.site.sections import regions_of, with_regions
from generator.site.shelves import Cut, Shelf, shelve

EVERY_POLL = ""
"""The key of the list of all polls; the others are ids of countries and regions."""


@dataclass(frozen=True)
class Ballots:
    """The polls that have begun, oldest first (by opening, then id)."""

    polls: tuple[Poll, ...]
    now: int
    zone: ZoneInfo
    cut: Cut
    regions: Mapping[str, tuple[str, ...]]

    @cached_property
    def by_path(self) -> dict[str, Poll]:
        """The polls by their file."""
        return {poll.path: poll for poll in self.polls}

    @cached_property
    def by_id(self) -> dict[str, Poll]:
        """The polls by their id."""
        return {poll.id: poll for poll in self.polls}

    @cached_property
    def lists(self) -> dict[str, list[Poll]]:
        """The polls of each list, oldest first: all, and those of each country and region that has some."""
        found: dict[str, list[Poll]] = {EVERY_POLL: list(self.polls)} if self.polls else {}
        for poll in self.polls:
            for key in self.countries(poll):
                found.setdefault(key, []).append(poll)
        return found

    def countries(self, poll: Poll) -> tuple[str, ...]:
        """The countries of a poll with the regions that they belong to."""
        return with_regions(poll.countries, self.regions)

    def shelf(self, key: str) -> Shelf:
        """The pages of a list, by the years in which its polls opened."""
        counts: dict[int, int] = {}
        for poll in self.lists.get(key, ()):
            year = datetime.fromtimestamp(poll.opened, self.zone).year
            counts[year] = counts.get(year, 0) + 1
        return shelve(list(counts.items()), self.cut)

    @property
    def of_the_day(self) -> Poll | None:
        """The newest open poll that is marked `front`, else the newest open one, else a closed one that is marked."""
        newest = self.polls[::-1]
        running = [poll for poll in newest if is_open(poll, self.now)]
        choices = [*filter(_is_marked, running), *running, *filter(_is_marked, newest)]
        return choices[0] if choices else None


def make_ballots(contents: Contents, now: int, *, drafts: bool) -> Ballots:
    """The polls of a portal at a moment; with drafts those too that have not begun."""
    config = contents.config
    begun = [poll for poll in contents.polls if has_begun(poll, now, drafts=drafts)]
    cut, regions = Cut(config.page_size), regions_of(contents.registries)
    return Ballots(tuple(sorted(begun, key=_rank)), now, config.zone, cut, regions)


def has_begun(poll: Poll, now: int, *, drafts: bool) -> bool:
    """Whether readers see a poll."""
    return poll.opened <= now or drafts


def _is_marked(poll: Poll) -> bool:
    return poll.front


def _rank(poll: Poll) -> tuple[int, str]:
    return (poll.opened, poll.id)


def turns_of(polls: Iterable[Poll], now: int) -> Iterator[int]:
    """The moments after `now` at which a poll opens or closes by itself."""
    for poll in polls:
        yield from (moment for moment in (poll.opened, poll.closed) if moment > now)


class PollChange(Struct, frozen=True, gc=False):
    """A poll as readers saw it and as they see it now (None: not at all)."""

    path: str
    before: Poll | None
    after: Poll | None

    @property
    def asks_anew(self) -> bool:
        """Whether more changed than votes and whether it is open."""
        if self.before is None or self.after is None:
            return True
        return question_of(self.before) != question_of(self.after)


def poll_changes(
    contents: Contents, then: int, now: int, old: Mapping[str, Poll | None], *, drafts: bool
) -> tuple[PollChange, ...]:
    """What became of polls since they were shown at the moment `then`: of those of `old` (as they were), and of those that
    opened or closed by themselves."""
    polls = {poll.path: poll for poll in contents.polls}

    def shown(poll: Poll | None, moment: int) -> tuple[Poll | None, bool]:
        if poll is None or not has_begun(poll, moment, drafts=drafts):
            return None, False
        return poll, is_open(poll, moment)

    found = []
    for path in sorted({*polls, *old}):
        before, after = shown(old.get(path, polls.get(path)), then), shown(polls.get(path), now)
        if before != after:
            found.append(PollChange(path, before[0], after[0]))
    return tuple(found)


def ballots_before(ballots: Ballots, changes: Iterable[PollChange]) -> Ballots:
    """The polls as they were shown before changes."""
    changed = {change.path: change.before for change in changes}
    kept = [poll for poll in ballots.polls if poll.path not in changed]
    polls = sorted([*kept, *(poll for poll in changed.values() if poll is not None)], key=_rank)
    return Ballots(tuple(polls), ballots.now, ballots.zone, ballots.cut, ballots.regions)
