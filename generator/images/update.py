"""Brings a published output up to date with what is made at leisure: AVIF beside variants, social cards."""

from collections.abc import Callable
from concurrent.futures import Executor

from msgspec import Struct

from generator.engine.lock import locked
from generator.engine.prepare import news_since, prepare
from generator.engine.request import Request
from generator.engine.store import open_store
from generator.engine.survey import survey
from generator.images.avif import look, make_missing
from generator.images.cards import draw_missing, left_cards, wanted_cards
from generator.images.placing import Placing
from generator.pages.plan import Plan
from generator.problems import Place, Problem

Progress = Callable[[str, int], None]


class NothingPublished(Exception):
    """The store knows of no page in the output, so whatever lies there is not ours."""


class Done(Struct, frozen=True):
    """What was made: AVIF and cards; how many AVIF were there; what was removed, and what stood in the way."""

    avif: int
    cards: int
    kept: int
    removed: int
    problems: tuple[Problem, ...] = ()


def update(request: Request, executor: Executor | None, progress: Progress) -> Done:
    """Makes what is missing, and removes what nothing needs any more. One at a time; builds go on meanwhile.

    Raises NothingPublished, BrokenStore.
    """

    if not request.output.is_dir():
        raise NothingPublished

    def wait() -> None:
        progress("waiting for another", 0)

    with locked(request.store / "images", wait):
        placing = Placing(request.output, wait)
        cards, removed, problems = _cards(request, placing, executor, progress)
        found = look(request.output)
        removed += placing.remove(found.left)
        made = 0
        for count in make_missing(found, placing, executor):
            made += count
            progress(f"{made:,} pictures as AVIF", 0)
    return Done(made, cards, found.kept, removed, tuple(problems))


def _cards(
    request: Request, placing: Placing, executor: Executor | None, progress: Progress
) -> tuple[int, int, list[Problem]]:
    """How many cards were drawn and removed, and what stood in the way."""
    plan, problems = _plan(request, progress)
    if problems:
        return 0, 0, problems
    try:
        wanted = list(wanted_cards(plan, request)) if plan else []
    except OSError as error:
        said = f"the font cannot be read: {error.strerror or error}"
        return 0, 0, [Problem(Place("site.yaml"), said, "it lies beside content/: `social_font: fonts/name.otf`")]
    removed, drawn = placing.remove(left_cards(request.output, wanted)), 0
    for count, found in draw_missing(wanted, placing, executor):
        drawn += count
        problems += found
        progress(f"{drawn:,} cards", 0)
    return drawn, removed, problems


def _plan(request: Request, progress: Progress) -> tuple[Plan | None, list[Problem]]:
    """The pages of the portal as it is now, none where it wants no cards; what was read is remembered, as by any build."""
    with (
        locked(request.store, lambda: progress("waiting for a build", 0)),
        open_store(request.store) as store,
    ):
        if not store.published(request.output_key).used:
            raise NothingPublished
        seen = survey(request)
        if seen.config is not None and not seen.config.social.kinds:
            return None, []
        prepared = prepare(request, seen, news_since(request, seen, store), store, None)
    if prepared.site is None or prepared.theme is None:
        return None, prepared.problems
    return Plan(prepared.site, prepared.theme), []
