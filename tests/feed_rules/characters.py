"""Bytes that become a document, or the reason why they cannot."""

import json
import re
import sys
from collections.abc import Iterator
from typing import Any

from lxml import etree

from tests.feed_rules.documents import Unreadable

CHARACTERS, FORM = "characters_are_allowed", "document_is_well_formed"
"""The two rules that come before all others: where they are broken, no reader sees anything."""

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_REFERENCE = re.compile(r"&#(?:x([0-9a-fA-F]+)|(\d+));")


def read_xml(data: bytes) -> Any:
    """The root of an XML document. XML 1.0 sections 2.1 and 2.2; a feed needs no document type."""
    text = _text(data)
    _refuse_forbidden(text)
    _refuse_forbidden(_referenced(text))
    if "<!DOCTYPE" in text:
        raise Unreadable(FORM, "it has a document type, which readers refuse")
    try:
        return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))
    except etree.XMLSyntaxError as error:
        raise Unreadable(FORM, str(error)) from None


def _referenced(text: str) -> str:
    """The characters that stand as numbers, outside of CDATA, where a number is just text."""
    plain = re.sub(r"<!\[CDATA\[.*?\]\]>", "", text, flags=re.DOTALL)
    numbers = (int(found[1], 16) if found[1] else int(found[2]) for found in _REFERENCE.finditer(plain))
    return "".join(chr(number) if number <= sys.maxunicode else "\0" for number in numbers)


def read_json(data: bytes) -> dict[str, Any]:
    """The object of a JSON document. RFC 8259: UTF-8, no byte order mark (8.1), no name twice (4)."""
    text = _text(data)
    try:
        made = json.loads(text, object_pairs_hook=_once, parse_constant=_refuse)
    except ValueError as error:
        raise Unreadable(FORM, str(error)) from None
    if not isinstance(made, dict):
        raise Unreadable(FORM, "it is no object")
    for part in texts(made):
        _refuse_forbidden(part)
    return made


def texts(value: object) -> Iterator[str]:
    """Every text in a value of JSON, names included."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, part in value.items():
            yield name
            yield from texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from texts(part)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        raise ValueError(f"a name stands twice among {[name for name, _ in pairs]}")
    return made


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is no JSON")


def _text(data: bytes) -> str:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Unreadable(FORM, str(error)) from None
    if text.startswith("\ufeff"):
        raise Unreadable(FORM, "it begins with a byte order mark")
    return text


def _refuse_forbidden(text: str) -> None:
    found = _FORBIDDEN.search(text)
    if found:
        raise Unreadable(CHARACTERS, f"U+{ord(found[0]):04X} may not stand in XML")
