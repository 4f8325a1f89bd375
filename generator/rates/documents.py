"""Documents of strangers become elements and rows, and their fields dates, codes and numbers, or FormatChanged says why not."""

import re
from datetime import date
from typing import NoReturn, TypeVar
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers.expat import ExpatError, ParserCreate

import msgspec

from generator.rates.source import FormatChanged

_NUMBER = re.compile(r"\d{1,9}(?:[.,]\d{1,10})?", re.ASCII)
_DOTTED, _DASHED = (re.compile(form, re.ASCII) for form in (r"(\d\d)\.(\d\d)\.(\d{4})", r"(\d{4})-(\d\d)-(\d\d)"))
_LONGEST = 40
_T = TypeVar("_T")


def xml(body: bytes) -> Element:
    """The root of an XML document, in the encoding that it names; names lose their namespaces.

    A document type is refused before anything of it is read: entities live there, and no source has one.
    """
    builder, parser = TreeBuilder(), ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.StartElementHandler = lambda name, attributes: builder.start(_local(name), attributes)
    parser.EndElementHandler = lambda name: builder.end(_local(name))
    parser.CharacterDataHandler = builder.data
    parser.StartDoctypeDeclHandler = _refuse
    try:
        parser.Parse(body, True)
    except ExpatError as error:
        raise FormatChanged(f"{_kind(body)}, not the XML that it was: {error}") from error
    except (LookupError, ValueError) as error:
        raise FormatChanged(f"the document names an encoding that is not known: {error}") from error
    return builder.close()


def rows_of(body: bytes, row: type[_T]) -> list[_T]:
    """The rows of a JSON list."""
    try:
        return msgspec.json.decode(body, type=list[row])  # type: ignore[valid-type]
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise FormatChanged(f"{_kind(body)}, not the list that it was: {error}") from error


def _local(name: str) -> str:
    return name.rpartition("}")[2]


def _refuse(name: str, *_: object) -> NoReturn:
    kind = "a web page" if name.lower() == "html" else f"a document with a type of its own ({name[:_LONGEST]})"
    raise FormatChanged(f"this is {kind}, not the XML that it was")


def _kind(body: bytes) -> str:
    """What somebody sees who looks at the document."""
    if not body.strip():
        return "the document is empty"
    start = body[:200].lstrip().lower()
    return "this is a web page" if start.startswith((b"<html", b"<!doctype html")) else "the document is damaged"


def expect_root(root: Element, *names: str) -> None:
    """Makes sure that the document is one of those that the source gives."""
    if root.tag not in names:
        known = " or ".join(f"<{name}>" for name in names)
        raise FormatChanged(f"the document begins with <{root.tag[:_LONGEST]}>, not {known}")


def child(parent: Element, name: str, of: str) -> str:
    """The text of an element's child."""
    found = parent.findtext(name)
    if found is None:
        raise FormatChanged(f"the <{name}> of {of} is missing")
    return found.strip()


def attribute(element: Element, name: str, of: str) -> str:
    """An attribute of an element."""
    found = element.get(name)
    if found is None:
        raise FormatChanged(f"the attribute {name} of {of} is missing")
    return found.strip()


def code(text: str, field: str) -> str:
    """A currency's code; whether it is a known one is not asked here."""
    if not re.fullmatch("[A-Z]{3}", text, re.ASCII):
        raise FormatChanged(f"{field} is “{text[:_LONGEST]}”, no code of a currency")
    return text


def number(text: str, field: str) -> str:
    """A decimal number as it was written, with a decimal point; whether it may be zero is not asked here."""
    if not _NUMBER.fullmatch(text):
        raise FormatChanged(f"{field} is “{text[:_LONGEST]}”, no number")
    return text.replace(",", ".")


def dated(text: str, field: str) -> str:
    """A date of the form 20.02.2026 or 2026-02-20, as the latter."""
    dotted, dashed = _DOTTED.fullmatch(text), _DASHED.fullmatch(text)
    parts = dotted.groups()[::-1] if dotted else dashed.groups() if dashed else None
    try:
        return str(date(*map(int, parts or ())))
    except (TypeError, ValueError):
        raise FormatChanged(f"{field} is “{text[:_LONGEST]}”, no date") from None
