"""What became of polls and of comments since the site was last shown."""

from collections.abc import Mapping

from msgspec import Struct

from generator.content.comments import FOLDER as COMMENTS
from generator.content.comments import Comments
from generator.content.polls import FOLDER as POLLS
from generator.content.polls import Poll
from generator.site.arrange import Site
from generator.site.ballots import PollChange, poll_changes


class ReaderChanges(Struct, frozen=True, gc=False):
    """Polls that changed, and the ids of stories whose comments did. `everywhere` says that every page shows something else:
    the portal's first poll began, or its first comment came, or there is none any more."""

    polls: tuple[PollChange, ...] = ()
    stories: frozenset[str] = frozenset()
    everywhere: bool = False

    @property
    def questions(self) -> frozenset[str]:
        """The files of polls that ask something else, began, or are gone."""
        return frozenset(change.path for change in self.polls if change.asks_anew)


NOTHING = ReaderChanges()


def is_of_readers(path: str) -> bool:
    """Whether a source is a poll or comments."""
    return path.startswith((POLLS, COMMENTS))


def reader_changes_of(site: Site, then: int, old: Mapping[str, object], *, drafts: bool) -> ReaderChanges:
    """The changes since the site was shown at the moment `then`; `old` are the sources that changed, as they were."""
    contents = site.contents
    polls = {path: one if isinstance(one, Poll) else None for path, one in old.items() if path.startswith(POLLS)}
    changes = poll_changes(contents, then, site.now, polls, drafts=drafts)
    threads = {path: one for path, one in old.items() if path.startswith(COMMENTS)}
    before = [change.before for change in changes if change.before]
    after = [change.after for change in changes if change.after]
    had_polls = len(site.ballots.polls) - len(after) + len(before) > 0
    kept = sum(one.path not in threads for one in contents.comments)
    had_comments = kept + sum(isinstance(one, Comments) for one in threads.values()) > 0
    differ = had_polls != bool(site.ballots.polls) or had_comments != bool(contents.comments)
    stories = frozenset(path.removeprefix(COMMENTS).removesuffix(".yaml") for path in threads)
    return ReaderChanges(changes, stories, differ)
