"""Dates as feeds write them: RFC 822 with a year of four digits in RSS, RFC 3339 in Atom and JSON Feed."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_RFC_822 = re.compile(
    rf"(?:({'|'.join(DAYS)}), )?(\d\d?) ({'|'.join(MONTHS)}) (\d{{4}}) (\d\d):(\d\d):(\d\d)(?: (GMT|[+-]\d{{4}}))?",
    re.ASCII,
)
_RFC_3339 = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.\d+)?(Z|[+-]\d\d:\d\d)?",
    re.ASCII,
)


class Moment(NamedTuple):
    """A date that could be read: seconds since 1970, None where no zone is named; and whether its weekday is true."""

    seconds: int | None
    weekday_is_true: bool = True


Reader = Callable[[str], Moment | None]
"""Reads a date; None where it is not written as the format wants it."""


def rfc_822(written: str) -> Moment | None:
    """A date of RSS (RFC 822 section 5.1, with four digits of the year as the RSS Advisory Board's profile has it)."""
    found = _RFC_822.fullmatch(written)
    if not found:
        return None
    weekday, day, month, year, hour, minute, second, zone = found.groups()
    return _moment([int(year), MONTHS.index(month) + 1, *map(int, (day, hour, minute, second))], zone, weekday)


def rfc_3339(written: str) -> Moment | None:
    """A date of Atom (RFC 4287 section 3.3) and JSON Feed."""
    found = _RFC_3339.fullmatch(written)
    return _moment([int(part) for part in found.groups()[:6]], found[7], None) if found else None


def _moment(parts: list[int], zone: str | None, weekday: str | None) -> Moment | None:
    try:
        local = datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type,misc]
    except ValueError:
        return None
    is_true = weekday in (None, DAYS[local.weekday()])
    return Moment(int((local - _offset(zone)).timestamp()) if zone else None, is_true)


def _offset(zone: str) -> timedelta:
    if zone in ("GMT", "Z"):
        return timedelta()
    size = timedelta(hours=int(zone[1:3]), minutes=int(zone[-2:]))
    return -size if zone[0] == "-" else size
