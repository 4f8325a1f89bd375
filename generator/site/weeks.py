"""Weekly digests: which weeks have one, the stories of each, and the next moment at which a week is over.

A week is one of ISO 8601, from Monday 00:00 to Monday 00:00 in the portal's time zone. Once it is over it has a digest where
it has stories enough, or where an editor says something of it.
"""

from bisect import bisect_left
from collections.abc import Collection, Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from generator.content.stories import Article
from generator.content.weeks import Week
from generator.site.editions import Edition

ENOUGH = 3
"""So many stories make a digest."""
_WEEK = timedelta(7)
_TELLING = ("analysis", "interview", "explainer")


def week_of(day: date) -> Week:
    """The week of a day."""
    year, number, _ = day.isocalendar()
    return year, number


def monday_of(week: Week) -> date:
    """The first day of a week."""
    return date.fromisocalendar(*week, 1)


def end_of(week: Week, zone: ZoneInfo) -> int:
    """The moment at which a week is over."""
    return int(datetime.combine(monday_of(week) + _WEEK, time(), zone).timestamp())


def positions_of(edition: Edition, week: Week) -> range:
    """The positions of a week's stories, the oldest first."""
    monday = monday_of(week)
    start = bisect_left(edition.days, monday)
    return range(start, bisect_left(edition.days, monday + _WEEK, start))


def told_by(edition: Edition, week: Week) -> Iterator[Article]:
    """The stories that a week's digest tells, the newest first: none that is paid for or that its author keeps out."""
    stories = (edition.stories[at] for at in reversed(positions_of(edition, week)))
    return (story for story in stories if story.in_digest and not story.card.label)


def in_order(edition: Edition, week: Week, pinned: Collection[str]) -> list[Article]:
    """The same in the order of a digest: what was story of the day or on the front page by hand, what explains, the rest."""

    def rank(story: Article) -> tuple[bool, bool]:
        return not (story.top or story.card.id in pinned), story.card.kind not in _TELLING

    return sorted(told_by(edition, week), key=rank)


def has_enough(edition: Edition, week: Week) -> bool:
    """Whether a week's stories make a digest."""
    return len(list(islice(told_by(edition, week), ENOUGH))) == ENOUGH


def weeks_told(edition: Edition, written: Collection[Week], now: int, *, drafts: bool) -> tuple[Week, ...]:
    """The weeks that have a digest at `now`, the oldest first; `written` are those of which an editor says something, with
    drafts also before they are over."""
    current = week_of(edition.day_of(now))
    over = {week for week in map(week_of, edition.days_told) if week < current and has_enough(edition, week)}
    return tuple(sorted(over | {week for week in written if drafts or week < current}))


def ends_of_weeks(edition: Edition, written: Collection[Week], now: int) -> Iterator[int]:
    """The moments after `now` at which a digest appears: at the end of this week, and of those that are written of."""
    current, zone = week_of(edition.day_of(now)), edition.sorting.zone
    yield from (end_of(week, zone) for week in written if week >= current)
    if has_enough(edition, current):
        yield end_of(current, zone)


def weeks_between(edition: Edition, one: int, other: int) -> Iterator[Week]:
    """The weeks that are over at the later of two moments and were not, or are not, at the other."""
    early, late = (edition.day_of(moment) for moment in sorted((one, other)))
    monday, last = monday_of(week_of(early)), monday_of(week_of(late))
    while monday < last:
        yield week_of(monday)
        monday += _WEEK
