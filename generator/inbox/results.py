"""The results of a poll as the world sees them."""

from msgspec import Struct

from generator.content.polls import Poll, is_open, shares
from generator.inbox.counts import Choices, with_votes


class Result(Struct, frozen=True, gc=False):
    """An option's part of the results; `share` is in percent of the voters."""

    id: str
    votes: int
    share: int


class Results(Struct, frozen=True, gc=False):
    """The results of a poll; `closed` is the moment of its end (seconds since 1970), 0: none."""

    poll: str
    open: bool
    closed: int
    voters: int
    options: tuple[Result, ...]


def results_of(poll: Poll, added: Choices, now: int) -> Results:
    """The results at a moment: the votes that the file has, and these."""
    votes, voters = with_votes(poll, added)
    found = zip(poll.options, votes, shares(votes, voters, several=poll.several), strict=True)
    options = tuple(Result(option.id, count, share) for option, count, share in found)
    return Results(poll.id, is_open(poll, now), poll.closed, voters, options)
