"""The values that the store keeps: of sources, of folders, of published files and pages, of builds."""

import msgspec
from msgspec import Struct

from generator.content.breaking import Breaking
from generator.content.comments import Comments
from generator.content.media import Medium
from generator.content.polls import Poll
from generator.content.rates import RateFile
from generator.content.stories import Article, Standing
from generator.content.weeks import WeekText
from generator.engine.stamps import Stamp

Record = Article | Standing | Medium | Poll | Comments | RateFile | Breaking | WeekText


class Read(Struct, frozen=True, gc=False, array_like=True):
    """What is remembered of a source: the digest of its content (empty where its newest content could not be read) and the
    value that its newest good content was read as."""

    path: str
    digest: bytes
    record: Record


class Listing(Struct, frozen=True, gc=False, array_like=True):
    """What a folder of the content held: its files by name, each with its stamp (all zeros: not to be trusted)."""

    folder: str
    files: msgspec.Raw


class Entry(Struct, frozen=True, gc=False, array_like=True):
    """A line of the journal: what a source was remembered as before it changed; None where it was not known."""

    number: int
    path: str
    old: Record | None


class Placed(Struct, frozen=True, gc=False, array_like=True):
    """A published file: the stamp that it had after it was written, and its digest."""

    address: str
    stamp: Stamp
    digest: bytes


class Published(Struct, frozen=True, gc=False, array_like=True):
    """What a published page was made of: the kind of its view, the marks of its trace, and why it was last made."""

    address: str
    kind: str
    trace: bytes
    reason: str


class Last(Struct, frozen=True, gc=False, array_like=True):
    """The last complete build of an output: of which inputs besides the sources, at what moment, up to which line of the
    journal; how many pages of each kind it has; its report, empty where it cannot stand for a further build.

    `good` are the bad sources with what was shown in their stead; `owed` are pages that would have been deleted but for them.
    """

    base: bytes
    now: int
    seen: int
    next_change_at: int
    kinds: dict[str, int]
    report: bytes
    good: dict[str, Record | None] = {}
    owed: tuple[str, ...] = ()


class State(Struct, frozen=True, gc=False, array_like=True):
    """`reader` stands for the program and the options of reading; lines of the journal go from `first` to before `next`;
    those before `confirmed` tell of what is published; `good` are the last published values of sources that are bad."""

    reader: bytes = b""
    first: int = 1
    next: int = 1
    confirmed: int = 1
    good: dict[str, Record] = {}
