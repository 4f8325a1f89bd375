"""RSS 2.0 and Atom by feedgen, with an extension for what it leaves out: the links of WebSub and of archives, true dates,
pictures, the relations of Atom's links."""

from collections.abc import Iterator, Sequence
from copy import deepcopy
from email.utils import format_datetime
from html import escape
from zoneinfo import ZoneInfo

from feedgen.entry import FeedEntry
from feedgen.ext.base import BaseEntryExtension, BaseExtension
from feedgen.feed import FeedGenerator
from lxml import etree

from generator.fields.moments import local_time
from generator.output.entries import Item, updated
from generator.pages.views import FEED_TYPES, FeedPicture, FeedView

ATOM = "http://www.w3.org/2005/Atom"
_DC = "http://purl.org/dc/elements/1.1/"
_HISTORY = "http://purl.org/syndication/history/1.0"
_MEDIA = "http://search.yahoo.com/mrss/"
_YANDEX = "http://news.yandex.ru"
Element = etree._Element


def xml_feed(view: FeedView, entries: Sequence[object], zone: ZoneInfo, *, fresh: bool) -> bytes:
    """A feed of entries that `entry_element` made, for this feed alone if they are `fresh`. feedgen takes the last link for
    that of RSS's channel."""
    made = FeedGenerator()
    made.register_extension("parts", FeedParts)
    made.parts.view, made.parts.zone = view, zone
    made.id(view.id)
    made.title(view.title)
    made.description(view.description)
    made.language(view.language)
    made.author(name=view.title, uri=view.page_url)
    made.link(href=view.url, rel="self", type=FEED_TYPES[view.format])
    made.link(href=view.page_url, rel="alternate", type="text/html")
    made.generator("Aryk")
    made.docs("https://www.rssboard.org/rss-specification")
    made.updated(local_time(updated(view), zone))
    made.entry([_Made(entry if fresh else deepcopy(entry)) for entry in entries], replace=True)
    result: bytes = made.rss_str(pretty=True) if view.format == "rss" else made.atom_str(pretty=True)
    return result


def entry_element(item: Item, format: str, zone: ZoneInfo) -> object:
    """The element of an entry in a format: permanent id, plain summary, full text, what it is filed under."""
    entry, made = item.entry, FeedEntry()
    made.register_extension("parts", EntryParts)
    made.parts.item, made.parts.zone = item, zone
    made.guid(entry.id, permalink=False)
    made.title(entry.title)
    made.link(href=entry.url)
    summary = entry.summary or entry.title
    made.description(escape(summary, quote=False) if format == "rss" else summary, isSummary=True)  # HTML in RSS
    made.updated(local_time(entry.updated, zone))
    if item.html:
        made.content(item.html, type="html")
    made.category([{"term": one.name} for one in entry.categories])
    if format == "atom":
        made.published(local_time(entry.published, zone))
        made.author([{"name": one.name} | ({"uri": one.url} if one.url else {}) for one in entry.authors])
        made.contributor([{"name": one.name} for one in entry.translators])
        return made.atom_entry()
    if entry.picture:
        made.enclosure(entry.picture.url, str(entry.picture.length), entry.picture.type)
    for source in entry.sources[:1]:
        if source.url:
            made.source(source.url, source.name)
    return made.rss_entry()


class _Made:
    """An entry that feedgen has made before."""

    def __init__(self, element: object) -> None:
        self._element = element

    def rss_entry(self) -> object:
        """The element, which stands in one document only."""
        return self._element

    atom_entry = rss_entry

    def register_extension(self, *given: object) -> None:
        """feedgen asks for this; the extensions of the element were at work when it was made."""


class FeedParts(BaseExtension):  # type: ignore[misc]
    """The parts of a feed."""

    view: FeedView
    zone: ZoneInfo

    def extend_ns(self) -> dict[str, str]:
        """The namespaces that the feed declares."""
        found = {"dc": _DC, "fh": _HISTORY, "media": _MEDIA}
        return found | {"yandex": _YANDEX} if self.view.full_text else found

    def extend_rss(self, root: Element) -> Element:
        """The channel of RSS 2.0; a date that is not known is left out, which RSS allows."""
        channel, newest = root[0], updated(self.view)
        for date in channel.findall("lastBuildDate"):
            date.text = format_datetime(local_time(newest, self.zone))
            if not newest:
                channel.remove(date)
        for rel, href, type in self._links():
            _add(channel, f"{{{ATOM}}}link", rel=rel, href=href, **({"type": type} if type else {}))
        return self._finish(root, channel)

    def extend_atom(self, root: Element) -> Element:
        """The feed of Atom (RFC 4287)."""
        for rel, href, type in self._links():
            _add(root, "link", rel=rel, href=href, **({"type": type} if type else {}))
        return self._finish(root, root)

    def _links(self) -> Iterator[tuple[str, str, str]]:
        view = self.view
        if view.hub:
            yield "hub", view.hub, ""
        if view.older:
            yield "prev-archive", view.older, FEED_TYPES["rss"]
        if view.current:
            yield "current", view.current, FEED_TYPES["rss"]

    def _finish(self, root: Element, feed: Element) -> Element:
        if self.view.current:
            _add(feed, f"{{{_HISTORY}}}archive")
        if self.view.stylesheet:
            root.addprevious(etree.PI("xml-stylesheet", f'href="{self.view.stylesheet}" type="text/css"'))
        return root


class EntryParts(BaseEntryExtension):  # type: ignore[misc]
    """The parts of an entry."""

    item: Item
    zone: ZoneInfo

    def extend_rss(self, element: Element) -> Element:
        """An item of RSS 2.0: its date as RFC 822 has it, whatever the locale; its authors, whom RSS wants by e-mail."""
        entry = self.item.entry
        _add(element, "pubDate", format_datetime(local_time(entry.published, self.zone)))
        if entry.authors:  # in one element: of several, readers show the last
            _add(element, f"{{{_DC}}}creator", ", ".join(person.name for person in entry.authors))
        if entry.picture:
            _add_picture(element, entry.picture)
        if self.item.plain:
            _add(element, f"{{{_YANDEX}}}full-text", self.item.plain)
        return element

    def extend_atom(self, element: Element) -> Element:
        """An entry of Atom: links keep their relation."""
        entry = self.item.entry
        for source in entry.sources:
            if source.url:
                _add(element, "link", rel="via", href=source.url, title=source.name)
        if entry.picture:
            picture = entry.picture
            _add(element, "link", rel="enclosure", href=picture.url, type=picture.type, length=str(picture.length))
            _add_picture(element, picture)
        return element


def _add_picture(element: Element, picture: FeedPicture) -> None:
    """A picture as Media RSS 1.5 describes it."""
    size = {"width": str(picture.width), "height": str(picture.height), "fileSize": str(picture.length)}
    media = _add(element, f"{{{_MEDIA}}}content", url=picture.url, type=picture.type, medium="image", **size)
    for name, text in (("description", picture.caption or picture.alt), ("credit", picture.credit)):
        if text:
            _add(media, f"{{{_MEDIA}}}{name}", text)


def _add(parent: Element, name: str, text: str | None = None, **attributes: str) -> Element:
    found = etree.SubElement(parent, name, attributes)
    found.text = text
    return found
