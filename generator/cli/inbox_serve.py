"""`aryk inbox serve`."""

import argparse
import os
import sys
from pathlib import Path
from socket import socket

from generator.cli.listening import declare_listening, listening_on
from generator.cli.newsroom import read_newsroom
from generator.cli.options import USAGE
from generator.config import Config
from generator.engine.lock import locked


class Taken(Exception):
    """Somebody else serves this inbox."""


def declare(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    declare_listening(parser, 8300)


def run(options: argparse.Namespace) -> int:
    """Serves until SIGINT or SIGTERM."""
    from generator.inbox.database import BrokenInbox, prepare
    from generator.inbox.tokens import KEY, SHORTEST_KEY

    newsroom = read_newsroom(options.content)
    if newsroom is None:
        return 1
    if newsroom.config.inbox is None:
        print("aryk: site.yaml has no `inbox: {address: …}`, where readers reach this service", file=sys.stderr)
        return 1
    secret = os.environ.get(KEY, "")
    if len(secret) < SHORTEST_KEY:
        hint = f"export {KEY}=$(openssl rand -hex 32), and keep it: tokens and votes are known again by it"
        print(f"aryk: {KEY} is missing, or shorter than {SHORTEST_KEY} characters; {hint}", file=sys.stderr)
        return USAGE
    try:
        prepare(options.inbox)
        with locked(options.inbox, _refuse):
            listening = listening_on(options)
            if listening is None:
                return USAGE
            _serve(listening, options, newsroom.config, secret)
    except (Taken, BrokenInbox) as error:
        print(f"aryk: {error}", file=sys.stderr)
        return USAGE
    return 0


def _serve(listening: socket, options: argparse.Namespace, config: Config, secret: str) -> None:
    from generator.inbox.server import serve

    host, port = options.host, listening.getsockname()[1]
    print(f"the inbox listens on http://{f'[{host}]' if ':' in host else host}:{port}/ (Ctrl-C ends)", flush=True)
    with listening:
        serve(listening, options.content.resolve(), Path(options.inbox), config, secret)


def _refuse() -> None:
    raise Taken("another `aryk inbox serve` has this inbox")
