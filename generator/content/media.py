"""Files of content/media: their digests, and of those that are pictures the size in pixels; a picture is looked at whole."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from msgspec import Struct

from generator.content.orientation import is_on_its_side, orientation_of
from generator.content.pictures import IMAGES
from generator.content.stripping import Malformed, stripped
from generator.digests import digest_bytes
from generator.problems import Place, Problem

if TYPE_CHECKING:
    from PIL import Image

MAX_PIXELS = 100_000_000
OURS = ("media/-", "media/-cards")
"""What is made of pictures lies there; nothing of an author's does."""
_LONGEST_NAME = 240
"""Bytes of a file's name: disks hold 255, of which some are needed while a file waits beside its place."""
_AGAIN = "save it again as JPEG or PNG"
_FORMATS = {"MPO": "JPEG"}


class Medium(Struct, frozen=True, tag=True, gc=False, array_like=True):
    """A file of content/media by its digest; width and height in pixels as a browser shows it, 0 where it is no image.

    `length` is how long the file is when it is published, without what cameras wrote into it, and `bare` the digest of that;
    `moving` are animations.
    """

    path: str
    digest: bytes
    width: int = 0
    height: int = 0
    length: int = 0
    bare: bytes = b""
    moving: bool = False


class _Wrong(Exception):
    """What is wrong with a picture, and the way out."""


def read_medium(data: bytes, path: str, digest: bytes) -> tuple[Medium | None, list[Problem]]:
    """The medium of a file, or what is wrong with it: a picture is decoded, so that nobody meets half of one later. Of a
    decompression bomb the header alone is read."""
    try:
        if "/".join(path.split("/")[:2]) in OURS:
            raise _Wrong("this folder is the portal's own", "choose another name for the folder")
        if (size := len(PurePosixPath(path).name.encode())) > _LONGEST_NAME:
            raise _Wrong(f"the file's name has {size} bytes; the limit is {_LONGEST_NAME}", "choose a shorter one")
        if PurePosixPath(path).suffix.lower() not in IMAGES:
            return Medium(path, digest, length=len(data), bare=digest), []
        return _picture(data, path, digest), []
    except _Wrong as wrong:
        return None, [Problem(Place(path), *wrong.args)]


def _picture(data: bytes, path: str, digest: bytes) -> Medium:
    with _opened(data) as image:
        _check_kind(image, path)
        width, height = image.size
        if width * height > MAX_PIXELS:
            raise _Wrong(f"the image has {width:,} × {height:,} pixels", "make it smaller than 100 million pixels")
        moving = image.format != "MPO" and bool(getattr(image, "is_animated", False))
        _look_through(image)
        if is_on_its_side(orientation_of(image)):
            width, height = height, width
        if image.format == "AVIF" and (image.info.get("exif") or image.info.get("xmp")):
            raise _Wrong("the image says where or by whom it was taken", "save it without metadata, or as JPEG or PNG")
    try:
        bare = stripped(data)
    except Malformed as error:
        raise _Wrong(f"the image is damaged: {error}", _AGAIN) from error
    return Medium(path, digest, width, height, len(bare), digest_bytes(bare), moving)


@contextmanager
def _opened(data: bytes) -> "Iterator[Image.Image]":
    from PIL import Image

    if not data:
        raise _Wrong("the file is empty", "copy it again")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of pixels, which are counted here, and of EXIF, which is dropped
        try:
            image = Image.open(BytesIO(data))
        except Image.DecompressionBombError as error:
            raise _Wrong("the image has too many pixels", "make it smaller than 100 million pixels") from error
        except Exception as error:  # Pillow raises whatever its decoders raise
            raise _Wrong("this is no image that can be read", _AGAIN) from error
        with image:
            yield image


def _check_kind(image: "Image.Image", path: str) -> None:
    """Browsers guess what a file is, servers and feeds go by its name."""
    from PIL import Image

    suffix = PurePosixPath(path).suffix
    kind = _FORMATS.get(image.format or "", image.format or "")
    if Image.MIME.get(kind) != IMAGES[suffix.lower()]:
        own = next((end for end, type in IMAGES.items() if type == Image.MIME.get(kind)), "")
        raise _Wrong(
            f"the name ends in {suffix}, but this is {kind}",
            f"name it {PurePosixPath(path).stem}{own}" if own else _AGAIN,
        )


def _look_through(image: "Image.Image") -> None:
    """Decodes all of the first picture, a JPEG as small as it can be: a third of the time, and nothing is passed over."""
    try:
        image.draft("RGB", (max(1, image.width // 8), max(1, image.height // 8)))
        image.load()
    except Exception as error:  # Pillow raises whatever its decoders raise
        raise _Wrong("the image is damaged, or not all of it is there", "copy it again, or save it anew") from error
