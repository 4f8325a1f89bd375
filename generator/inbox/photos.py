"""Photos that readers send: decoded in a process of their own, which has little memory and time, and written anew without
what cameras add (places, names, serial numbers)."""

import asyncio
import resource
import sys
from io import BytesIO
from tempfile import SpooledTemporaryFile
from typing import IO, TYPE_CHECKING

from generator.inbox.refusals import Refused

if TYPE_CHECKING:
    from PIL import Image  # the service itself does without

MEGAPIXELS = 50
LARGEST_SIDE = 2560
SECONDS = 20
_MEMORY = 1_000_000_000
_FORMATS = ("JPEG", "PNG", "WEBP", "AVIF")
_NOT_A_PHOTO, _TOO_LARGE = 3, 4
_QUALITY = 85


async def reencoded(photo: IO[bytes], megabytes: int) -> bytes:
    """The photo as a JPEG without metadata, no side longer than 2560 pixels. Raises Refused."""
    photo.seek(0)
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-I", "-c", "from generator.inbox.photos import main; main()"),
        stdin=await asyncio.to_thread(_as_file, photo),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        async with asyncio.timeout(SECONDS):
            found, _ = await process.communicate()
    except TimeoutError:
        process.kill()
        await process.wait()
        raise Refused("not_a_photo") from None
    if process.returncode == _TOO_LARGE:
        raise Refused("photo_too_large", megabytes=megabytes, megapixels=MEGAPIXELS)
    if process.returncode or not found:
        raise Refused("not_a_photo")
    return found


def _as_file(photo: IO[bytes]) -> IO[bytes]:
    """A file that another process can read: what was small is still in memory."""
    if isinstance(photo, SpooledTemporaryFile):
        photo.rollover()
        photo.seek(0)
    return photo


def main() -> None:
    """Reads a photo from the standard input, writes it to the standard output; the exit status says what is wrong."""
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_NOFILE, (16, 16))
    sys.exit(_rewrite(sys.stdin.buffer, sys.stdout.buffer))


def _rewrite(source: IO[bytes], target: IO[bytes]) -> int:
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = None  # the header is looked at here, before any pixel is decoded
    try:
        with Image.open(source, formats=_FORMATS) as image:
            if image.width * image.height > MEGAPIXELS * 1_000_000:
                return _TOO_LARGE
            smaller = max(1.0, max(image.size) / LARGEST_SIDE)
            image.draft("RGB", (int(image.width / smaller), int(image.height / smaller)))  # a JPEG is decoded smaller
            image.thumbnail((LARGEST_SIDE, LARGEST_SIDE))
            plain = _opaque(ImageOps.exif_transpose(image))
    except Exception:  # Pillow raises whatever its decoders raise
        return _NOT_A_PHOTO
    written = BytesIO()
    plain.save(written, "JPEG", quality=_QUALITY, progressive=True, exif=b"", icc_profile=None)
    target.write(written.getbuffer())
    return 0


def _opaque(image: "Image.Image") -> "Image.Image":
    """The picture as colours alone, on white where it is transparent: a new one, which has nothing of the old but these."""
    from PIL import Image

    if image.mode not in ("RGBA", "LA", "PA", "P"):
        return Image.frombytes("RGB", image.size, image.convert("RGB").tobytes())
    white = Image.new("RGB", image.size, "white")
    layer = image.convert("RGBA")
    white.paste(layer, mask=layer)
    return white
