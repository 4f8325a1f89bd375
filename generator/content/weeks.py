"""`digests/2026-w08.md`: what an editor says of a week, above the stories of its digest."""

import re
from datetime import date

from msgspec import Struct

from generator.content.articles import ReadingOptions, name_and_language
from generator.content.front_matter import open_document
from generator.content.markdown import read_text
from generator.content.pictures import read_picture
from generator.content.stories import Picture
from generator.content.text import Ref
from generator.content.texts import Kept, keep
from generator.content.typography import typeset_line
from generator.fields.moments import FIRST_YEAR, LAST_YEAR
from generator.fields.values import Value
from generator.problems import Place, Problem, blocking

FOLDER = "digests/"
Week = tuple[int, int]
"""A week of ISO 8601: the year that most of its days are of, and its number in it."""
_NAME = re.compile(r"(\d{4})-w(\d{2})")
_HINT = "name it by the year and the number of the week (ISO 8601): digests/2026-w08.md"


class Chosen(Struct, frozen=True, gc=False, array_like=True):
    """A story that an editor put first, by its id, and where that is written."""

    id: str
    line: int = 0
    column: int = 0


class WeekText(Struct, frozen=True, tag=True, gc=False, array_like=True):
    """What an editor says of a week in a language; all of it may be empty, `text` is then no digest of a text."""

    path: str
    week: Week
    language: str
    title: str = ""
    lead: str = ""
    stories: tuple[Chosen, ...] = ()
    text: bytes = b""
    refs: tuple[Ref, ...] = ()
    excerpt: str = ""
    picture: Picture | None = None

    @property
    def media(self) -> list[str]:
        """The files of media/ that it names."""
        named = [ref.target for ref in self.refs if ref.kind == "media"]
        return [*named, self.picture.file] if self.picture else named


def week_named(path: str) -> Week | None:
    """The week that a file of digests/ is of by its name; None where there is no such week."""
    found = _NAME.fullmatch(path.removeprefix(FOLDER).partition(".")[0])
    if found is None:
        return None
    year, number = int(found[1]), int(found[2])
    try:
        date.fromisocalendar(year, number, 1)
    except ValueError:
        return None
    return (year, number) if FIRST_YEAR <= year <= LAST_YEAR else None


def read_week_text(
    data: bytes, path: str, options: ReadingOptions
) -> tuple[WeekText | None, Kept | None, list[Problem]]:
    """What a file of digests/ says, its text as it is kept, and the problems."""
    problems: list[Problem] = []
    week = week_named(path)
    if week is None:
        name = path.removeprefix(FOLDER).partition(".")[0]
        problems.append(Problem(Place(path), f"the file's name “{name}” is no week", _HINT))
    document = open_document(data, path, problems)
    if document is None:
        return None, None, problems
    fields = document.fields
    _, language = name_and_language(path, fields, options, problems)
    text, said = read_text(document.body, path, document.body_line, language)
    problems.extend(said)
    kept = keep(text) if text.html.strip() else None
    found = WeekText(
        path=path,
        week=week or (0, 0),
        language=language,
        title=typeset_line(fields.get("title"), language),
        lead=typeset_line(fields.get("lead"), language),
        stories=_chosen(fields.get("stories")),
        text=kept.digest if kept else b"",
        refs=text.refs,
        excerpt=text.excerpt,
        picture=read_picture(fields.get("image"), path, language),
    )
    fields.done()
    return (None, None, problems) if blocking(problems) else (found, kept, problems)


def _chosen(value: Value | None) -> tuple[Chosen, ...]:
    items = [(item.line_text(), item.place) for item in value.items()] if value else []
    found = {id: Chosen(id, place.line, place.column) for id, place in reversed(items) if id}
    return tuple(reversed(found.values()))
