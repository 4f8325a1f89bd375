"""Old addresses of a story: what may be written as one, and which address of the output answers it."""

import re
from urllib.parse import unquote

from generator.fields.values import Value

_LONGEST_NAME = 200
_UNFIT = re.compile(r"[\x00-\x20\x7f\\]")
_HINT = "an old address begins with one slash: /old/story.html"


def read_aliases(value: Value | None, address: str) -> tuple[str, ...]:
    """The old addresses of the story at `address`, as written; what is none is a problem."""
    found = []
    for item in value.items() if value else []:
        alias = item.text()
        if alias and (said := _wrong_with(alias, address)):
            item.wrong(*said)
        elif alias:
            found.append(alias)
    return tuple(dict.fromkeys(found))


def landing(alias: str) -> str:
    """The address of the page that answers an old address; empty where only a server's table can (it has a query)."""
    if "?" in alias:
        return ""
    path = unquote(alias).removesuffix("/index.html")
    if path != unquote(alias):
        return f"{path}/"
    return path if path.endswith("/") or "." in path.rpartition("/")[2] else f"{path}/"


def parameters(alias: str) -> list[tuple[str, str]]:
    """What the query of an old address asks for, as pairs (name, value); those without a name ask for nothing."""
    pairs = (part.partition("=") for part in alias.partition("?")[2].split("&"))
    return [(name, value) for name, _, value in pairs if name]


def _wrong_with(alias: str, address: str) -> tuple[str, str] | None:
    path, mark, _ = alias.partition("?")
    parts = unquote(path).removesuffix("/").split("/")[1:]
    if not alias.startswith("/") or alias.startswith("//") or ".." in parts:
        return f"“{alias}” is no address of this portal", _HINT
    if "#" in alias:
        return f"“{alias}” has a #", "leave out the # and what follows: servers never see it"
    if any(_UNFIT.search(part) for part in (alias, unquote(path))):
        return f"“{alias}” has a character that no address has", "write the address as a browser shows it when copied"
    if parts != [""] and ("" in parts or "." in parts):
        return f"“{alias}” is no address of this portal", _HINT
    if any(len(part.encode()) > _LONGEST_NAME for part in parts):
        return f"a part of the address is longer than {_LONGEST_NAME} bytes", "no server can have had it: delete it"
    if mark and not parameters(alias):
        return f"“{alias}” has a ? and nothing after it", "leave out the ?, or write all of the address: /?p=123"
    if not mark and landing(alias) == address:
        return f"“{alias}” is the address of this story itself", "delete it"
    return None
