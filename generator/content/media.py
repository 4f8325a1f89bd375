"""Files of content/media: their digests, and the size in pixels of those that are images."""

from io import BytesIO
from pathlib import PurePosixPath

from msgspec import Struct

from generator.content.pictures import IMAGES
from generator.problems import Place, Problem

MAX_PIXELS = 100_000_000


class Medium(Struct, frozen=True, tag=True, gc=False, array_like=True):
    """A file of content/media by its digest; width and height in pixels as a browser shows it, 0 where it is no image."""

    path: str
    digest: bytes
    width: int = 0
    height: int = 0
    bytes: int = 0


def read_medium(data: bytes, path: str, digest: bytes) -> tuple[Medium | None, list[Problem]]:
    """The medium of a file; only an image's header is read, so that a decompression bomb stays a file."""
    suffix = PurePosixPath(path).suffix.lower()
    if suffix not in IMAGES:
        return Medium(path, digest, bytes=len(data)), []
    from PIL import Image

    try:
        with Image.open(BytesIO(data)) as image:
            width, height = image.size
            if image.getexif().get(0x0112, 1) >= 5:  # Orientation: the camera was held upright
                width, height = height, width
    except Exception:  # Pillow raises whatever its decoders raise
        return None, [Problem(Place(path), "this is no image that can be read", "save it again as JPEG or PNG")]
    if width * height > MAX_PIXELS:
        return None, [
            Problem(
                Place(path), f"the image has {width:,} × {height:,} pixels", "make it smaller than 100 million pixels"
            )
        ]
    return Medium(path, digest, width, height, len(data)), []
