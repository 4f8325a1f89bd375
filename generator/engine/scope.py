"""How far a build has to look: at the pages that changes of stories can touch, or at all pages."""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet

from msgspec import Struct

from generator.content.breaking import FILE as BREAKING
from generator.content.media import Medium
from generator.content.rates import FOLDER as RATES
from generator.content.stories import Article, Standing
from generator.content.weeks import FOLDER as DIGESTS
from generator.content.weeks import WeekText
from generator.engine.remembered import Entry, Last, Placed, Published, Record
from generator.engine.store import Store
from generator.pages.claims import linked_addresses
from generator.pages.keys import Key
from generator.pages.page import Page
from generator.pages.plan import Plan
from generator.pages.touched import addresses_of, left_addresses, shown_everywhere, touched
from generator.site.changes import Change, changes_of
from generator.site.reader_changes import ReaderChanges, is_of_readers, reader_changes_of

_MOST_CHANGES = 1_000


class Known(Struct, frozen=True, gc=False):
    """What is remembered of pages by address: their files, and what they were made of."""

    placed: Mapping[str, Placed] = {}
    published: Mapping[str, Published] = {}


class Scope(Struct, frozen=True, gc=False):
    """The pages to look at, as they are planned now, and what is known of them. What of `left` is planned no more is gone.
    `kinds` counts the pages of each kind outside the scope. `old_texts` may be named by nothing any more."""

    pages: Iterable[Page]
    known: Known
    left: AbstractSet[str]
    whole: bool = True
    kinds: Mapping[str, int] = {}
    old_texts: frozenset[bytes] = frozenset()


def everything_known(output: str, store: Store) -> Known:
    """All that is known of an output."""
    placed = {one.address: one for one in store.placed(output).all()}
    published = {one.address: one for one in store.published(output).all()}
    return Known(placed, published)


def everything(plan: Plan, output: str, store: Store) -> Scope:
    """All pages, and all that is known of them."""
    known = everything_known(output, store)
    return Scope(plan.all(), known, known.placed.keys())


def everything_anew(plan: Plan, output: str, store: Store) -> Scope:
    """All pages, as if nothing were known of them but that they are ours."""
    return Scope(plan.all(), Known(), frozenset(one.address for one in store.placed(output).all()))


def neighbourhood(
    plan: Plan, last: Last, output: str, store: Store, bad: Mapping[str, Record | None], *, drafts: bool
) -> Scope | None:
    """The pages that can differ from those of the last complete build; None where that cannot be told from stories and
    media alone, or where addresses or links are in doubt: then all pages have to be looked at.

    `bad` are sources that another value is shown in the stead of, with their newest values.
    """
    if last.seen < store.journal.state.first:
        return None
    entries = store.journal.since(last.seen)
    if len(entries) > _MOST_CHANGES:
        return None
    old: dict[str, Record | None] = {}
    for entry in entries:
        old.setdefault(entry.path, entry.old)
    old = {**bad, **old, **last.good}
    readers = reader_changes_of(plan.site, last.now, old, drafts=drafts)
    old = {path: record for path, record in old.items() if not is_of_readers(path)}
    stories, files = _sorted_out(old, plan)
    if stories is None or readers.everywhere:
        return None
    changes = changes_of(plan.site, last.now, stories, drafts=drafts)
    if len(changes) > _MOST_CHANGES or shown_everywhere(plan, changes, files, last.now):
        return None
    media = {path: record for path, record in old.items() if isinstance(record, Medium)}
    return _around(plan, changes, files, media, readers, last, output, store, _old_texts(entries))


def _sorted_out(
    old: Mapping[str, Record | None], plan: Plan
) -> tuple[dict[str, Article | None] | None, frozenset[str]]:
    """The stories, and the paths of media, rates, digests and what is breaking, among what changed; no stories where
    something else did. What a digest showed of media/ may have to go, and is named as if it had changed."""
    stories: dict[str, Article | None] = {}
    files: set[str] = set()
    for path, record in old.items():
        if isinstance(record, Standing) or path in plan.site.standing_by_path:
            return None, frozenset()
        if (
            isinstance(record, Medium)
            or path in plan.site.contents.media
            or path.startswith((RATES, BREAKING, DIGESTS))
        ):
            files.add(path)
            files.update(record.media if isinstance(record, WeekText) else ())
        else:
            stories[path] = record if isinstance(record, Article) else None
    return stories, frozenset(files)


def _old_texts(entries: Iterable[Entry]) -> frozenset[bytes]:
    return frozenset(entry.old.text for entry in entries if isinstance(entry.old, (Article, WeekText)))


def _around(
    plan: Plan,
    changes: Sequence[Change],
    files: frozenset[str],
    media: Mapping[str, Medium],
    readers: ReaderChanges,
    last: Last,
    output: str,
    store: Store,
    old_texts: frozenset[bytes],
) -> Scope | None:
    keys = touched(plan, changes, files, last.now, readers)
    planned = [page for key in keys for page in plan.pages(key)]
    pages = {page.address: page for page in planned}
    left = left_addresses(plan, keys, changes, media) | _unchanged_stories(plan, keys, changes)
    addresses = pages.keys() | left | set(last.owed)
    placed = store.placed(output).find(addresses)
    published = store.published(output).find(addresses)
    doubled = len(planned) > len(pages) or (placed.keys() & pages.keys()) - left - set(last.owed)
    if doubled or _may_be_dead(plan, pages, placed, store, output):
        return None
    kinds = dict(last.kinds)
    for one in published.values():
        kinds[one.kind] = kinds.get(one.kind, 0) - 1
    return Scope(pages.values(), Known(placed, published), placed.keys(), False, kinds, old_texts)


def _unchanged_stories(plan: Plan, keys: Iterable[Key], changes: Iterable[Change]) -> set[str]:
    """The addresses of stories, and of their aliases, that are touched without having changed."""
    changed = {change.path for change in changes}
    touched = ((str(key[0]), plan.site.by_path.get(str(key[1]))) for key in keys if key[0] in ("story", "aliases"))
    found: set[str] = set()
    for kind, story in touched:
        if story is not None and story.path not in changed:
            found |= {story.card.address} if kind == "story" else set(addresses_of(story))
    return found


def _may_be_dead(
    plan: Plan, pages: Mapping[str, Page], placed: Mapping[str, Placed], store: Store, output: str
) -> bool:
    """Whether a link of some text may lead to no page."""
    links = {address for _, _, address in linked_addresses(plan.site)} - pages.keys()
    gone = placed.keys() - pages.keys()
    return bool(links & gone) or len(store.placed(output).find(links)) < len(links)
