"""The sitemaps of stories, by month, and the index of all sitemaps.

A month's stories of all languages stand in the order in which they were published, and each file but the last is full: so
a full file is closed for good, as a list page is.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from typing import TypeVar
from urllib.parse import quote

from generator.content.stories import Article
from generator.pages.articles import original_of
from generator.pages.desk import Desk
from generator.pages.page import Page
from generator.pages.views import SitemapEntry, SitemapView
from generator.site.arrange import Site
from generator.site.editions import Edition, rank_of
from generator.site.sections import OUTLET

INDEX = "/sitemap.xml"
FILE_SIZE = 5_000
"""The most addresses in a file: sitemaps.org allows ten times as many, but also no more than 50 MB."""
LONGEST = 2_047
"""The most characters that an address may have."""
_MOST_PICTURES = 5

Month = tuple[int, int]
Item = TypeVar("Item")


def file_address(stem: str, number: int) -> str:
    """A file and those that follow it: `/sitemap-2026-02.xml`, `/sitemap-2026-02-2.xml`."""
    return f"/sitemap-{stem}{'' if number == 1 else f'-{number}'}.xml"


def month_address(year: int, month: int, number: int) -> str:
    """A file of a month."""
    return file_address(f"{year:04}-{month:02}", number)


def sections_address(number: int) -> str:
    """A file of all that is no story."""
    return file_address("sections", number)


def files_for(count: int) -> int:
    """How many files so many addresses need."""
    return -(-count // FILE_SIZE)


def in_file(items: Sequence[Item], number: int) -> Sequence[Item]:
    """Those of some items that stand in the file of a number."""
    return items[(number - 1) * FILE_SIZE : number * FILE_SIZE]


@dataclass(frozen=True)
class Told:
    """The stories that search engines are told of: the live ones, but for those whose canonical page is the original's."""

    site: Site
    _months: dict[Month, list[Sequence[Article]]] = field(default_factory=dict)
    _elsewhere: dict[str, list[int]] = field(default_factory=dict)

    @cached_property
    def months(self) -> dict[Month, int]:
        """The months that have such stories, oldest first, with the number of their files."""
        every = sorted({month for edition in self.site.editions.values() for month in edition.months})
        counts = {month: sum(map(len, self.parts(month))) for month in every}
        return {month: files_for(count) for month, count in counts.items() if count}

    def parts(self, month: Month) -> list[Sequence[Article]]:
        """A month's stories of each language, oldest first."""
        found = self._months.get(month)
        if found is None:
            found = self._months[month] = [self._of(edition, month) for edition in self.site.editions.values()]
        return found

    def stories(self, month: Month) -> Sequence[Article]:
        """A month's stories in all languages, oldest first."""
        return sorted(chain.from_iterable(self.parts(month)), key=rank_of)

    def changes(self, month: Month) -> list[int]:
        """For each file of a month the moment at which a story in it last changed."""
        if (files := self.months[month]) == 1:  # as nearly all have: then their order is of no interest
            return [max(story.changed_at for story in chain.from_iterable(self.parts(month)))]
        stories = self.stories(month)
        return [max(story.changed_at for story in in_file(stories, number)) for number in range(1, files + 1)]

    def versions(self, story: Article) -> list[Article]:
        """A story in all of its languages; none where it has one language."""
        group = [one for one in self.site.translations.get(story.card.id, ()) if self._is_told(one)]
        return group if len(group) > 1 else []

    def _of(self, edition: Edition, month: Month) -> Sequence[Article]:
        days = edition.by_month.get(month)
        if not days:
            return ()
        start, stop = edition.by_day[days[0]][0], edition.by_day[days[-1]][1]
        untold = self._untold(edition)
        inside = frozenset(untold[bisect_left(untold, start) : bisect_left(untold, stop)])
        return (
            [edition.stories[at] for at in range(start, stop) if at not in inside]
            if inside
            else edition.stories[start:stop]
        )

    def _untold(self, edition: Edition) -> list[int]:
        """The positions of the stories that are canonical elsewhere, found without asking each of a hundred thousand."""
        found = self._elsewhere.get(edition.language)
        if found is None:
            suspects = {at for at, story in enumerate(edition.stories) if story.original}
            for outlet in self.site.contents.registries.outlets.values():
                suspects.update(edition.sections.get((OUTLET, outlet.id), ()) if outlet.original else ())
            found = sorted(at for at in suspects if not self._is_told(edition.stories[at]))
            self._elsewhere[edition.language] = found
        return found

    def _is_told(self, story: Article) -> bool:
        return not original_of(self.site.contents, story)


def month_sitemap(told: Told, desks: Mapping[str, Desk], year: int, month: int, number: int) -> Page | None:
    """A file of a month; None where the month has not so many."""
    stories = in_file(told.stories((year, month)), number)
    if not stories:
        return None
    entries = fitting(_entry(told, desks, story) for story in stories)
    language = told.site.contents.config.language
    return Page(month_address(year, month, number), language, SitemapView(False, entries))


def sitemap_index(told: Told, section_files: int) -> Page:
    """The list of all sitemaps, each with the moment at which a story in it last changed."""
    config = told.site.contents.config
    months = [
        SitemapEntry(config.url + month_address(*month, number), changed)
        for month in told.months
        for number, changed in enumerate(told.changes(month), 1)
    ]
    sections = (SitemapEntry(config.url + sections_address(number)) for number in range(1, section_files + 1))
    return Page(INDEX, config.language, SitemapView(True, (*months, *sections)))


def fitting(entries: Iterable[SitemapEntry]) -> tuple[SitemapEntry, ...]:
    """The entries whose address is not too long."""
    return tuple(entry for entry in entries if len(entry.url) <= LONGEST)


def _entry(told: Told, desks: Mapping[str, Desk], story: Article) -> SitemapEntry:
    card, desk = story.card, desks[story.card.language]
    versions = tuple((one.card.language, desk.url(one.card.address)) for one in told.versions(story))
    return SitemapEntry(desk.url(card.address), story.changed_at, tuple(_pictures(desk, story)), versions)


def _pictures(desk: Desk, story: Article) -> Iterator[str]:
    """The first pictures of a story: the one of its card, then those of its text."""
    card = story.card
    named = [card.picture.file] if card.picture else []
    named += (ref.target for ref in story.refs if ref.kind == "media")
    for path in [*dict.fromkeys(named)][:_MOST_PICTURES]:
        medium = desk.site.contents.media.get(path)
        if medium is not None and medium.width and len(url := desk.url(quote(f"/{path}"))) <= LONGEST:
            yield url
