"""A page as planned: where it goes, what shows it, and all that it may show."""

from msgspec import Struct

from generator.pages.views import View


class Page(Struct, frozen=True, gc=False, array_like=True):
    """One file of the output. `address` as in `addresses` (without the portal's path); `language` chooses the words.

    `source` and `field` are the story that asks for a page by an alias, and where (`aliases.0`), so that it can be told
    where that stands in another's way.
    """

    address: str
    language: str
    view: View
    source: str = ""
    field: str = ""
