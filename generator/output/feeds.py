"""RSS 2.0 by feedgen, with what feedgen would write wrongly mended: order, dates of the feed, forbidden characters."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

from generator.content.texts import Body
from generator.output.pieces import pieces_of
from generator.pages.views import FeedEntry, FeedView, StoryView

SIZE_LIMIT = 500_000
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_ROOTED = re.compile(r'(\s(?:href|src|poster|cite)=")/(?!/)')
_BARE_FRAGMENT = re.compile(r'(\shref=")#')


def rss(view: FeedView, bodies: dict[bytes, Body], origin: str, time_zone: str) -> bytes:
    """The feed as RSS 2.0, the oldest entries dropped where it would grow beyond the limit that aggregators have."""
    from feedgen.feed import FeedGenerator

    zone = ZoneInfo(time_zone)
    feed = FeedGenerator()
    feed.load_extension("dc")
    feed.id(view.url)
    feed.title(_clean(view.title))
    feed.description(_clean(view.description))
    feed.language(view.language)
    feed.link(href=view.url, rel="self", type="application/rss+xml")
    feed.link(href=view.page_url, rel="alternate")
    feed.generator("Aryk")
    newest = max((_changed(entry) for entry in view.entries), default=0)
    feed.lastBuildDate(datetime.fromtimestamp(newest, zone))
    room = SIZE_LIMIT
    for entry in view.entries:
        content = _content(entry, bodies, origin)
        room -= len(content.encode()) + len(entry.story.card.lead.encode()) + 1000
        if room < 0:
            break
        _add(feed, entry, content, zone)
    result: bytes = feed.rss_str(pretty=True)
    return result


def _add(feed, entry: FeedEntry, content: str, zone: ZoneInfo) -> None:  # type: ignore[no-untyped-def]
    """An entry: permanent id, plain summary, full text. feedgen takes the newest first only when told to append."""
    card = entry.story.card
    item = feed.add_entry(order="append")
    item.guid(entry.id, permalink=False)
    item.title(_clean(card.title))
    item.link(href=entry.url)
    item.published(datetime.fromtimestamp(card.date, zone))
    item.description(_clean(card.lead) or _clean(card.title), isSummary=True)
    item.content(_clean(content), type="CDATA")
    for person in entry.story.authors:
        item.dc.dc_creator(_clean(person.name))
    for topic in (*card.countries, *card.topics):
        item.category(term=_clean(topic.name))


def _content(entry: FeedEntry, bodies: dict[bytes, Body], origin: str) -> str:
    """The full text with absolute addresses, its picture before it; a player becomes a plain link."""
    view = entry.story.text
    parts = [_picture(entry.story)]
    for piece in pieces_of(view, bodies[view.digest], origin):
        if piece.embed is None:
            parts.append(str(piece.html))
        elif piece.embed.url:
            parts.append(f'<p><a href="{piece.embed.url}">{piece.embed.url}</a></p>')
    html = _BARE_FRAGMENT.sub(rf"\g<1>{entry.url}#", "".join(parts))
    return _ROOTED.sub(rf"\g<1>{origin}/", html)


def _picture(story: StoryView) -> str:
    from html import escape

    image = story.card.image
    if image is None:
        return ""
    return f'<p><img src="{escape(image.url)}" alt="{escape(image.alt)}" width="{image.width}" height="{image.height}"></p>'


def _changed(entry: FeedEntry) -> int:
    return max(entry.story.card.date, entry.story.updated)


def _clean(text: str) -> str:
    """A text without the characters that XML 1.0 forbids (section 2.2): one of them would lose the whole feed."""
    return _FORBIDDEN.sub("", text)
