"""`inbox` of `site.yaml`: where readers send votes and texts, and how much of them is taken."""

from ipaddress import ip_network

from msgspec import Struct

from generator.fields.values import Fields, Value
from generator.settings.addresses import read_address


class Inbox(Struct, frozen=True, gc=False):
    """The inbox as pages and the service see it: `origin` and `base` make its address; `proxies` is how many servers in
    front of it may say whose request they pass on; `shared` are networks that many readers share, with the number of
    votes in a poll that each address there has; texts and hashed addresses are kept for `keep_days`."""

    origin: str
    base: str
    proxies: int = 0
    votes_per_address: int = 1
    shared: tuple[tuple[str, int], ...] = ()
    keep_days: int = 90
    photos: int = 5
    photo_megabytes: int = 8

    @property
    def url(self) -> str:
        """The absolute address, without a slash at its end."""
        return self.origin + self.base


def read_inbox(value: Value) -> Inbox | None:
    """The inbox of a portal; None where it has no address."""
    fields = value.fields("{address: https://inbox.example.org}")
    if fields is None:
        return None
    address, shared = fields.need("address"), fields.get("shared_addresses")
    origin, base = read_address(address, "an inbox") if address else ("", "")
    inbox = Inbox(
        origin,
        base,
        proxies=_number(fields, "proxies", 0, 9, 0),
        votes_per_address=_number(fields, "votes_per_address", 1, 100_000, 1),
        shared=_shared(shared) if shared else (),
        keep_days=_number(fields, "keep_days", 1, 3650, 90),
        photos=_number(fields, "photos", 0, 20, 5),
        photo_megabytes=_number(fields, "photo_megabytes", 1, 50, 8),
    )
    fields.done()
    return inbox if origin else None


def _number(fields: Fields, name: str, low: int, high: int, default: int) -> int:
    value = fields.get(name)
    found = value.integer(low, high) if value else None
    return default if found is None else found


def _shared(value: Value) -> tuple[tuple[str, int], ...]:
    fields = value.fields("{192.0.2.0/24: 50}")
    found = []
    for network, count in fields.all() if fields else ():
        try:
            ip_network(network)
        except ValueError:
            count.wrong(f"“{network}” is no network of addresses", "write 192.0.2.0/24: 50")
            continue
        found.append((network, count.integer(1, 100_000) or 1))
    return tuple(found)
