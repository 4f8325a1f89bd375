"""Who asks: the address behind the proxies that are trusted, as the network that one household or office shares."""

from collections.abc import Iterable, Mapping
from ipaddress import IPv4Address, IPv6Address, ip_network
from socket import AF_INET, inet_pton
from typing import Any

from generator.settings.inbox import Inbox

Headers = Mapping[bytes, bytes]
_FORWARDED = b"x-forwarded-for"


def caller(scope: Mapping[str, Any], proxies: int) -> bytes:
    """The caller's address in its bytes; of IPv6 the first 64 bits, which is what one line gets.

    Of X-Forwarded-For only what the trusted proxies wrote counts: the last entry but `proxies` - 1.
    """
    client = scope.get("client")
    written = client[0] if client else ""
    if proxies:
        lines = [value for name, value in scope["headers"] if name == _FORWARDED]
        entries = b",".join(lines).decode("latin-1").split(",") if lines else []
        written = entries[-min(proxies, len(entries))].strip() if entries else written
    return _packed(written)


def _packed(written: str) -> bytes:
    """An address as proxies write it: with a port or without, of IPv6 in brackets or without."""
    try:
        return inet_pton(AF_INET, written)
    except OSError:
        pass
    try:
        address = IPv6Address(written.partition("]")[0].lstrip("["))
    except ValueError:
        host, _, port = written.rpartition(":")
        return _packed(host) if port.isdigit() and ":" not in host else b"?" + written[:64].encode("latin-1", "replace")
    return address.ipv4_mapped.packed if address.ipv4_mapped else address.packed[:8]


class Networks:
    """How many votes in a poll an address has: more where it is known that many share one."""

    def __init__(self, inbox: Inbox) -> None:
        self._each = inbox.votes_per_address
        self._shared = [(ip_network(network), count) for network, count in inbox.shared]

    def votes(self, caller: bytes) -> int:
        """The votes of a caller's address."""
        found = (count for network, count in self._shared if any(one in network for one in _addresses(caller)))
        return max(found, default=self._each)


def _addresses(caller: bytes) -> Iterable[IPv4Address | IPv6Address]:
    if len(caller) == 4:
        yield IPv4Address(caller)
    elif len(caller) == 8:
        yield IPv6Address(caller + bytes(8))
