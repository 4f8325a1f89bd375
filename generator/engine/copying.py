"""Files of the content as they are published: copied without metadata, and pictures in other sizes.

A picture that was scaled once is kept beside the store by what it was made of and by what made it: a clean build, another
output or a newer program does not scale it again. What lies there is sealed; losing it costs time.
"""

import os
from contextlib import suppress
from functools import lru_cache
from pathlib import Path, PurePosixPath

from generator.content.pictures import IMAGES
from generator.content.stripping import stripped
from generator.digests import SIZE, digest, digest_bytes
from generator.output import variants
from generator.output.variants import Decoded, decoded, webp
from generator.pages.views import FileView, VariantView

FOLDER = "pictures"


class Changed(Exception):
    """A file is not what it was when it was read."""


def copied(content: Path, view: FileView) -> bytes:
    """A file of the content as it is published. Raises Changed, OSError."""
    data = _read(content, view.source)
    if digest_bytes(data) != view.digest:
        raise Changed
    return stripped(data) if PurePosixPath(view.source).suffix.lower() in IMAGES else data


def variant(content: Path, store: Path, view: VariantView) -> bytes:
    """A picture in another size. Raises Changed, OSError."""
    kept = store / FOLDER / view.bare.hex() / digest((_made_by(), view)).hex()
    found = _unsealed(kept)
    if found is None:
        found = webp(_decoded(content, view.source, view.bare), view.width, view.height, view.box, view.limit)
        with suppress(OSError):  # whoever deletes the store under a `watch` loses nothing but time
            _seal(kept, found)
    return found


def forget_variants(store: Path, bare: set[bytes]) -> None:
    """Forgets the variants of all pictures but these."""
    known = {mark.hex() for mark in bare}
    with suppress(OSError):
        for folder in os.scandir(store / FOLDER):
            if folder.name not in known:
                for file in os.scandir(folder.path):
                    os.unlink(file.path)
                os.rmdir(folder.path)


@lru_cache(maxsize=1)
def _decoded(content: Path, source: str, bare: bytes) -> Decoded:
    """A picture, kept until the next one: its variants are made one after another."""
    data = stripped(_read(content, source))
    if digest_bytes(data) != bare:
        raise Changed
    return decoded(data)


def _read(content: Path, source: str) -> bytes:
    return (content / source).read_bytes()


@lru_cache
def _made_by() -> bytes:
    """What stands for all that the bytes of a variant come of, beside its view."""
    from PIL import __version__, features

    sources = (Path(variants.__file__), Path(variants.__file__).parent.parent / "content" / "orientation.py")
    libraries = tuple(str(features.version(name)) for name in ("webp", "jpg", "libjpeg_turbo", "zlib", "littlecms2"))
    return digest((tuple(digest_bytes(path.read_bytes()) for path in sources), __version__, libraries))


def _unsealed(path: Path) -> bytes | None:
    try:
        data = path.read_bytes()
    except OSError:
        return None
    return data[SIZE:] if digest_bytes(data[SIZE:]) == data[:SIZE] else None


def _seal(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f"{path.name}.{os.getpid()}")
    beside.write_bytes(digest_bytes(data) + data)
    os.replace(beside, path)
