"""The rules of RSS 2.0 as the RSS Advisory Board's profile reads it, with Media RSS."""

import re
from collections.abc import Iterator
from typing import Any

from PIL import Image

from tests.feed_rules import contents, entries, history
from tests.feed_rules.characters import read_xml
from tests.feed_rules.dates import rfc_822
from tests.feed_rules.documents import (
    Date,
    Document,
    Enclosure,
    Entry,
    Found,
    Link,
    Published,
    Rule,
    Unreadable,
    is_absolute,
)

NAMESPACES = {
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "fh": "http://purl.org/syndication/history/1.0",
    "media": "http://search.yahoo.com/mrss/",
    "yandex": "http://news.yandex.ru",
}
CHANNEL = frozenset(
    "title link description language copyright managingEditor webMaster pubDate lastBuildDate category generator docs "
    "cloud ttl image rating textInput skipHours skipDays item".split()
)
ITEM = frozenset("title link description author category comments enclosure guid pubDate source".split())
SEVERAL = frozenset({"item", "category", "enclosure"})
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def read_rss(at: Published) -> Document:
    """An RSS document."""
    root = read_xml(at.data)
    channels = root.findall("channel")
    if root.tag != "rss" or root.get("version") != "2.0" or len(channels) != 1:
        raise Unreadable("it_is_rss_2_0", f"<{root.tag} version={root.get('version')}> with {len(channels)} channels")
    channel = channels[0]
    items = channel.findall("item")
    links = tuple(
        Link(number, *(link.get(name, "") for name in ("rel", "href", "type", "hreflang", "length")))
        for number, place in enumerate([channel, *items])
        for link in place.findall("atom:link", NAMESPACES)
    )
    return Document(
        at=at,
        tree=channel,
        entries=tuple(_entry(number, item) for number, item in enumerate(items, 1)),
        dates=tuple(_dates(channel, items)),
        changed=_text(channel, "lastBuildDate") or _text(channel, "pubDate"),
        own=tuple(link.href for link in links if link.rel == "self"),
        page=_text(channel, "link"),
        links=links,
        history=frozenset(
            mark for mark in ("archive", "complete") if channel.find(f"fh:{mark}", NAMESPACES) is not None
        ),
    )


def _entry(number: int, item: Any) -> Entry:
    return Entry(
        number=number,
        id=_text(item, "guid"),
        title=_text(item, "title"),
        url=_text(item, "link"),
        published=_text(item, "pubDate"),
        updated="",
        summary=_text(item, "description"),
        content=_text(item, "content:encoded"),
        enclosures=tuple(
            Enclosure(*(enclosure.get(name, "") for name in ("url", "type", "length")))
            for enclosure in item.findall("enclosure")
        ),
    )


def _dates(channel: Any, items: list[Any]) -> Iterator[Date]:
    for number, place in enumerate([channel, *items]):
        for name in ("pubDate", "lastBuildDate"):
            yield from (Date(number, name, found.text or "") for found in place.findall(name))


def _text(place: Any, name: str) -> str:
    return place.findtext(name, "", NAMESPACES) or ""


def channel_lacks_nothing(feed: Document) -> Found:
    """RSS 2.0, required channel elements (the link has a rule of its own)."""
    return ((0, f"no {name}") for name in ("title", "description") if not _text(feed.tree, name).strip())


def elements_are_rss(feed: Document) -> Found:
    """RSS 2.0, elements of channel and item; whatever else there is comes in a namespace."""
    for number, place in _places(feed):
        for child in place.iterchildren("*"):
            if child.tag[0] != "{" and child.tag not in (ITEM if number else CHANNEL):
                yield number, f"<{child.tag}>"


def elements_stand_once(feed: Document) -> Found:
    """RSS profile: of the elements that are no list, only the first or only the last would be read."""
    for number, place in _places(feed):
        tags = [child.tag for child in place.iterchildren("*")]
        once = {tag for tag in tags if (tag[0] != "{" and tag not in SEVERAL) or tag.endswith("}encoded")}
        yield from ((number, f"<{tag}> stands {tags.count(tag)} times") for tag in sorted(once) if tags.count(tag) > 1)


def namespaces_are_the_known_ones(feed: Document) -> Found:
    """Namespaces in XML 1.0: readers know a module by its address alone."""
    used = {(child.prefix, child.tag[1:].partition("}")[0]) for child in feed.tree.iter("{*}*") if child.tag[0] == "{"}
    return ((0, f"xmlns:{prefix} is {name}") for prefix, name in sorted(used) if NAMESPACES.get(prefix) != name)


def stylesheet_is_css(feed: Document) -> Found:
    """Browsers give up XSLT; a stylesheet instruction may name CSS only."""
    for before in feed.tree.getroottree().getroot().itersiblings(preceding=True):
        if getattr(before, "target", "") == "xml-stylesheet" and before.get("type") != "text/css":
            yield 0, f"type {before.get('type')}"


def language_is_a_tag(feed: Document) -> Found:
    """RSS 2.0, language; RFC 5646."""
    language = _text(feed.tree, "language")
    if not LANGUAGE.fullmatch(language):
        yield 0, f"language “{language}”"


def guids_are_no_addresses(feed: Document) -> Found:
    """RSS 2.0, guid: what is no address says isPermaLink="false", for true is what readers suppose."""
    for number, item in _items(feed):
        guid = item.find("guid")
        if guid is not None and guid.get("isPermaLink") != "false":
            yield number, f"isPermaLink is {guid.get('isPermaLink')}"


def summary_stands_before_content(feed: Document) -> Found:
    """RSS profile, content:encoded: description is there, and comes first."""
    for number, item in _items(feed):
        tags = [child.tag for child in item.iterchildren("*")]
        encoded = f"{{{NAMESPACES['content']}}}encoded"
        if "description" not in tags:
            yield number, "no description"
        elif encoded in tags and tags.index(encoded) < tags.index("description"):
            yield number, "content:encoded comes first"


def one_enclosure_at_most(feed: Document) -> Found:
    """RSS profile, enclosure: many readers support one."""
    return ((entry.number, f"{len(entry.enclosures)}") for entry in feed.entries if len(entry.enclosures) > 1)


def authors_are_told_rightly(feed: Document) -> Found:
    """RSS 2.0, author is an e-mail address; dc:creator is a name."""
    for number, item in _items(feed):
        for author in item.findall("author"):
            if "@" not in (author.text or ""):
                yield number, f"author “{author.text}” is no e-mail address"
        for creator in item.findall("dc:creator", NAMESPACES):
            if not (creator.text or "").strip():
                yield number, "dc:creator names nobody"


def categories_are_named(feed: Document) -> Found:
    """RSS 2.0, category."""
    for number, place in _places(feed):
        if any(not (category.text or "").strip() for category in place.findall("category")):
            yield number, "a category without a name"


def sources_lead_somewhere(feed: Document) -> Found:
    """RSS 2.0, source: a name, and an address as its `url`."""
    for number, item in _items(feed):
        for source in item.findall("source"):
            if not is_absolute(source.get("url", "")) or not (source.text or "").strip():
                yield number, f"source “{source.text}” at “{source.get('url')}”"


def media_are_told_whole(feed: Document) -> Found:
    """Media RSS 1.5.1, media:content: address, type, width and height."""
    for number, media in _media(feed):
        for name in ("width", "height"):
            if not re.fullmatch("[1-9][0-9]*", media.get(name, "")):
                yield number, f"media:content with {name} “{media.get(name)}”"
        if not is_absolute(media.get("url", "")) or not media.get("type", "").partition("/")[2]:
            yield number, f"media:content at “{media.get('url')}” of type “{media.get('type')}”"


def media_are_as_large_as_told(feed: Document) -> Found:
    """Media RSS 1.5.1, media:content: width and height are the picture's, in pixels; fileSize its bytes."""
    for number, media in _media(feed):
        file = feed.at.file(media.get("url", ""))
        if file is None or not file.is_file() or not media.get("type", "").startswith("image/"):
            continue
        with Image.open(file) as image:
            found = tuple(map(str, (*image.size, file.stat().st_size)))
        told = (media.get("width"), media.get("height"), media.get("fileSize", found[2]))
        if told[0] and told[1] and told != found:
            yield number, f"{file.name} is {found}, the feed says {told}"


def media_stand_in_items(feed: Document) -> Found:
    """Media RSS 1.5: media:content and its kin belong to an item; a credit that is there names somebody."""
    for child in feed.tree.iterchildren(f"{{{NAMESPACES['media']}}}*"):
        yield 0, f"{child.tag} in the channel"
    for number, item in _items(feed):
        for credit in item.iterfind(".//media:credit", NAMESPACES):
            if not (credit.text or "").strip():
                yield number, "media:credit names nobody"


def _items(feed: Document) -> Iterator[tuple[int, Any]]:
    return enumerate(feed.tree.findall("item"), 1)


def _places(feed: Document) -> Iterator[tuple[int, Any]]:
    """The channel as 0, then the items."""
    return enumerate([feed.tree, *feed.tree.findall("item")])


def _media(feed: Document) -> Iterator[tuple[int, Any]]:
    return ((number, media) for number, item in _items(feed) for media in item.iterfind(".//media:content", NAMESPACES))


RULES: tuple[Rule, ...] = (
    channel_lacks_nothing,
    elements_are_rss,
    elements_stand_once,
    namespaces_are_the_known_ones,
    stylesheet_is_css,
    language_is_a_tag,
    guids_are_no_addresses,
    summary_stands_before_content,
    one_enclosure_at_most,
    authors_are_told_rightly,
    categories_are_named,
    sources_lead_somewhere,
    media_are_told_whole,
    media_are_as_large_as_told,
    media_stand_in_items,
    *(rule for rule in entries.rules_of_dates(rfc_822) if rule.__name__ != "changes_follow_publishing"),
    *entries.RULES,
    *contents.RULES,
    *history.RULES,
)
