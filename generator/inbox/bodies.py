"""What a request brings: read up to a limit and within a time, as JSON or as a form."""

import asyncio
from collections.abc import AsyncGenerator, Mapping
from contextlib import suppress
from urllib.parse import parse_qsl

import msgspec
from msgspec import Struct
from starlette.datastructures import Headers, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.types import Receive

from generator.inbox.callers import Headers as Named
from generator.inbox.refusals import Refused

JSON, FORM, PARTS = b"application/json", b"application/x-www-form-urlencoded", b"multipart/form-data"
TEXT_LIMIT = 128 * 1024
_FIELDS = 40
_DRAINED = 64 * 1024 * 1024
_SECONDS, _SECONDS_A_MEGABYTE = 10.0, 8.0
_decoder = msgspec.json.Decoder(dict[str, str | list[str]])


class _Parts(MultiPartParser):
    """Photos wait on the disk, not in memory."""

    spool_max_size = 64 * 1024


class Sent(Struct, frozen=True):
    """The fields of a request, each with all its values, and the photos; `as_form` where a browser's form sent it."""

    fields: Mapping[str, list[str]]
    photos: tuple[UploadFile, ...] = ()
    as_form: bool = False

    def one(self, name: str) -> str:
        """The first value of a field, else nothing."""
        return self.fields.get(name, [""])[0]

    def singles(self) -> dict[str, str]:
        """The first value of each field."""
        return {name: values[0] for name, values in self.fields.items() if values}


def kind_of(headers: Named) -> bytes:
    """The type of a body without its parameters."""
    return headers.get(b"content-type", b"").partition(b";")[0].strip().lower()


def is_form(headers: Named) -> bool:
    """Whether a browser's form sends this, so that a page is the answer."""
    asked = headers.get(b"accept", b"")
    return kind_of(headers) in (FORM, PARTS) and not asked.startswith(JSON)


async def read_sent(headers: Named, receive: Receive, limit: int, *, parts: bool = False) -> Sent:
    """The fields of a request; `parts` allows photos. Raises Refused."""
    kind = kind_of(headers)
    if kind not in ((JSON, FORM, PARTS) if parts else (JSON, FORM)):
        raise Refused("wrong_type", 415, hang_up=True)
    if kind == PARTS:
        return await _read_parts(headers, receive, limit)
    body = await read_body(headers, receive, min(limit, TEXT_LIMIT))
    try:
        if kind == FORM:
            return Sent(_gathered(body), as_form=is_form(headers))
        found = _decoder.decode(body)
    except (ValueError, msgspec.DecodeError):
        raise Refused("unreadable") from None
    return Sent({name: value if isinstance(value, list) else [value] for name, value in found.items()})


def _gathered(body: bytes) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in parse_qsl(body.decode("utf-8"), keep_blank_values=True, errors="strict", max_num_fields=_FIELDS):
        found.setdefault(name, []).append(value)
    return found


async def read_body(headers: Named, receive: Receive, limit: int) -> bytes:
    """A whole body. Raises Refused."""
    _announced(headers, limit)
    return b"".join([part async for part in _stream(receive, limit, _SECONDS)])


def _announced(headers: Named, limit: int) -> None:
    """Refuses a body that says itself that it is too large."""
    announced = headers.get(b"content-length", b"0")
    if not announced.isdigit() or int(announced) > limit:
        raise _too_large(limit)


async def _stream(receive: Receive, limit: int, seconds: float) -> AsyncGenerator[bytes, None]:
    """The parts of a body as they arrive."""
    left = limit
    try:
        async with asyncio.timeout(seconds):
            while True:
                message = await receive()
                if message["type"] != "http.request":
                    raise Refused("unreadable", hang_up=True)
                part = message.get("body", b"")
                left -= len(part)
                if left < 0:
                    raise _too_large(limit)
                if part:
                    yield part
                if not message.get("more_body"):
                    return
    except TimeoutError:
        raise Refused("too_slow", 408, hang_up=True) from None


async def _read_parts(headers: Named, receive: Receive, limit: int) -> Sent:
    _announced(headers, limit)
    stream = _stream(receive, limit, _SECONDS + _SECONDS_A_MEGABYTE * limit / 1_000_000)
    named = Headers(raw=list(headers.items()))
    try:
        form = await _Parts(named, stream, max_files=_FIELDS, max_fields=_FIELDS, max_part_size=TEXT_LIMIT).parse()
    except (MultiPartException, KeyError):
        raise Refused("unreadable", hang_up=True) from None
    finally:
        with suppress(RuntimeError):
            await stream.aclose()
    fields: dict[str, list[str]] = {}
    photos: list[UploadFile] = []
    for name, value in form.multi_items():
        if isinstance(value, UploadFile):
            photos += [value] if value.size else []
        else:
            fields.setdefault(name, []).append(value)
    return Sent(fields, tuple(photos), as_form=is_form(headers))


async def drain(receive: Receive) -> None:
    """Reads on for a while and throws away: a browser that is still sending would not see the answer."""
    with suppress(Refused):
        async for _ in _stream(receive, _DRAINED, _SECONDS):
            pass


def _too_large(limit: int) -> Refused:
    return Refused("too_large", 413, hang_up=True, limit=limit // 1024)
