"""The pages that list sections rather than stories: indexes of outlets, authors, tags, series, topics, kinds."""

from generator.pages import addresses
from generator.pages.desk import Desk
from generator.pages.lists import INDEX_TITLES
from generator.pages.page import Page
from generator.pages.views import IndexEntry, IndexView
from generator.site.sections import AUTHOR, COUNTRY, OUTLET, PORTAL, SectionKey


def index_page(desk: Desk, kind: str) -> Page:
    """The index of a kind of section, sorted by name."""
    keys = [key for key in desk.edition.sections if key[0] == kind]
    entries = sorted((_entry(desk, key) for key in keys), key=lambda entry: (entry.link.name.lower(), entry.link.href))
    address = addresses.index_address(desk.root, kind)
    alternates = desk.everywhere(addresses.index_address("", kind))
    head = desk.head(address, desk.words.t(INDEX_TITLES[kind]), alternates=alternates)
    view = IndexView(head, kind, (desk.section_link(PORTAL),), tuple(entries))
    return Page(address, desk.language, view)


def _entry(desk: Desk, key: SectionKey) -> IndexEntry:
    return IndexEntry(desk.section_link(key), len(desk.edition.sections[key]), *_note(desk, key))


def _note(desk: Desk, key: SectionKey) -> tuple[str, str]:
    registries = desk.site.contents.registries
    if key[0] == OUTLET:
        country = registries.outlets[key[1]].country
        return desk.named((COUNTRY, country)) if country in registries.countries else ("", "")
    return desk.said(registries.authors[key[1]].role) if key[0] == AUTHOR else ("", "")
