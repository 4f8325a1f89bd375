"""What the address of a link or an image names: a text, an address of the portal, or a file."""

import posixpath
import re
from typing import Literal, NamedTuple
from urllib.parse import unquote

from generator.content.allowed import scheme

CONTROL = re.compile(r"[\x00-\x1f\x7f]")
MEDIA = "put the file into content/media and write its name"


class Target(NamedTuple):
    kind: Literal["page", "address", "media"]
    path: str
    fragment: str = ""


class Wrong(NamedTuple):
    """Why an address names nothing, and the way out."""

    message: str
    hint: str


def is_external(address: str) -> bool:
    return address.startswith("//") or scheme(address) in ("http", "https")


def stays_as_it_is(href: str) -> bool:
    """A place on the same page, a mailbox or a telephone."""
    return href.startswith(("#", "?")) or scheme(href) in ("mailto", "tel")


def link_target(href: str, folder: str) -> Target | Wrong:
    """`folder` is that of the text, relative to content/."""
    if scheme(href):
        return Wrong("an address that a text may not hold", "use https:, mailto: or tel:, or name a file")
    address, _, fragment = href.strip().partition("#")
    if address.startswith("/") and not address.startswith("/media/"):
        return _unreadable(address) or Target("address", address, fragment)
    if address.startswith("www."):
        return Wrong("a link to another site lacks its https://", f"write https://{address}")
    target = _file(address.partition("?")[0], folder)
    if isinstance(target, Target) and target.path.endswith(".md"):
        return Target("page", target.path, fragment)
    return target


def image_target(src: str, folder: str) -> Target | Wrong:
    """In content/media, or beside the text where the name begins with a dot."""
    if scheme(src) or is_external(src):
        return Wrong("an image from another site", MEDIA)
    name = src.strip().partition("#")[0].partition("?")[0]
    placed = not name or name.startswith(("./", "../", "/", "media/"))
    return _file(name if placed else f"media/{name}", folder)


def _file(written: str, folder: str) -> Target | Wrong:
    if not written:
        return Wrong("a link or an image that names nothing", "write the address or the file in the brackets")
    path = unquote(written)
    return _unreadable(path) or _within_content(path, folder)


def _within_content(path: str, folder: str) -> Target | Wrong:
    in_media = path.startswith(("media/", "/media/"))
    whole = posixpath.normpath(path.lstrip("/") if in_media or path.startswith("/") else f"{folder}/{path}".lstrip("/"))
    if whole.startswith("..") or (in_media and not whole.startswith("media/")):
        return Wrong(f"“{path}” leads out of content/", MEDIA)
    return Target("media", whole)


def _unreadable(path: str) -> Wrong | None:
    if "\\" in path or CONTROL.search(path):
        return Wrong("a character that no address has", "write / between folders")
    return None
