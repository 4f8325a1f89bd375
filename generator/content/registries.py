"""The registries: countries, topics, outlets, authors, tags and series, each a map from an id to a record."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import TypeVar

from msgspec import Struct

from generator.config import ID, LANGUAGES, Config, Names
from generator.fields.values import LANGUAGE, Fields, Value, read_fields
from generator.problems import Place, Problem, did_you_mean

_RESERVED = """
    topic source author tag series kind archive polls rates digest feeds live search assets media admin corrections page
"""
RESERVED = frozenset(_RESERVED.split()) | set(LANGUAGES)
_FOUR_DIGITS = re.compile(r"\d{4}")
_FLAG = re.compile(r"[A-Z]{2}")


class Country(Struct, frozen=True, gc=False):
    """A country, or a region where it has members; `inside` is its name after "in" ("в Казахстане")."""

    id: str
    slug: str
    names: Names
    inside: Names = ()
    flag: str = ""
    members: tuple[str, ...] = ()


class Topic(Struct, frozen=True, gc=False):
    """A topic; `words` are what readers may call it."""

    id: str
    slug: str
    names: Names
    words: tuple[str, ...] = ()


class Outlet(Struct, frozen=True, gc=False):
    """A newspaper, agency or channel; `original` says that its translations name the original as canonical page."""

    id: str
    names: Names
    country: str = ""
    language: str = ""
    url: str = ""
    original: bool = False


class Author(Struct, frozen=True, gc=False):
    """Somebody of the newsroom."""

    id: str
    names: Names
    role: Names = ()


class Term(Struct, frozen=True, gc=False):
    """A tag or a series with its spelling."""

    id: str
    names: Names


class Registries(Struct, frozen=True, gc=False):
    """All registries; tags and series are None where the portal keeps no such file, so that any word is allowed."""

    countries: dict[str, Country]
    topics: dict[str, Topic]
    outlets: dict[str, Outlet]
    authors: dict[str, Author]
    tags: dict[str, Term] | None
    series: dict[str, Term] | None


Record = TypeVar("Record", Country, Topic, Outlet, Author, Term)


def read_registries(files: dict[str, str], config: Config, problems: list[Problem]) -> Registries:
    """All registries from the texts of their files (`countries.yaml` …); a missing file is an empty registry."""
    countries = _read(files, "countries.yaml", _country, problems)
    topics = _read(files, "topics.yaml", _topic, problems)
    registries = Registries(
        countries,
        topics,
        _read(files, "outlets.yaml", _outlet, problems),
        _read(files, "authors.yaml", _author, problems),
        _read(files, "tags.yaml", _term, problems) if "tags.yaml" in files else None,
        _read(files, "series.yaml", _term, problems) if "series.yaml" in files else None,
    )
    _check(files, registries, config, problems)
    return registries


def _read(
    files: dict[str, str], name: str, make: Callable[[str, Fields], Record], problems: list[Problem]
) -> dict[str, Record]:
    fields = read_fields(files[name], name, problems) if name in files else None
    found: dict[str, Record] = {}
    for id, value in fields.each(ID, "id") if fields else ():
        inner = value.fields()
        if inner is not None:
            found[id] = make(id, inner)
            inner.done()
    return found


def _names(fields: Fields) -> Names:
    value = fields.need("name")
    return value.names() if value else ()


def _text(fields: Fields, key: str) -> str:
    value = fields.get(key)
    return (value.line_text() or "") if value else ""


def _slug(id: str, fields: Fields) -> str:
    value = fields.get("slug")
    return (value.word(ID, "slug") if value else None) or id


def _country(id: str, fields: Fields) -> Country:
    inside, flag, members = fields.get("in"), fields.get("flag"), fields.get("members")
    return Country(
        id,
        _slug(id, fields),
        _names(fields),
        inside.names() if inside else (),
        (flag.word(_FLAG, "flag: two capital letters such as KZ") if flag else None) or "",
        members.texts() if members else (),
    )


def _topic(id: str, fields: Fields) -> Topic:
    words = fields.get("words")
    return Topic(id, _slug(id, fields), _names(fields), words.texts() if words else ())


def _outlet(id: str, fields: Fields) -> Outlet:
    language, canonical = fields.get("language"), fields.get("canonical")
    policy = canonical.text() if canonical else None
    if canonical and policy not in ("original", "own", None):
        canonical.wrong(f"“{policy}” is not known here", "original or own")
    return Outlet(
        id,
        _names(fields),
        _text(fields, "country"),
        (language.word(LANGUAGE, "language code") if language else None) or "",
        web_address(fields.get("url")),
        policy == "original",
    )


def _author(id: str, fields: Fields) -> Author:
    role = fields.get("role")
    return Author(id, _names(fields), role.names() if role else ())


def _term(id: str, fields: Fields) -> Term:
    return Term(id, _names(fields))


def web_address(value: Value | None) -> str:
    """An address on the web; anything else than http and https is a problem."""
    text = value.text() if value else None
    if value and text and not re.match(r"https?://[^\s/]+", text):
        value.wrong(f"“{text}” is no address on the web", "it begins with https://")
        return ""
    return text or ""


def _check(files: dict[str, str], registries: Registries, config: Config, problems: list[Problem]) -> None:
    """Slugs are unique and not reserved; members of regions and the masthead's countries exist."""
    known = registries.countries
    problems += _slug_problems("countries.yaml", files, known)
    problems += _slug_problems("topics.yaml", files, registries.topics)
    for id, country in known.items():
        for number, member in enumerate(country.members):
            if member not in known:
                place, said = Place("countries.yaml"), f"the member “{member}” is not in the registry"
                problems.append(Problem(place, said, did_you_mean(member, known), at=f"{id}.members.{number}"))
    for number, id in enumerate(config.countries):
        if id not in known:
            place, said = Place("site.yaml"), f"the country “{id}” is not in countries.yaml"
            problems.append(Problem(place, said, did_you_mean(id, known), at=f"countries.{number}"))


def _slug_problems(name: str, files: dict[str, str], records: Mapping[str, Country | Topic]) -> Iterator[Problem]:
    fields = read_fields(files[name], name, []) if name in files else None
    taken: dict[str, str] = {}
    for id, record in records.items():
        place = fields.place_of(id) if fields else Place(name)
        if record.slug in taken:
            other = taken[record.slug]
            also = (fields.place_of(other),) if fields else ()
            yield Problem(place, f"the slug “{record.slug}” is taken by “{other}”", "choose another", also)
        elif name == "countries.yaml" and (record.slug in RESERVED or _FOUR_DIGITS.fullmatch(record.slug)):
            said = f"the slug “{record.slug}” is reserved for the portal's own pages"
            yield Problem(place, said, "choose another")
        taken.setdefault(record.slug, id)
