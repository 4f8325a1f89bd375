"""The plan: every page of the site by a key, made by pure functions; nothing is made here and nothing is read.

A key need not have a page: `pages` gives what there is of it now. So a change can ask for the keys that it touches and for no
others (see `touched`).
"""

from collections.abc import Callable, Iterator
from datetime import date
from functools import cached_property

from generator.pages.articles import article_page, notice_page, redirect_pages
from generator.pages.breaking import breaking_page
from generator.pages.calendar import archive_page, day_page, month_page, year_page
from generator.pages.claims import Claims
from generator.pages.desk import make_desk
from generator.pages.discovery import indexnow_page, redirects_page, robots_page
from generator.pages.feed_lists import feeds_page, outline_page
from generator.pages.feeds import Newsstand
from generator.pages.front import front_page
from generator.pages.indexes import index_page
from generator.pages.keys import Key, edition_keys, partner_keys, reader_keys
from generator.pages.lists import closed_page, open_page
from generator.pages.media import asset_pages, medium_pages
from generator.pages.news import news_page
from generator.pages.page import Page
from generator.pages.polls import live_poll_page, poll_data_page, poll_page, poll_sheet, polls_page
from generator.pages.rates import rate_keys, rate_makers
from generator.pages.search import search_page
from generator.pages.sitemap_sections import section_entries, sections_sitemap
from generator.pages.sitemaps import (
    Told,
    files_for,
    month_sitemap,
    sitemap_index,
)
from generator.pages.standing import corrections_page, missing_page, standing_page
from generator.pages.talk import Talk
from generator.pages.views import SitemapEntry
from generator.pages.weeks import digest_page, digest_year_page, digests_page, years_of
from generator.pages.writing import write_page
from generator.problems import Problem
from generator.site.arrange import Site
from generator.site.editions import rank_of
from generator.site.presence import Presence
from generator.site.sections import PORTAL, RICH
from generator.theme.theme import Theme


class Plan:
    """The pages of a site; each is made from its view when, and only when, somebody needs its bytes."""

    def __init__(self, site: Site, theme: Theme) -> None:
        languages = site.contents.config.languages
        self.site, self.theme = site, theme
        asset = theme.assets.get(FEED_STYLE)
        style = site.contents.config.base + asset.address if asset else ""
        self.desks = {language: make_desk(site, language, theme.words(language), style) for language in languages}
        self._newsstands = {language: Newsstand(desk) for language, desk in self.desks.items()}
        self.told, self.talk = Told(site), Talk(site)
        self._gone: dict[str, Presence] = {story.path: presence for story, presence in site.gone}
        self._makers: dict[str, Callable[..., Iterator[Page]]] = {
            "assets": lambda: asset_pages(site, theme),
            "medium": lambda path: medium_pages(site, path),
            "front": lambda language: _some(front_page(self.desks[language])),
            "breaking": lambda language: _some(breaking_page(self.desks[language])),
            "story": self._story,
            "aliases": self._aliases,
            "open": self._open,
            "sheet": self._sheet,
            "archive": lambda language: _some(archive_page(self.desks[language])),
            "year": self._year,
            "month": self._month,
            "day": self._day,
            "index": lambda language, kind: _some(index_page(self.desks[language], kind)),
            "standing": self._standing,
            "digests": lambda language: _some(digests_page(self.desks[language])),
            "digest year": self._digest_year,
            "digest": self._digest,
            "corrections": lambda language: _some(corrections_page(self.desks[language])),
            "search": lambda language: _some(search_page(self.desks[language])),
            "missing": lambda language: _some(missing_page(self.desks[language])),
            "feeds": lambda language: _some(feeds_page(self.desks[language])),
            "outline": lambda language: _some(outline_page(self.desks[language])),
            "feed": self._feed,
            "feed archive": self._feed_archive,
            "partner feed": self._partner_feed,
            "poll": self._poll,
            "poll data": self._poll_data,
            "live poll": self._live_poll,
            "polls": self._polls,
            "poll sheet": self._poll_sheet,
            "talk counts": lambda *month: _some(self.talk.counts(*month)),
            "talk feed": self._talk_feed,
            "write": lambda language, kind: _some(write_page(self.desks[language], kind)),
            "sitemap of a month": lambda *file: _some(month_sitemap(self.told, self.desks, *file)),
            "sitemap of sections": lambda number: _some(sections_sitemap(site, self.section_entries, number)),
            "sitemap": lambda: _some(sitemap_index(self.told, files_for(len(self.section_entries)))),
            "news sitemap": lambda: _some(news_page(site, self.desks)),
            "robots": lambda: _some(robots_page(site)),
            "indexnow": lambda: _some(indexnow_page(site)),
            "redirects": lambda: _some(redirects_page(site)),
            **rate_makers(site, self.desks),
        }

    def pages(self, key: Key) -> Iterator[Page]:
        """The pages of a key: one, or none where there is nothing to show; several for a story's aliases."""
        return self._makers[str(key[0])](*key[1:])

    def all(self) -> Iterator[Page]:
        """Every page of the site."""
        for key in self.keys():
            yield from self.pages(key)

    def keys(self) -> Iterator[Key]:
        """The keys of all pages; where two claim an address, the portal's own page comes before a story's alias."""
        yield ("assets",)
        yield from (("medium", path) for path in sorted(self.site.shown_media))
        for desk in self.desks.values():
            yield from edition_keys(desk)
        yield from (("story", story.path) for story, _ in self.site.gone)
        yield from (("aliases", path) for path, story in self.site.by_path.items() if story.aliases)
        yield from partner_keys(self.site)
        yield from reader_keys(self.site, self.talk.months())
        yield from rate_keys(self.site)
        for month, files in self.told.months.items():
            yield from (("sitemap of a month", *month, number) for number in range(1, files + 1))
        section_files = range(1, files_for(len(self.section_entries)) + 1)
        yield from (("sitemap of sections", number) for number in section_files)
        yield from (("sitemap",), ("news sitemap",), ("robots",), ("indexnow",), ("redirects",))

    @cached_property
    def section_entries(self) -> tuple[SitemapEntry, ...]:
        """What the sitemaps say of pages that are no stories."""
        return section_entries(self.desks)

    def _story(self, path: str) -> Iterator[Page]:
        story = self.site.by_path.get(path)
        if story is None:
            return
        desk, presence = self.desks[story.card.language], self._gone.get(path)
        if presence is not None:
            yield notice_page(desk, story, presence)
        else:
            yield article_page(desk, desk.edition.place(rank_of(story)))

    def _aliases(self, path: str) -> Iterator[Page]:
        story = self.site.by_path.get(path)
        return redirect_pages(self.desks[story.card.language], story) if story is not None else iter(())

    def _open(self, language: str, kind: str, id: str) -> Iterator[Page]:
        desk, key = self.desks[language], (kind, id)
        if key != PORTAL and (key in desk.edition.sections or kind in RICH):
            yield open_page(desk, key)

    def _sheet(self, language: str, kind: str, id: str, year: int, number: int) -> Iterator[Page]:
        desk, key = self.desks[language], (kind, id)
        if (year, number) in desk.edition.shelf(key).places:
            yield closed_page(desk, key, year, number)

    def _feed(self, language: str, kind: str, id: str) -> Iterator[Page]:
        key = (kind, id)
        if kind in RICH or key in self.desks[language].edition.sections:
            yield from self._newsstands[language].feeds(key)

    def _feed_archive(self, language: str, kind: str, id: str, year: int, number: int) -> Iterator[Page]:
        desk = self.desks[language]
        if (year, number) in desk.edition.shelf((kind, id), desk.feed_cut).places:
            yield self._newsstands[language].archived((kind, id), year, number)

    def _partner_feed(self, name: str) -> Iterator[Page]:
        partner = self.site.contents.config.feeds.partner(name)
        yield self._newsstands[partner.language].partner(partner)

    def _poll(self, language: str, id: str) -> Iterator[Page]:
        if (poll := self.site.ballots.by_id.get(id)) is not None:
            yield poll_page(self.desks[language], poll)

    def _poll_data(self, id: str) -> Iterator[Page]:
        if (poll := self.site.ballots.by_id.get(id)) is not None:
            yield poll_data_page(self.site, poll)

    def _live_poll(self, language: str) -> Iterator[Page]:
        if self.site.ballots.polls:
            yield live_poll_page(self.desks[language])

    def _polls(self, language: str, key: str) -> Iterator[Page]:
        if key in self.site.ballots.lists:
            yield polls_page(self.desks[language], key)

    def _poll_sheet(self, language: str, key: str, year: int, number: int) -> Iterator[Page]:
        if (year, number) in self.site.ballots.shelf(key).places:
            yield poll_sheet(self.desks[language], key, year, number)

    def _talk_feed(self, language: str) -> Iterator[Page]:
        if self.site.talks:
            yield self._newsstands[language].comments(self.talk.commented)

    def _year(self, language: str, year: int) -> Iterator[Page]:
        if year in self.desks[language].edition.years:
            yield year_page(self.desks[language], year)

    def _month(self, language: str, year: int, month: int) -> Iterator[Page]:
        if (year, month) in self.desks[language].edition.by_month:
            yield month_page(self.desks[language], (year, month))

    def _day(self, language: str, *parts: int) -> Iterator[Page]:
        if (day := date(*parts)) in self.desks[language].edition.by_day:
            yield day_page(self.desks[language], day)

    def _standing(self, path: str) -> Iterator[Page]:
        page = self.site.standing_by_path[path]
        yield standing_page(self.desks[page.language], page)

    def _digest_year(self, language: str, year: int) -> Iterator[Page]:
        if year in years_of(self.site.digests[language]):
            yield digest_year_page(self.desks[language], year)

    def _digest(self, language: str, *week: int) -> Iterator[Page]:
        if (year_and_number := (week[0], week[1])) in self.site.digests[language]:
            yield digest_page(self.desks[language], year_and_number)


FEED_STYLE = "feed.css"
"""The asset of a theme that makes a feed readable in a browser; a theme may do without."""


def _some(page: Page | None) -> Iterator[Page]:
    return iter(() if page is None else (page,))


def address_problems(site: Site, theme: Theme) -> Iterator[Problem]:
    """What is wrong between addresses, for `check`, which makes no page; a build finds the same as it plans."""
    claims = Claims()
    yield from filter(None, map(claims.claim, Plan(site, theme).all()))
    yield from claims.dead_links(site)
