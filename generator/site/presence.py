"""How each story is present at a moment: live, held back, expired, retracted; and when that will change by itself."""

from collections.abc import Iterator
from enum import StrEnum

from msgspec import Struct

from generator.content.stories import Article


class Presence(StrEnum):
    """What a reader finds at a story's address; the order of the checks is the order of these lines."""

    DRAFT = "draft"
    EMBARGOED = "embargoed"
    RETRACTED = "retracted"
    EXPIRED = "expired"
    LIVE = "live"


class Held(Struct, frozen=True, gc=False):
    """A story that is held back: why, and until when (0: until its file changes)."""

    id: str
    path: str
    reason: str
    until: int


def presence_at(article: Article, now: int, *, drafts: bool) -> Presence:
    """How a story is present at `now` (seconds since 1970, UTC)."""
    if article.draft and not drafts:
        return Presence.DRAFT
    if article.card.date > now and not drafts:
        return Presence.EMBARGOED
    if article.retracted:
        return Presence.RETRACTED
    if article.expires and article.expires <= now:
        return Presence.EXPIRED
    return Presence.LIVE


def changes_of(article: Article, now: int, *, drafts: bool) -> tuple[int, ...]:
    """The moments after `now` at which a story's presence, or its being the story of the day, changes by itself."""
    if article.card.date <= now and article.expires <= now and article.top <= now:
        return ()
    if article.draft and not drafts:
        return ()
    return tuple(moment for moment in (article.card.date, article.expires, article.top) if moment > now)


def ahead(article: Article, now: int) -> Iterator[str]:
    """The fields of a story that tell readers at once of a moment which is still to come."""
    corrections = ((f"corrections.{number}.date", one.date) for number, one in enumerate(article.corrections))
    retracted = (("retracted.date", article.retracted.date),) if article.retracted else ()
    yield from (field for field, moment in (("updated", article.updated), *corrections, *retracted) if moment > now)
