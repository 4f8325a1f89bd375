"""The calendar: its root, a page for each year, month and day that has stories."""

import calendar
from bisect import bisect_left
from collections.abc import Sequence
from datetime import date, datetime
from typing import TypeVar

from generator.pages.addresses import archive_address
from generator.pages.desk import Desk
from generator.pages.page import Page
from generator.pages.views import ArchiveView, CalendarDay, CalendarMonth, DayView, Link, MonthView
from generator.site.sections import PORTAL

Month = tuple[int, int]
Item = TypeVar("Item", int, Month, date)
_weeks = calendar.Calendar(firstweekday=0).monthdayscalendar


def around(items: Sequence[Item], item: Item) -> tuple[Item | None, Item | None]:
    """The newer and the older neighbour of an item of a list that begins with the oldest."""
    at = bisect_left(items, item)
    return (items[at + 1] if at + 1 < len(items) else None, items[at - 1] if at else None)


def beside(items: Sequence[Item], item: Item) -> list[Item]:
    """An item and those next to it, whether it is in the list or not."""
    at: int = bisect_left(items, item)
    found = list(items[max(0, at - 1) : at + 2])
    found.append(item)
    return found


def _href(desk: Desk, *parts: int) -> str:
    return desk.href(archive_address(desk.root, *parts))


def _crumbs(desk: Desk, *parts: int) -> tuple[Link, ...]:
    """The way from the front page to the page of `parts`, without that page."""
    links = [desk.section_link(PORTAL)]
    if parts:
        links.append(Link(desk.words.t("archive.title"), _href(desk)))
    if len(parts) > 1:
        links.append(Link(str(parts[0]), _href(desk, parts[0])))
    if len(parts) > 2:
        links.append(Link(desk.words.month_name(parts[0], parts[1]), _href(desk, parts[0], parts[1])))
    return tuple(links)


def _count(desk: Desk, year: int, month: int = 0) -> int:
    return sum(desk.edition.count(year, one) for one in ([month] if month else range(1, 13)))


def archive_page(desk: Desk) -> Page:
    """The calendar's root."""
    years = reversed(desk.edition.years)
    entries = tuple((Link(str(year), _href(desk, year)), _count(desk, year)) for year in years)
    address = archive_address(desk.root)
    head = desk.head(address, desk.words.t("archive.title"), alternates=desk.everywhere(archive_address("")))
    view = ArchiveView(head, 0, _crumbs(desk), years=entries)
    return Page(address, desk.language, view)


def year_page(desk: Desk, year: int) -> Page:
    """A year with its months."""
    address = archive_address(desk.root, year)
    months = [month for month in range(1, 13) if (year, month) in desk.edition.by_month]
    newer, older = around(desk.edition.years, year)
    view = ArchiveView(
        head=desk.head(address, f"{desk.words.t('archive.title')}: {year}"),
        year=year,
        crumbs=_crumbs(desk, year),
        months=tuple(
            CalendarMonth(year, month, _href(desk, year, month), _count(desk, year, month)) for month in months
        ),
        newer=_href(desk, newer) if newer else "",
        older=_href(desk, older) if older else "",
    )
    return Page(address, desk.language, view)


def month_page(desk: Desk, month: Month) -> Page:
    """A month with its days."""
    address = archive_address(desk.root, *month)
    weeks = tuple(tuple(_cell(desk, month, day) for day in week) for week in _weeks(*month))
    newer, older = around(desk.edition.months, month)
    view = MonthView(
        head=desk.head(address, f"{desk.words.t('archive.title')}: {desk.words.month_name(*month)}"),
        month=CalendarMonth(*month, desk.href(address), _count(desk, *month), weeks),
        crumbs=_crumbs(desk, *month),
        newer=_href(desk, *newer) if newer else "",
        older=_href(desk, *older) if older else "",
    )
    return Page(address, desk.language, view)


def _cell(desk: Desk, month: Month, day: int) -> CalendarDay | None:
    if not day:
        return None
    span = desk.edition.by_day.get(date(*month, day))
    return CalendarDay(day, _href(desk, *month, day) if span else "", span[1] - span[0] if span else 0)


def day_page(desk: Desk, day: date) -> Page:
    """The page of a day with all of its stories."""
    start, stop = desk.edition.by_day[day]
    parts = (day.year, day.month, day.day)
    address = archive_address(desk.root, *parts)
    noon = int(datetime(*parts, 12, tzinfo=desk.words.zone).timestamp())
    newer, older = around(desk.edition.days_told, day)
    view = DayView(
        head=desk.head(address, desk.words.date(noon)),
        date=noon,
        crumbs=_crumbs(desk, *parts),
        cards=desk.cards(tuple(range(stop - 1, start - 1, -1))),
        newer=_href(desk, newer.year, newer.month, newer.day) if newer else "",
        older=_href(desk, older.year, older.month, older.day) if older else "",
    )
    return Page(address, desk.language, view)
