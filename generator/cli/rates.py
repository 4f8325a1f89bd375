"""`aryk rates fetch`."""

import argparse
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from generator.cli.newsroom import declare_content, one_line
from generator.cli.options import USAGE, declare_now, moment_of
from generator.cli.show import shown_progress

if TYPE_CHECKING:
    from generator.rates.fetch import Outcome, Places
    from generator.rates.judging import Finding


def declare(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    from generator.rates.sources import SOURCES

    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    about = "asks central banks for their rates and writes them into content/rates"
    fetch = actions.add_parser("fetch", help=about, description=about[0].upper() + about[1:] + ".")
    declare_content(fetch)
    fetch.add_argument("--store", metavar="DIR", type=Path, help="what is remembered (.aryk, beside the content)")
    fetch.add_argument(
        "--source", action="append", choices=sorted(SOURCES), help="only this one (all); may be repeated"
    )
    days = fetch.add_mutually_exclusive_group()
    days.add_argument("--date", metavar="DAY", type=_day, help="the rates of a day (the newest)")
    days.add_argument("--since", metavar="DAY", type=_day, help="the rates of all days from this one on")
    fetch.add_argument("--accept", action="store_true", help="also write rates that are held back because they leap")
    declare_now(fetch)


def run(options: argparse.Namespace) -> int:
    """Fetches source by source; gives 1 where one failed or something is held back."""
    from generator.rates.fetch import Places
    from generator.rates.sources import SOURCES

    if not options.content.is_dir():
        print(f"aryk: there is no folder {options.content}; `aryk init NAME` makes a portal", file=sys.stderr)
        return USAGE
    content = options.content.resolve()
    places = Places(content, (options.store or content.parent / ".aryk").resolve())
    outcomes = [_fetch(name, options, places) for name in options.source or SOURCES]
    return 1 if any(outcome.needs_somebody for outcome in outcomes) else 0


def _fetch(name: str, options: argparse.Namespace, places: "Places") -> "Outcome":
    from generator.rates.fetch import fetch
    from generator.rates.source import Wanted
    from generator.rates.sources import SOURCES
    from generator.rates.web import Web

    source = SOURCES[name]
    today = datetime.fromtimestamp(moment_of(options), UTC).astimezone(ZoneInfo(source.ZONE)).date()
    wanted = Wanted(today, options.date or options.since, options.date)
    with shown_progress() as progress:
        outcome = fetch(
            name, source, wanted, places, Web(), lambda url: progress(f"asking {url}", 0), accept=options.accept
        )
    _show(outcome, has_past=source.HAS_PAST)
    return outcome


def _show(outcome: "Outcome", *, has_past: bool) -> None:
    done = [f"{count} {kind}" for kind in ("new", "corrected") if (count := outcome.count(kind))]
    if done or not outcome.failure:
        print(f"{outcome.source}: {', '.join(done) or 'nothing new'}")
    for finding in outcome.findings:
        if finding.kind != "new":
            print(f"{outcome.source}: {_told(outcome.source, finding, has_past=has_past)}", file=sys.stderr)
    for note in outcome.notes:
        print(f"{outcome.source}: {note}", file=sys.stderr)
    if outcome.failure:
        left = "what was read before is written" if outcome.findings else "its files are as they were"
        print(f"{outcome.source}: failed, {left}: {one_line(outcome.failure)}", file=sys.stderr)


def _told(source: str, finding: "Finding", *, has_past: bool) -> str:
    """What somebody should know of a rate, and the way out."""
    rate, before = finding.rate, finding.before
    price = f"{rate.currency} of {rate.date}: {rate.nominal} for {rate.value}"
    was = f"{before.nominal} for {before.value} on {before.date}" if before else ""
    if finding.kind == "corrected":
        return f"corrected {price} (was {was})"
    if finding.kind == "kept":
        return f"{price} is what the source says; the line in the file ({was}) has a comment and was left as it is"
    if finding.kind == "zero":
        return f"held back {price}; a rate is above zero"
    day = f" --date {rate.date}" if has_past else ""
    way_out = f"if that is true: aryk rates fetch --source {source}{day} --accept"
    return f"held back {price}, after {was} ({way_out})"


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"a day is written 2026-02-20, not {text!r}") from None
