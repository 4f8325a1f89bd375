"""Pages that stand: about and contacts, corrections, the page for what does not exist."""

from generator.content.stories import Standing
from generator.pages import addresses
from generator.pages.desk import Desk
from generator.pages.page import Page
from generator.pages.views import CorrectedStory, Correction, CorrectionsView, MissingView, StandingView
from generator.site.sections import PORTAL

SHOWN_CORRECTIONS = 200


def missing_page(desk: Desk) -> Page:
    """The page for an address that does not exist."""
    address = f"{desk.root}404.html"
    return Page(address, desk.language, MissingView(desk.head(address, desk.words.t("missing.title"), indexed=False)))


def standing_page(desk: Desk, page: Standing) -> Page:
    """A page such as about or contacts."""
    config = desk.site.contents.config
    address = addresses.standing_address(desk.root, page.name)
    others = {one.language for one in desk.site.contents.pages if one.name == page.name}
    pairs = tuple(
        (code, addresses.standing_address(addresses.language_root(config, code), page.name))
        for code in config.languages
        if code in others
    )
    head = desk.head(address, page.title, page.excerpt, alternates=desk.alternates(pairs))
    text = desk.text(page.text, page.refs)
    return Page(
        address, desk.language, StandingView(head, page.title, text, (desk.section_link(PORTAL),), page.updated)
    )


def corrections_page(desk: Desk) -> Page:
    """The newest corrections, by the moment of the last one of each story."""
    corrected = [story for story in desk.edition.stories if story.corrections]
    corrected.sort(key=lambda story: (max(one.date for one in story.corrections), story.card.id), reverse=True)
    stories = tuple(
        CorrectedStory(desk.card(story), tuple(Correction(one.date, one.text) for one in story.corrections))
        for story in corrected[:SHOWN_CORRECTIONS]
    )
    address = f"{desk.root}corrections/"
    head = desk.head(address, desk.words.t("corrections.title"), alternates=desk.everywhere("corrections/"))
    return Page(address, desk.language, CorrectionsView(head, (desk.section_link(PORTAL),), stories))
