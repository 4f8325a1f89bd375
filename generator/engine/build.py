"""A build, from top to bottom: look, read, plan, compare, make, publish, remember."""

import random
import resource
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from dataclasses import dataclass, field
from time import perf_counter

import msgspec

from generator.content.places import pin
from generator.engine.lock import locked, locked_output
from generator.engine.looking import Looked, all_looked, begin_to_look
from generator.engine.making import Made, Order, make_all, remake
from generator.engine.memory import Memory
from generator.engine.prepare import Prepared, news_since, prepare
from generator.engine.publish import Press, rank_of
from generator.engine.remember import forget_pages, forget_texts, remember_pages
from generator.engine.report import Report
from generator.engine.request import Request
from generator.engine.scope import Scope, everything, everything_anew, neighbourhood
from generator.engine.stacks import BrokenStore
from generator.engine.stamps import Stamp
from generator.engine.store import Last, Placed, Published, Store, discard_store, open_store
from generator.engine.survey import News, Survey, survey
from generator.engine.traces import Surroundings, kind_of, reason_to_make, traced
from generator.output.make import Kit
from generator.pages.claims import Claims
from generator.pages.page import Page
from generator.pages.plan import Plan
from generator.pages.site_view import site_view
from generator.problems import Place, Problem

Progress = Callable[[str, int], None]
_report_decoder = msgspec.msgpack.Decoder(Report)


@dataclass
class Run:
    """What a build under way has found out so far."""

    request: Request
    store: Store
    seen: Survey
    prepared: Prepared
    plan: Plan
    scope: Scope
    looked: Looked
    press: Press
    last: Last | None
    seconds: dict[str, float]
    claims: Claims = field(default_factory=Claims)
    kinds: dict[str, int] = field(default_factory=dict)
    kept: list[Page] = field(default_factory=list)
    made: list[Made] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def build(
    request: Request,
    executor: Executor | None = None,
    progress: Progress = lambda stage, count: None,
    memory: Memory | None = None,
) -> Report:
    """Builds a portal into its output folder and says what was done. A store that turns out broken is made anew.

    A process that builds again and again hands in the same `memory` each time.
    """
    memory = memory or Memory()

    def wait() -> None:
        progress("waiting for another build", 0)

    with locked(request.store, wait), locked_output(request.output, wait), memory.kept_if_all_goes_well():
        try:
            return _build(request, executor, progress, memory)
        except BrokenStore as error:
            discard_store(request.store)
            said = Problem(
                Place(str(request.store.name)), f"the store was not usable and is made anew: {error}", severity="advice"
            )
            report = _build(request, executor, progress, Memory())
            return msgspec.structs.replace(report, advice=(said, *report.advice))


def _build(request: Request, executor: Executor | None, progress: Progress, memory: Memory) -> Report:
    with open_store(request.store, memory.sources) as store:
        started = perf_counter()
        progress("reading", 0)
        last = None if request.clean else store.last_build(request.output_key)
        count = sum(last.kinds.values()) if last else 0
        looking = iter(()) if memory.is_fresh else begin_to_look(request, store, count, executor)
        seen = survey(request, memory)
        memory.has_looked(seen.folders)
        news = news_since(request, seen, store)
        if last is not None and _stands(last, request, seen, news, store):
            seconds = {"reading": perf_counter() - started}
            started = perf_counter()
            if (looked := all_looked(looking)) == Looked():
                return _nothing_to_do(last, seconds | {"checking the output": perf_counter() - started})
            looking = iter((looked,))
        prepared = prepare(request, seen, news, store, executor)
        seconds = {"reading": perf_counter() - started}
        if prepared.site is None or prepared.theme is None:
            return _report(prepared, seconds)
        started = perf_counter()
        plan = Plan(prepared.site, prepared.theme)
        looked = all_looked(looking)
        scope = _scope(request, seen, plan, store, last, looked, prepared)
        seconds["planning"] = perf_counter() - started
        press = Press(str(request.output))
        run = Run(request, store, seen, prepared, plan, scope, looked, press, last, seconds)
        return _make_and_publish(run, executor, progress)


def _stands(last: Last, request: Request, seen: Survey, news: News, store: Store) -> bool:
    """Whether the last build may stand for this one: same inputs, and no moment passed at which the site changes."""
    if news or last.seen != store.state.next or last.base != seen.base or request.verify or not last.report:
        return False
    return last.now <= request.now and not 0 < last.next_change_at <= request.now


def _nothing_to_do(last: Last, seconds: dict[str, float]) -> Report:
    report = _report_decoder.decode(last.report)
    return msgspec.structs.replace(report, seconds=_rounded(seconds), peak_memory=_peak_memory())


def _scope(
    request: Request, seen: Survey, plan: Plan, store: Store, last: Last | None, looked: Looked, prepared: Prepared
) -> Scope:
    """The pages to look at: where all that is not a story is as it was, those that the changed stories can touch."""
    output = request.output_key
    if request.clean:
        return everything_anew(plan, output, store)
    same = last is not None and last.base == seen.base and prepared.settled
    if last is not None and same and not looked.torn and not request.verify:
        near = neighbourhood(plan, last, output, store, prepared.newest, drafts=request.drafts)
        if near is not None:
            return near
    return everything(plan, output, store)


def _make_and_publish(run: Run, executor: Executor | None, progress: Progress) -> Report:
    started = perf_counter()
    kit = _kit(run)
    try:
        orders = _orders(run, Surroundings(run.plan.theme, kit))
        for count, made in enumerate(make_all(kit, orders, run.store, run.request, executor), 1):
            progress("making", count)
            _gather(run, made)
        if run.scope.whole:
            run.problems += run.claims.dead_links(run.plan.site)
            run.problems += _verify(run, kit)
        if run.problems and not run.request.keep_going:
            run.press.discard()
            return _report(run.prepared, run.seconds, run)
        run.seconds["making"] = perf_counter() - started
        return _publish(run, executor, progress)
    except BaseException:
        run.press.discard()
        raise


def _kit(run: Run) -> Kit:
    """What all pages are made with."""
    plan, config = run.plan, run.plan.site.contents.config
    views = {language: site_view(desk) for language, desk in plan.desks.items()}
    cache = run.request.store / "templates"
    cache.mkdir(parents=True, exist_ok=True)
    return Kit(plan.theme, views, config.origin, config.base, config.time_zone, str(cache))


def _orders(run: Run, surroundings: Surroundings) -> Iterator[Order]:
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


def _gather(run: Run, made: Made) -> None:
    """Takes what was made; a template that fails on many pages is told once."""
    if made.problem is not None:
        if made.problem.place not in {problem.place for problem in run.problems}:
            run.problems.append(made.problem)
        return
    if made.staged is not None:
        run.press.staged.append(made.staged)
    run.made.append(made)


def _verify(run: Run, kit: Kit) -> list[Problem]:
    """Makes some kept pages again and compares: a difference is a fault of ours, told as a problem."""
    count = min(run.request.verify, len(run.kept))
    if not count:
        return []
    sample = random.Random(run.request.now).sample(run.kept, count)
    again = (
        Order(page.address, page.language, "", traced(page, ()).view, b"", "verified", b"", (0, False))
        for page in sample
    )
    said = "a kept page is not what a clean build would make"
    return [
        Problem(Place(f"build{order.address}"), said, "please report this")
        for order, same in remake(kit, again, run.request)
        if not same
    ]


def _publish(run: Run, executor: Executor | None, progress: Progress) -> Report:
    """Claims, publishes, deletes and remembers, in this order, so that no crash leaves what nobody knows of."""
    started = perf_counter()
    progress("publishing", 0)
    store, press, output = run.store, run.press, run.request.output_key
    claims = store.claims(output)
    left = {*run.scope.left, *(run.last.owed if run.last else ()), *(claims if run.scope.whole else ())}
    gone = left - run.claims.addresses.keys()
    keep = bool(run.prepared.problems or run.problems)
    press.sweep(claims - {one.address for one in press.staged})
    store.forget_build(output)
    store.commit()
    deleted = 0 if keep else press.clear_the_way(gone)
    stamps = dict(press.publish(executor))
    run.problems += [_in_the_way(press.path(address)) for address in press.blocked]
    remember_pages(store, output, _published(run, stamps), run.looked.touched)
    store.confirm(run.prepared.bad)
    if not keep:
        deleted += press.delete(gone)
        forget_pages(store, output, gone)
    run.seconds["publishing"] = perf_counter() - started
    report = _report(run.prepared, run.seconds, run, written=len(stamps), deleted=deleted, published=True)
    _remember_build(run, report, owed=tuple(sorted(gone)) if keep else ())
    return report


def _published(run: Run, stamps: dict[str, Stamp]) -> Iterator[tuple[Placed, Published]]:
    for made in run.made:
        stamp = stamps.get(made.address) or (run.press.stamp(made.address) if made.staged is None else None)
        if stamp is not None:
            placed = Placed(made.address, stamp, made.digest)
            yield placed, Published(made.address, made.kind, made.marks, made.reason)


def _remember_build(run: Run, report: Report, owed: tuple[str, ...]) -> None:
    """Remembers the build, where it was complete, and forgets what no build needs any more."""
    store, output, prepared = run.store, run.request.output_key, run.prepared
    store.forget_claims(output)
    if not report.problems:
        forget_texts(store, run.scope)
    if not run.problems and prepared.settled:
        kinds = dict(report.kinds)
        for one in map(run.scope.known.published.get, owed):
            kinds[one.kind if one else ""] = kinds.get(one.kind if one else "", 0) + 1
        standing = msgspec.structs.replace(
            report, rendered=0, kept=sum(kinds.values()), deleted=0, written=0, reasons=()
        )
        encoded = b"" if report.problems else msgspec.msgpack.encode(standing)
        told = (run.seen.base, run.request.now, store.state.next, report.next_change_at)
        last = Last(*told, kinds, encoded, prepared.bad, owed)
        store.remember_build(output, last)
    store.trim_journal()
    store.commit()


def _in_the_way(path: str) -> Problem:
    return Problem(Place(path), "what stands here, or above, is not ours and in the way of a page", "move it away")


def _report(
    prepared: Prepared,
    seconds: dict[str, float],
    run: Run | None = None,
    *,
    written: int = 0,
    deleted: int = 0,
    published: bool = False,
) -> Report:
    site = prepared.site
    kinds = _kinds(run) if run else {}
    rendered = len(run.made) if run else 0
    return Report(
        rendered=rendered,
        kept=sum(kinds.values()) - rendered,
        deleted=deleted,
        written=written,
        kinds=kinds,
        held_back=site.held if site else (),
        problems=tuple(sorted([*prepared.problems, *(run.problems if run else [])])),
        advice=tuple(prepared.advice),
        seconds=_rounded(seconds),
        peak_memory=_peak_memory(),
        next_change_at=site.next_change_at if site else 0,
        published=published,
        reasons=tuple((made.address, made.reason) for made in run.made) if run else (),
    )


def _kinds(run: Run) -> dict[str, int]:
    """How many pages of each kind the site has."""
    kinds = {kind: run.kinds.get(kind, 0) + run.scope.kinds.get(kind, 0) for kind in {*run.kinds, *run.scope.kinds}}
    return {kind: count for kind, count in sorted(kinds.items()) if count}


def _rounded(seconds: dict[str, float]) -> dict[str, float]:
    return {stage: round(value, 3) for stage, value in seconds.items()}


def _peak_memory() -> int:
    """The most memory that this process and the largest of its children held, in bytes."""
    unit = 1 if sys.platform == "darwin" else 1024
    return unit * sum(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
