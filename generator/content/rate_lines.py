"""What is wrong with a line of a file of rates, field by field, and the way out."""

import re
from datetime import date

from msgspec.structs import replace

from generator.problems import Place, Problem
from generator.settings.currencies import CURRENCIES

FIELDS = ("date", "currency", "nominal", "value")
HEADER = ",".join(FIELDS)
NUMBER = r"(?!0*\.?0*(?![\d.]))\d{1,9}(?:\.\d{1,10})?"
"""A decimal number above zero, as text that no rounding has touched."""

_NUMBER = re.compile(NUMBER, re.ASCII)
_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_EXAMPLE = "2026-02-20,USD,1,87.4500"
_Wrong = tuple[str, str]
"""A message, and the way out."""


def is_row(line: str) -> bool:
    """Whether a line is meant for machines: it is neither empty nor a person's comment."""
    return not line.startswith("#") and bool(line.strip())


def explained(line: str, place: Place, year: int, home: str) -> list[Problem]:
    """The problems of a line that is not as it should be; `home` is the source's own currency."""
    fields = line.split(",")
    if len(fields) != len(FIELDS):
        return [Problem(replace(place, column=1), *_miscounted(line, fields))]
    problems, column = [], 1
    for name, text in zip(FIELDS, fields, strict=True):
        if wrong := _wrong(name, text, year, home):
            problems.append(Problem(replace(place, column=column), *wrong))
        column += len(text) + 1
    return problems


def _miscounted(line: str, fields: list[str]) -> _Wrong:
    if ";" in line or "\t" in line:
        return "the fields of a line are separated by commas", f"write {_EXAMPLE}"
    if len(fields) > len(FIELDS):
        return f"there are {len(fields)} fields, four are needed", "decimals stand after a point: 87.45, not 87,45"
    return f"{', '.join(FIELDS)} are needed", f"write {_EXAMPLE}; a comment begins with #"


def _wrong(name: str, text: str, year: int, home: str) -> _Wrong | None:
    if not text.strip():
        return f"the {name} is missing", f"write {_EXAMPLE}"
    if text != text.strip():
        return f"there are spaces around the {name}", "delete them"
    if '"' in text:
        return f"the {name} is in quotation marks", "delete them; decimals stand after a point"
    if name == "date":
        return _wrong_date(text, year)
    return _wrong_currency(text, home) if name == "currency" else _wrong_number(name, text)


def _wrong_date(text: str, year: int) -> _Wrong | None:
    if not _DATE.fullmatch(text):
        return f"“{text}” is no date", f"write it so: {year}-02-20"
    try:
        found = date.fromisoformat(text)
    except ValueError as error:
        return f"“{text}” is no date of the calendar: {error}", "look at the source"
    return None if found.year == year else (f"{text} is not in {year}", f"move the line to {found.year}.csv")


def _wrong_currency(text: str, home: str) -> _Wrong | None:
    if text == home:
        return f"{home} is the currency in which this source counts", "delete the line"
    if text in CURRENCIES:
        return None
    upper = text.upper()
    return (
        f"the currency “{text}” is not known",
        f"did you mean “{upper}”?" if upper in CURRENCIES else "write a code of ISO 4217, such as USD",
    )


def _wrong_number(name: str, text: str) -> _Wrong | None:
    if _NUMBER.fullmatch(text):
        return None
    if re.fullmatch(r"[0.]+", text) and "0" in text:
        return f"the {name} is zero", "look at the source; a rate is above zero"
    if re.fullmatch(r"[-−–][\d.]+", text):
        return f"the {name} is negative", "look at the source; a rate is above zero"
    return f"“{text}” is no number", "write digits with a decimal point and nothing else: 12010.55"
