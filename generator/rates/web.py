"""Asking strangers over the network: patiently, but not for ever, and only those who were meant."""

import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from msgspec import Struct

from generator import __version__

if TYPE_CHECKING:
    from urllib3 import BaseHTTPResponse, PoolManager

ATTEMPTS = 3
REDIRECTS = 3
LONGEST_PAUSE = 30.0
"""Seconds that somebody may ask us to wait before we ask again; who wants more is asked by the next fetch."""

_AGAIN = frozenset((429, 500, 502, 503, 504))
_SENT_ON = frozenset((301, 302, 303, 307, 308))
_CHUNK = 65536


class Unanswered(Exception):
    """No document came of it; the message says why."""


class _Later(Exception):
    """Not now, but perhaps in some seconds."""

    def __init__(self, said: str, pause: float | None = None) -> None:
        super().__init__(said)
        self.pause = pause


class Target(Struct, frozen=True, gc=False):
    """A document, the domain whose hosts may answer, and how many bytes it may have."""

    url: str
    domain: str
    limit: int


class Patience(Struct, frozen=True, gc=False):
    """Seconds: for a connection, for the next piece of an answer, for all of it; before a second attempt (then four times
    as long)."""

    connect: float = 10.0
    piece: float = 20.0
    whole: float = 60.0
    pause: float = 1.0


class Answer(Struct, frozen=True, gc=False):
    """A document with its validators (RFC 9110, section 8.8), empty where there is none."""

    body: bytes
    etag: str = ""
    last_modified: str = ""


class Web:
    """Connections that are kept open, so that a bank sees one visitor and not seven hundred. Certificates are those that the
    system trusts, or those of the file that the environment's SSL_CERT_FILE names."""

    def __init__(self, patience: Patience | None = None, sleep: Callable[[float], None] = time.sleep) -> None:
        self._patience, self._sleep = patience or Patience(), sleep
        self._pool = self._connections()

    def _connections(self) -> "PoolManager":
        import ssl

        from urllib3 import PoolManager, Timeout

        timeout = Timeout(connect=self._patience.connect, read=self._patience.piece)
        return PoolManager(timeout=timeout, retries=False, ssl_context=ssl.create_default_context())

    def get(self, target: Target, known: Answer | None = None) -> Answer:
        """The document: `known` itself where it is still that. Raises Unanswered."""
        pause = self._patience.pause
        for attempt in range(1, ATTEMPTS + 1):
            try:
                return self._attempt(target, known)
            except _Later as later:
                if attempt == ATTEMPTS or (later.pause or 0) > LONGEST_PAUSE:
                    raise Unanswered(f"{later}") from later
                self._sleep(max(pause, later.pause or 0))
                pause *= 4
        raise AssertionError("the last attempt answers or raises")

    def _attempt(self, target: Target, known: Answer | None) -> Answer:
        import ssl

        from urllib3.exceptions import HTTPError

        try:
            return self._asked(target, known)
        except HTTPError as error:
            if error.args and isinstance(error.args[0], ssl.SSLCertVerificationError):
                raise Unanswered(f"{_host(target.url)} cannot prove that it is itself: {error}") from error
            raise _Later(f"{_host(target.url)} does not answer as it should: {error}") from error

    def _asked(self, target: Target, known: Answer | None) -> Answer:
        url, by = target.url, time.monotonic() + self._patience.whole
        for _ in range(REDIRECTS + 1):
            response = self._pool.request(
                "GET", url, headers=_headers(known), redirect=False, preload_content=False, decode_content=False
            )
            try:
                if response.status not in _SENT_ON:
                    return self._answer(response, target, known, by)
                url = _sent_on(url, response.headers.get("Location", ""), target.domain)
            finally:
                response.close()  # one that was read to its end has given its connection back already
        raise Unanswered(f"{_host(target.url)} sends on more than {REDIRECTS} times")

    def _answer(self, response: "BaseHTTPResponse", target: Target, known: Answer | None, by: float) -> Answer:
        host, status, headers = _host(target.url), response.status, response.headers
        if status == 304 and known is not None:
            return known
        if status in _AGAIN:
            raise _Later(f"{host} answers {status}", _seconds(headers.get("Retry-After", "")))
        if status != 200:
            raise Unanswered(f"{host} answers {status}")
        if headers.get("Content-Encoding", "identity") != "identity":
            raise Unanswered(
                f"{host} answers in the encoding {headers['Content-Encoding'][:40]}, which was not asked for"
            )
        body = self._body(response, target, by)
        return Answer(body, headers.get("ETag", ""), headers.get("Last-Modified", ""))

    def _body(self, response: "BaseHTTPResponse", target: Target, by: float) -> bytes:
        pieces, size = [], 0
        while piece := response.read1(_CHUNK):
            pieces.append(piece)
            size += len(piece)
            if size > target.limit:
                raise Unanswered(f"{_host(target.url)} answers with more than {target.limit:,} bytes")
            if time.monotonic() > by:
                raise _Later(f"{_host(target.url)} takes more than {self._patience.whole:g} seconds to answer")
        return b"".join(pieces)


def may_follow(url: str, domain: str) -> bool:
    """Whether a request may be sent on to an address: over TLS, to a host of the source's own domain."""
    parts = urlsplit(url)
    host = (parts.hostname or "").lower()
    return parts.scheme == "https" and not parts.username and (host == domain or host.endswith("." + domain))


def _sent_on(url: str, location: str, domain: str) -> str:
    try:
        target = urljoin(url, location)
        if location and may_follow(target, domain):
            return target
    except ValueError:
        target = location
    raise Unanswered(f"{_host(url)} sends on to “{target[:80]}”, which is not a host of {domain} over https")


def _headers(known: Answer | None) -> Mapping[str, str]:
    headers = {"User-Agent": f"aryk/{__version__}", "Accept-Encoding": "identity"}
    if known is not None and known.etag:
        headers["If-None-Match"] = known.etag
    if known is not None and known.last_modified:
        headers["If-Modified-Since"] = known.last_modified
    return headers


def _seconds(text: str) -> float | None:
    """The seconds of a Retry-After; a date is taken for none."""
    return float(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def _host(url: str) -> str:
    return urlsplit(url).hostname or url
