"""`aryk new`."""

import argparse
import sys
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from msgspec import Struct

from generator.cli.newsroom import Newsroom, declare_content, one_line, read_newsroom
from generator.cli.options import USAGE, moment_of
from generator.config import name_in
from generator.content.slugs import slugify
from generator.fields.moments import read_moment
from generator.fields.writing import quoted, written_moment
from generator.problems import did_you_mean

_LONGEST = 76
"""Of a slug that still takes a number: `-2` to `-999`."""


class Refused(Exception):
    """What was asked for cannot be; the message says why."""


class Draft(Struct, frozen=True):
    """A story about to be begun."""

    title: str
    date: int
    country: str
    topic: str
    language: str
    held_back: bool


def declare(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    declare_content(parser)
    parser.add_argument("title", metavar="TITLE", help="the title, in quotes")
    parser.add_argument("--country", metavar="ID", help="of countries.yaml (its first)")
    parser.add_argument("--topic", metavar="ID", help="of topics.yaml (its first)")
    parser.add_argument("--lang", metavar="CODE", help="the language, where it is not the portal's first")
    parser.add_argument("--date", metavar="T", help="2026-02-20 07:36, in the portal's time zone (now)")
    parser.add_argument("--draft", action="store_true", help="mark it as a draft, which is not published")
    parser.set_defaults(now=None)


def run(options: argparse.Namespace) -> int:
    """Writes the file and prints where it is."""
    newsroom = read_newsroom(options.content)
    if newsroom is None:
        return 1
    try:
        draft = _draft(options, newsroom)
    except Refused as refused:
        print(f"aryk: {refused}", file=sys.stderr)
        return USAGE
    print(_write(draft, newsroom, options.content))
    return 0


def _draft(options: argparse.Namespace, newsroom: Newsroom) -> Draft:
    config, registries = newsroom.config, newsroom.registries
    title = one_line(options.title)
    if not title:
        raise Refused('a title is needed, such as `aryk new "Title of the story"`')
    language = _known(options.lang or config.language, config.languages, "language", "languages of site.yaml")
    country = _chosen(options.country, {id: one.names for id, one in registries.countries.items()}, "country")
    topic = _chosen(options.topic, {id: one.names for id, one in registries.topics.items()}, "topic")
    return Draft(title, _date(options, config.zone), country, topic, language, options.draft)


def _chosen(asked: str | None, known: dict[str, tuple[tuple[str, str], ...]], what: str) -> str:
    """The id that was asked for, else the first of the registry, which is said."""
    registry = {"country": "countries.yaml", "topic": "topics.yaml"}[what]
    if asked is not None:
        return _known(asked, known, what, registry)
    if not known:
        raise Refused(f"{registry} is empty; every story needs a {what}")
    first = next(iter(known))
    print(f"no --{what}: {first} ({name_in(known[first], 'en')[0]}), the first of {registry}", file=sys.stderr)
    return first


def _known(asked: str, known: Iterable[str], what: str, where: str) -> str:
    if asked not in known:
        hint = did_you_mean(asked, known)
        raise Refused(f"the {what} “{asked}” is not in {where}{f'; {hint}' if hint else ''}")
    return asked


def _date(options: argparse.Namespace, zone: ZoneInfo) -> int:
    if options.date is None:
        return moment_of(options)
    found = read_moment(options.date, zone)
    if isinstance(found, tuple):
        raise Refused(f"--date: {found[0]}; {found[1]}")
    return found


def _write(draft: Draft, newsroom: Newsroom, content: Path) -> Path:
    """Writes the story into the first file that is not there yet."""
    local = datetime.fromtimestamp(draft.date, newsroom.config.zone)
    folder = content / "articles" / f"{local:%Y}" / f"{local:%m}"
    folder.mkdir(parents=True, exist_ok=True)
    suffix = "" if draft.language == newsroom.config.language else f".{draft.language}"
    for name in _names(draft):
        path = folder / f"{name}{suffix}.md"
        try:
            with open(path, "x", encoding="utf-8", newline="\n") as file:
                file.write(_text(draft, newsroom.config.zone))
            return path
        except FileExistsError:
            continue
    raise AssertionError("names never end")


def _names(draft: Draft) -> Iterator[str]:
    slug = slugify(draft.title, draft.language) or "story"
    yield slug
    number = 2
    while True:
        yield f"{slug[:_LONGEST].rstrip('-')}-{number}"
        number += 1


def _text(draft: Draft, zone: ZoneInfo) -> str:
    lines = [
        f"title: {quoted(draft.title)}",
        f"date: {written_moment(draft.date, zone)}",
        f"country: {draft.country}",
        f"topic: {draft.topic}",
        *(["draft: true"] if draft.held_back else []),
    ]
    return "\n".join(["---", *lines, "---", "…", ""])
