"""The one line in the masthead of every page: what is breaking, else the ticker, else the newest stories."""

from msgspec.structs import replace

from generator.content.breaking import Urgent
from generator.pages import addresses
from generator.pages.desk import Desk
from generator.pages.page import Page
from generator.pages.quotes import ticker_view
from generator.pages.views import BreakingView, Headline, UrgentView
from generator.site.sections import PORTAL

NEWEST = 3


def breaking_page(desk: Desk) -> Page:
    """The line for `aryk-live`, or for a server that includes it."""
    view = lasting_strip(desk)
    if not view.lines and view.ticker is None:
        cards = desk.cards(desk.edition.newest(PORTAL, NEWEST))
        newest = tuple(Headline(card.title, card.href, card.language, card.date) for card in cards)
        view = replace(view, newest=newest)
    return Page(addresses.breaking_address(desk.root), desk.language, view)


def lasting_strip(desk: Desk) -> BreakingView:
    """The line without the newest stories: what changes with none of them."""
    shown = tuple(_urgent(desk, line) for line in desk.site.urgent if _is_told(desk, line))
    exchange = desk.site.exchange
    return BreakingView(shown, None if shown or exchange is None else ticker_view(desk, exchange))


def _is_told(desk: Desk, line: Urgent) -> bool:
    return any(language in (desk.language, "") for language, _ in line.texts)


def _urgent(desk: Desk, line: Urgent) -> UrgentView:
    text, language = desk.said(line.texts)
    return UrgentView(text, _href(desk, line), language)


def _href(desk: Desk, line: Urgent) -> str:
    """Where a line leads: to its story in this language, where there is a translation."""
    story = desk.site.live(line.story) if line.story else None
    if story is None:
        return line.url
    versions = desk.site.translations.get(story.card.id, ())
    own = next((one for one in versions if one.card.language == desk.language), story)
    return desk.href(own.card.address)
