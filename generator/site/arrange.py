"""All values become the arranged site: editions by language, what is held back, what is gone, and the next change."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from generator.content.contents import Contents
from generator.content.stories import Article, Standing
from generator.problems import Place, Problem
from generator.site.editions import Edition, make_edition
from generator.site.presence import Held, Presence, changes_of, presence_at


@dataclass(frozen=True)
class Site:
    """The portal at a moment. `gone` are stories of which only a notice stays (expired, retracted)."""

    contents: Contents
    now: int
    editions: dict[str, Edition]
    gone: tuple[tuple[Article, Presence], ...]
    held: tuple[Held, ...]
    next_change_at: int

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
    def translations(self) -> dict[str, tuple[Article, ...]]:
        """For each live story that has translations (or is one): all of them and the original, by its id."""
        by_id = {story.card.id: story for edition in self.editions.values() for story in edition.stories}
        groups: dict[str, list[Article]] = {}
        for story in by_id.values():
            if story.translates:
                groups.setdefault(story.translates, []).append(story)
        found: dict[str, tuple[Article, ...]] = {}
        for original, others in groups.items():
            group = sorted(([by_id[original]] if original in by_id else []) + others, key=lambda one: one.card.language)
            found.update({one.card.id: tuple(group) for one in group})
        return found


def arrange(contents: Contents, now: int, *, drafts: bool = False) -> Site:
    """The site at `now` (seconds since 1970, UTC), with drafts and embargoed stories where they are asked for."""
    present = [(article, presence_at(article, now, drafts=drafts)) for article in contents.articles]
    config = contents.config
    editions = {
        language: make_edition(
            language,
            (
                article
                for article, presence in present
                if presence is Presence.LIVE and article.card.language == language
            ),
            contents.registries,
            config.zone,
            config.page_size,
        )
        for language in config.languages
    }
    gone = [(article, presence) for article, presence in present if presence in (Presence.RETRACTED, Presence.EXPIRED)]
    held = [
        Held(article.card.id, article.path, str(presence), article.card.date if presence is Presence.EMBARGOED else 0)
        for article, presence in present
        if presence in (Presence.DRAFT, Presence.EMBARGOED)
    ]
    return Site(
        contents,
        now,
        editions,
        tuple(sorted(gone, key=lambda pair: pair[0].card.id)),
        tuple(sorted(held, key=lambda one: (one.until, one.id))),
        _next_change(contents, now, drafts=drafts),
    )


def _next_change(contents: Contents, now: int, *, drafts: bool) -> int:
    """The next moment after `now` at which the site changes by itself, 0 where there is none."""
    moments = [moment for article in contents.articles for moment in changes_of(article, drafts=drafts)]
    moments += [pin.until for pin in contents.front]
    return min((moment for moment in moments if moment > now), default=0)


def advice(site: Site) -> Iterator[Problem]:
    """What is worth knowing and stops nothing: links to stories that are held back."""
    held = {one.path: one for one in site.held}
    for story in site.by_path.values():
        for ref in story.refs:
            if ref.kind == "page" and ref.target in held:
                message = f"this link is plain text until {ref.target} is published ({held[ref.target].reason})"
                yield Problem(Place(story.path, ref.line, ref.column), message, severity="advice")
