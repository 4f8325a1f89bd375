"""The course of a pair over a span: what it was, how it changed, and its chart, reckoned once for all spans and languages."""

from collections.abc import Callable, Iterator
from datetime import date
from fractions import Fraction
from functools import lru_cache
from zoneinfo import ZoneInfo

from markupsafe import Markup
from msgspec import Struct

from generator.content.history import Pair, decimal, ledger_of, rounded
from generator.content.history import course as course_of_pair
from generator.output.charts import SPANS, Drawing, Points, Tick, chart, latest, ticks
from generator.pages.views import HistoryView
from generator.site.exchange import noon
from generator.theme.words import Words

_KEPT, _MOST_NAMES = 8, 7


class Course(Struct, frozen=True, gc=False):
    """A pair over a span: prices as decimal numbers with the noons of their days, and the change from the first to the last
    in hundredths of a per cent."""

    id: str
    decimals: int
    points: tuple[tuple[int, int], ...]
    until: int
    first: str
    last: str
    low: str
    high: str
    change: int
    since: int
    on: int
    low_date: int
    high_date: int


def course_on(zone: ZoneInfo) -> Callable[[HistoryView, str], Course | None]:
    """The word `course(history, span)` of templates; None where it had one price in all that span, or none."""

    def course(history: HistoryView, span: str) -> Course | None:
        """What a rate was in a `week`, a `month`, a `year` or in `all` of them; none where it had one price or none."""
        points = latest(all_points(history), SPANS[span], history.until)
        return _course(history, span, points, zone) if len(points) > 1 else None

    return course


def chart_word(words: Words) -> Callable[[Course, str, str], Markup]:
    """The word `chart(course, title, description)` of templates: an <svg>, in which days have the names of the language."""

    def names(course: Course) -> Iterator[tuple[int, str]]:
        found = ticks(course.points[0][0], course.until)
        month = 0
        for tick in found[(len(found) - 1) % 2 :: 2] if len(found) > _MOST_NAMES else found:
            day, moment = date.fromordinal(tick.day), noon(tick.day, words.zone)
            yield tick.day, str(day.day) if month == day.month else words.date(moment, _form(tick, day))
            month = day.month if tick.unit == "day" else 0

    def drawn(course: Course, title: str, description: str) -> Markup:
        """The drawing of a course, an `<svg>` with this title and description for those who do not see it."""
        told = tuple(names(course))
        return Markup(chart(Drawing(course.id, title, description, course.points, course.until, course.decimals, told)))

    return drawn


def _form(tick: Tick, day: date) -> str:
    """The form of a date that names a tick; January is named by its year."""
    if tick.unit == "month":
        return "year" if day.month == 1 else "moon"
    return tick.unit


@lru_cache(maxsize=_KEPT)
def all_points(history: HistoryView) -> Points:
    """The prices of all days."""
    return course_of_pair(ledger_of(history.files), Pair(history.unit, history.money), history.decimals)


def _course(history: HistoryView, span: str, points: Points, zone: ZoneInfo) -> Course:
    (_, first), (_, last) = points[0], points[-1]
    (low_day, low), (high_day, high) = (among(points, key=lambda point: point[1]) for among in (min, max))
    first_text, last_text, low_text, high_text = (
        decimal(price, history.decimals) for price in (first, last, low, high)
    )
    return Course(
        id=f"{history.unit}-{history.money}-{span}".lower(),
        decimals=history.decimals,
        points=tuple(points),
        until=history.until,
        first=first_text,
        last=last_text,
        low=low_text,
        high=high_text,
        change=rounded(Fraction(last - first, first), 4) if first else 0,
        since=noon(points[0][0], zone),
        on=noon(history.until, zone),
        low_date=noon(low_day, zone),
        high_date=noon(high_day, zone),
    )
