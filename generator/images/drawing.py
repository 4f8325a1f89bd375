"""Draws a social card: a headline, where and what on, whose it is, over the story's picture where it has one."""

import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from generator.content.stripping import stripped
from generator.digests import digest, digest_bytes
from generator.output.variants import decoded
from generator.pages.pictures import CARD_SIZE

if TYPE_CHECKING:
    from PIL import Image, ImageDraw, ImageFont

FONT = Path(__file__).parent / "font" / "NotoSans-Bold.ttf"
_EDGE, _BAR = 64, 20
_LARGEST, _SMALLEST, _STEP = 76, 26, 2
_SMALL, _SPACING = 32, 1.22
_TOP, _BOTTOM = 140, 124
_NIGHT, _WHITE, _SOFT = (22, 26, 28), (255, 255, 255), (214, 214, 214)
_SHADE = 0.62
"""How dark a picture becomes: white on what was white stands out 6 to 1 (WCAG asks for 4.5)."""
_ORNAMENTS = {"So", "Sk", "Cf", "Co", "Cn", "Cs", "Mn"}


class Missing(Exception):
    """The font has no sign for a letter."""


class Drawing(Struct, frozen=True, gc=False):
    """What a card shows. `picture` is a file, of this digest, to be cut around `focus`; `font` another file than the shipped
    font, with its digest."""

    title: str
    above: str
    below: str
    colour: str
    picture: str = ""
    picture_digest: bytes = b""
    focus: tuple[float, float] = (0.5, 0.5)
    font: str = ""
    font_digest: bytes = b""


def mark_of(drawing: Drawing) -> bytes:
    """What stands for the bytes of a card; it is written into the card itself."""
    return b"aryk " + digest((_drawn_by(), drawing)).hex().encode()


@lru_cache
def _drawn_by() -> bytes:
    return digest((digest_bytes(Path(__file__).read_bytes()), digest_bytes(FONT.read_bytes())))


def digest_of_font(font: str) -> bytes:
    """The digest of a file that is a font. Raises OSError where it is none, or cannot be read."""
    digest = digest_bytes(Path(font).read_bytes())
    _sized(font, _SMALL)
    return digest


def draw(drawing: Drawing) -> bytes:
    """The card as JPEG. Raises Missing; OSError or Malformed where a file cannot be read."""
    from PIL import ImageDraw

    title, above, below = (_plain(text) for text in (drawing.title, drawing.above, drawing.below))
    font = _font_for(title + above + below, drawing.font)
    image = _ground(drawing)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, _BAR, CARD_SIZE[1]), fill=drawing.colour)
    _line(pen, above, _EDGE, font, _SOFT)
    _line(pen, below, CARD_SIZE[1] - _EDGE - _SMALL, font, _WHITE)
    size, lines = _fitted(title, font)
    large = _sized(font, size)
    for number, line in enumerate(lines):
        pen.text((_EDGE, _TOP + number * round(size * _SPACING)), line, font=large, fill=_WHITE)
    file = BytesIO()
    image.save(file, "JPEG", quality=85, comment=mark_of(drawing))
    return file.getvalue()


def _ground(drawing: Drawing) -> "Image.Image":
    """The picture, cut and darkened, or plain night."""
    from PIL import Image, ImageOps

    night = Image.new("RGB", CARD_SIZE, _NIGHT)
    if not drawing.picture:
        return night
    picture = decoded(stripped(Path(drawing.picture).read_bytes())).image.convert("RGBA")
    picture = Image.alpha_composite(Image.new("RGBA", picture.size, (*_NIGHT, 255)), picture)
    return Image.blend(ImageOps.fit(picture.convert("RGB"), CARD_SIZE, centering=drawing.focus), night, _SHADE)


def _plain(text: str) -> str:
    """A text without emoji and other signs that fonts of letters lack."""
    composed = unicodedata.normalize("NFC", text)
    return " ".join("".join(sign for sign in composed if unicodedata.category(sign) not in _ORNAMENTS).split())


def _line(pen: "ImageDraw.ImageDraw", text: str, top: int, font: str, colour: tuple[int, int, int]) -> None:
    """A text in one line, cut where it is too long."""
    small = _sized(font, _SMALL)
    while text and small.getlength(text) > _room():
        text = text.rstrip("…")[:-1].rstrip() + "…"
    pen.text((_EDGE, top), text, font=small, fill=colour)


def _room() -> int:
    return CARD_SIZE[0] - 2 * _EDGE


def _fitted(title: str, font: str) -> tuple[int, list[str]]:
    """The largest size in which a headline has room, in lines; one that has none in the smallest is cut."""
    room = CARD_SIZE[1] - _TOP - _BOTTOM
    for size in range(_LARGEST, _SMALLEST - 1, -_STEP):
        lines = list(_lines(title, _sized(font, size)))
        if len(lines) * round(size * _SPACING) <= room:
            return size, lines
    kept = lines[: room // round(_SMALLEST * _SPACING)]
    return _SMALLEST, [*kept[:-1], kept[-1][:-1].rstrip() + "…"]


def _lines(text: str, font: "ImageFont.FreeTypeFont") -> Iterator[str]:
    """A text in lines that are not too wide: broken between words, and inside one that is wider than a line."""
    line = ""
    for word in text.split():
        longer = f"{line} {word}" if line else word
        if font.getlength(longer) <= _room():
            line = longer
            continue
        if line and font.getlength(word) <= _room():
            yield line
            line = word
            continue
        line = f"{line} " if line else ""
        for sign in word:  # one endless word, or Chinese
            if font.getlength(line + sign) > _room():
                yield line.rstrip()
                line = ""
            line += sign
    yield line


def _font_for(text: str, other: str) -> str:
    """The shipped font where it has all letters, else the portal's own."""
    lacking = _lacking(text, str(FONT))
    if lacking and other:
        lacking = _lacking(text, other)
        if not lacking:
            return other
    if lacking:
        raise Missing(lacking)
    return str(FONT)


def _lacking(text: str, font: str) -> str:
    """The first letter that a font draws as it draws what does not exist."""
    return next((sign for sign in sorted(set(text) - {" "}) if _shape(sign, font) == _shape("\uffff", font)), "")


@lru_cache(maxsize=4096)
def _shape(sign: str, font: str) -> bytes:
    mask = _sized(font, 16).getmask(sign)
    return bytes(mask) + bytes(f"{mask.size}", "ascii")


@lru_cache(maxsize=128)
def _sized(font: str, size: int) -> "ImageFont.FreeTypeFont":
    from PIL import ImageFont

    return ImageFont.truetype(font, size)
