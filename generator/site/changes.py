"""What became of stories since the site was last shown, and which other stories show something else because of it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet

from msgspec import Struct

from generator.content.stories import Article
from generator.site.arrange import Site, media_of
from generator.site.editions import Edition
from generator.site.presence import Presence, presence_at
from generator.site.sections import AUTHOR, SERIES, TAG, SectionKey


class Change(Struct, frozen=True, gc=False):
    """A story's record as it was and as it is now (None: there was, or is, no such file), and whether it stood in the
    lists then and stands in them now."""

    path: str
    old: Article | None
    new: Article | None
    was_live: bool
    is_live: bool

    @property
    def before(self) -> Article | None:
        """The story as the lists showed it."""
        return self.old if self.was_live else None

    @property
    def after(self) -> Article | None:
        """The story as the lists show it."""
        return self.new if self.is_live else None

    @property
    def moved(self) -> bool:
        """Whether links to the story lead elsewhere than before, or nowhere."""
        if self.before is None or self.after is None:
            return True
        return self.before.card.address != self.after.card.address


def changes_of(site: Site, then: int, old: Mapping[str, Article | None], *, drafts: bool) -> list[Change]:
    """What changed since the site was shown at the moment `then`: the stories of `old` (as they were), and those whose
    presence changed by itself."""
    early, late = sorted((then, site.now))
    by_itself = {
        story.path: story
        for story in site.contents.articles
        if (early < story.card.date <= late or early < story.expires <= late) and story.path not in old
    }
    now = {story.path: story for story in site.contents.articles if story.path in old} | by_itself

    def live(story: Article | None, moment: int) -> bool:
        return story is not None and presence_at(story, moment, drafts=drafts) is Presence.LIVE

    pairs = [(path, old.get(path, by_itself.get(path)), now.get(path)) for path in sorted({*old, *by_itself})]
    return [Change(path, was, new, live(was, then), live(new, site.now)) for path, was, new in pairs]


def with_consequences(
    site: Site, changes: Sequence[Change], media: AbstractSet[str], polls: AbstractSet[str] = frozenset()
) -> list[Change]:
    """The changes, and as unchanged ones those live stories whose views show something else because of them: they link
    to a story that moved, show a file of `media`, ask a poll of `polls`, name a term that has another spelling or a
    translator who became an author."""
    moved = {change.path for change in changes if change.moved}
    translators = set[str]()
    others = dict[str, Article]()
    for edition in site.editions.values():
        translators |= {id for kind, id in _began_or_ended(edition, changes) if kind == AUTHOR}
        for at in _spelled_anew(edition, changes):
            others[edition.stories[at].path] = edition.stories[at]
    for edition in site.editions.values():
        for story in edition.stories:
            if (
                (story.refs and any(ref.target in moved for ref in story.refs))
                or (media and not media.isdisjoint(media_of(story)))
                or (polls and not polls.isdisjoint(story.polls))
                or (story.translators and any(one.id in translators for one in story.translators))
            ):
                others[story.path] = story
    known = {change.path for change in changes}
    return [*changes, *(Change(path, one, one, True, True) for path, one in others.items() if path not in known)]


def _keys(edition: Edition, stories: Iterable[Article | None]) -> set[SectionKey]:
    mine = (story for story in stories if story is not None and story.card.language == edition.language)
    return {key for story in mine for key in edition.sorting.of(story)}


def _began_or_ended(edition: Edition, changes: Sequence[Change]) -> set[SectionKey]:
    """The sections that have stories now and may have had none, or the reverse."""
    gained = _keys(edition, (change.after for change in changes))
    lost = _keys(edition, (change.before for change in changes))
    return {key for key in gained | lost if len(edition.sections.get(key, ())) <= len(changes)}


def _spelled_anew(edition: Edition, changes: Sequence[Change]) -> Iterator[int]:
    """The stories of tags and series without a registry, which are spelled as their oldest story has them, where the oldest
    is, or was, one that changed."""
    registries = edition.sorting.registries
    free = {kind for kind, known in ((TAG, registries.tags), (SERIES, registries.series)) if known is None}
    for change in changes:
        for story in (change.before, change.after):
            for key in _keys(edition, (story,)):
                positions = edition.sections.get(key, ())
                if story and key[0] in free and positions:
                    first = edition.stories[positions[0]].card
                    if (story.card.date, story.card.id) <= (first.date, first.id):
                        yield from positions


def translated_with(site: Site, changes: Sequence[Change]) -> Iterator[Article]:
    """The live stories whose translations, or whose original, are among the changes."""
    versions = [story for change in changes for story in (change.before, change.after) if story is not None]
    ids = {id for story in versions for id in (story.card.id, story.translates) if id}
    for edition in site.editions.values():
        originals = {story.translates for story in edition.translations}
        if ids.isdisjoint(originals) and not any(version.translates for version in versions):
            continue
        yield from (edition.stories[edition.position[id]] for id in ids & edition.position.keys())
        yield from (story for story in edition.translations if story.translates in ids)
