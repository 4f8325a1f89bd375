"""The end of a build: publish, delete, remember, in this order, so that no crash leaves what nobody knows of."""

from collections.abc import Iterator
from concurrent.futures import Executor
from time import perf_counter

import msgspec

from generator.engine.copying import forget_variants
from generator.engine.remember import forget_pages, forget_texts, remember_pages
from generator.engine.remembered import Last, Placed, Published
from generator.engine.report import Report
from generator.engine.run import Run, report_of
from generator.engine.stamps import Stamp
from generator.problems import Place, Problem


def publish(run: Run, executor: Executor | None) -> Report:
    """Puts into their places what is staged, takes away what is gone, and says what was done."""
    started = perf_counter()
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
    store.journal.confirm(run.prepared.bad)
    if not keep:
        deleted += press.delete(gone)
        forget_pages(store, output, gone)
    run.seconds["publishing"] = perf_counter() - started
    report = report_of(run.prepared, run.seconds, run, written=len(stamps), deleted=deleted, published=True)
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
        if run.scope.whole:
            forget_variants(run.request.store, {medium.bare for medium in run.plan.site.contents.media.values()})
    if not run.problems and prepared.settled:
        kinds = dict(report.kinds)
        for one in map(run.scope.known.published.get, owed):
            kinds[one.kind if one else ""] = kinds.get(one.kind if one else "", 0) + 1
        standing = msgspec.structs.replace(
            report, rendered=0, kept=sum(kinds.values()), deleted=0, written=0, reasons=()
        )
        encoded = b"" if report.problems else msgspec.msgpack.encode(standing)
        told = (run.seen.base, run.request.now, store.journal.state.next, report.next_change_at)
        last = Last(*told, kinds, encoded, prepared.bad, owed)
        store.remember_build(output, last)
    store.trim_journal()
    store.commit()


def _in_the_way(path: str) -> Problem:
    return Problem(Place(path), "what stands here, or above, is not ours and in the way of a page", "move it away")
