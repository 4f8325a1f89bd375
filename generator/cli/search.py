"""`aryk search`."""

import argparse
import json
import sys

from msgspec import to_builtins

from generator.cli.newsroom import read_newsroom
from generator.cli.options import USAGE, declare_folders, request_of
from generator.cli.show import shown_progress
from generator.engine.stacks import BrokenStore
from generator.search.indexing import Indexed, NothingPublished, bring_up_to_date
from generator.search.pagefind import SEGMENTED, FailedPagefind, MissingPagefind, Program, find_pagefind

OURS = 3


def declare(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    declare_folders(parser)
    parser.add_argument("--json", action="store_true", help="print the report as one JSON object")
    parser.set_defaults(now=0, drafts=False)  # what is published does not depend on the moment


def run(options: argparse.Namespace) -> int:
    """Makes anew what is stale of the index, says what was done, and gives the exit status."""
    request = request_of(options)
    newsroom = read_newsroom(request.content)
    if newsroom is None:
        return 1
    languages = newsroom.config.languages
    try:
        program = find_pagefind()
        _advise(languages, program)
        with shown_progress() as progress:
            done = bring_up_to_date(request, languages, program, progress)
    except MissingPagefind:
        return _failed("the search needs Pagefind, which is not installed: pip install 'aryk[search]'", USAGE)
    except NothingPublished:
        return _failed(f"no story is published in {request.output}: `aryk build` first", USAGE)
    except BrokenStore as error:
        return _failed(f"the store is not usable ({error}): `aryk build` makes it anew", OURS)
    except FailedPagefind as error:
        return _failed(f"Pagefind failed: {error}", OURS)
    print(json.dumps(to_builtins(done), ensure_ascii=False) if options.json else _words(done))
    return 0


def _advise(languages: tuple[str, ...], program: Program) -> None:
    if SEGMENTED in languages and not program.segments:
        said = "Chinese is found by whole phrases only; with `pip install pagefind-bin-extended` by words"
        print(f"aryk: {said}", file=sys.stderr)


def _failed(said: str, status: int) -> int:
    print(f"aryk: {said}", file=sys.stderr)
    return status


def _words(done: Indexed) -> str:
    lines = [f"made {address}" for address in done.made] + [f"removed {address}" for address in done.removed]
    counts = (
        f"{done.stories:,} stories: {len(done.made)} shards made, {len(done.kept)} kept, {len(done.removed)} removed"
    )
    return "\n".join([*lines, f"{counts}, {done.written:,} files written in {done.seconds:.2f} s"])
