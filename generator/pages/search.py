"""The search page; what it finds is made by `aryk search`."""

from collections.abc import Iterable

from generator.pages import addresses
from generator.pages.desk import Desk
from generator.pages.page import Page
from generator.pages.views import Choice, SearchView
from generator.site.sections import COUNTRY, OUTLET, PORTAL, SectionKey


def search_page(desk: Desk) -> Page:
    """The search page of a language, with those outlets of which it has stories."""
    address = addresses.search_address(desk.root)
    words, everywhere = desk.words.t("search.title"), desk.everywhere(addresses.search_address(""))
    countries = desk.site.contents.registries.countries
    view = SearchView(
        head=desk.head(address, words, alternates=everywhere, indexed=False),
        crumbs=(desk.section_link(PORTAL),),
        index=desk.href(addresses.index_of_search_address(desk.language)),
        countries=tuple(_choice(desk, (COUNTRY, id), country.members) for id, country in countries.items()),
        outlets=_by_name(_choice(desk, key) for key in desk.edition.sections if key[0] == OUTLET),
    )
    return Page(address, desk.language, view)


def _choice(desk: Desk, key: SectionKey, members: tuple[str, ...] = ()) -> Choice:
    link = desk.section_link(key)
    inside = tuple(desk.href(desk.section_address((COUNTRY, id))) for id in members)
    return Choice(link.name, link.href, inside, link.language)


def _by_name(choices: Iterable[Choice]) -> tuple[Choice, ...]:
    return tuple(sorted(choices, key=lambda choice: choice.name.casefold()))
