"""Whether a page is kept or made anew: pure decisions on traces, whose differences are the reasons.

A trace is a row of marks (digests): of what surrounds the page (program, address of the portal, template, site view), then
of each field of its view.
"""

import msgspec
from msgspec import Struct

from generator.digests import SIZE, digest, digest_bytes
from generator.engine.remembered import Published
from generator.engine.versions import program_digest
from generator.output.html import template_of
from generator.output.make import Kit
from generator.pages.page import Page
from generator.pages.views import VIEWS, View
from generator.theme.theme import Theme

Part = tuple[str, bytes]
_encode = msgspec.msgpack.Encoder().encode


class Traced(Struct, frozen=True, gc=False):
    """A page's trace, and its view encoded: both come of encoding each field once."""

    marks: bytes
    view: msgspec.Raw


class Surroundings:
    """The part of a trace that many pages share: the program, and for templates their closure and the site view."""

    def __init__(self, theme: Theme, kit: Kit) -> None:
        self._theme = theme
        self._sites = {language: digest(view) for language, view in kit.sites.items()}
        self._known: dict[tuple[str, str], tuple[Part, ...]] = {}
        self._shared = (
            ("the program", program_digest()),
            ("the portal's address", digest((kit.origin, kit.base, kit.time_zone))),
        )

    def of(self, page: Page) -> tuple[Part, ...]:
        """The surroundings of a page."""
        template = template_of(page.view)
        if not template:
            return self._shared
        key = (template, page.language)
        if key not in self._known:
            closure = self._theme.closure_digest(template, page.language)
            self._known[key] = (*self._shared, ("the template", closure), ("the site", self._sites[page.language]))
        return self._known[key]


def kind_of(view: View) -> str:
    """What a page is called in reports: `article`, `list`, `feed`."""
    return type(view).__name__.removesuffix("View").lower()


def traced(page: Page, surroundings: tuple[Part, ...]) -> Traced:
    """Everything that a page's bytes depend on, field by field."""
    view = page.view
    fields = [_encode(getattr(view, name)) for name in view.__struct_fields__]
    marks = [mark for _, mark in surroundings] + [digest_bytes(field) for field in fields]
    tag = _encode(view.__struct_config__.tag)
    head = msgspec.msgpack.encode([None] * (1 + len(fields)))[: -1 - len(fields)]  # how an array of this length begins
    return Traced(b"".join(marks), msgspec.Raw(b"".join((head, tag, *fields))))


def reason_to_make(page: Page, marks: bytes, known: Published | None, *, intact: bool) -> str:
    """Why a page must be made, in words; empty where it is kept. `intact`: its file is as we left it."""
    if known is None or not known.trace:
        return "new"
    if known.trace != marks or known.kind != kind_of(page.view):
        return " and ".join(differences(page, marks, known) or ("what it shows",)) + " changed"
    return "" if intact else "its file was changed or lost"


def differences(page: Page, marks: bytes, known: Published) -> tuple[str, ...]:
    """The names of the parts in which a page's trace differs from the one that is known of it."""
    if known.kind != kind_of(page.view) or len(known.trace) != len(marks):
        return ("its kind",)
    now = named_marks(msgspec.structs.replace(known, trace=marks))
    return tuple(name for name, mark in named_marks(known).items() if now[name] != mark)


def named_marks(known: Published) -> dict[str, bytes]:
    """The marks of a published page by the names of what they stand for: its surroundings, and the fields of its view."""
    fields, count = VIEWS[known.kind].__struct_fields__, len(known.trace) // SIZE
    around = ("the program", "the portal's address", "the template", "the site")
    names = (*around[: count - len(fields)], *fields) if count else ()
    return {name: known.trace[at * SIZE : (at + 1) * SIZE] for at, name in enumerate(names)}
