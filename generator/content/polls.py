"""`polls/<id>.yaml`: a question to the readers, its options, and the votes that were counted so far."""

import re
from zoneinfo import ZoneInfo

from msgspec import Struct

from generator.config import Names
from generator.fields.sources import decode
from generator.fields.values import ID, Fields, Value, read_fields
from generator.problems import Place, Problem

FOLDER = "polls/"
MOST_VOTES = 999_999_999
_INBOX = re.compile(r"[0-9a-f]{8}")
_OPTIONS_HINT = "write two or more: - {id: yes, text: Yes}"


class Option(Struct, frozen=True, gc=False, array_like=True):
    """An answer that readers can choose; `votes` are those that were counted into the file."""

    id: str
    texts: Names
    votes: int = 0


class Poll(Struct, frozen=True, tag=True, gc=False, array_like=True):
    """A poll as its file has it. Moments are seconds since 1970 (UTC), 0 where none is written; `several` lets a reader
    choose more than one option; `tallied` says up to which of its votes an inbox (by id) has been counted."""

    path: str
    id: str
    questions: Names
    options: tuple[Option, ...]
    opened: int
    closed: int = 0
    leads: Names = ()
    countries: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    several: bool = False
    front: bool = False
    voters: int = 0
    tallied: tuple[tuple[str, int], ...] = ()


def is_open(poll: Poll, now: int) -> bool:
    """Whether a poll takes votes at a moment: from `opened` on, up to the moment before `closed`."""
    return poll.opened <= now and (not poll.closed or now < poll.closed)


def shares(votes: tuple[int, ...], voters: int, *, several: bool) -> tuple[int, ...]:
    """The share of voters that each option has, in whole percent; all 0 where nobody voted.

    For one choice they add up to 100 (the largest remainders are rounded up, of equal ones the earlier); for several
    choices each is rounded by itself, half a percent upwards.
    """
    if not voters:
        return (0,) * len(votes)
    if several:
        return tuple((200 * count + voters) // (2 * voters) for count in votes)
    floors = [100 * count // voters for count in votes]
    by_remainder = sorted(range(len(votes)), key=lambda at: -(100 * votes[at] % voters))
    raised = set(by_remainder[: 100 - sum(floors)])
    return tuple(floor + (at in raised) for at, floor in enumerate(floors))


def read_poll(data: bytes, path: str, zone: ZoneInfo) -> tuple[Poll | None, list[Problem]]:
    """The poll of a file, and the problems; where there are some, there is no poll."""
    problems: list[Problem] = []
    id = path.removeprefix(FOLDER).removesuffix(".yaml")
    if not ID.fullmatch(id):
        problems.append(Problem(Place(path), f"“{id}” is no id of a poll", "name the file small-latin-letters.yaml"))
    text = decode(data, path, problems)
    fields = read_fields(text, path, problems) if text is not None else None
    if fields is None:
        if not problems:
            problems.append(Problem(Place(path, 1, 1), "the file is empty", "question, opened, options are needed"))
        return None, problems
    poll = _poll(fields, path, id, zone)
    return (None if problems else poll), problems


def _poll(fields: Fields, path: str, id: str, zone: ZoneInfo) -> Poll:
    question, opened, listed = fields.need("question"), fields.need("opened"), fields.need("options", _OPTIONS_HINT)
    lead, closed = fields.get("lead"), fields.get("closed")
    country, topic = fields.get("country"), fields.get("topic")
    several = _flag(fields.get("several"))
    options = _options(listed) if listed else ()
    poll = Poll(
        path,
        id,
        questions=question.names() if question else (),
        options=options,
        opened=(opened.moment(zone) or 0) if opened else 0,
        closed=(closed.moment(zone) or 0) if closed else 0,
        leads=lead.names() if lead else (),
        countries=country.texts() if country else (),
        topics=topic.texts() if topic else (),
        several=several,
        front=_flag(fields.get("front")),
        voters=_voters(fields.get("voters"), options, several=several),
        tallied=_tallied(fields.get("tallied")),
    )
    if closed and poll.closed and opened and poll.opened and poll.closed <= poll.opened:
        closed.wrong("the poll closes before it opens", "write a later moment")
    fields.done()
    return poll


def _options(value: Value) -> tuple[Option, ...]:
    items = value.sequence()
    if items is None:
        return ()
    if len(items) < 2:
        value.wrong("a poll needs two options or more", _OPTIONS_HINT)
    found: dict[str, Option] = {}
    for item in items:
        fields = item.fields("{id: yes, text: Yes}")
        if fields is None:
            continue
        id, text, votes = fields.need("id"), fields.need("text"), fields.get("votes")
        word = id.word(ID, "id of an option") if id else None
        option = Option(word or "", text.names() if text else (), _number(votes))
        if word in found and id:
            id.wrong(f"another option has the id “{word}” already", "give each its own")
        elif word:
            found[word] = option
        fields.done()
    return tuple(found.values())


def _voters(value: Value | None, options: tuple[Option, ...], *, several: bool) -> int:
    """How many readers voted: for one choice as many as votes, so that nobody needs to write it; for several at least as
    many as the greatest option has, and no more than votes were given."""
    votes = [option.votes for option in options]
    total, most = sum(votes), max(votes, default=0)
    if value is None:
        return total if not several else most
    written = value.integer(0, MOST_VOTES)
    if written is None:
        return 0
    if not several and written != total:
        value.wrong(f"{written} voters gave {total} votes, but each has one", f"write {total}, or delete the line")
    elif several and not most <= written <= total:
        said = f"there cannot be {written} voters: one option has {most} votes, all have {total}"
        value.wrong(said, f"write a number from {most} to {total}")
    return written


def _tallied(value: Value | None) -> tuple[tuple[str, int], ...]:
    fields = value.fields("what `aryk inbox tally` wrote") if value else None
    marks = fields.each(_INBOX, "id of an inbox", "`aryk inbox tally` writes this line") if fields else ()
    return tuple((id, _number(mark)) for id, mark in marks)


def _number(value: Value | None) -> int:
    return (value.integer(0, MOST_VOTES) or 0) if value else 0


def _flag(value: Value | None) -> bool:
    return bool(value.yes_no()) if value else False
