"""Signed tokens: what a form carries to show that it was given out here, when, and for what; nobody is named in them."""

import hashlib
import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from secrets import token_bytes

from msgspec import Struct

from generator.inbox.refusals import Refused

KEY = "ARYK_INBOX_KEY"
SHORTEST_KEY = 32
_NONCE, _SEAL, _CLOCK = 12, 12, 5
_LENGTH = 4 * ((_CLOCK + _NONCE + _SEAL) // 3 + 1)


class Token(Struct, frozen=True, gc=False):
    """A token that was given out at a moment; its nonce is what makes it one."""

    given: int
    nonce: bytes


class Signer:
    """Gives out tokens and knows its own again; keys of several uses are derived from the one secret."""

    def __init__(self, secret: str) -> None:
        self._secret = secret.encode()
        self._key = self.derived("token")

    def derived(self, use: str) -> bytes:
        """A key for one use: who learns it learns nothing of the others."""
        return hashlib.blake2b(use.encode(), key=hashlib.sha256(self._secret).digest(), digest_size=32).digest()

    def token(self, use: str, now: int) -> str:
        """A new token for a use: `vote` or `text`."""
        body = now.to_bytes(_CLOCK, "big") + token_bytes(_NONCE)
        return urlsafe_b64encode(body + self._seal(use, body)).decode()

    def read(self, text: str, use: str, now: int, lasting: int) -> Token:
        """The token of a text. Raises Refused where it is none of ours, for something else, or older than `lasting`."""
        try:
            data = urlsafe_b64decode(text) if len(text) == _LENGTH else b""
        except ValueError:
            data = b""
        body, seal = data[:-_SEAL], data[-_SEAL:]
        if not body or not hmac.compare_digest(seal, self._seal(use, body)):
            raise Refused("bad_token", 403)
        given = int.from_bytes(body[:_CLOCK], "big")
        if not now - lasting <= given <= now + 60:
            raise Refused("bad_token", 403)
        return Token(given, body[_CLOCK:])

    def _seal(self, use: str, body: bytes) -> bytes:
        return hashlib.blake2b(body, key=self._key, person=use.encode(), digest_size=_SEAL).digest()
