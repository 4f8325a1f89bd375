"""What the formats of one feed say alike; the longer may go on where the other was cut for its size."""

from collections.abc import Callable

from tests.feed_rules.dates import rfc_822, rfc_3339
from tests.feed_rules.documents import Document, Entry, Violation


def ids_agree(one: Entry, other: Entry) -> bool:
    """RFC 4287 section 4.2.6: one id for the same story in whatever feed, so that no reader shows it twice."""
    return one.id == other.id


def words_agree(one: Entry, other: Entry) -> bool:
    """Title and content."""
    return (one.title, one.content) == (other.title, other.content)


def pages_agree(one: Entry, other: Entry) -> bool:
    """The page that a story has."""
    return one.url == other.url


def dates_agree(one: Entry, other: Entry) -> bool:
    """The moment of publishing, however it is written."""
    return _moment(one) == _moment(other)


RULES: tuple[Callable[[Entry, Entry], bool], ...] = (ids_agree, words_agree, pages_agree, dates_agree)


def disagreements(one: Document, other: Document) -> list[Violation]:
    """Where two formats of a feed differ."""
    return [
        Violation(rule.__name__, before.number, f"{one.at.address} and {other.at.address} differ: {before.title}")
        for rule in RULES
        for before, after in zip(one.entries, other.entries, strict=False)
        if not rule(before, after)
    ]


def _moment(entry: Entry) -> int | None:
    found = rfc_822(entry.published) or rfc_3339(entry.published)
    return found.seconds if found else None
