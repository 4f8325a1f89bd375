"""The values that a story's file becomes: a card that other pages show, and the rest that only its own page shows."""

from typing import Literal

from msgspec import Struct

from generator.content.polls import poll_path
from generator.content.text import Heading, Ref

Label = Literal["advertising", "partner"]


class Picture(Struct, frozen=True, gc=False, array_like=True):
    """An image as the author gave it; `file` is relative to content/ (`media/dam.jpg`)."""

    file: str
    alt: str
    caption: str = ""
    credit: str = ""
    focus: tuple[float, float] = (0.5, 0.5)


class Taken(Struct, frozen=True, gc=False, array_like=True):
    """Where a story was taken from: an outlet's id and the original there."""

    outlet: str
    url: str = ""
    author: str = ""
    date: int = 0
    language: str = ""


class Byline(Struct, frozen=True, gc=False, array_like=True):
    """An author's id, or the full name of a guest."""

    id: str = ""
    name: str = ""


class Mended(Struct, frozen=True, gc=False, array_like=True):
    """A correction, or the notice of a retraction."""

    date: int
    text: str


class Card(Struct, frozen=True, gc=False, array_like=True):
    """What other pages show of a story: never its text. `date` is in seconds since 1970 (UTC)."""

    id: str
    address: str
    language: str
    title: str
    lead: str
    date: int
    countries: tuple[str, ...]
    topics: tuple[str, ...]
    outlets: tuple[str, ...] = ()
    kind: str = "news"
    label: str = ""
    picture: Picture | None = None


class Article(Struct, frozen=True, tag=True, gc=False, array_like=True):
    """A story as its file has it: its card and the rest of its front matter; its text is kept apart, by digest.

    `own_lead` says that the card's lead is the author's and not the beginning of the text.
    """

    path: str
    card: Card
    text: bytes
    own_lead: bool = False
    refs: tuple[Ref, ...] = ()
    headings: tuple[Heading, ...] = ()
    words: int = 0
    sources: tuple[Taken, ...] = ()
    authors: tuple[Byline, ...] = ()
    translators: tuple[Byline, ...] = ()
    tags: tuple[str, ...] = ()
    series: str = ""
    poll: str = ""
    age: int = 0
    top: int = 0
    updated: int = 0
    corrections: tuple[Mended, ...] = ()
    expires: int = 0
    retracted: Mended | None = None
    draft: bool = False
    in_digest: bool = True
    original: bool = False
    translates: str = ""
    aliases: tuple[str, ...] = ()

    @property
    def polls(self) -> tuple[str, ...]:
        """The files of the polls that the story asks: that of its front matter, then those that stand in its text."""
        asked = (ref.target for ref in self.refs if ref.kind == "poll") if self.refs else ()
        return tuple(dict.fromkeys((*((poll_path(self.poll),) if self.poll else ()), *asked)))

    @property
    def changed_at(self) -> int:
        """When the story last changed for its readers: published, updated or corrected."""
        updates = (self.updated,) if self.updated else ()  # 0 is no moment of 1970
        latest: int = max((self.card.date, *updates, *(one.date for one in self.corrections)))
        return latest


class Standing(Struct, frozen=True, tag=True, gc=False, array_like=True):
    """A standing page (about, contacts) or a country's profile; `name` is its file's path without language."""

    path: str
    name: str
    language: str
    title: str
    text: bytes
    refs: tuple[Ref, ...] = ()
    excerpt: str = ""
    menu: int = 0
    updated: int = 0
