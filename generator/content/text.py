"""What a text in Markdown becomes: safe HTML with placeholders for whatever lies outside its own file.

The HTML holds three kinds of placeholder, made of control characters that no source may hold:

- `\\x02L3\\x03inner\\x02/L\\x03` is a link to `refs[3]` (a page or an address of this portal);
- `\\x02M3\\x03` is the whole `<img>` element of `refs[3]` (a file of content/media);
- `\\x02E1\\x03` is a block of its own: `embeds[1]`, a poll or a card for a foreign player.
"""

from typing import Literal

from msgspec import Struct

Service = Literal["youtube", "telegram", "poll"]


class Ref(Struct, frozen=True, gc=False, array_like=True):
    """What a text points at inside the portal, as its author wrote it, with the place where it stands.

    kind "page": `target` is a source file relative to content/ (`articles/2026/02/other.md`); kind "address": an
    address of the portal (`/kazakhstan/`); kind "media": a file of content/ (`media/dam.jpg`); kind "poll": the file of a
    poll that the text embeds, which no placeholder names. `attributes` is ready HTML with a leading space
    (` title="…"`), put into the element.
    """

    kind: Literal["page", "address", "media", "poll"]
    target: str
    fragment: str = ""
    alt: str = ""
    attributes: str = ""
    line: int = 0
    column: int = 0


class Embed(Struct, frozen=True, gc=False, array_like=True):
    """A player or post of another service (a card until the reader asks for it), or a poll of this portal."""

    service: Service
    id: str
    url: str = ""
    line: int = 0
    column: int = 0


class Heading(Struct, frozen=True, gc=False, array_like=True):
    """A heading of the text: level 2 to 4, anchor, plain words."""

    level: int
    anchor: str
    text: str


class Text(Struct, frozen=True, gc=False, array_like=True):
    """A text after reading. `excerpt` is its first paragraph in plain words, at most 300 characters."""

    html: str
    refs: tuple[Ref, ...] = ()
    embeds: tuple[Embed, ...] = ()
    headings: tuple[Heading, ...] = ()
    excerpt: str = ""
    words: int = 0
