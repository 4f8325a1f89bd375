"""`aryk explain`."""

import argparse
import sys
from datetime import datetime
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace

from generator.cli.options import declare_folders, declare_moment, request_of
from generator.cli.show import show_problems
from generator.engine.explain import Explanation, Unknown, explain

_LONGEST = 70
_MOMENTS = ("date", "updated")
_TITLES = ("title", "name", "heading", "url", "href", "address", "text")


def declare(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    declare_folders(parser)
    declare_moment(parser)
    parser.add_argument("address", metavar="ADDRESS", help="/2026/02/name/, https://…, or articles/2026/02/name.md")


def run(options: argparse.Namespace) -> int:
    """Prints what the page is made of, why it was made, and whether it would be made now."""
    request = replace(request_of(options), keep_going=True)
    found = explain(request, options.address)
    show_problems(found.problems, request.content)
    if isinstance(found, Unknown):
        print(f"aryk: {_missing(options.address, found)}", file=sys.stderr)
        return 1
    for line in _lines(found):
        print(line)
    return 0


def _missing(address: str, unknown: Unknown) -> str:
    if unknown.problems:
        return "there are no pages until this is mended"
    if unknown.held is not None:
        held = unknown.held
        return f"{held.path} has no page: it is held back ({held.reason}); --drafts explains the page it would have"
    near = " or ".join(unknown.near)
    return f"there is no page {address}" + (f"; did you mean {near}?" if near else "")


def _lines(found: Explanation) -> list[str]:
    page = found.page
    lines = [
        f"{page.address} ({type(page.view).__name__.removesuffix('View').lower()}, {page.language})",
        f"  source    {found.source or 'none of its own'}",
        f"  template  {found.template or 'none'}",
    ]
    lines += [f"  with      {', '.join(found.closure)}"] if len(found.closure) > 1 else []
    lines += ["  fields"]
    width = max(len(name) for name in page.view.__struct_fields__)
    for name in page.view.__struct_fields__:
        mark = "*" if name in found.changed else " "
        lines.append(f"   {mark}{name:<{width}}  {_shortened(summary(getattr(page.view, name), name))}")
    return [*lines, *_fate(found)]


def _fate(found: Explanation) -> list[str]:
    if not found.made_because:
        return ["never published", "a build would make it: new"]
    last = f"last made because: {found.made_because}"
    if not found.reason:
        return [last, "a build would keep it"]
    marked = ["(* changed since)"] if found.changed & set(found.page.view.__struct_fields__) else []
    return [last, f"a build would make it: {found.reason}", *marked]


def summary(value: object, name: str = "") -> str:
    """A field in a few words."""
    if value is None or value in ("", 0, b"", ()):
        return "-"
    if isinstance(value, int) and name in _MOMENTS:
        return f"{datetime.fromtimestamp(value, ZoneInfo('UTC')):%Y-%m-%d %H:%M} UTC"
    if isinstance(value, bytes):
        return value.hex()[:12]
    if isinstance(value, tuple):
        return f"{len(value)}: " + ", ".join(summary(item) for item in value[:4]) + (", …" if len(value) > 4 else "")
    return _summary_of_record(value) if isinstance(value, Struct) else str(value)


def _summary_of_record(record: Struct) -> str:
    """A record by its title, or by that of the record that it is about."""
    for name in _TITLES:
        found = getattr(record, name, "")
        if isinstance(found, str) and found:
            return f"“{found}”" if name in ("title", "name", "heading") else found
    inner = (getattr(record, name) for name in record.__struct_fields__)
    return next((summary(value) for value in inner if value not in (None, "", 0, ())), "-")


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
