"""Puts what was read together: configuration first, then registries, and all records into one `Contents`."""

from collections.abc import Iterable
from pathlib import Path

from generator.config import FILE as SITE
from generator.config import Config, read_config
from generator.content.articles import FOLDER as ARTICLES
from generator.content.contents import Contents
from generator.content.front import FILE as FRONT
from generator.content.front import read_front
from generator.content.media import Medium
from generator.content.registries import read_registries
from generator.content.stories import Article, Standing
from generator.engine.store import Record
from generator.fields.sources import decode, unreadable
from generator.problems import Place, Problem, did_you_mean

REGISTRIES = ("countries.yaml", "topics.yaml", "outlets.yaml", "authors.yaml", "tags.yaml", "series.yaml")
_KNOWN = (SITE, FRONT, *REGISTRIES)
_FOLDERS = ("articles", "pages", "countries", "media")
_DATA_LIMIT = 20_000_000


def is_read(path: str) -> bool:
    """Whether a file becomes a record of the store (stories, pages, profiles, media) rather than being read each time."""
    if path.startswith("media/"):
        return True
    return path.endswith(".md") and path.startswith((ARTICLES, "pages/", "countries/"))


def read_data_files(root: Path, paths: Iterable[str], problems: list[Problem]) -> dict[str, str]:
    """The texts of the configuration and the registries; problems for files that have no place in the content folder."""
    found: dict[str, str] = {}
    for path in paths:
        if path in _KNOWN:
            try:
                data = (root / path).read_bytes()
            except OSError as error:
                problems.append(unreadable(path, error))
                continue
            text = decode(data, path, problems, _DATA_LIMIT)
            if text is not None:
                found[path] = text
        elif not is_read(path):
            problems.append(_misplaced(path))
    return found


def _misplaced(path: str) -> Problem:
    folder, slash, _ = path.partition("/")
    if not path.endswith(".md") and path.lower().endswith(".md"):
        return Problem(Place(path), "the file's name must end in .md", "rename it, in small letters")
    if not slash:
        severity = "problem" if path.endswith((".yaml", ".yml")) else "advice"
        hint = did_you_mean(path, _KNOWN) if severity == "problem" else "stories are files articles/YYYY/MM/name.md"
        return Problem(
            Place(path), "this file has no place here", hint, severity="problem" if severity == "problem" else "advice"
        )
    if folder not in _FOLDERS:
        return Problem(
            Place(path),
            f"nothing is read from the folder “{folder}”",
            did_you_mean(folder, _FOLDERS),
            severity="advice",
        )
    hint = "images and other files go to media/" if folder + "/" == ARTICLES or folder == "pages" else ""
    return Problem(Place(path), "only files that end in .md are read here", hint, severity="advice")


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
    for record in records:
        if isinstance(record, Article):
            articles.append(record)
        elif isinstance(record, Standing):
            standing.append(record)
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
    )
