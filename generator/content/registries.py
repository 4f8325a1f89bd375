"""The registries: countries, topics, outlets, authors, tags and series, each a map from an id to a record."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import TypeVar, get_args

from msgspec import Struct, structs

from generator.config import LANGUAGES, Config, Names
from generator.content.slugs import slugify
from generator.content.stories import Label
from generator.fields.values import ID, LANGUAGE, Fields, no_fields, read_fields
from generator.problems import Place, Problem, did_you_mean
from generator.settings.addresses import web_address
from generator.settings.kinds import Kind
from generator.settings.syndication import CHOSEN_BY

_RESERVED = """
    topic source author tag series kind archive polls rates digest feeds live search assets media admin corrections page
    write
"""
RESERVED = frozenset(_RESERVED.split()) | set(LANGUAGES)
_OTHER_SLUG = "give it another, `slug: …`"
FILES = ("countries.yaml", "topics.yaml", "outlets.yaml", "authors.yaml", "tags.yaml", "series.yaml")
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
    """All registries; tags and series are None where the portal keeps no such file, so that any word is allowed.

    `unread` names the files that could not be read: nothing is known of what they hold, so nothing is unknown either.
    """

    countries: dict[str, Country]
    topics: dict[str, Topic]
    outlets: dict[str, Outlet]
    authors: dict[str, Author]
    tags: dict[str, Term] | None
    series: dict[str, Term] | None
    unread: tuple[str, ...] = ()


Roots = Mapping[str, Fields | None]
Record = TypeVar("Record", Country, Topic, Outlet, Author, Term)


def read_registries(files: dict[str, str], config: Config, problems: list[Problem]) -> Registries:
    """All registries from the texts of their files (`countries.yaml` …); a missing file is an empty registry."""
    roots = {name: read_fields(files[name], name, problems) for name in FILES if name in files}
    told = {problem.place.path for problem in problems}
    registries = Registries(
        _read(roots, "countries.yaml", _country),
        _read(roots, "topics.yaml", _topic),
        _read(roots, "outlets.yaml", _outlet),
        _read(roots, "authors.yaml", _author),
        _read(roots, "tags.yaml", _term) if "tags.yaml" in files else None,
        _read(roots, "series.yaml", _term) if "series.yaml" in files else None,
        tuple(name for name in FILES if name in told and roots.get(name) is None),
    )
    _check(roots, registries, config, problems)
    return registries


def _read(roots: Roots, name: str, make: Callable[[str, Fields], Record]) -> dict[str, Record]:
    """The records of a registry; one that is wrong is there all the same, so that stories may name it meanwhile."""
    fields = roots.get(name)
    found: dict[str, Record] = {}
    for id, value in fields.each(ID, "id") if fields else ():
        inner = value.fields("{name: …}")
        if inner is not None:
            found[id] = make(id, inner)
            inner.done()
    for id, _ in fields.all() if fields else ():
        if id not in found and ID.fullmatch(id):
            found[id] = make(id, no_fields(name))
    return found


def _names(fields: Fields) -> Names:
    value = fields.need("name")
    return value.names() if value else ()


def _text(fields: Fields, key: str) -> str:
    value = fields.get(key)
    return (value.line_text() or "") if value else ""


def _slug(id: str, fields: Fields) -> str:
    """The slug: the id where none is given, empty where it is wrong."""
    value = fields.get("slug")
    if value is None:
        return id
    hint = f"small Latin letters, digits and hyphens: {slugify(value.text() or '') or id}"
    return value.word(ID, "slug", hint) or ""


def _country(id: str, fields: Fields) -> Country:
    inside, flag, members = fields.get("in"), fields.get("flag"), fields.get("members")
    return Country(
        id,
        _slug(id, fields),
        _names(fields),
        inside.names() if inside else (),
        (flag.word(_FLAG, "flag", "two capital letters, such as KZ") if flag else None) or "",
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
        (language.word(LANGUAGE, "language", "a language by its code, such as ru or en") if language else None) or "",
        web_address(fields.get("url")),
        policy == "original",
    )


def _author(id: str, fields: Fields) -> Author:
    role = fields.get("role")
    return Author(id, _names(fields), role.names() if role else ())


def _term(id: str, fields: Fields) -> Term:
    return Term(id, _names(fields))


def _check(roots: Roots, registries: Registries, config: Config, problems: list[Problem]) -> None:
    """Slugs are unique and not reserved; members of regions and the masthead's countries exist."""
    known = registries.countries
    problems += _slug_problems("countries.yaml", roots, known)
    problems += _slug_problems("topics.yaml", roots, registries.topics)
    for id, country in known.items():
        for number, member in enumerate(country.members):
            if member not in known:
                place, said = Place("countries.yaml"), f"the member “{member}” is not in the registry"
                problems.append(Problem(place, said, did_you_mean(member, known), at=f"{id}.members.{number}"))
    for id, outlet in registries.outlets.items():
        if outlet.country and outlet.country not in known and known:
            place, said = (
                Place("outlets.yaml"),
                f"the country “{outlet.country}” is not in countries.yaml, so it is not shown",
            )
            hint = did_you_mean(outlet.country, known)
            problems.append(Problem(place, said, hint, severity="advice", at=f"{id}.country"))
    for number, id in enumerate(config.countries):
        if id not in known and "countries.yaml" not in registries.unread:
            place, said = Place("site.yaml"), f"the country “{id}” is not in countries.yaml"
            problems.append(Problem(place, said, did_you_mean(id, known), at=f"countries.{number}"))
    problems += _chosen_by_partners(registries, config)


def _chosen_by_partners(registries: Registries, config: Config) -> Iterator[Problem]:
    """What a partner's feed includes or excludes and nothing is filed under."""
    known: dict[str, Collection[str]] = {
        "country": registries.countries,
        "topic": registries.topics,
        "outlet": registries.outlets,
        "kind": get_args(Kind),
        "label": get_args(Label),
    }
    for partner in config.feeds.partners:
        for side in ("include", "exclude"):
            for word, ids in zip(CHOSEN_BY, structs.astuple(getattr(partner, side)), strict=True):
                for number, id in enumerate(ids):
                    if id not in known[word]:
                        at = f"feeds.partners.{partner.name}.{side}.{word}.{number}"
                        said, hint = f"the {word} “{id}” is not known", did_you_mean(id, known[word])
                        yield Problem(Place("site.yaml"), said, hint, at=at)


def _slug_problems(name: str, roots: Roots, records: Mapping[str, Country | Topic]) -> Iterator[Problem]:
    fields = roots.get(name)
    taken: dict[str, str] = {}
    for id, record in records.items():
        place = fields.place_of(id) if fields else Place(name)
        if record.slug in taken:
            other = taken[record.slug]
            also = (fields.place_of(other),) if fields else ()
            yield Problem(place, f"the slug “{record.slug}” is taken by “{other}”", _OTHER_SLUG, also)
        elif name == "countries.yaml" and (record.slug in RESERVED or _FOUR_DIGITS.fullmatch(record.slug)):
            said = f"the slug “{record.slug}” is reserved for the portal's own pages"
            yield Problem(place, said, _OTHER_SLUG)
        taken.setdefault(record.slug or id, id)
