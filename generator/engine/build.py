"""A build, from top to bottom: look, read, plan, compare, make, publish, remember."""

import random
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from time import perf_counter

import msgspec

from generator.engine.finish import publish
from generator.engine.lock import locked, locked_output
from generator.engine.looking import Looked, all_looked, begin_to_look
from generator.engine.making import Made, Order, make_all, remake
from generator.engine.memory import Memory
from generator.engine.orders import kit_of, orders_of
from generator.engine.prepare import Prepared, news_since, prepare
from generator.engine.publish import Press
from generator.engine.remembered import Last
from generator.engine.report import Report
from generator.engine.request import Request
from generator.engine.run import Run, peak_memory, report_of, rounded
from generator.engine.scope import Scope, everything, everything_anew, neighbourhood
from generator.engine.stacks import BrokenStore
from generator.engine.store import Store, discard_store, open_store
from generator.engine.survey import News, Survey, survey
from generator.engine.traces import Surroundings, traced
from generator.output.make import Kit
from generator.pages.plan import Plan
from generator.problems import Place, Problem

Progress = Callable[[str, int], None]
_report_decoder = msgspec.msgpack.Decoder(Report)


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
        fresh = memory.is_fresh
        looking = iter(()) if fresh else begin_to_look(request, store, count, executor)
        seen = survey(request, memory if fresh else None)
        memory.folders = seen.folders
        news = news_since(request, seen, store)
        if last is not None and _stands(last, request, seen, news, store):
            seconds = {"reading": perf_counter() - started}
            started = perf_counter()
            if (looked := _all_looked(looking, memory, fresh=fresh)) == Looked():
                return _nothing_to_do(last, seconds | {"checking the output": perf_counter() - started})
            looking = iter((looked,))
        prepared = prepare(request, seen, news, store, executor)
        seconds = {"reading": perf_counter() - started}
        if prepared.site is None or prepared.theme is None:
            return report_of(prepared, seconds)
        started = perf_counter()
        plan = Plan(prepared.site, prepared.theme)
        looked = _all_looked(looking, memory, fresh=fresh)
        scope = _scope(request, seen, plan, store, last, looked, prepared)
        seconds["planning"] = perf_counter() - started
        press = Press(str(request.output))
        run = Run(request, store, seen, prepared, plan, scope, looked, press, last, seconds)
        return _make_and_publish(run, executor, progress)


def _all_looked(looking: Iterator[Looked], memory: Memory, *, fresh: bool) -> Looked:
    """What was found in the output; a look that came to its end, and no other, is good for a while."""
    looked = all_looked(looking)
    if not fresh:
        memory.has_looked()
    return looked


def _stands(last: Last, request: Request, seen: Survey, news: News, store: Store) -> bool:
    """Whether the last build may stand for this one: same inputs, and no moment passed at which the site changes."""
    if news or last.seen != store.journal.state.next or last.base != seen.base or request.verify or not last.report:
        return False
    if request.now < last.now or 0 < last.next_change_at <= request.now:
        return False
    return _has_told(_report_decoder.decode(last.report), seen, news)


def _has_told(report: Report, seen: Survey, news: News) -> bool:
    """Whether a report tells of all that must not be in the folders, and of nothing that may be there no longer."""
    misplaced = {problem for folder in seen.folders for problem in folder.problems}
    return misplaced.issubset(report.advice) and not (news.folders and report.advice)


def _nothing_to_do(last: Last, seconds: dict[str, float]) -> Report:
    report = _report_decoder.decode(last.report)
    return msgspec.structs.replace(report, seconds=rounded(seconds), peak_memory=peak_memory())


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
    kit = kit_of(run)
    try:
        orders = orders_of(run, Surroundings(run.plan.theme, kit))
        for count, made in enumerate(make_all(kit, orders, run.store, run.request, executor), 1):
            progress("making", count)
            _gather(run, made)
        if run.scope.whole:
            run.problems += run.claims.dead_links(run.plan.site)
            run.problems += _verify(run, kit)
        if run.problems and not run.request.keep_going:
            run.press.discard()
            return report_of(run.prepared, run.seconds, run)
        run.seconds["making"] = perf_counter() - started
        progress("publishing", 0)
        return publish(run, executor)
    except BaseException:
        run.press.discard()
        raise


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
