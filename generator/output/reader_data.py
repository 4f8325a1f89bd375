"""Polls and counts of comments for programs, as JSON."""

from zoneinfo import ZoneInfo

import msgspec

from generator.fields.moments import local_time
from generator.output.json_files import json_file
from generator.pages.views import PollDataView, TalkCountsView


class _Option(msgspec.Struct):
    id: str
    text: dict[str, str]
    votes: int
    share: int


class _Poll(msgspec.Struct, omit_defaults=True):
    poll: str
    url: str
    question: dict[str, str]
    opened: str
    open: bool
    several: bool
    voters: int
    options: list[_Option]
    closed: str = ""


def poll_data(view: PollDataView, time_zone: str) -> bytes:
    """A poll: what the inbox says of it in the same words, and its texts in all languages."""
    zone = ZoneInfo(time_zone)
    poll = _Poll(
        view.id,
        view.url,
        dict(view.question),
        local_time(view.opened, zone).isoformat(),
        view.is_open,
        view.several,
        view.voters,
        [_Option(id, dict(texts), votes, share) for id, texts, votes, share in view.options],
        local_time(view.closed, zone).isoformat() if view.closed else "",
    )
    return json_file(poll)


def talk_counts(view: TalkCountsView) -> bytes:
    """How many comments stories have, by their address."""
    return msgspec.json.encode(dict(view.counts)) + b"\n"
