"""All values become the arranged site: editions by language, what is held back, what is gone, and the next change."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property

from generator.content.breaking import Urgent, lines_at
from generator.content.breaking import turns_of as turns_of_lines
from generator.content.comments import Comments
from generator.content.contents import Contents
from generator.content.polls import poll_path
from generator.content.stories import Article, Standing
from generator.content.weeks import Week, WeekText
from generator.problems import Place, Problem
from generator.site.ballots import Ballots, make_ballots, turns_of
from generator.site.editions import Edition, make_edition
from generator.site.exchange import Exchange, exchange_of
from generator.site.presence import Held, Presence, changes_of, presence_at
from generator.site.sections import sorting_of
from generator.site.shelves import Cut
from generator.site.weeks import end_of, ends_of_weeks, weeks_told
from generator.site.windows import leavings, windows_of


@dataclass(frozen=True)
class Site:
    """The portal at a moment. `gone` are stories of which only a notice stays (expired, retracted); `exchange` are the
    rates, None where the portal shows none; `digests` are the weeks of each language that have one, oldest first."""

    contents: Contents
    now: int
    editions: dict[str, Edition]
    gone: tuple[tuple[Article, Presence], ...]
    held: tuple[Held, ...]
    next_change_at: int
    ballots: Ballots
    digests: Mapping[str, tuple[Week, ...]]
    exchange: Exchange | None = None

    @cached_property
    def by_path(self) -> dict[str, Article]:
        """The stories that have a page, by source file."""
        live = (story for edition in self.editions.values() for story in edition.stories)
        return {story.path: story for story in (*live, *(article for article, _ in self.gone))}

    @cached_property
    def threads(self) -> dict[str, Comments]:
        """The comments on each story, by its id."""
        return {one.story: one for one in self.contents.comments}

    @property
    def talks(self) -> bool:
        """Whether readers comment here: there is an inbox for it, or there are comments already."""
        return self.contents.config.inbox is not None or bool(self.contents.comments)

    @cached_property
    def standing_by_path(self) -> dict[str, Standing]:
        """Standing pages and profiles by source file."""
        return {one.path: one for one in (*self.contents.pages, *self.contents.profiles)}

    @cached_property
    def shown_media(self) -> dict[str, set[tuple[float, float]]]:
        """The files of media/ that published texts and cards name, each with the points around which cards crop it."""
        shown: dict[str, set[tuple[float, float]]] = {}
        for edition in self.editions.values():
            for story in edition.stories:
                for path in media_of(story):
                    shown.setdefault(path, set())
                if story.card.picture:
                    shown[story.card.picture.file].add(story.card.picture.focus)
        standing = (*self.contents.pages, *self.contents.profiles)
        for path in (ref.target for text in standing for ref in text.refs if ref.kind == "media"):
            shown.setdefault(path, set())
        for path in (path for text in self.week_texts.values() for path in text.media):
            shown.setdefault(path, set())
        return shown

    @cached_property
    def week_texts(self) -> dict[tuple[str, Week], WeekText]:
        """What editors say in the digests that there are, by language and week."""
        texts = self.contents.weeks
        return {(one.language, one.week): one for one in texts if one.week in self.digests[one.language]}

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

    @cached_property
    def urgent(self) -> tuple[Urgent, ...]:
        """What is breaking, as far as the story that a line leads to is published."""
        lines = lines_at(self.contents.breaking, self.now)
        return tuple(line for line in lines if not line.story or self.live(line.story) is not None)

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
    written = {language: {one.week for one in contents.weeks if one.language == language} for language in editions}
    digests = {
        language: weeks_told(edition, written[language], now, drafts=drafts) for language, edition in editions.items()
    }
    held += _early(contents, digests)
    return Site(
        contents,
        now,
        editions,
        tuple(sorted(gone, key=lambda pair: pair[0].card.id)),
        tuple(sorted(held, key=lambda one: (one.until, one.id))),
        _next_change(contents, editions, exchange, now, drafts=drafts),
        make_ballots(contents, now, drafts=drafts),
        digests,
        exchange,
    )


def _early(contents: Contents, digests: Mapping[str, tuple[Week, ...]]) -> Iterator[Held]:
    """What editors say of weeks that are not over yet."""
    for one in contents.weeks:
        if one.week not in digests[one.language]:
            until = end_of(one.week, contents.config.zone)
            yield Held(f"digest/{one.week[0]}-w{one.week[1]:02}", one.path, str(Presence.EMBARGOED), until)


def _next_change(
    contents: Contents, editions: Mapping[str, Edition], exchange: Exchange | None, now: int, *, drafts: bool
) -> int:
    """The next moment after `now` at which the site changes by itself, 0 where there is none."""
    coming = [moment for article in contents.articles for moment in changes_of(article, now, drafts=drafts)]
    coming += [pin.until for pin in contents.front if pin.until > now]
    coming += turns_of(contents.polls, now)
    coming += turns_of_lines(contents.breaking, now)
    for language, edition in editions.items():
        coming += leavings(edition, windows_of(contents.config, language), now)
        coming += ends_of_weeks(edition, {one.week for one in contents.weeks if one.language == language}, now)
    coming += exchange.turns() if exchange else ()
    return min(coming, default=0)


def advice(site: Site) -> Iterator[Problem]:
    """What is worth knowing and stops nothing: links to stories that are held back, comments on none, breaking
    news on a story that readers cannot see."""
    yield from _comments_on_nothing(site.contents)
    yield from _breaking_too_early(site)
    yield from _chosen_too_early(site)
    held = {one.path: one for one in site.held}
    coming = {poll.path: poll for poll in site.contents.polls if poll.path not in site.ballots.by_path}
    if not held and not coming:
        return
    for story in site.by_path.values():
        if poll_path(story.poll) in coming:
            yield Problem(Place(story.path), _not_open(story.poll), severity="advice", at="poll")
        for ref in story.refs:
            if ref.kind == "poll" and ref.target in coming:
                said = _not_open(coming[ref.target].id)
                yield Problem(Place(story.path, ref.line, ref.column), said, severity="advice")
            if ref.kind == "page" and ref.target in held:
                message = f"this link is plain text until {ref.target} is published ({held[ref.target].reason})"
                yield Problem(Place(story.path, ref.line, ref.column), message, severity="advice")


def _not_open(poll: str) -> str:
    return f"the poll “{poll}” is not shown here until it opens"


def _unseen(site: Site) -> dict[str, str]:
    """The stories that stand in no list, by their ids, and why."""
    held = {one.id: one.reason for one in site.held}
    return held | {story.card.id: str(presence) for story, presence in site.gone}


def _chosen_too_early(site: Site) -> Iterator[Problem]:
    """Stories that an editor put first in a digest that readers see, and that they cannot see themselves."""
    unseen = _unseen(site) if site.week_texts else {}
    for text in site.week_texts.values():
        for one in text.stories:
            if one.id in unseen:
                said = f"the digest is without {one.id} as long as that is not published ({unseen[one.id]})"
                yield Problem(Place(text.path, one.line, one.column), said, severity="advice")


def _breaking_too_early(site: Site) -> Iterator[Problem]:
    unseen = _unseen(site)
    for strip in site.contents.breaking:
        for line in strip.lines:
            if line.story in unseen and site.now < line.until:
                said = f"this line waits until {line.story} is published ({unseen[line.story]})"
                yield Problem(Place(strip.path, line.line, line.column), said, severity="advice")


def _comments_on_nothing(contents: Contents) -> Iterator[Problem]:
    """A story may be deleted on purpose, so that its comments are no problem; a misspelt name is told all the same."""
    commented = {one.story: one.path for one in contents.comments}
    ids = {article.card.id for article in contents.articles} if commented else set()
    for story in sorted(commented.keys() - ids):
        near = get_close_matches(story, sorted(ids)[-5000:], n=1, cutoff=0.8)
        hint = f"did you mean “{near[0]}”?" if near else "name the file as the story's id: comments/2026/02/name.yaml"
        said = f"these comments are shown nowhere: there is no story “{story}”"
        yield Problem(Place(commented[story]), said, hint, severity="advice")
