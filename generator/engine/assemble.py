"""Puts what was read together: configuration first, then registries, and all records into one `Contents`."""

from collections.abc import Collection, Iterable
from pathlib import Path

from generator.config import FILE as SITE
from generator.config import Config, read_config
from generator.content.breaking import Breaking
from generator.content.comments import Comments
from generator.content.contents import Contents
from generator.content.front import FILE as FRONT
from generator.content.front import read_front
from generator.content.media import Medium
from generator.content.polls import Poll
from generator.content.rates import RateFile
from generator.content.registries import read_registries
from generator.content.stories import Article, Standing
from generator.content.weeks import WeekText
from generator.engine.layout import DATA_FILES
from generator.engine.remembered import Record
from generator.fields.sources import decode, unreadable
from generator.problems import Place, Problem

_DATA_LIMIT = 20_000_000


def read_data_files(root: Path, present: Collection[str], problems: list[Problem]) -> dict[str, str]:
    """The texts of the configuration and the registries, of those that are present."""
    found: dict[str, str] = {}
    for path in DATA_FILES:
        if path not in present:
            continue
        try:
            data = (root / path).read_bytes()
        except OSError as error:
            problems.append(unreadable(path, error))
            continue
        text = decode(data, path, problems, _DATA_LIMIT)
        if text is not None:
            found[path] = text
    return found


def configure(files: dict[str, str], problems: list[Problem]) -> Config | None:
    """The configuration from the data files."""
    if SITE not in files:
        if not any(problem.place.path == SITE for problem in problems):
            problems.append(Problem(Place(SITE), "the file is missing", "`aryk init` makes a portal with one"))
        return None
    return read_config(files[SITE], problems)


def assemble(config: Config, files: dict[str, str], records: Iterable[Record], problems: list[Problem]) -> Contents:
    """Everything that was read."""
    articles: list[Article] = []
    standing: list[Standing] = []
    media: dict[str, Medium] = {}
    polls: list[Poll] = []
    comments: list[Comments] = []
    rates: list[RateFile] = []
    breaking: list[Breaking] = []
    weeks: list[WeekText] = []
    for record in records:
        if isinstance(record, Article):
            articles.append(record)
        elif isinstance(record, Standing):
            standing.append(record)
        elif isinstance(record, Poll):
            polls.append(record)
        elif isinstance(record, Comments):
            comments.append(record)
        elif isinstance(record, RateFile):
            rates.append(record)
        elif isinstance(record, Breaking):
            breaking.append(record)
        elif isinstance(record, WeekText):
            weeks.append(record)
        else:
            media[record.path] = record
    standing.sort(key=lambda text: text.path)
    return Contents(
        config=config,
        registries=read_registries(files, config, problems),
        articles=tuple(articles),
        pages=tuple(text for text in standing if text.path.startswith("pages/")),
        profiles=tuple(text for text in standing if text.path.startswith("countries/")),
        media=media,
        front=read_front(files[FRONT], config, problems) if FRONT in files else (),
        polls=tuple(sorted(polls, key=lambda poll: poll.path)),
        comments=tuple(sorted(comments, key=lambda one: one.path)),
        rates=tuple(sorted(rates, key=lambda file: file.path)),
        breaking=tuple(breaking),
        weeks=tuple(sorted(weeks, key=lambda one: one.path)),
    )
