"""The rules of links and archives in RSS and Atom: RFC 5005 section 4, WebSub, link relations."""

import re

from tests.feed_rules.documents import Document, Found, Rule, is_absolute

ARCHIVE = re.compile(r"/feeds/\d{4}/[1-9]\d*\.xml$")
"""The address of an archived feed."""

RELATIONS = frozenset(
    "alternate current enclosure first hub last license next next-archive prev-archive previous related search self "
    "via".split()
)


def links_are_absolute(feed: Document) -> Found:
    """RFC 4287 section 4.2.7.1, with no xml:base that a reader might not know."""
    for link in feed.links:
        if link.rel in RELATIONS - {"self"} and not is_absolute(link.href):
            yield link.item, f"{link.rel}: “{link.href}”"


def relations_are_known(feed: Document) -> Found:
    """RFC 4287 section 4.2.7.2: a name that IANA has registered."""
    return ((link.item, f"rel “{link.rel}”") for link in feed.links if link.rel not in RELATIONS)


def archives_name_the_current_feed(feed: Document) -> Found:
    """RFC 5005 section 4: whoever finds an archive finds the feed to subscribe to."""
    if "archive" in feed.history:
        current = [link.href for link in feed.links if link.rel == "current"]
        if len(current) != 1 or current == [feed.at.address]:
            yield 0, f"the current feed is told as {current}"


def archives_say_that_they_are(feed: Document) -> Found:
    """RFC 5005 section 4: `fh:archive` in each archived feed, and not in the one to subscribe to."""
    if bool(ARCHIVE.search(feed.at.address)) != ("archive" in feed.history):
        yield 0, "fh:archive stands in archived feeds, and only there"


def nothing_is_complete(feed: Document) -> Found:
    """RFC 5005 section 2: a complete feed holds all there is, and drops what is no longer in it."""
    if "complete" in feed.history:
        yield 0, "fh:complete would make readers delete every older story"


def one_way_leads_back(feed: Document) -> Found:
    """RFC 5005 section 4: at most one preceding archive, which is another document."""
    back = [link.href for link in feed.links if link.rel == "prev-archive"]
    if len(back) > 1 or feed.at.address in back:
        yield 0, f"prev-archive: {back}"


def current_feeds_are_last(feed: Document) -> Found:
    """RFC 5005 section 4: only an archived feed has a following archive."""
    if "archive" not in feed.history and any(link.rel == "next-archive" for link in feed.links):
        yield 0, "next-archive in a feed that is no archive"


def archives_exist(feed: Document) -> Found:
    """What the links of the history lead to is published."""
    for link in feed.links:
        file = feed.at.file(link.href) if link.rel in ("prev-archive", "next-archive", "current") else None
        if file is not None and not file.is_file():
            yield 0, f"{link.rel}: {link.href} is not there"


def hubs_stand_once(feed: Document) -> Found:
    """WebSub section 4: a hub that stands twice is told twice."""
    hubs = [link.href for link in feed.links if link.rel == "hub"]
    if len(hubs) != len(set(hubs)):
        yield 0, f"hubs: {hubs}"


RULES: tuple[Rule, ...] = (
    links_are_absolute,
    relations_are_known,
    archives_name_the_current_feed,
    archives_say_that_they_are,
    nothing_is_complete,
    one_way_leads_back,
    current_feeds_are_last,
    archives_exist,
    hubs_stand_once,
)
