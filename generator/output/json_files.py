"""Values as files of JSON."""

import msgspec


def json_file(value: object) -> bytes:
    """A value in lines, for those who look at it."""
    return msgspec.json.format(msgspec.json.encode(value), indent=1) + b"\n"
