"""The rules of every format: ids, dates, addresses, summaries, enclosures, size."""

import re
from itertools import pairwise
from uuid import UUID

from tests.feed_rules.dates import Moment, Reader
from tests.feed_rules.documents import Document, Found, Rule, is_absolute
from tests.feed_rules.fragments import read_fragment

SIZE_LIMIT = 512 * 1024
_URN = re.compile(r"urn:(?!urn:)[a-z0-9][a-z0-9-]{0,30}:[0-9a-f]{8}[0-9a-f-]{24,28}")
_MEDIA_TYPE = re.compile(r"[a-z]+/[a-z0-9][a-z0-9.+-]*")


def items_have_an_id(feed: Document) -> Found:
    """RSS Advisory Board profile, guid; RFC 4287 section 4.2.6; JSON Feed 1.1, `id`."""
    return ((entry.number, "it has no id") for entry in feed.entries if not entry.id)


def ids_are_unique(feed: Document) -> Found:
    """RSS 2.0, guid; RFC 4287 section 4.2.6; JSON Feed 1.1, `id`."""
    seen: set[str] = set()
    for entry in feed.entries:
        if entry.id and entry.id in seen:
            yield entry.number, f"{entry.id} is another item's"
        seen.add(entry.id)


def ids_are_opaque(feed: Document) -> Found:
    """An id outlives the address, the title and the domain (RFC 4287 section 4.2.6.1); a `urn:uuid` is RFC 9562's."""
    for entry in feed.entries:
        if entry.id and not _is_opaque(entry.id):
            yield entry.number, f"{entry.id} is no URN of a digest or a UUID"


def _is_opaque(id: str) -> bool:
    if not _URN.fullmatch(id):
        return False
    uuid = id.removeprefix("urn:uuid:")
    return uuid == id or (len(uuid) == 36 and str(UUID(uuid)) == uuid and UUID(uuid).version in range(1, 9))


def items_have_a_title(feed: Document) -> Found:
    """RSS 2.0, title or description; RFC 4287 section 4.1.2. News without a title is no news."""
    return ((entry.number, "it has no title") for entry in feed.entries if not entry.title.strip())


def items_lead_to_a_page(feed: Document) -> Found:
    """RSS 2.0, link; RFC 4287 section 4.1.2, alternate; JSON Feed 1.1, `url`: an absolute address."""
    for entry in feed.entries:
        if not is_absolute(entry.url):
            yield entry.number, f"“{entry.url}” is no absolute address"


def pages_exist(feed: Document) -> Found:
    """What an item leads to is published (the order of publishing: pages before feeds)."""
    for number, url in [(0, feed.page), *((entry.number, entry.url) for entry in feed.entries)]:
        file = feed.at.file(url)
        if file is not None and not file.is_file():
            yield number, f"{url} is not there"


def feed_leads_to_its_page(feed: Document) -> Found:
    """RSS 2.0, channel link; RFC 4287 section 4.1.1, alternate; JSON Feed 1.1, `home_page_url`."""
    if not is_absolute(feed.page):
        yield 0, f"“{feed.page}” is no absolute address"


def feed_tells_its_own_address(feed: Document) -> Found:
    """RSS profile, atom:link self; RFC 4287 section 4.1.1; JSON Feed 1.1, `feed_url`; WebSub section 4 needs it."""
    if feed.own != (feed.at.address,):
        yield 0, f"it calls itself {feed.own}, and is at {feed.at.address}"


def feed_is_small_enough(feed: Document) -> Found:
    """Aggregators give up on more: 512 KB."""
    if len(feed.at.data) > SIZE_LIMIT:
        yield 0, f"{len(feed.at.data)} bytes"


def summaries_are_plain(feed: Document) -> Found:
    """The summary is words: RSS readers take a description for HTML, so no tag may come of it (profile, description)."""
    for entry in feed.entries:
        tags = read_fragment(entry.summary).tags
        if tags:
            yield entry.number, f"a reader sees <{tags[0].name}> in the summary"


def enclosures_are_told_whole(feed: Document) -> Found:
    """RSS 2.0, enclosure; RFC 4287 section 4.2.7; JSON Feed 1.1, `attachments`: address, media type, bytes."""
    for entry in feed.entries:
        for url, type, length in entry.enclosures:
            if not is_absolute(url):
                yield entry.number, f"the enclosure's “{url}” is no absolute address"
            if not _MEDIA_TYPE.fullmatch(type):
                yield entry.number, f"the enclosure's “{type}” is no media type"
            if not re.fullmatch("[1-9][0-9]*", length):
                yield entry.number, f"the enclosure's length is “{length}”"


def enclosures_are_as_long_as_told(feed: Document) -> Found:
    """RSS 2.0, enclosure: the length is the file's, in bytes."""
    for entry in feed.entries:
        for url, _, length in entry.enclosures:
            file = feed.at.file(url)
            size = file.stat().st_size if file is not None and file.is_file() else None
            if file is not None and length.isdecimal() and int(length) > 0 and size != int(length):
                yield entry.number, f"{url} has {size} bytes, the feed says {length}"


RULES: tuple[Rule, ...] = (
    items_have_an_id,
    ids_are_unique,
    ids_are_opaque,
    items_have_a_title,
    items_lead_to_a_page,
    pages_exist,
    feed_leads_to_its_page,
    feed_tells_its_own_address,
    feed_is_small_enough,
    summaries_are_plain,
    enclosures_are_told_whole,
    enclosures_are_as_long_as_told,
)


def rules_of_dates(read: Reader) -> tuple[Rule, ...]:
    """The rules of dates for the format whose dates `read` reads."""

    def moment(written: str) -> Moment:
        return read(written) or Moment(None)

    def items_have_a_date(feed: Document) -> Found:
        """RSS profile, pubDate; RFC 4287 section 4.2.9, published (updated moves with each edit); JSON Feed 1.1."""
        return ((entry.number, "it has no date") for entry in feed.entries if not entry.published)

    def dates_are_well_written(feed: Document) -> Found:
        """RFC 822 section 5.1 with four digits of the year, English names; RFC 3339 section 5.6."""
        for date in feed.dates:
            if read(date.written) is None:
                yield date.item, f"{date.name}: “{date.written}”"

    def dates_name_their_zone(feed: Document) -> Found:
        """RFC 822 section 5.1: a numeric zone or GMT; RFC 4287 section 3.3."""
        for date in feed.dates:
            found = read(date.written)
            if found is not None and found.seconds is None:
                yield date.item, f"{date.name}: “{date.written}” names no zone"

    def weekdays_are_true(feed: Document) -> Found:
        """RFC 822 section 5.2."""
        for date in feed.dates:
            if not moment(date.written).weekday_is_true:
                yield date.item, f"{date.name}: “{date.written}” is another day of the week"

    def nothing_is_from_the_future(feed: Document) -> Found:
        """RSS 2.0, pubDate: readers may hold back what is from the future; an embargoed story is not there at all."""
        for date in feed.dates:
            if (moment(date.written).seconds or 0) > feed.at.now:
                yield date.item, f"{date.name}: “{date.written}”"

    def newest_come_first(feed: Document) -> Found:
        """The order of publishing, which readers without dates show: by date, whatever was edited since."""
        known = [(entry.number, moment(entry.published).seconds) for entry in feed.entries]
        told = [(number, seconds) for number, seconds in known if seconds is not None]
        for (_, before), (number, after) in pairwise(told):
            if after > before:
                yield number, "it is newer than the item before"

    def feed_is_as_new_as_its_items(feed: Document) -> Found:
        """RSS 2.0, lastBuildDate; RFC 4287 section 4.2.15: a reader that trusts it misses nothing."""
        newest = [moment(written).seconds for entry in feed.entries for written in (entry.published, entry.updated)]
        changed = moment(feed.changed).seconds
        if changed is not None and changed < max((seconds for seconds in newest if seconds), default=0):
            yield 0, f"it changed at {feed.changed}, an item later"

    def changes_follow_publishing(feed: Document) -> Found:
        """RFC 4287 sections 4.2.9 and 4.2.15: published is the earlier, updated the later event."""
        for entry in feed.entries:
            published, updated = moment(entry.published).seconds, moment(entry.updated).seconds
            if published is not None and updated is not None and updated < published:
                yield entry.number, f"updated {entry.updated}, published {entry.published}"

    return (
        items_have_a_date,
        dates_are_well_written,
        dates_name_their_zone,
        weekdays_are_true,
        nothing_is_from_the_future,
        newest_come_first,
        feed_is_as_new_as_its_items,
        changes_follow_publishing,
    )
