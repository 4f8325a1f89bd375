"""Whether a page is kept or made anew: pure decisions on traces, whose differences are the reasons."""

import msgspec

from generator.digests import digest
from generator.engine.store import Published, Trace
from generator.pages.page import Page

_encode = msgspec.msgpack.Encoder().encode


def trace_of(page: Page, surroundings: Trace) -> Trace:
    """Everything that a page's bytes depend on, field by field; `surroundings` are the template, the site, the program."""
    fields = ((name, digest(getattr(page.view, name))) for name in page.view.__struct_fields__)
    return (*surroundings, *fields)


def encoded(trace: Trace) -> bytes:
    """A trace as the store keeps it."""
    return _encode(trace)


def reason_to_make(trace: Trace, known: Published | None, *, intact: bool) -> str:
    """Why a page must be made, in words; empty where it is kept. `intact`: its file is as we left it."""
    if known is None:
        return "new"
    if known.trace != encoded(trace):
        return " and ".join(_differences(known.traced(), trace)) + " changed"
    return "" if intact else "its file was changed or lost"


def _differences(old: Trace, new: Trace) -> list[str]:
    before, after = dict(old), dict(new)
    names = [*after, *(name for name in before if name not in after)]
    return [name for name in names if before.get(name) != after.get(name)] or ["the order of fields"]
