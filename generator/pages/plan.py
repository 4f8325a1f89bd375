"""The plan: every page of the site, from pure functions of a key; nothing is made here and nothing is read."""

from collections.abc import Iterator

from generator.pages.articles import article_page, notice_page, redirect_pages
from generator.pages.calendar import calendar_pages
from generator.pages.claims import Claims
from generator.pages.desk import Desk, make_desk
from generator.pages.discovery import discovery_pages
from generator.pages.feeds import feed_page
from generator.pages.front import front_page
from generator.pages.indexes import fed_sections, feeds_page, index_pages
from generator.pages.lists import section_pages
from generator.pages.media import file_pages
from generator.pages.page import Page
from generator.pages.standing import standing_pages
from generator.problems import Problem
from generator.site.arrange import Site
from generator.site.sections import COUNTRY, TOPIC
from generator.theme.theme import Theme


def make_desks(site: Site, theme: Theme) -> dict[str, Desk]:
    """A desk for each language of the portal."""
    return {language: make_desk(site, language, theme.words(language)) for language in site.contents.config.languages}


def plan(site: Site, theme: Theme, desks: dict[str, Desk]) -> Iterator[Page]:
    """All pages of the site; each is made from its view when, and only when, somebody needs its bytes."""
    yield from file_pages(site, theme)
    for desk in desks.values():
        yield from _edition_pages(desk)
    for story, presence in site.gone:
        yield notice_page(desks[story.card.language], story, presence)
    for story in site.by_path.values():
        yield from redirect_pages(desks[story.card.language], story)
    yield from discovery_pages(site, list(desks.values()))


def address_problems(site: Site, theme: Theme) -> Iterator[Problem]:
    """What is wrong between addresses, for `check`, which makes no page; a build finds the same as it plans."""
    claims = Claims()
    yield from filter(None, map(claims.claim, plan(site, theme, make_desks(site, theme))))
    yield from claims.dead_links(site)


def _edition_pages(desk: Desk) -> Iterator[Page]:
    registries = desk.site.contents.registries
    yield front_page(desk)
    for at in range(len(desk.edition.stories)):
        yield article_page(desk, at)
    everywhere = [(COUNTRY, id) for id in registries.countries] + [(TOPIC, id) for id in registries.topics]
    for key in dict.fromkeys((*everywhere, *sorted(desk.edition.sections))):
        yield from section_pages(desk, key)
    yield from calendar_pages(desk)
    yield from index_pages(desk)
    yield from standing_pages(desk)
    yield feeds_page(desk)
    for key in fed_sections(desk):
        yield feed_page(desk, key)
