"""Feeds: the newest stories of a section as aggregators fetch them."""

from generator.config import name_in
from generator.digests import digest
from generator.pages import addresses
from generator.pages.articles import story_view
from generator.pages.desk import Desk
from generator.pages.page import Page
from generator.pages.views import FeedEntry, FeedView
from generator.site.sections import PORTAL, SectionKey

ENTRIES = 50


def feed_page(desk: Desk, key: SectionKey) -> Page:
    """The feed of a section."""
    config = desk.site.contents.config
    section = desk.section_address(key)
    address = addresses.feed_address(section)
    name = desk.section_name(PORTAL)
    view = FeedView(
        title=name if key == PORTAL else f"{name}: {desk.section_name(key)}",
        description=name_in(config.taglines, desk.language) or name,
        language=desk.language,
        url=desk.url(address),
        page_url=desk.url(section),
        entries=tuple(_entry(desk, at) for at in desk.edition.newest(key, ENTRIES)),
    )
    return Page(address, desk.language, view)


def _entry(desk: Desk, at: int) -> FeedEntry:
    """A story's entry; its guid is a digest of the story's id, so that it outlives address, title and domain."""
    story = desk.edition.stories[at]
    guid = f"urn:aryk:{digest(story.card.id).hex()}"
    return FeedEntry(guid, story_view(desk, story), desk.url(story.card.address))
