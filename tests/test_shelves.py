"""The laws of list pages: a full page is closed for good, and nothing is lost between the pages."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from itertools import zip_longest
from zoneinfo import ZoneInfo

import hypothesis.strategies as st
from hypothesis import given
from msgspec.structs import replace

from generator.config import Config
from generator.content.contents import Contents
from generator.content.registries import Country, Registries, Topic
from generator.content.stories import Article, Card
from generator.pages.desk import make_desk
from generator.pages.lists import closed_page, open_page
from generator.pages.views import ListView
from generator.site.arrange import arrange
from generator.site.sections import COUNTRY
from generator.site.shelves import Cut, Shelf
from generator.site.shelves import shelve as shelve_counts
from generator.theme.words import Words
from tests.newsroom import DAY, NOW

SIZES = st.integers(2, 5)
MOMENTS = st.lists(st.integers(NOW - 1500 * DAY, NOW), max_size=40)
YEARS = st.lists(st.integers(2021, 2026), max_size=50).map(sorted)
A_YEAR = st.integers(1, 40).map(lambda count: [2026] * count)


def shelve(years: list[int], size: int) -> Shelf:
    """The pages of a section by the year of each of its stories, the oldest first."""
    return shelve_counts(sorted(Counter(years).items()), Cut(size))


def shown(shelf: Shelf) -> list[list[int]]:
    """The positions on each page, the oldest page first and the open one last."""
    return [
        *(list(range(sheet.start, sheet.stop)) for sheet in shelf.sheets),
        list(range(shelf.open_start, shelf.total)),
    ]


@given(YEARS, SIZES)
def test_every_story_stands_on_a_page_and_only_the_open_page_repeats_some_of_older_years(
    years: list[int], size: int
) -> None:
    *closed, newest = shown(shelve(years, size))
    assert sorted({*newest, *(at for page in closed for at in page)}) == list(range(len(years)))
    assert len({at for page in closed for at in page}) == sum(len(page) for page in closed)
    assert all(years[at] < years[-1] for page in closed for at in page if at in newest)


@given(YEARS, SIZES)
def test_the_open_page_has_the_newest_n_to_2n_minus_1_stories(years: list[int], size: int) -> None:
    shelf = shelve(years, size)
    count = shelf.total - shelf.open_start
    assert count == len(years) if len(years) < size else size <= count < 2 * size


@given(YEARS, SIZES)
def test_closed_pages_are_full_but_for_the_last_of_a_year_and_numbered_from_its_oldest(
    years: list[int], size: int
) -> None:
    shelf = shelve(years, size)
    for sheet, following in zip_longest(shelf.sheets, shelf.sheets[1:]):
        assert {years[at] for at in range(sheet.start, sheet.stop)} == {sheet.year}
        ends = following is None or following.year != sheet.year
        assert sheet.stop - sheet.start == size or (ends and sheet.year != years[-1])
        assert sheet.number == 1 + sum(other.year == sheet.year and other.start < sheet.start for other in shelf.sheets)
    assert shelf.ends == tuple(
        (min(of, key=lambda sheet: sheet.start), max(of, key=lambda sheet: sheet.start))
        for year in sorted({sheet.year for sheet in shelf.sheets})
        if (of := [sheet for sheet in shelf.sheets if sheet.year == year])
    )


@given(YEARS, SIZES, st.integers(0, 1))
def test_a_newest_story_changes_the_open_page_alone_and_closes_at_most_one(
    years: list[int], size: int, later: int
) -> None:
    before = shelve(years, size)
    after = shelve([*years, (years[-1] if years else 2020) + later], size)
    assert after.sheets[: len(before.sheets)] == before.sheets, "a closed page changed"
    added = len(after.sheets) - len(before.sheets)
    assert added <= (2 if later else 1), "the turn of a year closes what the open page held, everything else one page"
    assert after.open_start >= before.open_start


@given(A_YEAR, A_YEAR, SIZES, st.data())
def test_a_story_in_an_older_year_shifts_only_later_pages_of_that_year(
    old: list[int], new: list[int], size: int, data: st.DataObject
) -> None:
    years = [*(2025 for _ in old), *new]
    at = data.draw(st.integers(0, len(old)))
    before, after = shelve(years, size), shelve([2025, *years], size)

    def names(shelf: Shelf, *, moved: bool) -> dict[tuple[int, int], list[int]]:
        """The stories of each closed page by name: the backdated one is -1, all others keep the name they had."""
        order = [*range(at), -1, *range(at, len(years))] if moved else list(range(len(years)))
        return {(sheet.year, sheet.number): order[sheet.start : sheet.stop] for sheet in shelf.sheets}

    old_pages, new_pages = names(before, moved=False), names(after, moved=True)
    changed = {name for name in old_pages.keys() | new_pages.keys() if old_pages.get(name) != new_pages.get(name)}
    assert changed == {(2025, number) for number in range(at // size + 1, -(-(len(old) + 1) // size) + 1)}


def list_pages(moments: list[int], size: int) -> dict[str, ListView]:
    """The list pages of a country with a story at each moment, by their links: the open one, then from the oldest."""
    articles = tuple(
        Article(
            f"articles/{at}.md", Card(str(at), f"/{at}/", "en", f"Title {at}", "", moment, ("kz",), ("energy",)), b""
        )
        for at, moment in enumerate(sorted(moments), 1000)
    )
    config = Config((("", "Aryk"),), (), "https://aryk.example", "/news", "Asia/Bishkek", ("en",), page_size=size)
    names = (("", "A name"),)
    countries, topics = {"kz": Country("kz", "kazakhstan", names)}, {"energy": Topic("energy", "energy", names)}
    registries = Registries(countries, topics, {}, {}, None, None)
    site = arrange(Contents(config, registries, articles, (), (), {}, ()), max(moments, default=0))
    desk = make_desk(site, "en", Words("en", {"list.page": "{number} of {year}"}, "Asia/Bishkek"))
    key = (COUNTRY, "kz")
    closed = [closed_page(desk, key, sheet.year, sheet.number) for sheet in desk.edition.shelf(key).sheets]
    pages = {desk.href(page.address): page.view for page in [open_page(desk, key), *closed]}
    assert all(isinstance(view, ListView) for view in pages.values())
    return pages  # type: ignore[return-value]


def walk(pages: dict[str, ListView], address: str, way: str) -> Iterator[str]:
    """The pages from one on, each by the link of the one before."""
    while address:
        yield address
        address = getattr(pages[address].pager, way)


@given(MOMENTS, SIZES)
def test_older_and_newer_walk_all_pages_from_the_open_one_to_the_oldest_and_back(moments: list[int], size: int) -> None:
    pages = list_pages(moments, size)
    first, *closed = pages
    assert list(walk(pages, first, "older")) == [first, *reversed(closed)]
    assert list(walk(pages, (closed or [first])[0], "newer")) == [*closed, first]


@given(MOMENTS, SIZES)
def test_every_link_of_a_pager_leads_to_what_it_says(moments: list[int], size: int) -> None:
    pages = list_pages(moments, size)
    first, *closed = pages
    for address, view in pages.items():
        pager = view.pager
        assert (pager.newest, pager.total) == (("", len(moments)) if address == first else (first, 0))
        assert pager.oldest == (closed[0] if closed and address != closed[0] else "")
        years = {pages[link.href].pager.year: link.name for link in pager.years}
        own = pager.year or 9999
        assert years == {year: str(year) for one in closed if (year := pages[one].pager.year) <= own}


@given(MOMENTS.filter(bool), SIZES, st.integers(1, 40 * DAY))
def test_a_closed_page_changes_once_when_its_newer_neighbour_appears(moments: list[int], size: int, after: int) -> None:
    pages = list_pages(moments, size)
    later = list_pages([*moments, max(moments) + after], size)
    _, *closed = pages
    changed = [address for address in closed if later[address] != pages[address]]
    assert changed == (closed[-1:] if len(later) > len(pages) else [])


@given(MOMENTS.filter(bool), SIZES, st.data())
def test_a_backdated_story_leaves_closed_pages_of_other_years_as_they_are(
    moments: list[int], size: int, data: st.DataObject
) -> None:
    """But for the page that follows its year, whose older neighbour may have another number."""
    pages = list_pages(moments, size)
    moment = data.draw(st.sampled_from(moments))
    year = datetime.fromtimestamp(moment, ZoneInfo("Asia/Bishkek")).year
    later = list_pages([*moments, moment + 1], size)
    _, *closed = pages
    others = [address for address in closed if pages[address].pager.year != year]
    changed = [address for address in others if untold(pages[address]) != untold(later[address])]
    following = [address for address in others if pages[address].pager.year > year][:1]
    preceding = [address for address in others if pages[address].pager.year < year][-1:]
    assert set(changed) <= {*following, *preceding}


def untold(view: ListView) -> ListView:
    """A page with its stories by date: their ids are numbers, which move with every story before them."""
    return replace(view, cards=tuple(replace(card, id="", href="", title="") for card in view.cards))
