"""A picture's file without what cameras and programs wrote into it: place, time, names, serial numbers, previews.

Only what is needed to show the picture stays, its colours (ICC) and how it was held (orientation) among it; not a pixel
changes. What a format allows beside that is dropped, known or not.
"""

import re
import struct
from collections.abc import Iterator
from io import BytesIO
from zlib import crc32

from generator.content.orientation import UPRIGHT, orientation_of

_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_KEPT = frozenset(
    b"IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB cICP mDCV cLLI bKGD pHYs acTL fcTL fdAT".split()
)
_WEBP_KEPT = frozenset((b"VP8X", b"VP8 ", b"VP8L", b"ALPH", b"ANIM", b"ANMF", b"ICCP"))
_WEBP_EXIF, _WEBP_XMP = 0x08, 0x04
_GIF_KEPT = (b"NETSCAPE2.0", b"ANIMEXTS1.0", b"ICCRGBG1012")
_AVIF_KEPT = frozenset((b"ftyp", b"meta", b"mdat", b"moov", b"free"))
_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")


class Malformed(ValueError):
    """A file is not built as its format has it, so nobody can tell what in it is the picture."""


def stripped(data: bytes) -> bytes:
    """The file of a picture (JPEG, PNG, WebP, GIF) as it is published; of other formats as it is, and of AVIF only where
    it holds nothing else. Raises Malformed."""
    try:
        if data.startswith(b"\xff\xd8"):
            return b"".join(_jpeg(data, _turn(data)))
        if data.startswith(_PNG):
            return b"".join(_png(data, _turn(data)))
        if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
            return _webp(data, _turn(data))
        if data.startswith((b"GIF87a", b"GIF89a")):
            return b"".join(_gif(data))
        if data[4:12] in (b"ftypavif", b"ftypavis"):
            _look_through_avif(data)
    except (IndexError, struct.error) as error:
        raise Malformed("it ends in the middle") from error
    return data


def _turn(data: bytes) -> bytes:
    """What EXIF needs to say how the picture was held, and no more; nothing where it stands upright."""
    from PIL import Image

    with Image.open(BytesIO(data)) as image:
        turn = orientation_of(image)
    if turn == UPRIGHT:
        return b""
    return struct.pack(">2sHIHHHIHHI", b"MM", 42, 8, 1, 0x0112, 3, 1, turn, 0, 0)


def _jpeg(data: bytes, turn: bytes) -> Iterator[bytes]:
    """The segments of ISO 10918-1, annex B, up to the end of the first image: what follows it are other pictures."""
    yield data[:2]
    if turn:
        yield b"\xff\xe1" + struct.pack(">H", len(turn) + 8) + b"Exif\0\0" + turn
    at = 2
    while True:
        while data[at : at + 2] == b"\xff\xff":
            at += 1
        if data[at] != 0xFF:
            raise Malformed("something stands between its segments")
        marker = data[at + 1]
        if marker == 0xD9:
            yield b"\xff\xd9"
            return
        (size,) = struct.unpack_from(">H", data, at + 2)
        segment = data[at : at + 2 + size]
        at += 2 + size
        if marker == 0xDA:
            found = _MARKER.search(data, at)
            if found is None:
                raise Malformed("it has no end")
            segment, at = segment + data[at : found.start()], found.start()
        if (kept := _jpeg_segment(marker, segment)) is not None:
            yield kept


def _jpeg_segment(marker: int, segment: bytes) -> bytes | None:
    """A segment as it stays: of those of applications JFIF without its preview, colour profiles, and Adobe's on colours."""
    if marker == 0xE0 and segment[4:9] == b"JFIF\0":
        return b"\xff\xe0\x00\x10" + segment[4:16] + b"\0\0"
    if marker == 0xE2 and segment[4:16] == b"ICC_PROFILE\0":
        return segment
    if marker == 0xEE and segment[4:9] == b"Adobe":
        return segment
    return None if 0xE0 <= marker <= 0xEF or marker == 0xFE else segment


def _png(data: bytes, turn: bytes) -> Iterator[bytes]:
    """The chunks of the PNG specification (third edition, 5.3), up to the last."""
    yield _PNG
    at = len(_PNG)
    while True:
        size, kind = struct.unpack_from(">I4s", data, at)
        chunk = data[at : at + 12 + size]
        if len(chunk) < 12 + size:
            raise Malformed("it ends in the middle")
        if kind in _PNG_KEPT:
            yield chunk
        if kind == b"IHDR" and turn:
            yield struct.pack(">I", len(turn)) + b"eXIf" + turn + struct.pack(">I", crc32(b"eXIf" + turn))
        if kind == b"IEND":
            return
        at += 12 + size


def _webp(data: bytes, turn: bytes) -> bytes:
    """The chunks of a WebP file (RFC 9649, section 2.7)."""
    (end,) = struct.unpack_from("<I", data, 4)
    kept, at = [], 12
    while at < min(8 + end, len(data)):
        kind, size = struct.unpack_from("<4sI", data, at)
        chunk = data[at : at + 8 + size + size % 2]
        if kind == b"VP8X":
            flags = chunk[8] & ~(_WEBP_EXIF | _WEBP_XMP) | (_WEBP_EXIF if turn else 0)
            chunk = chunk[:8] + bytes([flags]) + chunk[9:]
        if kind in _WEBP_KEPT:
            kept.append(chunk)
        at += 8 + size + size % 2
    if turn:
        kept.append(struct.pack("<4sI", b"EXIF", len(turn)) + turn)
    body = b"WEBP" + b"".join(kept)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def _gif(data: bytes) -> Iterator[bytes]:
    """The blocks of GIF89a: comments, texts and what applications added are dropped, but for loops and colours."""
    at = 13 + _colours(data[10])
    yield data[:at]
    while (kind := data[at]) != 0x3B:
        begin = at
        if kind == 0x2C:
            at = _blocks(data, at + 11 + _colours(data[at + 9]))
        elif kind == 0x21:
            at = _blocks(data, at + 2)
            if data[begin + 1] != 0xF9 and (data[begin + 1] != 0xFF or data[begin + 3 : begin + 14] not in _GIF_KEPT):
                continue
        else:
            raise Malformed("something stands between its blocks")
        yield data[begin:at]
    yield b"\x3b"


def _colours(flags: int) -> int:
    """How long a table of colours is."""
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def _blocks(data: bytes, at: int) -> int:
    """The place behind a row of blocks, which an empty one ends."""
    while size := data[at]:
        at += 1 + size
    return at + 1


def _look_through_avif(data: bytes) -> None:
    """The boxes of ISO 14496-12, 4.2: nothing can be taken out of them, for they say where in the file the picture lies."""
    at = 0
    while at < len(data):
        size, kind = struct.unpack_from(">I4s", data, at)
        if size == 1:
            (size,) = struct.unpack_from(">Q", data, at + 8)
        if kind not in _AVIF_KEPT or 0 < size < 8:
            raise Malformed("it holds more than a picture")
        at = at + size if size else len(data)
