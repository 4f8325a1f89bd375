"""Addresses under which something of the portal lives, as `site.yaml` has them."""

import re

from generator.fields.values import Value

_ADDRESS = re.compile(r"(?P<origin>https?://(?:[\w-]+\.)*[\w-]+(?::\d{1,5})?)(?P<base>(?:/[\w.~%-]+)*/?)")


def read_address(value: Value, what: str) -> tuple[str, str]:
    """Scheme and host, and the path without a slash at its end; both empty where the text is no such address."""
    text = value.text() or ""
    found = _ADDRESS.fullmatch(text)
    if text and not found:
        value.wrong(
            f"“{text}” is no address of {what}", "write https://example.org, or with a path https://example.org/news"
        )
    return (found["origin"], found["base"].rstrip("/")) if found else ("", "")
