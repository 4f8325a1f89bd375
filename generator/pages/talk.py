"""Comments: the thread on a story's page, and how many each story of a month has, which lists ask for when they are read."""

import re
from collections.abc import Iterator
from functools import cached_property

from generator.content.comments import Comment, Comments
from generator.content.stories import Article
from generator.pages import addresses
from generator.pages.page import Page
from generator.pages.views import CommentView, Link, TalkCountsView, Thread
from generator.site.arrange import Site

Month = tuple[int, int]
DEEPEST = 3
"""The rank below which replies stand no deeper: a narrow screen has no room."""
_MONTH = re.compile(r"/(\d{4})/(\d{2})/[^/]+/$")
_GAP = re.compile(r"\n\s*\n")


def thread_of(comments: Comments | None) -> Thread:
    """The comments on a story, replies below what they answer."""
    if comments is None:
        return Thread()
    by_id = {one.id: one for one in comments.comments}
    parents: dict[str, str] = {}
    ranks: dict[str, int] = {}
    for one in comments.comments:
        parent = one.reply if ranks.get(one.reply, 0) < DEEPEST else parents[one.reply]
        parents[one.id], ranks[one.id] = parent, ranks.get(parent, 0) + 1
    below: dict[str, list[Comment]] = {}
    for one in comments.comments:
        below.setdefault(parents[one.id], []).append(one)

    def views(parent: str) -> tuple[CommentView, ...]:
        return tuple(_view(one, by_id, views(one.id)) for one in below.get(parent, ()))

    return Thread(len(by_id), views(""))


def _view(comment: Comment, by_id: dict[str, Comment], replies: tuple[CommentView, ...]) -> CommentView:
    answered = by_id.get(comment.reply)
    return CommentView(
        id=comment.id,
        anchor=anchor_of(comment),
        name=comment.name,
        date=comment.date,
        paragraphs=tuple(part.strip() for part in _GAP.split(comment.text) if part.strip()),
        to=Link(answered.name, f"#{anchor_of(answered)}") if answered else None,
        replies=replies,
    )


def anchor_of(comment: Comment) -> str:
    """The place of a comment on its story's page."""
    return f"comment-{comment.id}"


def month_of(address: str) -> Month:
    """The month that a story's address names."""
    found = _MONTH.search(address)
    assert found is not None
    return int(found[1]), int(found[2])


class Talk:
    """What the portal's readers say."""

    def __init__(self, site: Site) -> None:
        self._site = site

    @cached_property
    def commented(self) -> list[tuple[Article, Comments]]:
        """The live stories that have comments."""
        pairs = ((self._site.live(id), thread) for id, thread in self._site.threads.items() if thread.comments)
        return [(story, thread) for story, thread in pairs if story is not None]

    @cached_property
    def _counts(self) -> dict[Month, list[tuple[str, int]]]:
        found: dict[Month, list[tuple[str, int]]] = {}
        base = self._site.contents.config.base
        for story, thread in self.commented:
            pair = (base + story.card.address, len(thread.comments))
            found.setdefault(month_of(story.card.address), []).append(pair)
        return found

    def months(self) -> Iterator[Month]:
        """The months that have a file: those in which stories were published, and those of commented ones."""
        if self._site.talks:
            months = {month for edition in self._site.editions.values() for month in edition.by_month}
            yield from sorted(months | self._counts.keys())

    def counts(self, year: int, month: int) -> Page | None:
        """The file of a month."""
        editions, language = self._site.editions.values(), self._site.contents.config.language
        known = (year, month) in self._counts or any((year, month) in edition.by_month for edition in editions)
        if not self._site.talks or not known:
            return None
        view = TalkCountsView(tuple(sorted(self._counts.get((year, month), ()))))
        return Page(addresses.talk_address(year, month), language, view)
