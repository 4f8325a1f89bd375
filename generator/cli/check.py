"""`aryk check`."""

import argparse
import json
from collections.abc import Iterator
from concurrent.futures import Executor

from generator.cli.options import declare_folders, declare_jobs, declare_moment, request_of, workers
from generator.cli.show import show_problems
from generator.content.places import pin
from generator.content.rates import too_far_ahead
from generator.engine.lock import locked
from generator.engine.prepare import Prepared, news_since, prepare
from generator.engine.request import Request
from generator.engine.stacks import BrokenStore
from generator.engine.store import discard_store, open_store
from generator.engine.survey import survey
from generator.fields.moments import local_time
from generator.pages.plan import address_problems
from generator.problems import Place, Problem
from generator.site.arrange import Site
from generator.site.presence import ahead


def declare(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    declare_folders(parser)
    declare_moment(parser)
    declare_jobs(parser)
    parser.add_argument("--format", choices=("text", "json", "github"), default="text", help="how to print (text)")


def run(options: argparse.Namespace) -> int:
    """Prints problems and advice; nothing is published."""
    request = request_of(options)
    with workers(options.jobs) as executor, locked(request.store, lambda: None):
        try:
            prepared = _prepared(request, executor)
        except BrokenStore:
            discard_store(request.store)
            prepared = _prepared(request, executor)
    problems, advice = list(prepared.problems), list(prepared.advice)
    if prepared.site is not None and prepared.theme is not None:
        problems += [pin(problem, request.source) for problem in address_problems(prepared.site, prepared.theme)]
        problems += _rates_of_the_future(prepared.site, request)
        advice += _moments_of_the_future(prepared.site, request)
    found = (*sorted(problems), *sorted(advice))
    if options.format == "json":
        print(json.dumps([_plain(problem) for problem in found], ensure_ascii=False, indent=1))
    elif options.format == "github":
        for problem in found:
            print(_annotation(problem))
    else:
        show_problems(found, request.content)
        if not problems:
            print("no problems")
    return 1 if problems else 0


def _prepared(request: Request, executor: Executor | None) -> Prepared:
    with open_store(request.store) as store:
        seen = survey(request)
        return prepare(request, seen, news_since(request, seen, store), store, executor)


def _rates_of_the_future(site: Site, request: Request) -> Iterator[Problem]:
    """The rates that no bank can know yet. A build lets them wait for their day: what is no mistake today was none before."""
    today = local_time(request.now, site.contents.config.zone).toordinal()
    for file in site.contents.rates:
        yield from too_far_ahead(file, today, request.source)


def _moments_of_the_future(site: Site, request: Request) -> Iterator[Problem]:
    """What a published story says was done at a moment that is still to come. Only told here, because it passes by itself."""
    unseen = {held.path for held in site.held}
    for article in site.contents.articles:
        if article.path not in unseen:
            for field in ahead(article, request.now):
                said = "this lies in the future, and readers are told of it at once"
                hint = "look at the year and the month"
                yield pin(Problem(Place(article.path), said, hint, severity="advice", at=field), request.source)


def _plain(problem: Problem) -> dict[str, object]:
    place = problem.place
    plain = {"path": place.path, "line": place.line, "column": place.column, "message": problem.message}
    return plain | {"hint": problem.hint, "severity": problem.severity, "also": [str(one) for one in problem.also]}


def _annotation(problem: Problem) -> str:
    """A workflow command of GitHub Actions, which shows the problem at its line of a pull request."""
    kind = "error" if problem.severity == "problem" else "warning"
    said = f"{problem.message} ({problem.hint})" if problem.hint else problem.message
    escaped = said.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    place = problem.place
    return f"::{kind} file=content/{place.path},line={place.line or 1},col={place.column or 1}::{escaped}"
