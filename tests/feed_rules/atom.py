"""The rules of Atom, RFC 4287."""

import re
from collections import Counter
from collections.abc import Iterator
from html import escape
from typing import Any

from lxml import etree

from tests.feed_rules import contents, entries, history
from tests.feed_rules.characters import read_xml
from tests.feed_rules.dates import rfc_3339
from tests.feed_rules.documents import Date, Document, Enclosure, Entry, Found, Link, Published, Rule, Unreadable
from tests.feed_rules.rss import NAMESPACES, stylesheet_is_css

ATOM = NAMESPACES["atom"]
FEED = frozenset("author category contributor generator icon id link logo rights subtitle title updated entry".split())
ENTRY = frozenset("author category content contributor id link published rights source summary title updated".split())
ONCE = frozenset("content generator icon id logo published rights source subtitle summary title updated".split())
_MEDIA_TYPE = re.compile(r"[a-z]+/[a-z0-9][a-z0-9.+-]*")


def read_atom(at: Published) -> Document:
    """An Atom document."""
    root = read_xml(at.data)
    if root.tag != f"{{{ATOM}}}feed":
        raise Unreadable("it_is_atom", f"<{root.tag}>")
    places = [root, *root.findall("atom:entry", NAMESPACES)]
    links = tuple(link for number, place in enumerate(places) for link in _links(number, place))
    return Document(
        at=at,
        tree=root,
        entries=tuple(_entry(number, place) for number, place in enumerate(places) if number),
        dates=tuple(_dates(places)),
        changed=_text(root, "updated"),
        own=tuple(link.href for link in links if link.rel == "self" and link.item == 0),
        page=_href(root, "alternate"),
        links=links,
        history=frozenset(mark for mark in ("archive", "complete") if root.find(f"fh:{mark}", NAMESPACES) is not None),
    )


def _entry(number: int, entry: Any) -> Entry:
    return Entry(
        number=number,
        id=_text(entry, "id"),
        title=_text(entry, "title"),
        url=_href(entry, "alternate"),
        published=_text(entry, "published"),
        updated=_text(entry, "updated"),
        summary=_as_html(entry.find("atom:summary", NAMESPACES)),
        content=_content(entry.find("atom:content", NAMESPACES)),
        enclosures=tuple(
            Enclosure(link.href, link.type, link.length) for link in _links(number, entry) if link.rel == "enclosure"
        ),
    )


def _as_html(text: Any) -> str:
    """A text construct (RFC 4287 section 3.1) as HTML."""
    if text is None or text.get("type", "text") != "text":
        return _content(text)
    return escape(text.text or "", quote=False)


def _content(content: Any) -> str:
    if content is None:
        return ""
    if content.get("type") == "xhtml":
        return "".join(etree.tostring(child, encoding="unicode") for child in content)
    return content.text or ""


def _links(number: int, place: Any) -> list[Link]:
    return [
        Link(
            number,
            link.get("rel", "alternate"),
            *(link.get(name, "") for name in ("href", "type", "hreflang", "length")),
        )
        for link in place.findall("atom:link", NAMESPACES)
    ]


def _href(place: Any, rel: str) -> str:
    return next((link.href for link in _links(0, place) if link.rel == rel), "")


def _dates(places: list[Any]) -> Iterator[Date]:
    for number, place in enumerate(places):
        for name in ("updated", "published"):
            for found in place.findall(f"atom:{name}", NAMESPACES):
                yield Date(number, name, found.text or "")


def _text(place: Any, name: str) -> str:
    return place.findtext(f"atom:{name}", "", NAMESPACES) or ""


def _places(feed: Document) -> Iterator[tuple[int, Any]]:
    return enumerate([feed.tree, *feed.tree.findall("atom:entry", NAMESPACES)])


def feed_and_entries_lack_nothing(feed: Document) -> Found:
    """RFC 4287 sections 4.1.1 and 4.1.2: updated everywhere; id and title of the feed (an entry's have their own rules)."""
    for number, place in _places(feed):
        wanted = ("updated",) if number else ("id", "title", "updated")
        yield from ((number, f"no {name}") for name in wanted if not _text(place, name).strip())


def elements_are_atom(feed: Document) -> Found:
    """RFC 4287 sections 4.1.1 and 4.1.2, with extensions from the known namespaces (section 6)."""
    for number, place in _places(feed):
        for child in place.iterchildren("*"):
            namespace, _, name = child.tag.lstrip("{").rpartition("}")
            known = name in (ENTRY if number else FEED) if namespace == ATOM else namespace in NAMESPACES.values()
            if not known:
                yield number, f"<{child.tag}>"


def elements_stand_once(feed: Document) -> Found:
    """RFC 4287 sections 4.1.1 and 4.1.2: at most one of each of these."""
    for number, place in _places(feed):
        counts = Counter(etree.QName(child).localname for child in place.iterchildren(f"{{{ATOM}}}*"))
        yield from ((number, f"<{name}> stands {n} times") for name, n in counts.items() if n > 1 and name in ONCE)


def every_entry_has_an_author(feed: Document) -> Found:
    """RFC 4287 section 4.1.1: the feed names an author, or each entry does; section 3.2.1: with a name."""
    has_own = bool(feed.tree.findall("atom:author", NAMESPACES))
    for number, place in _places(feed):
        authors = place.findall("atom:author", NAMESPACES)
        if number and not authors and not has_own:
            yield number, "nobody is named as its author"
        if any(not _text(author, "name").strip() for author in authors):
            yield number, "an author without a name"


def alternates_differ(feed: Document) -> Found:
    """RFC 4287 section 4.1.1: no two alternates of one type and language."""
    alternates = Counter((link.item, link.type, link.hreflang) for link in feed.links if link.rel == "alternate")
    return ((item, f"{n} alternates of type “{type}”") for (item, type, _), n in alternates.items() if n > 1)


def content_is_of_a_known_type(feed: Document) -> Found:
    """RFC 4287 section 4.1.3.1: text, html, xhtml or a media type; titles and summaries: section 3.1.1."""
    for number, place in _places(feed):
        for name in ("title", "subtitle", "rights", "summary", "content"):
            for text in place.findall(f"atom:{name}", NAMESPACES):
                type = text.get("type", "text")
                if type not in ("text", "html", "xhtml") and not (name == "content" and _MEDIA_TYPE.fullmatch(type)):
                    yield number, f"{name} of type “{type}”"


def content_is_html(feed: Document) -> Found:
    """RFC 4287 section 4.1.3.1: HTML that is not told as HTML is shown with its tags."""
    for number, place in _places(feed):
        for content in place.findall("atom:content", NAMESPACES):
            if content.get("type", "text") == "text" or len(content) != (content.get("type") == "xhtml"):
                yield number, f"content of type “{content.get('type')}” with {len(content)} children"


def categories_have_a_term(feed: Document) -> Found:
    """RFC 4287 section 4.2.2.1."""
    for number, place in _places(feed):
        if any(not category.get("term", "").strip() for category in place.findall("atom:category", NAMESPACES)):
            yield number, "a category without a term"


RULES: tuple[Rule, ...] = (
    stylesheet_is_css,
    feed_and_entries_lack_nothing,
    elements_are_atom,
    elements_stand_once,
    every_entry_has_an_author,
    alternates_differ,
    content_is_of_a_known_type,
    content_is_html,
    categories_have_a_term,
    *(rule for rule in entries.rules_of_dates(rfc_3339) if rule.__name__ != "weekdays_are_true"),
    *entries.RULES,
    *contents.RULES,
    *history.RULES,
)
