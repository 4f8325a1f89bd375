"""The size of a picture that an option of the theme names: pixels of an image, the drawing of an SVG."""

import re

from generator.content.media import read_medium
from generator.problems import Problem

_SVG = re.compile(rb"<svg\b[^>]*>")
_SIZE = re.compile(rb"\s(width|height)\s*=\s*[\"']\s*([0-9.]{1,9})(?:px)?\s*[\"']")
_BOX = re.compile(rb"\sviewBox\s*=\s*[\"']\s*(?:[-0-9.]+[\s,]+){2}([0-9.]{1,9})[\s,]+([0-9.]{1,9})\s*[\"']")


def picture_size(data: bytes, path: str, problems: list[Problem]) -> tuple[int, int] | None:
    """Width and height in pixels; None where there are none (what cannot be read is reported)."""
    if path.endswith(".svg"):
        return _drawing(data)
    medium, found = read_medium(data, path, b"")
    problems += found
    return (medium.width, medium.height) if medium and medium.width else None


def _drawing(data: bytes) -> tuple[int, int] | None:
    """The size that the root of an SVG has of its own, else that of its view box."""
    found = _SVG.search(data)
    if found is None:
        return None
    own = dict(_SIZE.findall(found.group()))
    box = _BOX.search(found.group())
    pair = (own[b"width"], own[b"height"]) if len(own) == 2 else box.groups() if box else ()
    try:
        width, height = (round(float(part)) for part in pair)
    except ValueError:
        return None
    return (width, height) if width > 0 and height > 0 else None
