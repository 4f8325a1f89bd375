"""`aryk`: finds the command, runs it, and gives its exit status: 0 done, 1 the author's problems, 2 usage, 3 ours."""

import argparse
import os
import sys
import traceback
from collections.abc import Callable, Sequence
from contextlib import suppress
from importlib import import_module
from typing import NoReturn

from generator import __version__

COMMANDS: dict[str, str] = {
    "build": "builds the portal into its output folder",
    "check": "tells problems and advice, writes nothing",
    "serve": "shows the portal in the browser while you write",
    "watch": "publishes what changes, and what becomes due, until it is stopped",
    "search": "makes the index by which readers search what is published",
    "explain": "says what a page is made of, and why it was last made",
    "new": "begins a story",
    "rename": "moves a story to another address, keeping its id and its old address",
    "init": "begins a portal",
    "images": "makes the pictures that no story waits for",
    "rates": "fetches the rates of central banks",
    "inbox": "takes what readers send, and publishes what editors accept of it",
}
USAGE, OURS = 2, 3


def run(arguments: Sequence[str] | None = None) -> int:
    """Runs the command line."""
    parser = argparse.ArgumentParser(prog="aryk", description="Makes a news portal of a folder of Markdown.")
    parser.add_argument("--version", action="version", version=f"aryk {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    words = list(sys.argv[1:] if arguments is None else arguments)
    asked = next((word for word in words if word in COMMANDS), "")
    for name, about in COMMANDS.items():
        command = commands.add_parser(name, help=about, description=about[0].upper() + about[1:] + ".")
        if name == asked:
            module = import_module(f"generator.cli.{name}")
            module.declare(command)
            command.set_defaults(run=module.run)
    options = parser.parse_args(words)
    return _guarded(options.run, options)


def _guarded(command: Callable[[argparse.Namespace], int], options: argparse.Namespace) -> int:
    """The exit status of a command; an exception is our mistake and is reported as one."""
    try:
        return command(options)
    except KeyboardInterrupt:
        print("interrupted; nothing half done is left behind", file=sys.stderr)
        return 130
    except BrokenPipeError:
        return 0
    except OSError as error:
        print(f"aryk: {error.strerror or error}: {error.filename or ''}", file=sys.stderr)
        return OURS
    except Exception:
        print(f"aryk {__version__} failed; this is our mistake. Please report what follows:\n", file=sys.stderr)
        traceback.print_exc()
        return OURS


def main() -> NoReturn:
    """The entry point of the script `aryk`: ends at once when the command is done, for Python would take a third of a
    second to hand back the memory of an archive piece by piece."""
    try:
        status = run()
    except SystemExit as error:
        status = error.code if isinstance(error.code, int) else 0 if error.code is None else 1
    with suppress(OSError, ValueError):
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(status)


if __name__ == "__main__":
    main()
