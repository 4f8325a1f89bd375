"""One digest per value: equal values have equal digests, whatever the process, machine or hash seed."""

from hashlib import blake2b
from typing import Any

import msgspec

SIZE = 16
_encode = msgspec.msgpack.Encoder(order="deterministic").encode


def digest(value: Any) -> bytes:
    """16 bytes that stand for a value of frozen records, tuples, texts, numbers, bytes and None.

    MessagePack writes each value with its length, so no two different sequences of fields run together; a record
    (msgspec.Struct) gives all its fields, so a new field is covered the day it is added. Raises TypeError for any
    other type, rather than taking its memory address or its repr for its value.
    """
    return blake2b(_encode(value), digest_size=SIZE).digest()


def digest_bytes(data: bytes) -> bytes:
    """16 bytes that stand for a file's content."""
    return blake2b(data, digest_size=SIZE).digest()
