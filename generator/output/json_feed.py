"""JSON Feed 1.1 (jsonfeed.org/version/1.1)."""

from zoneinfo import ZoneInfo

from msgspec import Struct

from generator.fields.moments import local_time
from generator.output.entries import Item
from generator.output.json_files import json_file
from generator.pages.views import FeedView, Named


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


def json_feed(view: FeedView, items: list[Item], zone: ZoneInfo) -> bytes:
    """The feed, in lines for those who look at it."""
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
    return json_file(made)


def _entry(item: Item, zone: ZoneInfo) -> _Entry:
    entry, picture = item.entry, item.entry.picture
    attachments = [_Attachment(picture.url, picture.type, picture.length, picture.alt)] if picture else []
    return _Entry(
        id=entry.id,
        url=entry.url,
        title=entry.title,
        summary=entry.summary or entry.title,
        content_html=item.html,
        date_published=local_time(entry.published, zone).isoformat(),
        date_modified=local_time(entry.updated, zone).isoformat() if entry.updated > entry.published else "",
        external_url=next((source.url for source in entry.sources if source.url), ""),
        image=picture.url if picture else "",
        authors=[_author(person) for person in entry.authors],
        tags=[one.name for one in entry.categories],
        attachments=attachments,
    )


def _author(person: Named) -> _Author:
    return _Author(person.name, person.url)
