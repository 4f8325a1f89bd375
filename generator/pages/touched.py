"""What changes of stories can touch: the keys of all pages that could show something else than before, and few others.

A page that is named without need costs its planning; one that is forgotten goes stale. The random newsroom of the tests
compares every build with a clean one.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date

from generator.content.aliases import landing
from generator.content.breaking import FILE as BREAKING
from generator.content.breaking import lines_at
from generator.content.media import Medium
from generator.content.rates import FOLDER as RATES
from generator.content.stories import Article
from generator.pages.calendar import beside
from generator.pages.desk import Desk
from generator.pages.feeds import ARCHIVED
from generator.pages.keys import Key, partner_keys
from generator.pages.lists import INDEX_TITLES
from generator.pages.media import medium_addresses
from generator.pages.pictures import Focus
from generator.pages.plan import Plan
from generator.pages.rates import touched_rates
from generator.pages.sitemaps import files_for
from generator.pages.touched_by_readers import touched_by_readers
from generator.pages.touched_by_weeks import touched_by_weeks
from generator.pages.whereabouts import key_addresses
from generator.site.arrange import Site, media_of
from generator.site.changes import Change, translated_with, with_consequences
from generator.site.editions import NEARNESS, PER_KEY, STRETCH, Edition, rank_of
from generator.site.reader_changes import NOTHING, ReaderChanges
from generator.site.sections import COUNTRY, FED, OUTLET, SectionKey
from generator.site.shelves import Cut, Shelf, shelve


def touched(
    plan: Plan, changes: Sequence[Change], files: AbstractSet[str], then: int, readers: ReaderChanges = NOTHING
) -> set[Key]:
    """The keys that changes of stories, of these files (media/, rates/, digests/, breaking.yaml), and of polls and comments
    can touch since the moment `then`."""
    media = {path for path in files if path.startswith("media/")}
    changes = with_consequences(plan.site, changes, media, readers.questions)
    media_and_polls = media | readers.questions
    keys: set[Key] = {("medium", path) for path in media}
    keys |= {(kind, change.path) for change in changes for kind in ("story", "aliases")}
    versions = list(translated_with(plan.site, changes))
    keys |= {("story", story.path) for story in versions}
    keys |= set(_sitemaps(plan, changes, versions))
    keys |= set(_texts_that_stand(plan, changes, media_and_polls))
    keys |= set(touched_by_readers(plan, readers, changes))
    keys |= {("sitemap",), ("redirects",)} if changes else set()
    for change in changes:
        keys |= {("medium", path) for one in (change.old, change.new) if one for path in media_of(one)}
    keys |= set(_touched_by_time(plan))
    keys |= set(touched_by_weeks(plan, changes, files, media_and_polls, then))
    keys |= set(touched_rates(plan.site, _rates(files), then))
    for desk in plan.desks.values():
        keys |= {("corrections", desk.language)}
        keys |= set(_in_edition(plan, desk, changes))
    return keys


def shown_everywhere(plan: Plan, changes: Sequence[Change], files: AbstractSet[str], then: int) -> bool:
    """Whether pages that hold themselves what is fresh may show something else, all of them: the ticker, where rates changed
    or another day began since `then`; what is breaking, where its file or the moment is another, or a story that it names."""
    if plan.site.contents.config.fragments != "inline":
        return False
    return any(touched_rates(plan.site, _rates(files), then)) or _breaks_anew(plan, changes, files, then)


def _breaks_anew(plan: Plan, changes: Sequence[Change], files: AbstractSet[str], then: int) -> bool:
    strips, now = plan.site.contents.breaking, plan.site.now
    named = {line.story for strip in strips for line in strip.lines} - {""}
    named |= {story.translates for id in named if (story := plan.site.live(id)) and story.translates}
    versions = (story for change in changes for story in (change.old, change.new) if story is not None)
    if BREAKING in files or any({story.card.id, story.translates} & named for story in versions):
        return True
    return list(lines_at(strips, then)) != list(lines_at(strips, now))


def _rates(files: AbstractSet[str]) -> list[str]:
    return [path for path in files if path.startswith(RATES)]


def _touched_by_time(plan: Plan) -> Iterator[Key]:
    """The pages that depend on the moment itself: a pin ends, a story leaves a window (see `site/windows.py`), a line
    of what is breaking begins or ends."""
    yield from ((kind, language) for language in plan.desks for kind in ("front", "breaking"))
    yield ("news sitemap",)
    yield from partner_keys(plan.site)


def _sitemaps(plan: Plan, changes: Sequence[Change], translated: Iterable[Article]) -> Iterator[Key]:
    """The files of the sitemaps from the one in which the first story of a month changed up to the last that there may be:
    stories that come or go shift those after them."""
    edition = plan.desks[plan.site.contents.config.language].edition
    before = [change.before for change in changes if change.before]
    months: dict[tuple[int, int], list[Article]] = {}
    for story in (*before, *(change.after for change in changes if change.after), *translated):
        day = edition.day_of(story.card.date)
        months.setdefault((day.year, day.month), []).append(story)
    for month, versions in months.items():
        stories = plan.told.stories(month)
        first = bisect_left(stories, min(map(rank_of, versions)), key=rank_of)
        for number in range(files_for(first + 1), files_for(len(stories) + len(versions)) + 1):
            yield ("sitemap of a month", *month, number)
    lost = sum(len(edition.sorting.of(story)) + 1 for story in before)
    if changes:
        yield from (("sitemap of sections", at + 1) for at in range(files_for(len(plan.section_entries) + lost)))


def left_addresses(
    plan: Plan, keys: Iterable[Key], changes: Iterable[Change], media: Mapping[str, Medium | None]
) -> set[str]:
    """Where pages of these keys are or were: what is published there and planned no more has to go. `media` are the files
    of media/ that changed, as they were."""
    found = {address for key in keys for address in key_addresses(plan.site, plan.desks, key)}
    found |= set(_old_pictures(plan.site, [change.old for change in changes if change.old], media))
    return found | {address for change in changes if change.old for address in addresses_of(change.old)}


def _old_pictures(site: Site, old: Iterable[Article], media: Mapping[str, Medium | None]) -> Iterator[str]:
    """Where variants of pictures were: of files as they were, cropped around the points that stories named."""
    points: dict[str, set[Focus]] = {path: set() for path, medium in media.items() if medium}
    for story in old:
        if story.card.picture:
            points.setdefault(story.card.picture.file, set()).add(story.card.picture.focus)
    for path, focuses in points.items():
        was = media.get(path)
        yield from medium_addresses(site, path, (was,) if was else (), focuses)


def addresses_of(story: Article) -> Iterator[str]:
    """The addresses of a story: its own and its old ones."""
    yield story.card.address
    yield from filter(None, map(landing, story.aliases))


def _texts_that_stand(plan: Plan, changes: Sequence[Change], files: AbstractSet[str]) -> Iterator[Key]:
    """Standing pages and profiles that link to stories that changed, or show one of these files."""
    targets = {change.path for change in changes} | files
    for page in plan.site.contents.pages:
        if any(ref.target in targets for ref in page.refs):
            yield ("standing", page.path)
    for profile in plan.site.contents.profiles:
        if any(ref.target in targets for ref in profile.refs):
            yield ("open", profile.language, COUNTRY, profile.name)


def _in_edition(plan: Plan, desk: Desk, changes: Sequence[Change]) -> Iterator[Key]:
    """What changes touch in one language."""
    edition, language = desk.edition, desk.language
    mine = [
        (before, after)
        for change in changes
        for before, after in [(_of(change.before, language), _of(change.after, language))]
        if before or after
    ]
    versions = [story for pair in mine for story in pair if story]
    for at in _neighbours(edition, versions):
        yield ("story", edition.stories[at].path)
    for key in dict.fromkeys(key for story in versions for key in edition.sorting.of(story)):
        yield from (("open", other, *key) for other in plan.desks)
        if key[0] == OUTLET:
            yield ("search", language)
        if key[0] in FED:
            yield ("feed", language, *key)
        if key[0] in INDEX_TITLES:
            yield ("index", language, key[0])
        inside = [(_inside(edition, key, before), _inside(edition, key, after)) for before, after in mine]
        for year, number in _sheets(edition, key, inside, edition.cut):
            yield ("sheet", language, *key, year, number)
        if key[0] in ARCHIVED:
            for year, number in _sheets(edition, key, inside, desk.feed_cut):
                yield ("feed archive", language, *key, year, number)
    yield from _calendar(edition, {edition.day_of(story.card.date) for story in versions})


def _of(story: Article | None, language: str) -> Article | None:
    return story if story and story.card.language == language else None


def _inside(edition: Edition, key: SectionKey, story: Article | None) -> Article | None:
    return story if story and key in edition.sorting.of(story) else None


def _neighbours(edition: Edition, versions: Iterable[Article]) -> Iterator[int]:
    """The stories that show one of these as a neighbour, in the stretch before them, or as related."""
    for story in versions:
        at = edition.place(rank_of(story))
        yield from range(max(0, at - 1), min(len(edition.stories), at + STRETCH + 1))
        for key in edition.sorting.of(story):
            if key[0] in NEARNESS:
                positions = edition.sections.get(key, [])
                after = bisect_left(positions, at)
                yield from positions[after : after + PER_KEY + 1]


def _calendar(edition: Edition, days: Iterable[date]) -> Iterator[Key]:
    """The pages of days, their months and years, and the neighbours of each, whose links may lead elsewhere."""
    language = edition.language
    for day in days:
        yield ("archive", language)
        yield from (("year", language, year) for year in beside(edition.years, day.year))
        yield from (("month", language, *month) for month in beside(edition.months, (day.year, day.month)))
        yield from (("day", language, one.year, one.month, one.day) for one in beside(edition.days_told, day))


Pair = tuple[Article | None, Article | None]


def _sheets(edition: Edition, key: SectionKey, pairs: Sequence[Pair], cut: Cut) -> set[tuple[int, int]]:
    """The closed pages of a section that can show something else: other stories, or another way to their neighbours."""
    now = edition.shelf(key, cut)
    then = shelve(_counts_then(edition, key, pairs), cut)
    ways, before = _ways(now), _ways(then)
    found = {name for name in now.places.keys() | then.places.keys() if ways.get(name) != before.get(name)}
    for story, shifts in _moves(pairs):
        year = edition.day_of(story.card.date).year
        first = _number(edition, key, story, year, cut.size)
        last = max((number for of, number in (*now.places, *then.places) if of == year), default=0)
        found |= {(year, number) for number in range(first, (last if shifts else first) + 1)}
    return found


def _moves(pairs: Iterable[Pair]) -> Iterator[tuple[Article, bool]]:
    """Each place where a story stands or stood, and whether those after it shift."""
    for before, after in pairs:
        if before and after and rank_of(before) == rank_of(after):
            yield after, False
        else:
            yield from ((story, True) for story in (before, after) if story)


def _number(edition: Edition, key: SectionKey, story: Article, year: int, size: int) -> int:
    """The number of the page of its year on which a story stands, or would stand."""
    positions = edition.sections.get(key, [])
    start = bisect_left(positions, bisect_left(edition.days, date(year, 1, 1)))
    return (bisect_left(positions, edition.place(rank_of(story))) - start) // size + 1


def _counts_then(edition: Edition, key: SectionKey, pairs: Iterable[Pair]) -> list[tuple[int, int]]:
    """The section's stories of each year before the changes."""
    counts = dict(edition.counts(key))
    for pair in pairs:
        for story, sign in zip(pair, (1, -1), strict=True):
            if story:
                year = edition.day_of(story.card.date).year
                counts[year] = counts.get(year, 0) + sign
    return sorted(counts.items())


def _ways(shelf: Shelf) -> dict[tuple[int, int], tuple[object, ...]]:
    """Where the links of each closed page lead, by its name."""
    names = list(shelf.places)
    if not names:
        return {}
    years = {first.year: tuple(one.year for one, _ in shelf.ends if one.year <= first.year) for first, _ in shelf.ends}
    around = zip(names, [*names[1:], None], [None, *names[:-1]], strict=True)
    return {name: (newer, older, names[0], years[name[0]]) for name, newer, older in around}
