"""Feeds in their three formats: RSS 2.0 and Atom by feedgen, JSON Feed 1.1 beside them."""

from collections.abc import Mapping
from typing import NamedTuple
from zoneinfo import ZoneInfo

from generator.content.texts import Body
from generator.output.entries import Item, fitting, make_item, short_item
from generator.output.json_feed import json_feed
from generator.output.parts import Parts
from generator.pages.views import FeedEntry, FeedView

_ITEMS_KEPT, _ELEMENTS_KEPT = 64, 600


class _Printed(NamedTuple):
    """The element of an entry, and about how many bytes it takes."""

    element: object
    size: int


class FeedPrinter:
    """Prints feeds. The formats of a feed are printed one after another, and so are documents of archives that hold the same
    stories: what was made for one is kept for the next."""

    def __init__(self, origin: str, time_zone: str) -> None:
        self._origin, self._zone = origin, ZoneInfo(time_zone)
        self._items = Parts[Item](_ITEMS_KEPT)
        self._elements = Parts[_Printed](_ELEMENTS_KEPT)

    def print(self, view: FeedView, bodies: Mapping[bytes, Body]) -> bytes:
        """The bytes of a feed in the format that its view names, with those of its entries that there is room for."""

        way = (view.words, view.full, view.full_text)

        def whole(entry: FeedEntry) -> Item:
            return self._items.kept((entry, way), lambda: make_item(view, entry, bodies, self._origin))

        def short(entry: FeedEntry) -> Item:
            return short_item(view, entry)

        if view.format == "json":
            return json_feed(view, list(fitting(view, whole, short)), self._zone)
        from generator.output.xml_feed import entry_element, xml_feed

        def printed(item: Item) -> _Printed:
            return _Printed(entry_element(item, view.format, self._zone), item.size)

        def kept(entry: FeedEntry) -> _Printed:
            return self._elements.kept((entry, way), lambda: printed(whole(entry)))

        in_archive = bool(view.current)
        made = fitting(
            view, kept if in_archive else lambda entry: printed(whole(entry)), lambda entry: printed(short(entry))
        )
        return xml_feed(view, [one.element for one in made], self._zone, fresh=not in_archive)
