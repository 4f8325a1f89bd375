"""A build, from top to bottom: prepare, plan, compare, make, publish, remember."""

import random
import resource
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from dataclasses import dataclass, field
from itertools import islice
from time import perf_counter

import msgspec

from generator.content.places import pin
from generator.digests import digest, digest_bytes
from generator.engine.lock import locked
from generator.engine.making import Made, Order, make_all
from generator.engine.prepare import Prepared, prepare
from generator.engine.publish import Press, rank_of
from generator.engine.report import Report
from generator.engine.request import Request
from generator.engine.store import BrokenStore, Published, Store, Trace, discard_store, open_store
from generator.engine.traces import encoded, reason_to_make, trace_of
from generator.engine.versions import program_digest
from generator.output.html import template_of
from generator.output.make import Kit
from generator.pages.claims import Claims
from generator.pages.page import Page
from generator.pages.plan import Plan
from generator.pages.site_view import site_view
from generator.problems import Place, Problem
from generator.theme.theme import Theme

Progress = Callable[[str, int], None]
_report_decoder = msgspec.msgpack.Decoder(Report)
_BATCH = 64


@dataclass
class Run:
    """What a build under way has found out so far."""

    request: Request
    store: Store
    press: Press
    known: dict[str, Published]
    claims: Claims = field(default_factory=Claims)
    kinds: dict[str, int] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    kept: list[Page] = field(default_factory=list)
    made: list[Made] = field(default_factory=list)
    refreshed: list[Published] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def build(request: Request, executor: Executor | None = None, progress: Progress = lambda stage, count: None) -> Report:
    """Builds a portal into its output folder and says what was done. A store that turns out broken is made anew."""
    with locked(request.store, lambda: progress("waiting for another build", 0)):
        try:
            return _build(request, executor, progress)
        except BrokenStore as error:
            discard_store(request.store)
            said = Problem(
                Place(str(request.store.name)), f"the store was not usable and is made anew: {error}", severity="advice"
            )
            report = _build(request, executor, progress)
            return msgspec.structs.replace(report, advice=(said, *report.advice))


def _build(request: Request, executor: Executor | None, progress: Progress) -> Report:
    with open_store(request.store) as store:
        started = perf_counter()
        progress("reading", 0)
        prepared = prepare(request, store, executor)
        seconds = {"reading": perf_counter() - started}
        if prepared.site is None or prepared.theme is None:
            return _report(prepared, seconds)
        key = request.output_key
        run = Run(request, store, Press(request.output), {} if request.clean else store.pages(key), seconds=seconds)
        if (last := _unchanged(run, prepared)) is not None:
            return last
        return _make_and_publish(run, prepared, executor, progress)


def _unchanged(run: Run, prepared: Prepared) -> Report | None:
    """The report of a build with nothing to do: same inputs, no moment passed at which the site changes, output intact."""
    request, site = run.request, prepared.site
    assert site is not None
    remembered = (
        None if request.clean or request.verify or prepared.problems else run.store.last_build(request.output_key)
    )
    if remembered is None:
        return None
    inputs, encoded_report = remembered
    if inputs != digest((prepared.inputs, site.next_change_at, site.held)):
        return None
    started = perf_counter()
    if not all(run.press.stamp(address) == page.stamp for address, page in run.known.items()):
        return None
    last = _report_decoder.decode(encoded_report)
    seconds = run.seconds | {"checking the output": perf_counter() - started}
    total = last.rendered + last.kept
    return msgspec.structs.replace(
        last, rendered=0, kept=total, deleted=0, written=0, seconds=seconds, peak_memory=_peak_memory(), reasons=()
    )


def _make_and_publish(run: Run, prepared: Prepared, executor: Executor | None, progress: Progress) -> Report:
    assert prepared.site is not None and prepared.theme is not None
    request, site, store = run.request, prepared.site, run.store
    started = perf_counter()
    kit, orders = _plan(run, prepared)
    try:
        for count, made in enumerate(_claimed(run, make_all(kit, orders, store, request, executor)), 1):
            progress("making", count)
            _stage(run, made)
        run.problems += run.claims.dead_links(site)
        run.problems += _verify(run, prepared, kit)
        if run.problems and not request.keep_going:
            run.press.discard()
            return _report(prepared, run.seconds, run)
        run.seconds["making"] = perf_counter() - started
        return _publish(run, prepared, digest((prepared.inputs, site.next_change_at, site.held)), progress)
    except BaseException:
        run.press.discard()
        raise


def _plan(run: Run, prepared: Prepared) -> tuple[Kit, Iterator[Order]]:
    """The kit that all pages are made with, and the orders: pages that must be made, with their traces and reasons."""
    site, theme, config = prepared.site, prepared.theme, prepared.site.contents.config  # type: ignore[union-attr]
    assert site is not None and theme is not None
    plan = Plan(site, theme)
    views = {language: site_view(desk) for language, desk in plan.desks.items()}
    cache = run.request.store / "templates"
    cache.mkdir(parents=True, exist_ok=True)
    kit = Kit(theme, views, config.origin, config.base, config.time_zone, str(cache))
    return kit, _orders(run, plan.all(), Surroundings(theme, kit))


class Surroundings:
    """The part of a trace that many pages share: the program, and for templates their closure and the site view."""

    def __init__(self, theme: Theme, kit: Kit) -> None:
        self._theme = theme
        self._sites = {language: digest(view) for language, view in kit.sites.items()}
        self._known: dict[tuple[str, str], Trace] = {}
        self._shared = (
            ("the program", program_digest()),
            ("the portal's address", digest((kit.origin, kit.base, kit.time_zone))),
        )

    def of(self, page: Page) -> Trace:
        """The surroundings of a page."""
        template = template_of(page.view)
        if not template:
            return self._shared
        key = (template, page.language)
        if key not in self._known:
            closure = self._theme.closure_digest(template, page.language)
            self._known[key] = (*self._shared, ("the template", closure), ("the site", self._sites[page.language]))
        return self._known[key]


def _orders(run: Run, pages: Iterator[Page], surroundings: Surroundings) -> Iterator[Order]:
    """Compares each planned page with what is remembered of it and orders those that must be made."""
    for page in pages:
        if (taken := run.claims.claim(page)) is not None:
            run.problems.append(pin(taken, run.request.source))
            continue
        kind = type(page.view).__name__.removesuffix("View").lower()
        run.kinds[kind] = run.kinds.get(kind, 0) + 1
        known = run.known.get(page.address)
        stamp = run.press.stamp(page.address) if known else None
        intact = (
            known is not None
            and stamp is not None
            and (stamp == known.stamp or run.press.holds(page.address, known.digest))
        )
        trace = trace_of(page, surroundings.of(page))
        reason = reason_to_make(trace, known, intact=intact)
        if reason:
            yield Order(page, trace, reason)
            continue
        run.kept.append(page)
        if known and stamp and stamp != known.stamp:
            run.refreshed.append(msgspec.structs.replace(known, stamp=stamp))


def _claimed(run: Run, making: Iterator[Made]) -> Iterator[Made]:
    """What was made, a batch at a time, after the store was told that files will be written at these addresses."""
    while batch := list(islice(making, _BATCH)):
        run.store.claim(run.request.output_key, (made.order.page.address for made in batch))
        run.store.commit()
        yield from batch


def _in_the_way(path: str) -> Problem:
    return Problem(Place(path), "what stands here, or above, is not ours and in the way of a page", "move it away")


def _stage(run: Run, made: Made) -> None:
    """Puts a made page beside its place, unless its bytes are there already."""
    if made.problem is not None:
        if made.problem.place not in {
            problem.place for problem in run.problems
        }:  # a template fails on many pages alike
            run.problems.append(made.problem)
        return
    address = made.order.page.address
    if not run.press.holds(address, digest_bytes(made.data)):
        run.press.stage(address, made.data, rank_of(made.order.page.view, address, is_new=address not in run.known))
    run.made.append(made.without_data())


def _verify(run: Run, prepared: Prepared, kit: Kit) -> list[Problem]:
    """Makes some kept pages again and compares: a difference is a fault of ours, told as a problem."""
    count = min(run.request.verify, len(run.kept))
    if not count:
        return []
    sample = random.Random(run.request.now).sample(run.kept, count)
    orders = iter([Order(page, (), "verified") for page in sample])
    found = []
    for made in make_all(kit, orders, run.store, run.request, None):
        address = made.order.page.address
        if made.problem is None and not run.press.holds(address, digest_bytes(made.data)):
            found.append(
                Problem(
                    Place(f"build{address}"), "a kept page is not what a clean build would make", "please report this"
                )
            )
    return found


def _publish(run: Run, prepared: Prepared, inputs: bytes, progress: Progress) -> Report:
    """Claims, publishes, deletes and remembers, in this order, so that no crash leaves what nobody knows of."""
    started = perf_counter()
    progress("publishing", 0)
    store, press, output = run.store, run.press, run.request.output_key
    claims = store.claims(output)
    gone = [
        address for address in {*(run.known or store.pages(output)), *claims} if address not in run.claims.addresses
    ]
    done = len(run.made) + len(run.kept) == len(run.claims.addresses)
    keep = bool(prepared.problems or run.problems)
    press.sweep(claims - {one.address for one in press.staged})
    store.forget_build(output)
    store.commit()
    deleted = 0 if keep else press.clear_the_way(gone)
    written = press.publish()
    run.problems += [_in_the_way(press.path(one.address)) for one in press.blocked]
    store.remember_pages(output, [*_published(run), *run.refreshed])
    store.commit()
    _confirm(store, prepared)
    if not keep:
        deleted += press.delete(gone)
        store.forget_pages(output, gone)
        store.forget_claims(output)
        _forget_texts(store, prepared)
    run.seconds["publishing"] = perf_counter() - started
    report = _report(prepared, run.seconds, run, written=written, deleted=deleted, published=True)
    if done and not keep and not press.blocked:
        store.remember_build(output, inputs, msgspec.msgpack.encode(report))
    store.commit()
    return report


def _published(run: Run) -> Iterator[Published]:
    for made in run.made:
        order = made.order
        stamp = run.press.stamp(order.page.address)
        if stamp is not None:
            yield Published(order.page.address, encoded(order.trace), order.reason, made.digest, stamp)


def _confirm(store: Store, prepared: Prepared) -> None:
    """Remembers that what was read is what is published, but for what is bad."""
    assert prepared.reading is not None
    reads = prepared.reading.reads.values()
    store.confirm_reads(read for read in reads if not read.confirmed and read.path not in prepared.bad)


def _forget_texts(store: Store, prepared: Prepared) -> None:
    """Forgets the texts that nothing names any more."""
    assert prepared.reading is not None
    values = (read.value() for read in prepared.reading.reads.values())
    named = {value.text for value in values if hasattr(value, "text")}
    store.forget_texts(store.known_texts() - named)


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
    problems = sorted([*prepared.problems, *(run.problems if run else [])])
    return Report(
        rendered=len(run.made) if run else 0,
        kept=len(run.kept) if run else 0,
        deleted=deleted,
        written=written,
        kinds=dict(sorted(run.kinds.items())) if run else {},
        held_back=site.held if site else (),
        problems=tuple(problems),
        advice=tuple(prepared.advice),
        seconds={stage: round(value, 3) for stage, value in seconds.items()},
        peak_memory=_peak_memory(),
        next_change_at=site.next_change_at if site else 0,
        published=published,
        reasons=tuple((made.order.page.address, made.order.reason) for made in run.made) if run else (),
    )


def _peak_memory() -> int:
    """The most memory that this process and the largest of its children held, in bytes."""
    unit = 1 if sys.platform == "darwin" else 1024
    return unit * sum(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
