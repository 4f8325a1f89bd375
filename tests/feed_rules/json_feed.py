"""The rules of JSON Feed 1.1."""

from collections.abc import Iterator
from typing import Any

from tests.feed_rules import contents, entries
from tests.feed_rules.characters import read_json
from tests.feed_rules.dates import rfc_3339
from tests.feed_rules.documents import Date, Document, Enclosure, Entry, Found, Published, Rule, Unreadable, is_absolute
from tests.feed_rules.rss import LANGUAGE

VERSION = "https://jsonfeed.org/version/1.1"
TEXTS, OBJECTS = "text", "list of objects"
FEED = dict.fromkeys(
    "version title home_page_url feed_url description user_comment next_url icon favicon language".split(), TEXTS
) | {"authors": OBJECTS, "hubs": OBJECTS, "items": OBJECTS, "expired": "yes or no"}
ITEM = dict.fromkeys(
    "id url external_url title content_html content_text summary image banner_image date_published date_modified "
    "language".split(),
    TEXTS,
) | {"authors": OBJECTS, "attachments": OBJECTS, "tags": "list of texts"}
AUTHOR = dict.fromkeys(("name", "url", "avatar"), TEXTS)
HUB = dict.fromkeys(("type", "url"), TEXTS)
ATTACHMENT = dict.fromkeys(("url", "mime_type", "title"), TEXTS) | {
    "size_in_bytes": "number",
    "duration_in_seconds": "number",
}


def read_json_feed(at: Published) -> Document:
    """A JSON Feed."""
    root = read_json(at.data)
    if root.get("version") != VERSION or not _fits(root.get("items"), OBJECTS):
        raise Unreadable(
            "it_is_json_feed_1_1", f"version {root.get('version')} with items of {type(root.get('items'))}"
        )
    items = root["items"]
    return Document(
        at=at,
        tree=root,
        entries=tuple(_entry(number, item) for number, item in enumerate(items, 1)),
        dates=tuple(
            Date(number, name, _text(item, name))
            for number, item in enumerate(items, 1)
            for name in ("date_published", "date_modified")
            if name in item
        ),
        changed="",
        own=(_text(root, "feed_url"),),
        page=_text(root, "home_page_url"),
    )


def _entry(number: int, item: dict[str, Any]) -> Entry:
    return Entry(
        number=number,
        id=_text(item, "id"),
        title=_text(item, "title"),
        url=_text(item, "url"),
        published=_text(item, "date_published"),
        updated=_text(item, "date_modified"),
        summary="",  # it is plain text by its name; a `<` in it is a `<`
        content=_text(item, "content_html") or _text(item, "content_text"),
        enclosures=tuple(
            Enclosure(_text(found, "url"), _text(found, "mime_type"), str(found.get("size_in_bytes", "")))
            for found in _list(item, "attachments")
        ),
    )


def _text(place: dict[str, Any], name: str) -> str:
    value = place.get(name, "")
    return value if isinstance(value, str) else ""


def _list(place: dict[str, Any], name: str) -> list[dict[str, Any]]:
    return place[name] if _fits(place.get(name), OBJECTS) else []


def _fits(value: object, kind: str) -> bool:
    if kind in (OBJECTS, "list of texts"):
        wanted = dict if kind == OBJECTS else str
        return isinstance(value, list) and all(isinstance(part, wanted) for part in value)
    wanted_type: type | tuple[type, ...] = {TEXTS: str, "yes or no": bool, "number": (int, float)}[kind]
    return isinstance(value, wanted_type) and (kind != "number" or not isinstance(value, bool))


def _places(feed: Document) -> Iterator[tuple[int, dict[str, Any], dict[str, str]]]:
    """Every object of the format, with the number of its item and the keys that it may have."""
    for number, place in enumerate([feed.tree, *feed.tree["items"]]):
        yield number, place, ITEM if number else FEED
        for name, keys in (("authors", AUTHOR), ("hubs", HUB), ("attachments", ATTACHMENT)):
            yield from ((number, part, keys) for part in _list(place, name))


def feed_has_a_title(feed: Document) -> Found:
    """JSON Feed 1.1, `title` is required."""
    if not _text(feed.tree, "title").strip():
        yield 0, "no title"


def keys_are_known(feed: Document) -> Found:
    """JSON Feed 1.1, Extensions: what the format does not name begins with an underscore."""
    for number, place, keys in _places(feed):
        yield from ((number, key) for key in place if key not in keys and not key.startswith("_"))


def values_are_of_their_type(feed: Document) -> Found:
    """JSON Feed 1.1: an id is a text, tags are texts, a size is a number."""
    for number, place, keys in _places(feed):
        for key, value in place.items():
            if key in keys and not _fits(value, keys[key]):
                yield number, f"{key} is {value!r}"


def addresses_of_the_feed_are_absolute(feed: Document) -> Found:
    """JSON Feed 1.1: icons, pictures, hubs, authors' pages; those of items and attachments have rules of their own."""
    names = ("next_url", "icon", "favicon", "external_url", "image", "banner_image", "avatar")
    for number, place, keys in _places(feed):
        for name in (*names, *(("url",) if keys in (AUTHOR, HUB) else ())):
            if name in place and not is_absolute(_text(place, name)):
                yield number, f"{name}: “{place[name]}”"


def languages_are_tags(feed: Document) -> Found:
    """JSON Feed 1.1, `language`; RFC 5646."""
    for number, place in enumerate([feed.tree, *feed.tree["items"]]):
        if "language" in place and not LANGUAGE.fullmatch(_text(place, "language")):
            yield number, f"language “{place['language']}”"


def authors_are_somebody(feed: Document) -> Found:
    """JSON Feed 1.1, `authors`: at least one of name, url and avatar; `author` was version 1.0."""
    for number, place, keys in _places(feed):
        if keys is AUTHOR and not any(_text(place, name).strip() for name in AUTHOR):
            yield number, "an author without a name"


def hubs_are_told_whole(feed: Document) -> Found:
    """JSON Feed 1.1, `hubs`: type and url."""
    for number, place, keys in _places(feed):
        if keys is HUB and not all(_text(place, name) for name in HUB):
            yield number, f"hub {place}"


def next_page_is_another(feed: Document) -> Found:
    """JSON Feed 1.1, `next_url` must not be the feed's own: readers would go round for ever."""
    if feed.tree.get("next_url") == feed.at.address:
        yield 0, "next_url is the feed itself"


RULES: tuple[Rule, ...] = (
    feed_has_a_title,
    keys_are_known,
    values_are_of_their_type,
    addresses_of_the_feed_are_absolute,
    languages_are_tags,
    authors_are_somebody,
    hubs_are_told_whole,
    next_page_is_another,
    *(
        rule
        for rule in entries.rules_of_dates(rfc_3339)
        if rule.__name__ not in ("weekdays_are_true", "feed_is_as_new_as_its_items")
    ),
    *(rule for rule in entries.RULES if rule.__name__ != "summaries_are_plain"),
    *contents.RULES,
)
