"""What the program itself is: a digest of its sources and of the versions of all that it runs on."""

import sys
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from generator.digests import digest, digest_bytes

_PACKAGES = (
    "babel",
    "feedgen",
    "jinja2",
    "lxml",
    "markdown",
    "markupsafe",
    "msgspec",
    "nh3",
    "pillow",
    "python-frontmatter",
    "pyyaml",
    "tzdata",
)


@lru_cache
def program_digest() -> bytes:
    """16 bytes that change whenever the program could make other bytes of the same content."""
    root = Path(__file__).resolve().parent.parent
    sources = tuple(
        (path.relative_to(root).as_posix(), digest_bytes(path.read_bytes())) for path in sorted(root.rglob("*.py"))
    )
    return digest((sources, tuple((name, _version(name)) for name in _PACKAGES), sys.version))


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
