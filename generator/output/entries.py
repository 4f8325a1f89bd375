"""The text of a story as feeds carry it: whole, with absolute addresses, or a summary where there is no room for more."""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from html import escape
from urllib.parse import urljoin
from zoneinfo import ZoneInfo

from msgspec import Struct

from generator.content.plain import plain
from generator.content.texts import Body
from generator.output.pieces import pieces_of
from generator.pages.views import FeedEntry, FeedPicture, FeedView, FeedWords

ENTRY_ROOM, ROOM = 100_000, 490_000
"""Bytes of one story, and of any feed: with all around 512 KB, beyond which some aggregators stop reading."""
_AROUND = 1500
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_NOT_ABSOLUTE = re.compile(r'(<(?:a|img)\b[^>]* (?:href|src)=")(?![a-zA-Z][a-zA-Z0-9+.-]*:)([^"]*)"')


class Item(Struct, frozen=True, gc=False):
    """An entry with the HTML that it carries (empty: none) and its plain text (empty where nobody asked for it)."""

    entry: FeedEntry
    html: str
    plain: str = ""


def items_of(view: FeedView, bodies: Mapping[bytes, Body], origin: str) -> Iterator[Item]:
    """The entries that there is room for, the newest first. A story that no archive document holds yet gives its summary
    before it is left out, and so does one that is too long by itself."""
    used = 0
    for at, entry in enumerate(view.entries):
        item = _item(view, entry, bodies, origin)
        if used + _size(item) > (ROOM if at < view.kept else view.room):
            if at >= view.kept:
                return
            item = Item(entry, _summary(entry, view.words))
        used += _size(item)
        if used > ROOM:
            return
        yield item


def moment(seconds: int, zone: ZoneInfo) -> datetime:
    """A moment in the portal's time zone."""
    return datetime.fromtimestamp(seconds, zone)


def updated(view: FeedView) -> int:
    """When a feed last changed: with its newest entry; of an empty one nothing is known (0)."""
    return max((entry.updated for entry in view.entries), default=0)


def clean(text: str) -> str:
    """A text without the characters that XML 1.0 forbids (section 2.2): one of them would lose the whole feed."""
    return text if text.isprintable() else _FORBIDDEN.sub("", text)


def _item(view: FeedView, entry: FeedEntry, bodies: Mapping[bytes, Body], origin: str) -> Item:
    if entry.text is None:
        return Item(entry, "")
    parts = [
        str(piece.html) if piece.embed is None else _link(piece.embed.url)
        for piece in pieces_of(entry.text, bodies[entry.text.digest], origin)
    ]
    text = "".join(parts)
    html = clean(_absolute("".join(_whole(entry, text, view.words)), entry.url)) if view.full else ""
    item = Item(entry, html, clean(plain(text)) if view.full_text else "")
    return item if _size(item) <= ENTRY_ROOM else Item(entry, _summary(entry, view.words))


def _size(item: Item) -> int:
    """About how many bytes an item takes: markup is escaped, and everything around it is the like everywhere."""
    html = item.html
    escaped = 3 * (html.count("<") + html.count(">")) + 4 * html.count("&")
    return len(html.encode()) + escaped + len((item.plain + item.entry.summary + item.entry.title).encode()) + _AROUND


def _whole(entry: FeedEntry, text: str, words: FeedWords) -> Iterator[str]:
    """The parts of a story in the order of its page."""
    if entry.label:
        yield f"<p><strong>{escape(entry.label)}</strong></p>"
    if entry.lead:
        yield f"<p>{escape(entry.lead)}</p>"
    if entry.picture and not entry.picture.in_text:
        yield _figure(entry.picture)
    yield text
    if entry.translators:
        yield f"<p>{escape(words.translation)} {escape(', '.join(person.name for person in entry.translators))}</p>"
    for source in entry.sources:
        name = f"{escape(source.name)}"
        yield (
            f'<p>{name}: <a href="{escape(source.url)}">{escape(words.original)}</a></p>'
            if source.url
            else f"<p>{name}</p>"
        )
    if entry.corrections:
        lines = "".join(f"<li>{escape(date)}: {escape(said)}</li>" for date, said in entry.corrections)
        yield f"<p>{escape(words.corrections)}</p><ul>{lines}</ul>"


def _summary(entry: FeedEntry, words: FeedWords) -> str:
    label = f"<p><strong>{escape(entry.label)}</strong></p>" if entry.label else ""
    return clean(f'{label}<p>{escape(entry.summary)}</p><p><a href="{escape(entry.url)}">{escape(words.full)}</a></p>')


def _figure(picture: FeedPicture) -> str:
    said = " — ".join(filter(None, (picture.caption, picture.credit)))
    caption = f"<figcaption>{escape(said)}</figcaption>" if said else ""
    size = f'width="{picture.width}" height="{picture.height}"'
    return f'<figure><img src="{escape(picture.url)}" alt="{escape(picture.alt)}" {size}>{caption}</figure>'


def _link(url: str) -> str:
    """What stands for a player: a plain link, and nothing for a poll."""
    return f'<p><a href="{escape(url)}">{escape(url)}</a></p>' if url else ""


def _absolute(html: str, base: str) -> str:
    """The HTML with absolute addresses in every attribute that the cleaner lets through (`allowed.py`)."""
    return _NOT_ABSOLUTE.sub(lambda found: f'{found[1]}{urljoin(base, found[2])}"', html)
