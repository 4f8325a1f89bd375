"""Variants of pictures: a picture is decoded once for all of them, cut, scaled and encoded; what comes of it has colours
(ICC, where they are not those of the web anyway) and no other metadata."""

from collections.abc import Iterable
from io import BytesIO
from typing import TYPE_CHECKING

from msgspec import Struct

from generator.content.orientation import is_on_its_side, orientation_of, upright
from generator.pages.pictures import THUMBS, WIDTHS, Box, crop_size

if TYPE_CHECKING:
    from PIL import Image

_METHOD = 2
"""How hard libwebp tries: at 4 it takes three times as long for files that are 3 % smaller."""
_SPEED = 7
_GAP = 2.0


class Decoded(Struct, frozen=True, gc=False):
    """A picture upright in RGB or RGBA, perhaps smaller than it is: `width` and `height` are its own. `profile` are its
    colours, empty where they are those of the web (sRGB)."""

    image: "Image.Image"
    width: int
    height: int
    profile: bytes


def decoded(data: bytes) -> Decoded:
    """A picture large enough for all of its variants."""
    from PIL import Image

    with Image.open(BytesIO(data)) as image:
        turn = orientation_of(image)
        width, height = image.size
        sides = (height, width) if is_on_its_side(turn) else (width, height)
        image.draft("RGB", _needed(image.size, sides))
        image.load()
        turned = upright(_in_rgb(image), turn)
        profile = image.info.get("icc_profile") or b""
    return Decoded(turned, *sides, profile if _is_wide(profile) else b"")


def _needed(size: tuple[int, int], sides: tuple[int, int]) -> tuple[int, int]:
    """How large a JPEG has to be decoded, at least."""
    scale = min(1.0, max(WIDTHS[-1] / sides[0], THUMBS[-1][0] / crop_size(*sides)[0]))
    return (int(size[0] * scale) + 1, int(size[1] * scale) + 1)


def _in_rgb(image: "Image.Image") -> "Image.Image":
    """A picture in RGB, or RGBA where something of it is transparent, whatever it was in."""
    from PIL import ImageCms

    if image.mode.startswith("I"):  # 16 bits of grey, of which the upper 8 are seen
        image = image.convert("I").point(lambda value: value / 256).convert("L")
    mode = "RGBA" if image.has_transparency_data else "RGB"
    profile = image.info.get("icc_profile") or b""
    if image.mode == "CMYK" and profile:
        try:
            into = ImageCms.createProfile("sRGB")
            found = ImageCms.profileToProfile(image, BytesIO(profile), into, outputMode="RGB")
        except (ImageCms.PyCMSError, OSError, ValueError):
            return image.convert("RGB")
        return found or image.convert("RGB")
    return image if image.mode == mode else image.convert(mode)


def _is_wide(profile: bytes) -> bool:
    """Whether a profile has to go along: one of RGB that is not sRGB, which everybody takes for granted."""
    from PIL import ImageCms

    if profile[16:20] != b"RGB ":
        return False
    try:
        name = ImageCms.getProfileDescription(ImageCms.ImageCmsProfile(BytesIO(profile)))
    except (ImageCms.PyCMSError, OSError):
        return False
    return "srgb" not in name.lower()


def scaled(picture: Decoded, width: int, height: int, box: Box | None) -> "Image.Image":
    """What lies in a box of a picture, in pixels of its own size, so wide and high."""
    from PIL import Image

    across, down = picture.image.width / picture.width, picture.image.height / picture.height
    left, top, right, bottom = box or (0, 0, picture.width, picture.height)
    part = (left * across, top * down, right * across, bottom * down)
    return picture.image.resize((width, height), Image.Resampling.LANCZOS, part, _GAP)


def webp(picture: Decoded, width: int, height: int, box: Box | None, limit: int) -> bytes:
    """A variant as WebP, which costs a story little."""
    image = scaled(picture, width, height, box)
    return _shorter(image, limit, "WEBP", (75, 60, 45, 30), method=_METHOD, icc_profile=picture.profile)


def avif(picture: Decoded, width: int, height: int, box: Box | None, limit: int) -> bytes:
    """A variant as AVIF, which is shorter still and takes several times as long."""
    image = scaled(picture, width, height, box)
    more = {"speed": _SPEED, "max_threads": 1, "icc_profile": picture.profile}
    return _shorter(image, limit, "AVIF", (50, 40, 30, 20), **more)


def _shorter(image: "Image.Image", limit: int, format: str, qualities: Iterable[int], **options: object) -> bytes:
    """A picture of the best of these qualities at which it is shorter than `limit`, else of the last."""
    data = b""
    for quality in qualities:
        file = BytesIO()
        image.save(file, format, quality=quality, **options)
        data = file.getvalue()
        if len(data) < limit:
            break
    return data
