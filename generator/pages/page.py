"""A page as planned: where it goes, what shows it, and all that it may show."""

from msgspec import Struct

from generator.pages.views import View


class Page(Struct, frozen=True, gc=False):
    """One file of the output. `address` as in `addresses` (without the portal's path); `language` chooses the words."""

    address: str
    language: str
    view: View
