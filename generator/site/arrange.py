"""All values become the arranged site: editions by language, what is held back, what is gone, and the next change."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from generator.content.contents import Contents
from generator.content.stories import Article, Standing
from generator.problems import Place, Problem
from generator.site.editions import Edition, make_edition
from generator.site.exchange import Exchange, exchange_of
from generator.site.presence import Held, Presence, changes_of, presence_at
from generator.site.sections import sorting_of
from generator.site.shelves import Cut
from generator.site.windows import leavings, windows_of


@dataclass(frozen=True)
class Site:
    """The portal at a moment. `gone` are stories of which only a notice stays (expired, retracted); `exchange` are the
    rates, None where the portal shows none."""

    contents: Contents
    now: int
    editions: dict[str, Edition]
    gone: tuple[tuple[Article, Presence], ...]
    held: tuple[Held, ...]
    next_change_at: int
    exchange: Exchange | None = None

    @cached_property
    def by_path(self) -> dict[str, Article]:
        """The stories that have a page, by source file."""
        live = (story for edition in self.editions.values() for story in edition.stories)
        return {story.path: story for story in (*live, *(article for article, _ in self.gone))}

    @cached_property
    def standing_by_path(self) -> dict[str, Standing]:
        """Standing pages and profiles by source file."""
        return {one.path: one for one in (*self.contents.pages, *self.contents.profiles)}

    @cached_property
    def shown_media(self) -> set[str]:
        """The files of media/ that published texts and cards name."""
        live = [story for edition in self.editions.values() for story in edition.stories]
        shown = {path for story in live for path in media_of(story)}
        standing = (*self.contents.pages, *self.contents.profiles)
        return shown | {ref.target for text in standing for ref in text.refs if ref.kind == "media"}

    @cached_property
    def translations(self) -> dict[str, tuple[Article, ...]]:
        """For each live story that has translations (or is one): all of them and the original, by its id."""
        groups: dict[str, list[Article]] = {}
        for edition in self.editions.values():
            for story in edition.translations:
                groups.setdefault(story.translates, []).append(story)
        found: dict[str, tuple[Article, ...]] = {}
        for id, others in groups.items():
            originals = [original] if (original := self.live(id)) else []
            group = sorted([*originals, *others], key=lambda one: one.card.language)
            found.update({one.card.id: tuple(group) for one in group})
        return found

    def live(self, id: str) -> Article | None:
        """The story of an id that stands in an edition."""
        for edition in self.editions.values():
            if id in edition.position:
                return edition.stories[edition.position[id]]
        return None


def media_of(story: Article) -> list[str]:
    """The files of media/ that a story names."""
    named = [ref.target for ref in story.refs if ref.kind == "media"] if story.refs else []
    return [*named, story.card.picture.file] if story.card.picture else named


def arrange(contents: Contents, now: int, *, drafts: bool = False) -> Site:
    """The site at `now` (seconds since 1970, UTC), with drafts and embargoed stories where they are asked for."""
    config = contents.config
    sorting = sorting_of(contents.registries, config.zone)
    live: dict[str, list[Article]] = {language: [] for language in config.languages}
    gone: list[tuple[Article, Presence]] = []
    held: list[Held] = []
    for article in contents.articles:
        presence = presence_at(article, now, drafts=drafts)
        if presence is Presence.LIVE:
            live[article.card.language].append(article)
        elif presence in (Presence.RETRACTED, Presence.EXPIRED):
            gone.append((article, presence))
        else:
            until = article.card.date if presence is Presence.EMBARGOED else 0
            held.append(Held(article.card.id, article.path, str(presence), until))
    editions = {
        language: make_edition(language, stories, sorting, Cut(config.page_size)) for language, stories in live.items()
    }
    exchange = exchange_of(contents, now)
    return Site(
        contents,
        now,
        editions,
        tuple(sorted(gone, key=lambda pair: pair[0].card.id)),
        tuple(sorted(held, key=lambda one: (one.until, one.id))),
        _next_change(contents, editions, exchange, now, drafts=drafts),
        exchange,
    )


def _next_change(
    contents: Contents, editions: Mapping[str, Edition], exchange: Exchange | None, now: int, *, drafts: bool
) -> int:
    """The next moment after `now` at which the site changes by itself, 0 where there is none."""
    coming = [moment for article in contents.articles for moment in changes_of(article, now, drafts=drafts)]
    coming += [pin.until for pin in contents.front if pin.until > now]
    for language, edition in editions.items():
        coming += leavings(edition, windows_of(contents.config, language), now)
    coming += exchange.turns() if exchange else ()
    return min(coming, default=0)


def advice(site: Site) -> Iterator[Problem]:
    """What is worth knowing and stops nothing: links to stories that are held back."""
    held = {one.path: one for one in site.held}
    if not held:
        return
    for story in site.by_path.values():
        for ref in story.refs:
            if ref.kind == "page" and ref.target in held:
                message = f"this link is plain text until {ref.target} is published ({held[ref.target].reason})"
                yield Problem(Place(story.path, ref.line, ref.column), message, severity="advice")
