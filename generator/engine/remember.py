"""What is remembered once pages are published, and forgotten once they are gone."""

from collections.abc import Collection, Iterable

from generator.content.stories import Article, Standing
from generator.content.weeks import WeekText
from generator.engine.remembered import Placed, Published
from generator.engine.scope import Scope
from generator.engine.store import Store


def remember_pages(
    store: Store, output: str, pages: Iterable[tuple[Placed, Published]], touched: Iterable[Placed]
) -> None:
    """Remembers pages that are published, and the stamps of files that were touched; this is final at once."""
    placed = {one.address: one for one in touched}
    published: dict[str, Published] = {}
    for file, page in pages:
        placed[file.address], published[page.address] = file, page
    store.placed(output).change(placed)
    store.published(output).change(published)
    store.commit()


def forget_pages(store: Store, output: str, gone: Collection[str]) -> None:
    """Forgets pages that are deleted."""
    if gone:
        store.placed(output).change(dict.fromkeys(gone))
        store.published(output).change(dict.fromkeys(gone))


def forget_texts(store: Store, scope: Scope) -> None:
    """Forgets the texts that nothing names any more."""
    candidates = store.known_texts() if scope.whole else scope.old_texts
    if candidates:
        records = (read.record for read in store.reads.all())
        named = {record.text for record in records if isinstance(record, (Article, Standing, WeekText))}
        store.forget_texts(candidates - named)
