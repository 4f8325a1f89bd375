"""What the inbox says to readers, in the languages of the portal."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from generator.config import LANGUAGES
from generator.fields.sources import decode
from generator.fields.values import read_fields
from generator.problems import Problem

FILE = "strings.yaml"


@lru_cache
def strings() -> dict[str, dict[str, str]]:
    """The texts of the room by key and language."""
    problems: list[Problem] = []
    text = decode(Path(__file__).with_name(FILE).read_bytes(), FILE, problems)
    fields = read_fields(text or "", FILE, problems)
    found = {key: dict(value.names()) for key, value in fields.all()} if fields else {}
    assert not problems, problems
    return found


def say(key: str, language: str, values: Mapping[str, object] | None = None) -> str:
    """A text in a language."""
    return strings()[key][language].format(**values or {})


def preferred(accepted: str, languages: tuple[str, ...]) -> str:
    """The language of a portal that a header Accept-Language (RFC 9110, section 12.5.4) likes best; else the first."""
    best, weight = languages[0], 0.0
    for item in accepted[:200].split(","):
        tag, _, rest = item.strip().partition(";")
        language = tag.strip().lower().partition("-")[0]
        liking = _quality(rest)
        if language in languages and liking > weight:
            best, weight = language, liking
    return best


def _quality(parameter: str) -> float:
    name, _, number = parameter.strip().partition("=")
    try:
        return float(number) if name.strip() == "q" else 1.0
    except ValueError:
        return 0.0


def language_of(asked: str, accepted: str, languages: tuple[str, ...]) -> str:
    """The language to answer in: the one that was asked for, else the preferred one."""
    return asked if asked in languages and asked in LANGUAGES else preferred(accepted, languages)
