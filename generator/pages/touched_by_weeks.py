"""What changes of stories, of what editors say of weeks, and the end of a week touch of weekly digests."""

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet

from generator.content.weeks import FOLDER, Week, WeekText, week_named
from generator.pages.calendar import beside
from generator.pages.keys import Key
from generator.pages.plan import Plan
from generator.pages.sitemaps import files_for
from generator.pages.weeks import years_of
from generator.site.changes import Change
from generator.site.weeks import week_of, weeks_between


def touched_by_weeks(
    plan: Plan, changes: Sequence[Change], files: AbstractSet[str], shown: AbstractSet[str], then: int
) -> Iterator[Key]:
    """The keys of the digests that can be others than at the moment `then`, of those beside them, whose links may lead
    elsewhere, and of the lists of their years. `files` are digests among others, `shown` what texts and cards may show."""
    edition = next(iter(plan.desks.values())).edition
    passed = set(weeks_between(edition, then, plan.site.now))
    versions = [story for change in changes for story in (change.before, change.after) if story]
    weeks = passed | {week_of(edition.day_of(story.card.date)) for story in versions}
    weeks |= {week for path in files if path.startswith(FOLDER) and (week := week_named(path))}
    targets = {change.path for change in changes} | {story.card.id for story in versions} | shown
    for text in plan.site.contents.weeks:
        if not targets.isdisjoint(_names(text)):
            weeks.add(text.week)
        if text.week in passed or text.path in files:
            yield from (("medium", path) for path in text.media)
    if weeks:
        yield from _pages(plan, weeks)


def _names(text: WeekText) -> Iterator[str]:
    """The files and ids of stories that a text shows something of."""
    yield from (ref.target for ref in text.refs)
    yield from (one.id for one in text.stories)
    yield from text.media


def _pages(plan: Plan, weeks: set[Week]) -> Iterator[Key]:
    for language, told in plan.site.digests.items():
        for week in weeks:
            yield from (("digest", language, *one) for one in beside(told, week))
            yield from (("digest year", language, year) for year in beside(years_of(told), week[0]))
        yield ("digests", language)
    lost = 2 * len(plan.desks) * len(weeks)
    yield from (("sitemap of sections", at + 1) for at in range(files_for(len(plan.section_entries) + lost)))
    yield ("sitemap",)
