"""The rules of OPML 2.0, a list of feeds to subscribe to at once."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from tests.feed_rules.characters import read_xml
from tests.feed_rules.dates import rfc_822
from tests.feed_rules.documents import Document, Found, Published, Rule, Unreadable, is_absolute


def read_opml(at: Published) -> Document:
    """An OPML document; it has outlines instead of items, numbered in the order of the document."""
    root = read_xml(at.data)
    if root.tag != "opml" or root.get("version") != "2.0" or [child.tag for child in root] != ["head", "body"]:
        raise Unreadable("it_is_opml_2_0", f"<{root.tag} version={root.get('version')}> of {[c.tag for c in root]}")
    return Document(at, root, entries=(), dates=(), changed="", own=(), page="")


def _outlines(feed: Document) -> Iterator[tuple[int, Any]]:
    return enumerate(feed.tree.iterfind("body//outline"), 1)


def head_has_a_title(feed: Document) -> Found:
    """OPML 2.0, title in head."""
    if not (feed.tree.findtext("head/title") or "").strip():
        yield 0, "no title"


def dates_of_the_head_are_rfc_822(feed: Document) -> Found:
    """OPML 2.0, dateCreated and dateModified: RFC 822 with four digits of the year."""
    for name in ("dateCreated", "dateModified"):
        written = feed.tree.findtext(f"head/{name}")
        found = rfc_822(written) if written else None
        if written is not None and (found is None or found.seconds is None or not found.weekday_is_true):
            yield 0, f"{name}: “{written}”"


def body_has_outlines(feed: Document) -> Found:
    """OPML 2.0, body holds one or more outlines."""
    if feed.tree.find("body/outline") is None:
        yield 0, "no outline"


def outlines_have_a_text(feed: Document) -> Found:
    """OPML 2.0, outline: `text` is required."""
    return ((number, "no text") for number, outline in _outlines(feed) if not outline.get("text", "").strip())


def outlines_are_feeds_or_folders(feed: Document) -> Found:
    """OPML 2.0, subscription lists: type rss (for Atom as well); what has no type holds others."""
    for number, outline in _outlines(feed):
        is_feed = outline.get("type") == "rss"
        if is_feed == bool(len(outline)) or (not is_feed and outline.get("type") is not None):
            yield number, f"type {outline.get('type')} with {len(outline)} outlines in it"


def feeds_lead_somewhere(feed: Document) -> Found:
    """OPML 2.0, subscription lists: xmlUrl is required; htmlUrl, where it is told, is an address too."""
    for number, outline in _outlines(feed):
        told = [outline.get("htmlUrl", "http://none.example")]
        told += [outline.get("xmlUrl", "")] if outline.get("type") == "rss" else []
        yield from ((number, f"“{url}” is no absolute address") for url in told if not is_absolute(url))


def feeds_stand_once(feed: Document) -> Found:
    """A feed that stands twice is subscribed to twice."""
    counts = Counter(outline.get("xmlUrl") for _, outline in _outlines(feed) if outline.get("xmlUrl"))
    for number, outline in _outlines(feed):
        if counts.pop(outline.get("xmlUrl"), 1) > 1:
            yield number, f"{outline.get('xmlUrl')} stands twice"


def feeds_exist(feed: Document) -> Found:
    """What the list leads to is published."""
    for number, outline in _outlines(feed):
        for name in ("xmlUrl", "htmlUrl"):
            file = feed.at.file(outline.get(name, ""))
            if file is not None and not file.is_file():
                yield number, f"{outline.get(name)} is not there"


RULES: tuple[Rule, ...] = (
    head_has_a_title,
    dates_of_the_head_are_rfc_822,
    body_has_outlines,
    outlines_have_a_text,
    outlines_are_feeds_or_folders,
    feeds_lead_somewhere,
    feeds_stand_once,
    feeds_exist,
)
