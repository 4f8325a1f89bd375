"""From where a request may come: pages of the portal and of the inbox itself, and programs that are no browser."""

from generator.config import Config
from generator.inbox.callers import Headers
from generator.inbox.refusals import Refused

RawHeaders = list[tuple[bytes, bytes]]


class Origins:
    """The portal's origin, which may read the answers (CORS), and the inbox's own."""

    def __init__(self, config: Config) -> None:
        own = config.inbox.origin if config.inbox else ""
        self._portal = config.origin.lower().encode()
        self._known = {self._portal, own.lower().encode()} - {b""}
        self.headers: RawHeaders = [(b"access-control-allow-origin", self._portal)]
        self.preflight: RawHeaders = [
            (b"access-control-allow-methods", b"GET, POST"),
            (b"access-control-allow-headers", b"content-type"),
            (b"access-control-max-age", b"86400"),
        ]

    def check(self, headers: Headers) -> None:
        """Raises Refused where a page of another site sends this. A browser says where a post comes from (Origin, or at
        least Sec-Fetch-Site); what says neither is no browser and carries nobody's rights."""
        origin = headers.get(b"origin")
        if origin is not None:
            if origin.lower() not in self._known:
                raise Refused("cross_site", 403, hang_up=True)
        elif headers.get(b"sec-fetch-site", b"none") not in (b"none", b"same-origin"):
            raise Refused("cross_site", 403, hang_up=True)
