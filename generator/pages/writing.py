"""The pages on which readers write in: a letter to the editors, news of their own."""

from generator.pages import addresses
from generator.pages.desk import Desk
from generator.pages.page import Page
from generator.pages.views import WriteView
from generator.site.sections import PORTAL

KINDS = ("letter", "report")


def write_page(desk: Desk, kind: str) -> Page | None:
    """The page of a kind; none where there is no inbox that takes what readers send."""
    inbox = desk.site.contents.config.inbox
    if inbox is None:
        return None
    address = addresses.write_address(desk.root, kind)
    view = WriteView(
        head=desk.head(
            address, desk.words.t(f"write.{kind}"), alternates=desk.everywhere(addresses.write_address("", kind))
        ),
        crumbs=(desk.section_link(PORTAL),),
        kind=kind,
        photos=inbox.photos if kind == "report" else 0,
        megabytes=inbox.photo_megabytes,
        days=inbox.keep_days,
    )
    return Page(address, desk.language, view)
