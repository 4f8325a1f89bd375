"""Feeds in their three formats: RSS 2.0 and Atom by feedgen, JSON Feed 1.1 beside them."""

from collections.abc import Mapping
from zoneinfo import ZoneInfo

import msgspec
from msgspec import Struct

from generator.content.texts import Body
from generator.output.entries import Item, clean, items_of, moment, updated
from generator.pages.views import FeedView, Named


def feed(view: FeedView, bodies: Mapping[bytes, Body], origin: str, time_zone: str) -> bytes:
    """A feed in the format that its view names."""
    items, zone = list(items_of(view, bodies, origin)), ZoneInfo(time_zone)
    return _json(view, items, zone) if view.format == "json" else _xml(view, items, zone)


def _xml(view: FeedView, items: list[Item], zone: ZoneInfo) -> bytes:
    """RSS or Atom. feedgen takes the last link for the channel's, and the newest entry first only when told to append."""
    from feedgen.feed import FeedGenerator

    from generator.output.feed_parts import EntryParts, FeedParts

    made = FeedGenerator()
    made.register_extension("parts", FeedParts, EntryParts)
    made.parts.view, made.parts.zone = view, zone
    made.id(view.id)
    made.title(clean(view.title))
    made.description(clean(view.description))
    made.language(view.language)
    made.author(name=clean(view.title), uri=view.page_url)
    made.link(href=view.url, rel="self", type=f"application/{view.format}+xml")
    made.link(href=view.page_url, rel="alternate", type="text/html")
    made.generator("Aryk")
    made.docs("https://www.rssboard.org/rss-specification")
    made.updated(moment(updated(view), zone))
    for item in items:
        entry = made.add_entry(order="append")
        entry.parts.item, entry.parts.zone = item, zone
        _fill(entry, item, zone, view.format)
    result: bytes = made.rss_str(pretty=True) if view.format == "rss" else made.atom_str(pretty=True)
    return result


def _fill(made, item: Item, zone: ZoneInfo, format: str) -> None:  # type: ignore[no-untyped-def]
    """What feedgen writes of an entry: permanent id, plain summary, full text, what it is filed under."""
    entry = item.entry
    made.guid(entry.id, permalink=False)
    made.title(clean(entry.title))
    made.link(href=entry.url)
    made.description(clean(entry.summary) or clean(entry.title), isSummary=True)
    made.updated(moment(entry.updated, zone))
    if item.html:
        made.content(item.html, type="html")
    made.category([{"term": clean(one.name)} for one in entry.categories])
    if format == "atom":
        made.published(moment(entry.published, zone))
        made.author([{"name": clean(one.name)} | ({"uri": one.url} if one.url else {}) for one in entry.authors])
        made.contributor([{"name": clean(one.name)} for one in entry.translators])
        return
    if entry.picture:
        made.enclosure(entry.picture.url, str(entry.picture.length), entry.picture.type)
    for source in entry.sources[:1]:
        if source.url:
            made.source(source.url, clean(source.name))


class _Author(Struct, omit_defaults=True):
    name: str
    url: str = ""


class _Attachment(Struct, omit_defaults=True):
    url: str
    mime_type: str
    size_in_bytes: int
    title: str = ""


class _Hub(Struct):
    type: str
    url: str


class _Entry(Struct, omit_defaults=True):
    id: str
    url: str
    title: str
    summary: str
    content_html: str
    date_published: str
    date_modified: str = ""
    external_url: str = ""
    image: str = ""
    authors: list[_Author] = []
    tags: list[str] = []
    attachments: list[_Attachment] = []


class _Feed(Struct, omit_defaults=True):
    version: str
    title: str
    home_page_url: str
    feed_url: str
    description: str
    language: str
    authors: list[_Author]
    items: list[_Entry]
    hubs: list[_Hub] = []


def _json(view: FeedView, items: list[Item], zone: ZoneInfo) -> bytes:
    """JSON Feed 1.1 (jsonfeed.org/version/1.1), in lines for those who look at it."""
    made = _Feed(
        version="https://jsonfeed.org/version/1.1",
        title=view.title,
        home_page_url=view.page_url,
        feed_url=view.url,
        description=view.description,
        language=view.language,
        authors=[_Author(view.title, view.page_url)],
        hubs=[_Hub("WebSub", view.hub)] if view.hub else [],
        items=[_entry(item, zone) for item in items],
    )
    return msgspec.json.format(msgspec.json.encode(made), indent=1) + b"\n"


def _entry(item: Item, zone: ZoneInfo) -> _Entry:
    entry, picture = item.entry, item.entry.picture
    attachments = [_Attachment(picture.url, picture.type, picture.length, picture.alt)] if picture else []
    return _Entry(
        id=entry.id,
        url=entry.url,
        title=entry.title,
        summary=entry.summary or entry.title,
        content_html=item.html,
        date_published=moment(entry.published, zone).isoformat(),
        date_modified=moment(entry.updated, zone).isoformat() if entry.updated > entry.published else "",
        external_url=next((source.url for source in entry.sources if source.url), ""),
        image=picture.url if picture else "",
        authors=[_author(person) for person in entry.authors],
        tags=[one.name for one in entry.categories],
        attachments=attachments,
    )


def _author(person: Named) -> _Author:
    return _Author(person.name, person.url)
