"""Compares the pages of a build's scope with what is remembered of them, and orders those that must be made."""

from collections.abc import Iterator

from generator.content.places import pin
from generator.engine.making import Order
from generator.engine.publish import rank_of
from generator.engine.run import Run
from generator.engine.traces import Surroundings, kind_of, reason_to_make, traced
from generator.output.make import Kit
from generator.pages.page import Page
from generator.pages.site_view import site_view


def kit_of(run: Run) -> Kit:
    """What all pages are made with."""
    plan, config = run.plan, run.plan.site.contents.config
    views = {language: site_view(desk) for language, desk in plan.desks.items()}
    cache = run.request.store / "templates"
    cache.mkdir(parents=True, exist_ok=True)
    return Kit(plan.theme, views, config.origin, config.base, config.time_zone, str(cache))


def orders_of(run: Run, surroundings: Surroundings) -> Iterator[Order]:
    """Compares each planned page with what is remembered of it and orders those that must be made."""
    for page in run.scope.pages:
        if (taken := run.claims.claim(page)) is not None:
            run.problems.append(pin(taken, run.request.source))
            continue
        kind = kind_of(page.view)
        run.kinds[kind] = run.kinds.get(kind, 0) + 1
        order = _order(run, page, kind, surroundings)
        if order is not None:
            yield order
        elif run.request.verify:
            run.kept.append(page)


def _order(run: Run, page: Page, kind: str, surroundings: Surroundings) -> Order | None:
    """The order for a page that must be made."""
    placed = run.scope.known.placed.get(page.address)
    intact = placed is not None and page.address not in run.looked.torn
    trace = traced(page, surroundings.of(page))
    known = run.scope.known.published.get(page.address)
    reason = reason_to_make(page, trace.marks, known, intact=intact)
    if not reason:
        return None
    had = placed.digest if placed is not None and intact else b""
    rank = rank_of(page.view, page.address, is_new=placed is None)
    return Order(page.address, page.language, kind, trace.view, trace.marks, reason, had, rank)
