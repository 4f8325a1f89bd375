"""What readers write: each kind of text with its fields, and what is refused in them."""

import re
from collections.abc import Mapping

from msgspec import Struct

from generator.inbox.refusals import Refused
from generator.inbox.words import say

TRAP = "website"
"""A field that people do not see and programs fill in."""
_CONTROLS = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
_HTML = re.compile(r"<[A-Za-z/!?]|&(?:#\d+|#[xX][0-9a-fA-F]+|[A-Za-z]{2,31});")


class Field(Struct, frozen=True, gc=False):
    """A field of a form: how long it may be, whether it must be filled in, and whether it has lines."""

    name: str
    limit: int
    required: bool = False
    lines: bool = False


FIELDS = {
    "comment": (Field("name", 60, required=True), Field("text", 4000, required=True, lines=True)),
    "letter": (
        Field("name", 60),
        Field("contact", 200),
        Field("title", 200),
        Field("text", 20_000, required=True, lines=True),
    ),
    "report": (
        Field("name", 60),
        Field("contact", 200),
        Field("title", 200, required=True),
        Field("place", 200),
        Field("text", 20_000, required=True, lines=True),
    ),
}


def checked(kind: str, sent: Mapping[str, str], language: str) -> dict[str, str]:
    """The texts of a form by field, tidied. Raises Refused."""
    if sent.get(TRAP):
        raise Refused("trap")
    return {field.name: _checked(field, sent.get(field.name, ""), language) for field in FIELDS[kind]}


def _checked(field: Field, text: str, language: str) -> str:
    if _CONTROLS.search(text):
        raise Refused("has_controls")
    if _HTML.search(text):
        raise Refused("has_html")
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    tidy = "\n".join(line.rstrip() for line in lines).strip() if field.lines else " ".join(text.split())
    label = say(f"field.{field.name}", language)
    if field.required and not tidy:
        raise Refused("missing", field=label)
    if len(tidy) > field.limit:
        raise Refused("too_long", field=label, limit=field.limit)
    return tidy
