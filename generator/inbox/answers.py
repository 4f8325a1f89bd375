"""Answers as they go out: a status, headers and a body."""

import msgspec
from msgspec import Struct
from starlette.types import Send

from generator.inbox.refusals import Refused

RawHeaders = list[tuple[bytes, bytes]]
_JSON: tuple[bytes, bytes] = (b"content-type", b"application/json")
_UNKEPT: tuple[bytes, bytes] = (b"cache-control", b"no-store")
_GUARDS: RawHeaders = [
    (b"content-type", b"text/html; charset=utf-8"),
    _UNKEPT,
    (
        b"content-security-policy",
        b"default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    ),
    (b"referrer-policy", b"same-origin"),  # with `no-referrer` a browser would call the form's origin `null`
    (b"x-content-type-options", b"nosniff"),
]


class Answer(Struct, gc=False):
    """What goes back to a caller."""

    status: int
    body: bytes
    headers: RawHeaders


def page(html: str, status: int = 200) -> Answer:
    """A page, which nobody keeps, frames or loads anything into."""
    return Answer(status, html.encode(), list(_GUARDS))


def values(found: object, status: int = 200) -> Answer:
    """A JSON object that nobody keeps."""
    return Answer(status, msgspec.json.encode(found), [_JSON, _UNKEPT])


def results(body: bytes, tag: bytes, known: bytes) -> Answer:
    """The results of a poll, good for a second; only the word that they are the same where the caller has them."""
    headers = [_JSON, (b"cache-control", b"public, max-age=1"), (b"etag", tag)]
    return Answer(304, b"", headers) if tag == known else Answer(200, body, headers)


def refused(refusal: Refused, text: str) -> Answer:
    """A refusal for programs."""
    return values({"error": {"code": refusal.code, "message": text}}, refusal.status)


async def send_answer(answer: Answer, send: Send, *, body: bool = True) -> None:
    """Sends an answer; for HEAD without its body."""
    headers = (
        [*answer.headers, (b"content-length", b"%d" % len(answer.body))] if answer.status != 304 else answer.headers
    )
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    await send({"type": "http.response.body", "body": answer.body if body else b""})
