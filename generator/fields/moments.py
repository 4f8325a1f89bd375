"""Dates and times as authors write them, read without guessing into seconds since 1970 (UTC)."""

import re
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

_MOMENT = re.compile(
    r"(?P<date>\d{4}-\d{1,2}-\d{1,2})(?:[ T](?P<time>\d{1,2}:\d{2}(?::\d{2})?))?\s*(?P<zone>Z|[+-]\d{2}(?::?\d{2})?)?"
)
_HINT = "write 2026-02-20 07:36, or with an offset 2026-02-20 07:36 +06:00"
FIRST_YEAR, LAST_YEAR = 1900, 2199


def read_moment(text: str, zone: ZoneInfo) -> int | tuple[str, str]:
    """A moment in seconds, or a message and a hint why the text is none.

    A text without an offset is in `zone`, the site's time zone (tzdata's rules; a local time that a clock change skips
    or repeats is read with the offset before the change, as PEP 495 says of fold=0).
    """
    found = _MOMENT.fullmatch(text)
    if not found:
        return f"“{text}” is no date", _HINT
    year, month, day = (int(part) for part in found["date"].split("-"))
    hour, minute, second = ([int(part) for part in (found["time"] or "0:00").split(":")] + [0])[:3]
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return f"the year {year} is not between {FIRST_YEAR} and {LAST_YEAR}", _HINT
    try:
        moment = datetime(
            year, month, day, hour, minute, second, tzinfo=_offset(found["zone"]) if found["zone"] else zone
        )
        return int(moment.timestamp())
    except ValueError as error:
        return f"“{text}” is no date of the calendar: {error}", _HINT


def local_time(moment: int, zone: ZoneInfo) -> datetime:
    """A moment on the clocks of a zone, with an offset that RFC 3339 can say: of before standard time it had seconds, which
    are left out."""
    local = datetime.fromtimestamp(moment, zone)
    offset = local.utcoffset() or timedelta()
    odd = offset.seconds % 60
    return local.replace(tzinfo=timezone(offset - timedelta(seconds=odd))) if odd else local


def _offset(text: str) -> timezone:
    """The zone of `Z`, `+06`, `+0545` or `+05:45`."""
    if text == "Z":
        return UTC
    digits = text[1:].replace(":", "").ljust(4, "0")
    hours, minutes = int(digits[:2]), int(digits[2:])
    if hours > 14 or minutes > 59:
        raise ValueError(f"no place on earth is {text} from UTC")
    delta = timedelta(hours=hours, minutes=minutes)
    return timezone(-delta if text[0] == "-" else delta)
