"""`aryk inbox`."""

import argparse
from importlib import import_module
from pathlib import Path

ACTIONS: dict[str, str] = {
    "serve": "takes votes, comments, letters and reports from readers",
    "list": "lists what waits for a decision",
    "show": "shows a message",
    "accept": "publishes: a comment goes below its story, a report becomes a draft",
    "reject": "puts messages away",
    "tally": "moves votes into the polls' files, each exactly once",
    "copy": "copies the inbox to a file, also while it is served",
}


def declare(parser: argparse.ArgumentParser) -> None:
    """The options of the command and of what it can do."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    for name, about in ACTIONS.items():
        action = actions.add_parser(name, help=about, description=about[0].upper() + about[1:] + ".")
        action.add_argument("--content", metavar="DIR", type=Path, default=Path("content"), help="the portal (content)")
        action.add_argument("--inbox", metavar="DIR", type=Path, default=None, help="(.inbox, beside the content)")
        import_module(f"generator.cli.inbox_{name}").declare(action)


def run(options: argparse.Namespace) -> int:
    """Does what was asked for."""
    options.inbox = options.inbox or options.content.resolve().parent / ".inbox"
    module = import_module(f"generator.cli.inbox_{options.action}")
    status: int = module.run(options)
    return status
