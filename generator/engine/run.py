"""What a build under way has found out so far, and the report that comes of it."""

import resource
import sys
from dataclasses import dataclass, field

from generator.engine.looking import Looked
from generator.engine.making import Made
from generator.engine.prepare import Prepared
from generator.engine.publish import Press
from generator.engine.remembered import Last
from generator.engine.report import Report
from generator.engine.request import Request
from generator.engine.scope import Scope
from generator.engine.store import Store
from generator.engine.survey import Survey
from generator.pages.claims import Claims
from generator.pages.page import Page
from generator.pages.plan import Plan
from generator.problems import Problem


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


def report_of(
    prepared: Prepared,
    seconds: dict[str, float],
    run: Run | None = None,
    *,
    written: int = 0,
    deleted: int = 0,
    published: bool = False,
) -> Report:
    """The report of a build: of its preparation alone, where nothing could be planned."""
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
        seconds=rounded(seconds),
        peak_memory=peak_memory(),
        next_change_at=site.next_change_at if site else 0,
        published=published,
        reasons=tuple((made.address, made.reason) for made in run.made) if run else (),
    )


def _kinds(run: Run) -> dict[str, int]:
    """How many pages of each kind the site has."""
    kinds = {kind: run.kinds.get(kind, 0) + run.scope.kinds.get(kind, 0) for kind in {*run.kinds, *run.scope.kinds}}
    return {kind: count for kind, count in sorted(kinds.items()) if count}


def rounded(seconds: dict[str, float]) -> dict[str, float]:
    """Seconds by stage, to the millisecond."""
    return {stage: round(value, 3) for stage, value in seconds.items()}


def peak_memory() -> int:
    """The most memory that this process and the largest of its children held, in bytes."""
    unit = 1 if sys.platform == "darwin" else 1024
    return unit * sum(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
