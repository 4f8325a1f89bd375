"""Feeds in their three formats: RSS 2.0 and Atom by feedgen, JSON Feed 1.1 beside them."""

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from generator.content.texts import Body
from generator.output.entries import Item, fitting, make_item
from generator.output.json_feed import json_feed
from generator.output.parts import Parts
from generator.pages.views import FeedEntry, FeedView

_KEPT = 1_000


class FeedPrinter:
    """Prints feeds. A story stands in several that are printed one after another: what was made of it is kept."""

    def __init__(self, origin: str, time_zone: str) -> None:
        self._origin, self._zone = origin, ZoneInfo(time_zone)
        self._items = Parts[Item](_KEPT)
        self._elements = Parts[object](_KEPT)

    def print(self, view: FeedView, bodies: Mapping[bytes, Body]) -> bytes:
        """The bytes of a feed in the format that its view names, with those of its entries that there is room for."""
        way = (view.full, view.full_text, view.words)

        def made(entry: FeedEntry) -> Item:
            return self._items.kept((entry, way), lambda: make_item(view, entry, bodies, self._origin))

        items = list(fitting(view, made))
        if view.format == "json":
            return json_feed(view, items, self._zone)
        from generator.output.xml_feed import entry_element, xml_feed

        def element(item: Item) -> object:
            return self._elements.kept((item, view.format), lambda: entry_element(item, view.format, self._zone))

        return xml_feed(view, [element(item) for item in items], self._zone)
