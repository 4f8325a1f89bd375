"""What votes, comments, and polls that open and close touch: their own pages, and never a list of stories."""

from collections.abc import Iterator, Sequence

from generator.pages.keys import Key
from generator.pages.plan import Plan
from generator.pages.sitemaps import files_for
from generator.pages.talk import month_of
from generator.site.ballots import EVERY_POLL, PollChange, ballots_before
from generator.site.changes import Change
from generator.site.reader_changes import ReaderChanges


def touched_by_readers(plan: Plan, readers: ReaderChanges, changes: Sequence[Change]) -> Iterator[Key]:
    """The keys that changes of polls and comments touch, and of stories that have comments. The stories that ask a poll are
    among `changes` already where it asks something else."""
    if readers.polls:
        yield from _polls(plan, readers.polls)
    if plan.site.talks:
        yield from _talk(plan, readers.stories, changes)


def _polls(plan: Plan, changes: Sequence[PollChange]) -> Iterator[Key]:
    ballots, ids = plan.site.ballots, [one.path.rpartition("/")[2].removesuffix(".yaml") for one in changes]
    before = ballots_before(ballots, changes)
    versions = [poll for change in changes for poll in (change.before, change.after) if poll]
    lists = dict.fromkeys([EVERY_POLL, *(key for poll in versions for key in ballots.countries(poll))])
    for language in plan.desks:
        yield from (("front", language), ("live poll", language))
        yield from (("poll", language, id) for id in ids)
        for key in lists:
            yield ("polls", language, key)
            places = {**ballots.shelf(key).places, **before.shelf(key).places}
            yield from (("poll sheet", language, key, *place) for place in places)
    yield from (("poll data", id) for id in ids)
    lost = len(plan.desks) * (len(before.polls) + len(before.lists))
    yield from (("sitemap of sections", at + 1) for at in range(files_for(len(plan.section_entries) + lost)))
    yield ("sitemap",)


def _talk(plan: Plan, stories: frozenset[str], changes: Sequence[Change]) -> Iterator[Key]:
    """Publishing a story may begin the file of its month; a commented one that changes is told anew by the feed."""
    live = [story for id in stories if (story := plan.site.live(id)) is not None]
    yield from (("story", story.path) for story in live)
    versions = [story for change in changes for story in (change.before, change.after) if story]
    if stories or any(story.card.id in plan.site.threads for story in versions):
        yield from (("talk feed", language) for language in plan.desks)
    for story in (*live, *versions):
        day = plan.desks[story.card.language].edition.day_of(story.card.date)
        yield from (("talk counts", *month) for month in (month_of(story.card.address), (day.year, day.month)))
