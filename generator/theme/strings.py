"""The strings of a theme: `strings/<language>.yaml`, key by key over those of the theme that it begins from."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from string import Formatter
from typing import get_args

from generator.config import LANGUAGES
from generator.content.stories import Label
from generator.fields.sources import decode
from generator.fields.values import Fields, Value, read_fields
from generator.problems import Problem, did_you_mean
from generator.settings.kinds import Kind
from generator.theme.files import ThemeFiles

Strings = Mapping[str, str | Mapping[str, str]]

PLANNED: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("archive.title", "corrections.title", "feeds.title", "missing.title"), ()),
    **dict.fromkeys(("rates.title", "rates.feed", "search.title"), ()),
    **dict.fromkeys(("feeds.portal", "feeds.countries", "feeds.topics", "feed.full"), ()),
    **dict.fromkeys(("story.original", "story.translation", "story.corrections"), ()),
    **dict.fromkeys((f"label.{label}" for label in get_args(Label)), ()),
    **dict.fromkeys(
        ("index.authors", "index.kinds", "index.outlets", "index.series", "index.tags", "index.topics"), ()
    ),
    **dict.fromkeys(("polls.title", "comments.title", "write.letter", "write.report"), ()),
    **dict.fromkeys(("notice.expired", "notice.retracted"), ()),
    **dict.fromkeys((f"kind.{kind}" for kind in get_args(Kind)), ()),
    "digest.title": (),
    "digest.week": ("dates",),
    "list.page": ("number", "year"),
    "rates.of": ("date",),
}
"""The strings that pages use outside any template, each with the names that are filled in."""

_FORM = re.compile("zero|one|two|few|many|other")
_FORMS_HINT = "zero, one, two, few, many or other"


def read_strings(
    theme: ThemeFiles, languages: tuple[str, ...], shown: Collection[str] | None, problems: list[Problem]
) -> dict[str, Strings]:
    """The strings of each of the portal's languages. `shown` are those that templates name (None: any may be)."""
    return {language: _read(theme, language, shown, problems) for language in languages if language in LANGUAGES}


def _read(theme: ThemeFiles, language: str, shown: Collection[str] | None, problems: list[Problem]) -> Strings:
    """The strings of all files of a language, from the lowest up."""
    path = f"strings/{language}.yaml"
    place = theme.place(path)
    if path not in theme.files:
        problems.append(Problem(place, f"the theme has no strings in “{language}”", "translate strings/en.yaml"))
        return {}
    files = [fields for file in reversed(list(theme.stack(path))) if (fields := _file(theme, file, problems))]
    strings: dict[str, str | Mapping[str, str]] = {}
    for fields in files:
        if strings and shown is not None:
            _check_shown(fields, {*strings, *shown})
        strings |= _strings(fields, strings)
    missing = PLANNED.keys() - strings.keys() if files else ()
    problems += [Problem(place, f"the string “{key}” is missing", "the pages' own headings need it") for key in missing]
    return strings


def _strings(fields: Fields, before: Strings) -> dict[str, str | Mapping[str, str]]:
    """The strings of one file, of which those that pages use, or that stand in the place of others, are fit for that."""
    strings = {key: _string(value) for key, value in fields.all()}
    for key, text in strings.items():
        if key in PLANNED:
            _check_fits(key, fields, text, PLANNED[key])
        elif key in before:
            _check_fits(key, fields, text, _filled_in(before[key]), counted=not isinstance(before[key], str))
    return strings


def _check_shown(fields: Fields, shown: Collection[str]) -> None:
    """Whether each string of a file stands in the place of another, or is one that a template names."""
    for key, _ in fields.all():
        if key not in shown:
            said, hint = f"nothing shows the string “{key}”", did_you_mean(key, shown)
            fields.value.problems.append(Problem(fields.place_of(key), said, hint))


def _file(theme: ThemeFiles, path: str, problems: list[Problem]) -> Fields | None:
    place, before = theme.place(path), len(problems)
    text = decode(theme.files[path], place.path, problems)
    fields = read_fields(text, place.path, problems) if text is not None else None
    if fields is None and text is not None and len(problems) == before:
        problems.append(Problem(place, "the file is empty", "translate strings/en.yaml"))
    return fields


def _string(value: Value) -> str | Mapping[str, str]:
    """A text, or the texts of its plural forms."""
    inner = value.fields() if value.is_map else None
    if inner is None:
        return value.text() or ""
    if "other" not in inner:
        value.wrong("the plural form “other” is missing", "it stands for all numbers that no other form is for")
    return {form: text.text() or "" for form, text in inner.each(_FORM, "plural form", _FORMS_HINT)}


def _filled_in(text: str | Mapping[str, str]) -> tuple[str, ...]:
    """The names in braces of a string, of all its plural forms together; none where a brace is not closed."""
    with suppress(ValueError):
        return tuple(dict.fromkeys(name for form in _forms(text) for name in _names(form)))
    return ()


def _forms(text: str | Mapping[str, str]) -> Iterable[str]:
    return (text,) if isinstance(text, str) else text.values()


def _names(text: str) -> Iterator[str]:
    return (name for _, name, _, _ in Formatter().parse(text) if name is not None)


def _check_fits(
    key: str, fields: Fields, text: str | Mapping[str, str], known: Sequence[str], *, counted: bool = False
) -> None:
    """Whether a string has plural forms only where it is `counted`, and no names in it but those that are filled in."""
    value = fields.get(key)
    if value is None:
        return None
    if not isinstance(text, str) and not counted:
        return value.wrong(f"the string “{key}” has plural forms", "write one text")
    try:
        names = {name for form in _forms(text) for name in _names(form)} if known else set()
    except ValueError:
        return value.wrong("a brace that is not closed", f"names stand in braces: {{{known[0]}}}")
    for name in sorted(names.difference(known)):
        value.wrong(f"“{{{name}}}” is not filled in here", did_you_mean(name, known))
    return None
