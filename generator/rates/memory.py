"""The last documents with their validators, in the store: a source that says “not modified” means one of these.

The document itself is kept and not what was made of it, so that a file of rates that was lost or edited meanwhile comes out
the same, whether the source answers anew or not.
"""

import os
from pathlib import Path

import msgspec
from msgspec import Struct

from generator.rates.web import Answer

FOLDER = "rates"
_encode = msgspec.msgpack.Encoder().encode


class _Kept(Struct, frozen=True, gc=False):
    url: str
    answer: Answer


_decoder = msgspec.msgpack.Decoder(_Kept)


def recall(file: Path, url: str) -> Answer | None:
    """The document that an address last gave; None where it is not known, or the file is damaged."""
    try:
        kept = _decoder.decode(file.read_bytes())
    except (OSError, msgspec.DecodeError):
        return None
    return kept.answer if kept.url == url else None


def remember(file: Path, url: str, answer: Answer) -> None:
    """Keeps a document that has validators; one without any would never be asked for again by them."""
    if not (answer.etag or answer.last_modified):
        file.unlink(missing_ok=True)
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    beside = file.with_name(f".{file.name}.{os.getpid()}")
    beside.write_bytes(_encode(_Kept(url, answer)))
    beside.replace(file)
