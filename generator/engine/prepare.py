"""From folders to the arranged site: everything that `build`, `check` and `explain` do alike, without making a page."""

import gc
from collections.abc import Collection, Iterator, Mapping
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TypeVar

import msgspec

from generator.config import Config
from generator.content.articles import ReadingOptions
from generator.content.breaking import Breaking
from generator.content.comments import Comments
from generator.content.contents import Contents
from generator.content.places import pin
from generator.content.polls import Poll
from generator.content.rates import RateFile
from generator.content.stories import Article, Standing
from generator.content.weeks import WeekText
from generator.digests import digest
from generator.engine.assemble import assemble
from generator.engine.layout import is_read
from generator.engine.reading import Reading, read_sources
from generator.engine.remembered import Record
from generator.engine.request import Request
from generator.engine.store import Store
from generator.engine.survey import News, Survey, news_of, remember_folders
from generator.engine.versions import program_digest
from generator.output.html import misfit_templates
from generator.problems import Problem, blocking
from generator.site.arrange import Site, advice, arrange
from generator.site.checks import check, check_flawed
from generator.theme.theme import Theme, read_theme

Kind = TypeVar("Kind", Article, Standing, Poll, Comments, RateFile, Breaking, WeekText)


@dataclass
class Prepared:
    """The arranged site with its theme, or (where `site` is None) only the problems that stand in the way.

    `bad` are the files whose last good version (None: none) stands in the site instead of what is in them; `newest` are
    their newest readable values. `settled` says that what stands in the site has no problem.
    """

    site: Site | None = None
    theme: Theme | None = None
    problems: list[Problem] = field(default_factory=list)
    advice: list[Problem] = field(default_factory=list)
    bad: dict[str, Record | None] = field(default_factory=dict)
    newest: dict[str, Record | None] = field(default_factory=dict)
    settled: bool = True


def reader_of(config: Config) -> bytes:
    """What stands for the program and the options that sources are read with."""
    return digest((program_digest(), ReadingOptions.of(config)))


def news_since(request: Request, seen: Survey, store: Store) -> News:
    """What must be looked into: everything where it was read by another program, with other options, or is to be forgotten."""
    anew = seen.config is not None and _is_anew(request, seen.config, store)
    return news_of(seen.folders, store, anew=anew)


def _is_anew(request: Request, config: Config, store: Store) -> bool:
    return request.clean or store.journal.state.reader != reader_of(config)


def prepare(request: Request, seen: Survey, news: News, store: Store, executor: Executor | None) -> Prepared:
    """Reads, checks and arranges; what was read is remembered, whatever comes after."""
    found = list(seen.problems)
    if seen.config is None:
        return Prepared(problems=sorted(blocking(found)), advice=_advice(found))
    reading = _read(request, seen, seen.config, news, store, executor)
    found += reading.problems
    with collector_at_rest():
        return _arranged(request, seen, seen.config, reading, found, store)


@contextmanager
def collector_at_rest() -> Iterator[None]:
    """Python's search for cyclic garbage again and again visits the hundred thousands of values that are made here, none
    of which is garbage: a tenth of the time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _arranged(
    request: Request, seen: Survey, config: Config, reading: Reading, found: list[Problem], store: Store
) -> Prepared:
    """The site of all that is remembered, checked as a whole."""
    theme = read_theme(seen.theme, config, found) if seen.theme is not None else None
    found += misfit_templates(theme) if theme else ()
    records = {read.path: read.record for read in store.reads.all()}
    contents = assemble(config, seen.data, records.values(), found)
    contents, bad, settled = _checked(contents, reading, records, store, found, keep_going=request.keep_going)
    found = [pin(problem, request.source) for problem in found]
    problems = blocking(found)
    if theme is None or (problems and not (request.keep_going and _only_records(problems))):
        return Prepared(problems=sorted(problems), advice=_advice(found))
    site = arrange(contents, request.now, drafts=request.drafts)
    said = sorted([*_advice(found), *(pin(one, request.source) for one in advice(site))])
    newest = {path: records.get(path) for path in bad}
    return Prepared(site, theme, sorted(problems), said, bad, newest, settled)


def _read(
    request: Request, seen: Survey, config: Config, news: News, store: Store, executor: Executor | None
) -> Reading:
    """Reads what the news are of and remembers it."""
    anew, options = _is_anew(request, config, store), ReadingOptions.of(config)
    known = {} if request.clean else store.reads.find(news.unsure)
    reading = read_sources(request.content, news.unsure, known, store, options, executor, anew=anew)
    changes = {**reading.changes, **dict.fromkeys(news.gone)}
    if anew or changes or news.folders:
        store.remember_reads(reader_of(config), changes, anew=anew)
        remember_folders(store, seen, news, reading.broken, anew=anew)
        store.commit()
    return msgspec.structs.replace(reading, changes={})  # two copies of an archive are one too many


def _advice(found: list[Problem]) -> list[Problem]:
    return sorted(problem for problem in found if problem.severity == "advice")


def _only_records(problems: list[Problem]) -> bool:
    """Whether all problems are in files that a build can do without: stories, pages, media, polls, comments, rates,
    what is breaking, what editors say of weeks."""
    return all(is_read(problem.place.path) for problem in problems)


def _checked(
    contents: Contents,
    reading: Reading,
    records: Mapping[str, Record],
    store: Store,
    found: list[Problem],
    *,
    keep_going: bool,
) -> tuple[Contents, dict[str, Record | None], bool]:
    """The contents and the bad files, whose problems are added to `found`; to keep going, what is bad gives way to its
    last good version. Last, whether nothing bad is left in the contents."""
    between = check(_without(contents, reading.broken) if reading.broken else contents, reading.broken)
    bad = {problem.place.path for problem in between} | reading.broken
    found += [*between, *check_flawed(reading.flawed, contents, reading.broken)]
    good: dict[str, Record | None] = {}
    again = bad
    for attempt in range(3 if keep_going and bad else 0):
        good = {path: None if attempt else store.journal.last_good(path, records.get(path)) for path in bad}
        contents = _last_good(contents, good)
        again = {problem.place.path for problem in check(contents, bad)}
        if not again:
            break
        bad |= again
    return contents, {path: good.get(path) for path in bad}, not again


def _without(contents: Contents, broken: Collection[str]) -> Contents:
    """The contents without what was once read of files that are broken now: only what is in a file is checked."""
    return msgspec.structs.replace(
        contents,
        articles=tuple(one for one in contents.articles if one.path not in broken),
        pages=tuple(one for one in contents.pages if one.path not in broken),
        profiles=tuple(one for one in contents.profiles if one.path not in broken),
        media={path: medium for path, medium in contents.media.items() if path not in broken},
        polls=tuple(one for one in contents.polls if one.path not in broken),
        comments=tuple(one for one in contents.comments if one.path not in broken),
        rates=tuple(one for one in contents.rates if one.path not in broken),
        breaking=tuple(one for one in contents.breaking if one.path not in broken),
        weeks=tuple(one for one in contents.weeks if one.path not in broken),
    )


def _last_good(contents: Contents, good: Mapping[str, Record | None]) -> Contents:
    """The contents in which what is bad is as it was last published, or absent."""
    languages = contents.config.languages

    def stands(record: Record | None) -> bool:
        if isinstance(record, Article):
            return record.card.language in languages
        return not isinstance(record, (Standing, WeekText)) or record.language in languages

    def mended(values: tuple[Kind, ...]) -> tuple[Kind, ...]:
        pairs = ((value, good.get(value.path, value)) for value in values)
        return tuple(new for value, new in pairs if isinstance(new, type(value)) and stands(new))

    return msgspec.structs.replace(
        contents,
        articles=mended(contents.articles),
        pages=mended(contents.pages),
        profiles=mended(contents.profiles),
        polls=mended(contents.polls),
        comments=mended(contents.comments),
        rates=mended(contents.rates),
        breaking=mended(contents.breaking),
        weeks=mended(contents.weeks),
    )
