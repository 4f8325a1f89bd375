"""What a source is: where its documents lie, and how rates are read from one of them."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Protocol

from msgspec import Struct

WEEK = timedelta(days=7)


class Rate(Struct, frozen=True, order=True, gc=False):
    """So many units (nominal) of a currency cost so much (value) in the source's currency from a date (ISO 8601) on. Both
    numbers are as the source wrote them, with a decimal point."""

    date: str
    currency: str
    nominal: str
    value: str


class Wanted(Struct, frozen=True, gc=False):
    """Which rates are asked for: without `first` the newest ones. `today` is the date at the source."""

    today: date
    first: date | None = None
    last: date | None = None

    def days(self) -> Iterator[date]:
        """Every day that is asked for."""
        day, last = self.first, self.last or self.today
        while day is not None and day <= last:
            yield day
            day += timedelta(days=1)

    def covers(self, written: str) -> bool:
        """Whether a rate of this date is asked for; the week before is taken along, as it has the rate that stands on the
        first day."""
        if self.first is None:
            return True
        return str(self.first - WEEK) <= written <= str(self.last or self.today)


class FormatChanged(Exception):
    """A document is not as it was; the message says which field of what."""


class Source(Protocol):
    """A module for each source."""

    @property
    def ORIGIN(self) -> str:
        """Scheme and host, `https://www.cbr.ru`."""

    @property
    def DOMAIN(self) -> str:
        """The domain whose hosts may answer where a request is sent on."""

    @property
    def ZONE(self) -> str:
        """The time zone of the source's days."""

    @property
    def LIMIT(self) -> int:
        """Bytes that a document may have."""

    @property
    def HAS_PAST(self) -> bool:
        """Whether it tells rates of past days."""

    def paths(self, wanted: Wanted) -> Iterator[str]:
        """The documents to ask for, below ORIGIN."""

    def read(self, body: bytes) -> Iterator[Rate]:
        """The rates of a document. Raises FormatChanged."""
