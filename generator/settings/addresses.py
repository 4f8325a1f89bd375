"""Addresses: those under which something of the portal lives, as `site.yaml` has them, and those of others."""

import re
from contextlib import suppress
from urllib.parse import quote, urlsplit

from generator.fields.values import Value

_ADDRESS = re.compile(
    r"(?P<origin>https?://(?:[\w-]+\.)*[\w-]+(?::\d{1,5})?)"
    r"(?P<base>(?:/(?!\.\.?(?:/|\Z))(?:[\w.~-]|%[\da-fA-F]{2})+)*/?)",
    re.ASCII,
)
_UNFIT = re.compile(r"""[\s"<>\\]""")


def read_address(value: Value, what: str) -> tuple[str, str]:
    """Scheme and host, and the path without a slash at its end; both empty where the text is no such address."""
    text = value.text() or ""
    found = _ADDRESS.fullmatch(text)
    if text and not found:
        hint = f"write {_in_ascii(text) or 'https://example.org, or with a path https://example.org/news'}"
        value.wrong(f"“{text}” is no address of {what}", hint)
    return (found["origin"], found["base"].rstrip("/")) if found else ("", "")


def _in_ascii(text: str) -> str:
    """An address in other letters as sitemaps and robots.txt need it; empty where that does not help."""
    with suppress(ValueError):
        scheme, host, path = urlsplit(text)[:3]
        written = f"{scheme}://{host.encode('idna').decode()}{quote(path, safe='/%')}"
        return written if not text.isascii() and _ADDRESS.fullmatch(written) else ""
    return ""


def web_address(value: Value | None) -> str:
    """An address on the web that any program can read; empty where there is none, or it is a problem."""
    text = (value.text() if value else None) or ""
    if value and text and (said := _wrong_with(text)):
        value.wrong(f"“{text}” {said[0]}", said[1])
        return ""
    return text


def _wrong_with(text: str) -> tuple[str, str] | None:
    if not re.match(r"https?://[^\s/]", text):
        return "is no address on the web", "it begins with https://"
    if _UNFIT.search(text) or not text.isprintable():
        return "has a character that no address has", "write the address as a browser shows it when copied"
    try:
        readable = bool(urlsplit(text).hostname) and (urlsplit(text).port or 1) > 0
    except ValueError:  # of brackets, and of a port
        readable = False
    return None if readable else ("is no address that can be read", "write it as a browser shows it when copied")
