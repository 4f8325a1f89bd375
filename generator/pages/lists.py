"""List pages: the open page of each section, its closed pages, and the front page that stands before the portal's own."""

from msgspec.structs import replace

from generator.content.stories import Standing
from generator.pages import addresses
from generator.pages.desk import Desk
from generator.pages.page import Page
from generator.pages.pagers import closed_pager, open_pager
from generator.pages.views import Alternate, Link, ListView, TextView
from generator.site.sections import (
    AUTHOR,
    COUNTRY,
    COUNTRY_TOPIC,
    KIND,
    OUTLET,
    PORTAL,
    RICH,
    SERIES,
    TAG,
    TOPIC,
    SectionKey,
)

_INDEXED = (OUTLET, AUTHOR, TAG, SERIES, TOPIC, KIND)


def open_page(desk: Desk, key: SectionKey) -> Page:
    """The page at the section's own address with its newest stories."""
    shelf = desk.edition.shelf(key)
    positions = desk.edition.sections.get(key, [])[shelf.open_start :]
    address = desk.section_address(key)
    profile = _profile(desk, key)
    view = ListView(
        head=desk.head(
            address,
            desk.section_name(key),
            profile.excerpt if profile else "",
            alternates=_alternates(desk, key),
            feeds=desk.feeds(key),
        ),
        section=_kind(desk, key),
        id=key[1],
        heading=desk.section_name(key),
        language=desk.named(key)[1],
        crumbs=_crumbs(desk, key),
        cards=desk.cards(tuple(reversed(positions))),
        pager=open_pager(desk.href(address), shelf),
        flag=_flag(desk, key),
        about=_about(desk, key),
        text=_profile_text(desk, profile),
        inside=_inside(desk, key),
    )
    return Page(address, desk.language, view)


def closed_page(desk: Desk, key: SectionKey, year: int, number: int) -> Page:
    """A page whose stories have left the open one: it changes only with them, and once when a newer one appears."""
    shelf = desk.edition.shelf(key)
    at = shelf.places[year, number]
    sheet = shelf.sheets[at]
    address = addresses.sheet_address(desk.section_address(key), year, number)
    positions = desk.edition.sections[key][sheet.start : sheet.stop]
    heading, language = desk.named(key)
    title = f"{heading}: {desk.words.t('list.page', number=sheet.number, year=sheet.year)}"
    view = ListView(
        head=desk.head(address, title, feeds=desk.feeds(key)),
        section=_kind(desk, key),
        id=key[1],
        heading=heading,
        language=language,
        crumbs=(*_crumbs(desk, key), desk.section_link(key)) if key != PORTAL else _crumbs(desk, key),
        cards=desk.cards(tuple(reversed(positions))),
        pager=closed_pager(desk.href(desk.section_address(key)), shelf, at),
        flag=_flag(desk, key),
    )
    return Page(address, desk.language, view)


def _kind(desk: Desk, key: SectionKey) -> str:
    if key[0] == COUNTRY and desk.site.contents.registries.countries[key[1]].members:
        return "region"
    return key[0]


def _crumbs(desk: Desk, key: SectionKey) -> tuple[Link, ...]:
    """The way from the front page to a section, without the section itself."""
    home = desk.section_link(PORTAL)
    if key[0] == COUNTRY_TOPIC:
        return (home, desk.section_link((COUNTRY, key[1].split("/")[0])))
    if key[0] in _INDEXED:
        return (home, Link(desk.words.t(INDEX_TITLES[key[0]]), desk.href(addresses.index_address(desk.root, key[0]))))
    return (home,)


INDEX_TITLES = {
    OUTLET: "index.outlets",
    AUTHOR: "index.authors",
    TAG: "index.tags",
    SERIES: "index.series",
    TOPIC: "index.topics",
    KIND: "index.kinds",
}


def _alternates(desk: Desk, key: SectionKey) -> tuple[Alternate, ...]:
    """The section in every language that has it: countries and topics are everywhere, others where they have stories."""
    site = desk.site
    everywhere = key[0] in RICH
    languages = [code for code, edition in site.editions.items() if everywhere or key in edition.sections]
    return desk.alternates(tuple((code, addresses.section_address(site.contents, code, key)) for code in languages))


def _flag(desk: Desk, key: SectionKey) -> str:
    if key[0] not in (COUNTRY, COUNTRY_TOPIC):
        return ""
    return desk.site.contents.registries.countries[key[1].split("/")[0]].flag


def _about(desk: Desk, key: SectionKey) -> tuple[Link, ...]:
    registries = desk.site.contents.registries
    if key[0] == OUTLET:
        outlet = registries.outlets[key[1]]
        country = (desk.section_link((COUNTRY, outlet.country)),) if outlet.country in registries.countries else ()
        site = (Link(outlet.url.split("//")[1].rstrip("/"), outlet.url),) if outlet.url else ()
        return (*site, *country)
    if key[0] == AUTHOR:
        role, language = desk.said(registries.authors[key[1]].role)
        return (Link(role, language=language),) if role else ()
    return ()


def _profile(desk: Desk, key: SectionKey) -> Standing | None:
    if key[0] != COUNTRY:
        return None
    found = (one for one in desk.site.contents.profiles if one.name == key[1] and one.language == desk.language)
    return next(found, None)


def _profile_text(desk: Desk, profile: Standing | None) -> TextView | None:
    return desk.text(profile.text, profile.refs) if profile else None


def _inside(desk: Desk, key: SectionKey) -> tuple[Link, ...]:
    """A region's members and a country's topics that have stories, each with its own page."""
    if key[0] != COUNTRY:
        return ()
    registries = desk.site.contents.registries
    members = registries.countries[key[1]].members
    topics = [topic for topic in registries.topics if (COUNTRY_TOPIC, f"{key[1]}/{topic}") in desk.edition.sections]
    return (
        *(desk.section_link((COUNTRY, member)) for member in members),
        *(
            replace(
                desk.section_link((TOPIC, topic)),
                href=desk.href(desk.section_address((COUNTRY_TOPIC, f"{key[1]}/{topic}"))),
            )
            for topic in topics
        ),
    )
