"""A story's file becomes an article: every field read, checked and named in the field's own terms."""

import re
import shlex
from datetime import datetime
from typing import get_args
from zoneinfo import ZoneInfo

from msgspec import Struct

from generator.config import Config
from generator.content.aliases import read_aliases
from generator.content.front_matter import open_document
from generator.content.markdown import read_text
from generator.content.pictures import body_picture, read_picture
from generator.content.slugs import SLUG, slugify
from generator.content.stories import Article, Byline, Card, Label, Mended, Taken
from generator.content.text import Text
from generator.content.texts import Kept, keep
from generator.content.typography import typeset_line
from generator.fields.moments import FIRST_YEAR, LAST_YEAR
from generator.fields.values import Fields, Value
from generator.problems import Place, Problem, blocking, did_you_mean
from generator.settings.addresses import web_address
from generator.settings.kinds import Kind

FOLDER = "articles/"
_DATED = re.compile(r"articles/(\d{4})/(\d{2})/")
_STORY_ID = re.compile(r"[a-z0-9-]+(?:/[a-z0-9-]+)*")
_TERM_LIMIT = 60
_ID_HINT = "an id is the address without the slashes at its ends: 2026/02/name"
_FIT = "only a-z, 0-9 and hyphens, at most 80"


class ReadingOptions(Struct, frozen=True, gc=False):
    """What reading a story depends on besides its file; part of the key under which the result is kept."""

    time_zone: str
    language: str
    languages: tuple[str, ...]

    @classmethod
    def of(cls, config: Config) -> "ReadingOptions":
        """The options of a portal."""
        return cls(config.time_zone, config.language, config.languages)


def read_article(data: bytes, path: str, options: ReadingOptions) -> tuple[Article | None, Kept | None, list[Problem]]:
    """The article of a file, its text as it is kept, and the problems.

    Where there are problems, there is no text, and the article, if there is one, serves only to find more of them.
    """
    problems: list[Problem] = []
    document = open_document(data, path, problems)
    if document is None:
        return None, None, problems
    name, language = name_and_language(path, document.fields, options, problems)
    text, said = read_text(document.body, path, document.body_line, language)
    problems.extend(said)
    kept = keep(text)
    date = _moment(document.fields.need("date"), ZoneInfo(options.time_zone))
    address = _address(document.fields, path, name, language, date, options, problems)
    article = _article(document.fields, path, address, language, date, text, kept.digest, ZoneInfo(options.time_zone))
    return article, None if blocking(problems) else kept, problems


def _article(
    fields: Fields, path: str, address: str, language: str, date: int, text: Text, digest: bytes, zone: ZoneInfo
) -> Article:
    picture = read_picture(fields.get("image"), path, language) or body_picture(text)
    sources = tuple(_taken(value, zone, language) for value in _items(fields.get("source")))
    card = Card(
        id=_word(fields.get("id"), _STORY_ID, "id", _ID_HINT) or address.strip("/"),
        address=address,
        language=language,
        title=typeset_line(fields.need("title"), language),
        lead=typeset_line(fields.get("lead"), language) or text.excerpt,
        date=date,
        countries=_ids(fields.need("country"), "a country is needed here", "write its id, or several: [kz, kg]"),
        topics=_ids(fields.need("topic"), "a topic is needed here", "write its id, or several: [energy, trade]"),
        outlets=tuple(dict.fromkeys(taken.outlet for taken in sources)),
        kind=_choice(fields.get("kind"), Kind) or "news",
        label=_choice(fields.get("label"), Label),
        picture=picture,
    )
    article = Article(
        path=path,
        card=card,
        text=digest,
        own_lead="lead" in fields,
        refs=text.refs,
        headings=text.headings,
        words=text.words,
        sources=sources,
        authors=_bylines(fields.get("author"), language),
        translators=_bylines(fields.get("translator"), language),
        tags=_terms(fields.get("tags")),
        series=_line(fields.get("series")),
        poll=_line(fields.get("poll")),
        age=_integer(fields.get("age"), 0, 21),
        top=_moment(fields.get("top"), zone),
        updated=_moment(fields.get("updated"), zone),
        corrections=tuple(_mended(value, zone, language) for value in _items(fields.get("corrections"))),
        expires=_moment(fields.get("expires"), zone),
        retracted=_mended(value, zone, language) if (value := fields.get("retracted")) else None,
        draft=_flag(fields.get("draft"), default=False),
        in_digest=_flag(fields.get("digest"), default=True),
        original=_choice_text(fields.get("canonical"), ("original", "own")) == "original",
        translates=_word(fields.get("translates"), _STORY_ID, "id of a story", _ID_HINT),
        aliases=read_aliases(fields.get("aliases"), address),
    )
    fields.done()
    return article


def name_and_language(path: str, fields: Fields, options: ReadingOptions, problems: list[Problem]) -> tuple[str, str]:
    """The file's name without language and ending, and the language from `lang` or from the name (`name.en.md`)."""
    name, _, suffix = path.rpartition("/")[2].removesuffix(".md").partition(".")
    value = fields.get("lang")
    written = (value.text() or "") if value else ""
    if suffix and suffix not in options.languages:
        hint = did_you_mean(suffix, options.languages)
        problems.append(
            Problem(Place(path), f"the “.{suffix}.” in the file's name is no language of this portal", hint)
        )
    if value and written and written not in options.languages:
        value.wrong(f"“{written}” is no language of this portal", did_you_mean(written, options.languages))
    elif value and suffix and written and written != suffix:
        value.wrong(f"the file's name says “{suffix}”, this says “{written}”", "rename the file or change this line")
    return name, written or suffix or options.language


def _address(
    fields: Fields, path: str, name: str, language: str, date: int, options: ReadingOptions, problems: list[Problem]
) -> str:
    value = fields.get("slug")
    slug = (value.text() or "") if value else name
    if not SLUG.fullmatch(slug):
        if value and slug:
            value.wrong(f"“{slug}” cannot stand in an address: {_FIT}", f"slug: {slugify(slug, language) or 'a-name'}")
        elif not value:
            mend = f"aryk rename {shlex.quote(path)} {slugify(name, language) or 'a-new-name'}"
            message = f"the file's name “{name}” cannot stand in an address: {_FIT}"
            problems.append(Problem(Place(path), message, mend))
    folder = _DATED.match(path)
    local = datetime.fromtimestamp(date, ZoneInfo(options.time_zone))
    year, month = folder.groups() if folder else (f"{local.year:04}", f"{local.month:02}")
    if not (1 <= int(month) <= 12 and FIRST_YEAR <= int(year) <= LAST_YEAR):
        said = f"the folder “{year}/{month}” is no year and month"
        problems.append(Problem(Place(path), said, "articles/2026/02/name.md, or straight into articles/"))
    prefix = "" if language == options.language else f"/{language}"
    return f"{prefix}/{year}/{month}/{slug}/"


def _taken(value: Value, zone: ZoneInfo, language: str) -> Taken:
    if not value.is_map:
        return Taken(value.line_text() or "")
    fields = value.fields()
    assert fields is not None
    taken = Taken(
        _line(fields.need("outlet")),
        web_address(fields.get("url")),
        typeset_line(fields.get("author"), language),
        _moment(fields.get("date"), zone),
        _line(fields.get("language")),
    )
    fields.done()
    return taken


def _bylines(value: Value | None, language: str) -> tuple[Byline, ...]:
    return tuple(_byline(item, language) for item in _items(value))


def _byline(value: Value, language: str) -> Byline:
    if not value.is_map:
        return Byline(id=value.line_text() or "")
    fields = value.fields()
    assert fields is not None
    guest = Byline(name=typeset_line(fields.need("guest"), language))
    fields.done()
    return guest


def _mended(value: Value, zone: ZoneInfo, language: str) -> Mended:
    fields = value.fields("{date: 2026-02-20, text: What was wrong}")
    if fields is None:
        return Mended(0, "")
    mended = Mended(_moment(fields.need("date"), zone), typeset_line(fields.need("text"), language))
    fields.done()
    return mended


def _terms(value: Value | None) -> tuple[str, ...]:
    found = []
    for item in _items(value):
        word = item.line_text()
        if word and len(word) > _TERM_LIMIT:
            item.wrong(f"a tag of {len(word)} characters; the limit is {_TERM_LIMIT}")
        elif word and not slugify(word) and not word.isprintable():
            item.wrong(f"“{word}” is no tag")
        elif word:
            found.append(word)
    return tuple(dict.fromkeys(found))


def _items(value: Value | None) -> list[Value]:
    return value.items() if value else []


def _line(value: Value | None) -> str:
    return (value.line_text() or "") if value else ""


def _word(value: Value | None, pattern: re.Pattern[str], what: str, hint: str) -> str:
    return (value.word(pattern, what, hint) or "") if value else ""


def _ids(value: Value | None, needed: str, hint: str) -> tuple[str, ...]:
    """The ids of a list that must have some."""
    if value and not value.items():
        value.wrong(needed, hint)
    return tuple(dict.fromkeys(text.lower() for text in value.texts())) if value else ()


def _choice(value: Value | None, words: object) -> str:
    return _choice_text(value, get_args(words))


def _choice_text(value: Value | None, words: tuple[str, ...]) -> str:
    return (value.choice(words) or "") if value else ""


def _integer(value: Value | None, low: int, high: int) -> int:
    return (value.integer(low, high) or 0) if value else 0


def _moment(value: Value | None, zone: ZoneInfo) -> int:
    return (value.moment(zone) or 0) if value else 0


def _flag(value: Value | None, *, default: bool) -> bool:
    found = value.yes_no() if value else None
    return default if found is None else found
