"""What all feeds of a portal cost: planned, compared, made and written once more, in a process that does nothing else."""

import sys
import time
from pathlib import Path

from generator.engine.making import Order, make_all
from generator.engine.orders import rank_of
from generator.engine.prepare import news_since, prepare
from generator.engine.request import Request
from generator.engine.store import open_store
from generator.engine.survey import survey
from generator.engine.traces import Surroundings, traced
from generator.output.make import Kit
from generator.pages.plan import Plan
from generator.pages.site_view import site_view

KINDS = {"feed", "feed archive", "partner feed", "outline"}


def remade(content: Path, output: Path, store_folder: Path, now: int) -> tuple[float, int]:
    """Makes the feeds of a portal that was built into another folder; seconds of the processor, and the number of files."""
    request = Request(content, output, store_folder, now=now)
    with open_store(store_folder) as store:
        seen = survey(request)
        prepared = prepare(request, seen, news_since(request, seen, store), store, None)
        assert prepared.site
        assert prepared.theme
        plan = Plan(prepared.site, prepared.theme)
        wanted = (key for key in plan.keys() if key[0] in KINDS)  # noqa: SIM118 (a plan is no dict)
        config = plan.site.contents.config
        views = {language: site_view(desk) for language, desk in plan.desks.items()}
        kit = Kit(plan.theme, views, config.origin, config.base, config.time_zone)
        around = Surroundings(plan.theme, kit)
        started = time.process_time()
        orders = (_order(page, around) for key in wanted for page in plan.pages(key))
        count = sum(1 for _ in make_all(kit, orders, store, request, None))
        return time.process_time() - started, count


def _order(page, around) -> Order:  # type: ignore[no-untyped-def]
    trace = traced(page, around.of(page))
    return Order(
        page.address,
        page.language,
        "feed",
        trace.view,
        trace.marks,
        "new",
        b"",
        rank_of(page.view, page.address, is_new=True),
    )


if __name__ == "__main__":
    root, moment = Path(sys.argv[1]), int(sys.argv[2])
    seconds, files = remade(root / "content", root / "feeds", root / ".aryk", moment)
    print(seconds, files)
