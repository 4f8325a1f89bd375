"""Windows of time: pages that show the stories of the last hours or days, and change by themselves when one grows too old.

A window is a span in whole seconds. A story is inside from its date on, and leaves at the moment at which it is as old as
the window is long.
"""

from collections.abc import Iterable, Iterator

from generator.config import Config
from generator.site.editions import Edition

DAY = 24 * 60 * 60
NEWS = 2 * DAY
"""The window of the news sitemap, as search engines ask for it."""


def windows_of(config: Config, language: str) -> frozenset[int]:
    """The windows of all pages of a language that have one: a page whose window is missing here goes stale. The `days` of
    a partner's feed are one."""
    ordered = (partner.days * DAY for partner in config.feeds.partners if partner.language == language)
    return frozenset({NEWS, *ordered} - {0})


def inside(edition: Edition, window: int, now: int) -> range:
    """The positions of an edition's stories that are inside a window at `now`, the oldest first."""
    return range(edition.place((now - window + 1, "")), len(edition.stories))


def leavings(edition: Edition, windows: Iterable[int], now: int) -> Iterator[int]:
    """For each window the first moment after `now` at which a story leaves. A page that shows not all stories of its window
    may stay the same then: that costs a look and nothing else."""
    for window in windows:
        for at in inside(edition, window, now)[:1]:
            yield edition.stories[at].card.date + window
