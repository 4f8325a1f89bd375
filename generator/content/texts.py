"""How a text is kept: its HTML and what its placeholders stand for, under the digest of exactly that."""

import msgspec
from msgspec import Struct

from generator.content.text import Embed, Ref, Text
from generator.digests import digest_bytes


class Body(Struct, frozen=True, gc=False, array_like=True):
    """A text as pages show it; its refs and embeds hold no places, so that a line added above changes nothing."""

    html: str
    refs: tuple[Ref, ...] = ()
    embeds: tuple[Embed, ...] = ()


class Kept(Struct, frozen=True, gc=False, array_like=True):
    """A body as it is stored, under the digest of exactly that."""

    digest: bytes
    data: bytes


_encode = msgspec.msgpack.Encoder().encode


def keep(text: Text) -> Kept:
    """The text as it is kept."""
    refs = tuple(msgspec.structs.replace(ref, line=0, column=0) for ref in text.refs)
    embeds = tuple(msgspec.structs.replace(embed, line=0, column=0) for embed in text.embeds)
    data = _encode(Body(text.html, refs, embeds))
    return Kept(digest_bytes(data), data)
