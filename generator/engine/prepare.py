"""From folders to the arranged site: everything that `build`, `check` and `explain` do alike, without making a page."""

from collections.abc import Collection
from concurrent.futures import Executor
from dataclasses import dataclass, field
from typing import TypeVar

import msgspec

from generator.content.articles import ReadingOptions
from generator.content.contents import Contents
from generator.content.places import pin
from generator.content.stories import Article, Standing
from generator.digests import digest
from generator.engine.assemble import assemble, configure, read_data_files
from generator.engine.reading import Reading, is_read, read_sources
from generator.engine.request import Request
from generator.engine.scan import scan
from generator.engine.store import Read, Store
from generator.engine.versions import program_digest
from generator.output.html import missing_templates
from generator.problems import Place, Problem, blocking
from generator.site.arrange import Site, advice, arrange
from generator.site.checks import check, check_flawed
from generator.theme.theme import Theme, read_theme

Kind = TypeVar("Kind", Article, Standing)


@dataclass
class Prepared:
    """The arranged site with its theme, or (where `site` is None) only the problems that stand in the way.

    `bad` are the files whose last good version stands in the site instead of what is in them.
    """

    site: Site | None = None
    theme: Theme | None = None
    reading: Reading | None = None
    inputs: bytes = b""
    problems: list[Problem] = field(default_factory=list)
    advice: list[Problem] = field(default_factory=list)
    bad: frozenset[str] = frozenset()


def prepare(request: Request, store: Store, executor: Executor | None) -> Prepared:
    """Scans, reads, checks and arranges; what was read is remembered, whatever comes after."""
    found: list[Problem] = []
    if not request.content.is_dir():
        found.append(
            Problem(Place(request.content.name), "there is no such content folder", "`aryk init NAME` makes a portal")
        )
        return Prepared(problems=found)
    files = scan(request.content, found)
    data = read_data_files(request.content, files, found)
    config = configure(data, found)
    if config is None:
        return Prepared(problems=blocking(found), advice=_advice(found))
    program = program_digest()
    known = {} if request.clean else store.reads()
    sources = [source for source in files if is_read(source.path)]
    reading = read_sources(request.content, sources, known, ReadingOptions.of(config), program, executor)
    _remember(store, reading, known)
    found += reading.problems
    theme = read_theme(config, request.themes, found)
    found += missing_templates(theme) if theme else ()
    contents = assemble(config, data, reading, found)
    contents, bad = _checked(contents, reading, found, keep_going=request.keep_going)
    found = [pin(problem, request.source) for problem in found]
    problems = blocking(found)
    if theme is None or (problems and not (request.keep_going and _only_records(problems))):
        return Prepared(reading=reading, problems=sorted(problems), advice=_advice(found))
    site = arrange(contents, request.now, drafts=request.drafts)
    marks = tuple((read.path, read.digest) for read in reading.reads.values())
    inputs = digest((program, marks, data, theme.files.files, request.drafts))
    return Prepared(site, theme, reading, inputs, sorted(problems), sorted([*_advice(found), *advice(site)]), bad)


def _advice(found: list[Problem]) -> list[Problem]:
    return sorted(problem for problem in found if problem.severity == "advice")


def _only_records(problems: list[Problem]) -> bool:
    """Whether all problems are in files that a build can do without: stories, pages, media."""
    return all(is_read(problem.place.path) for problem in problems)


def _remember(store: Store, reading: Reading, known: dict[str, Read]) -> None:
    store.remember_texts(reading.texts)
    store.remember_reads(reading.reads[path] for path in reading.changed)
    store.forget_reads(path for path in known if path not in reading.reads)
    store.commit()


def _checked(
    contents: Contents, reading: Reading, found: list[Problem], *, keep_going: bool
) -> tuple[Contents, frozenset[str]]:
    """The contents and the bad files, whose problems are added to `found`; to keep going, what is bad gives way to its
    last good version."""
    between = check(_without(contents, reading.broken) if reading.broken else contents, reading.broken)
    bad = {problem.place.path for problem in between} | reading.broken
    found += [*between, *check_flawed(reading.flawed, contents, reading.broken)]
    for attempt in range(3 if keep_going and bad else 0):
        contents = _last_good(contents, reading, bad, drop=attempt > 0)
        again = {problem.place.path for problem in check(contents, bad)}
        if not again:
            break
        bad |= again
    return contents, frozenset(bad)


def _without(contents: Contents, broken: Collection[str]) -> Contents:
    """The contents without what was once read of files that are broken now: only what is in a file is checked."""
    return msgspec.structs.replace(
        contents,
        articles=tuple(one for one in contents.articles if one.path not in broken),
        pages=tuple(one for one in contents.pages if one.path not in broken),
        profiles=tuple(one for one in contents.profiles if one.path not in broken),
        media={path: medium for path, medium in contents.media.items() if path not in broken},
    )


def _last_good(contents: Contents, reading: Reading, bad: Collection[str], *, drop: bool) -> Contents:
    """The contents in which what is bad is as it was last published, or absent."""

    languages = contents.config.languages

    def good(path: str) -> object:
        read = reading.reads.get(path)
        record = None if drop or read is None else read.last_good()
        if isinstance(record, Article):
            return record if record.card.language in languages else None
        return record if isinstance(record, Standing) and record.language in languages else None

    def mended(values: tuple[Kind, ...]) -> tuple[Kind, ...]:
        pairs = ((value, good(value.path) if value.path in bad else value) for value in values)
        return tuple(new for value, new in pairs if isinstance(new, type(value)))

    return msgspec.structs.replace(
        contents,
        articles=mended(contents.articles),
        pages=mended(contents.pages),
        profiles=mended(contents.profiles),
    )
