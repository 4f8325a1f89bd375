"""A request as the inbox sees it."""

from urllib.parse import parse_qs

from msgspec import Struct
from starlette.types import Receive, Scope

from generator.inbox.callers import Headers


class Asking(Struct, gc=False):
    """Who asks for what, in which way."""

    scope: Scope
    receive: Receive
    headers: Headers

    def query(self, name: str) -> str:
        """A value of the address's query, else nothing."""
        written = self.scope["query_string"].decode("latin-1")
        try:
            return parse_qs(written, max_num_fields=20).get(name, [""])[0] if written else ""
        except ValueError:
            return ""

    @property
    def language(self) -> str:
        """The language that the address asks for, else nothing."""
        return self.query("lang")

    @property
    def accepted(self) -> str:
        """The languages that the browser likes."""
        return self.headers.get(b"accept-language", b"").decode("latin-1")
