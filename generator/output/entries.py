"""The text of a story as feeds carry it: whole, with absolute addresses, or a summary where there is no room for more."""

import re
from collections.abc import Callable, Iterator, Mapping
from html import escape
from typing import Protocol, TypeVar
from urllib.parse import urljoin

from msgspec import Struct
from msgspec.structs import replace

from generator.content.plain import plain, shortened
from generator.content.texts import Body
from generator.output.pieces import pieces_of
from generator.pages.views import FEED_ROOM, FeedEntry, FeedPicture, FeedView, FeedWords

ENTRY_ROOM = 100_000
"""Bytes of one story."""
_AROUND, _AROUND_NAME, _FEW = 1_000, 30, 10
_NOT_ABSOLUTE = re.compile(r'(<(?:a|img)\b[^>]* (?:href|src)=")(?![a-zA-Z][a-zA-Z0-9+.-]*:)([^"]*)"')


class Item(Struct, frozen=True, gc=False):
    """An entry with the HTML that it carries (empty: none), its plain text (empty where nobody asked for it), and about how
    many bytes it takes: markup is escaped, and what is around it is the like everywhere."""

    entry: FeedEntry
    html: str
    plain: str
    size: int


class Sized(Protocol):
    """What is made of an entry, with about how many bytes it takes."""

    @property
    def size(self) -> int: ...


Made = TypeVar("Made", bound=Sized)


def fitting(view: FeedView, whole: Callable[[FeedEntry], Made], short: Callable[[FeedEntry], Made]) -> Iterator[Made]:
    """What there is room for, the newest first. A story that no archive document holds yet is never left out: where all of
    them are too long together, the oldest are told short."""
    kept = view.entries[: view.kept]
    made = [whole(entry) for entry in kept]
    used = sum(one.size for one in made)
    for at in reversed(range(len(kept))):
        if used <= FEED_ROOM:
            break
        brief = short(kept[at])
        used += brief.size - made[at].size
        made[at] = brief
    yield from made
    for entry in view.entries[view.kept :]:
        more = whole(entry)
        used += more.size
        if used > view.room:
            return
        yield more


def make_item(view: FeedView, entry: FeedEntry, bodies: Mapping[bytes, Body], origin: str) -> Item:
    """An entry as a feed carries it; one that is too long by itself gives its summary."""
    if entry.text is None:
        return _item(entry, _summary(entry, view.words) if view.full else "")
    pieces = pieces_of(entry.text, bodies[entry.text.digest], origin)
    text = "".join(str(piece.html) if piece.embed is None else _link(piece.embed.url) for piece in pieces)
    html = _absolute("".join(_whole(entry, text, view.words)), entry.url) if view.full else ""
    if view.full and not html:
        return short_item(view, entry)
    item = _item(entry, html, plain(text) if view.full_text else "")
    return item if item.size <= ENTRY_ROOM else short_item(view, entry)


def short_item(view: FeedView, entry: FeedEntry) -> Item:
    """An entry with its summary and a link to the whole story: a hundred of them have room in any feed."""
    brief = replace(entry, summary=shortened(entry.summary), categories=entry.categories[:_FEW])
    return _item(brief, _summary(brief, view.words))


def _item(entry: FeedEntry, html: str, plain: str = "") -> Item:
    named = (*entry.categories, *entry.authors, *entry.translators, *entry.sources)
    told = [f"{one.name}{one.url}" for one in named]
    if picture := entry.picture:
        told += (picture.alt, picture.caption, picture.credit)
    text = "".join((html, plain, entry.title, escape(entry.summary, quote=False), *told))
    return Item(entry, html, plain, len(text.encode()) + _escapes(text) + _AROUND_NAME * len(named) + _AROUND)


def _escapes(text: str) -> int:
    """How many bytes more a text takes in XML or in JSON."""
    return 4 * text.count("&") + 3 * (text.count("<") + text.count(">")) + sum(map(text.count, '"\\\n'))


def updated(view: FeedView) -> int:
    """When a feed last changed: with its newest entry; of an empty one nothing is known (0)."""
    return max((entry.updated for entry in view.entries), default=0)


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
        name = escape(source.name)
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
    return f'{label}<p>{escape(entry.summary or entry.title)}</p><p><a href="{escape(entry.url)}">{escape(words.full)}</a></p>'


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
    return _NOT_ABSOLUTE.sub(lambda found: f'{found[1]}{_joined(base, found[2])}"', html)


def _joined(base: str, href: str) -> str:
    """An address that begins with a host is not looked into: what `urljoin` makes of a strange one is an error."""
    return f"{base.partition(':')[0]}:{href}" if href.startswith("//") else urljoin(base, href)
