"""Pictures in several sizes: which there are of a file of media/, and their addresses, which say what they hold.

`/media/-/2026/dam.jpg/640x360.<digest>.webp` is all of `media/2026/dam.jpg`;
`/media/-/2026/dam.jpg/384x256-100-0-1180-720.<digest>.webp` what lies in a box of it. The digest is of the picture and of how
variants are made, so an address never shows anything else.
"""

from collections.abc import Iterable, Iterator
from urllib.parse import quote

from generator.content.media import Medium
from generator.digests import digest
from generator.pages.views import Thumb, VariantView

Focus = tuple[float, float]
Box = tuple[int, int, int, int]

HOME = "/media/-/"
WIDTHS = (320, 640, 960, 1440)
THUMBS = ((192, 128), (384, 256), (768, 512))
CARDS, CARD_SIZE = "/media/-cards", (1200, 630)
AVIF = ".avif"
RECIPE = 1
"""To be raised where variants of the same address would look different."""
_SMALL = 8_192
_THINNEST, _HIGHEST = 32, 16_383


def whole_variants(medium: Medium) -> list[VariantView]:
    """A picture in the widths below its own, and in its own where that is none of the largest; none of what is small
    anyway, moves, or is thin as a line."""
    width, height = medium.width, medium.height
    if not _is_worth_it(medium) or medium.moving:
        return []
    sizes = (
        (wide, max(1, round(height * wide / width))) for wide in (*WIDTHS, width) if wide <= min(width, WIDTHS[-1])
    )
    return [_variant(medium, *size, None) for size in dict.fromkeys(sizes) if size[1] <= _HIGHEST]


def cropped_variants(medium: Medium, focus: Focus) -> list[VariantView]:
    """A picture cut to 3:2 around its focus, as large as its crop allows; of what moves the first moment."""
    if not _is_worth_it(medium):
        return []
    box = crop_box(medium.width, medium.height, focus)
    return [_variant(medium, *size, box) for size in THUMBS if size[0] <= box[2] - box[0]]


def _is_worth_it(medium: Medium) -> bool:
    return medium.length > _SMALL and min(medium.width, medium.height) >= _THINNEST


def _variant(medium: Medium, width: int, height: int, box: Box | None) -> VariantView:
    if box == (0, 0, medium.width, medium.height):
        box = None
    return VariantView(medium.path, medium.bare, width, height, box, medium.length)


def crop_box(width: int, height: int, focus: Focus) -> Box:
    """The largest part of a picture that is 3:2, with the focus as near to its middle as can be."""
    wide, high = crop_size(width, height)
    left = min(max(round(width * focus[0] - wide / 2), 0), width - wide)
    top = min(max(round(height * focus[1] - high / 2), 0), height - high)
    return (left, top, left + wide, top + high)


def crop_size(width: int, height: int) -> tuple[int, int]:
    """How large the largest part of a picture that is 3:2 is."""
    return min(width, round(height * 3 / 2)), min(height, round(width * 2 / 3))


def variant_address(view: VariantView) -> str:
    """Where a variant lies."""
    name = "-".join((f"{view.width}x{view.height}", *map(str, view.box or ())))
    return f"{HOME}{view.source.removeprefix('media/')}/{name}.{mark_of(view.bare, name)}.webp"


def mark_of(bare: bytes, name: str) -> str:
    """What stands for the bytes of a variant: the digest of its picture, of its size and box, and of how it is made."""
    return digest((bare, name, RECIPE)).hex()[:16]


def card_address(story: str) -> str:
    """Where the card of a story of this address is."""
    return f"{CARDS}{story.rstrip('/')}.jpg"


def at_leisure(address: str) -> str | None:
    """Where `aryk images` puts what it makes for a published address: the AVIF of a variant, the card of a story."""
    if address.startswith(HOME):
        return address + AVIF
    return card_address(address) if address.endswith("/") else None


def all_variants(medium: Medium, focuses: Iterable[Focus]) -> Iterator[VariantView]:
    """The variants of a picture that pages show which crop it around these points."""
    yield from whole_variants(medium)
    boxes = {crop_box(medium.width, medium.height, focus): focus for focus in sorted(focuses)} if medium.width else {}
    for focus in boxes.values():
        yield from cropped_variants(medium, focus)


def srcset(variants: Iterable[VariantView], base: str) -> str:
    """Variants as the attribute `srcset` names them."""
    return ", ".join(f"{base}{quote(variant_address(one))} {one.width}w" for one in variants)


def thumb_of(medium: Medium, focus: Focus, base: str) -> Thumb | None:
    """The crop of a picture for lists."""
    found = cropped_variants(medium, focus)
    if not found:
        return None
    middle = found[min(1, len(found) - 1)]
    href = base + quote(variant_address(middle))
    return Thumb(href, middle.width, middle.height, srcset(found, base))
