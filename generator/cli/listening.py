"""Where a server listens: --host, --port."""

import argparse
import os
import socket
import sys


def declare_listening(parser: argparse.ArgumentParser, port: int) -> None:
    """--host and --port."""
    parser.add_argument(
        "--port", metavar="N", type=_port, default=port, help=f"where to listen ({port}; 0: any free one)"
    )
    parser.add_argument(
        "--host", metavar="NAME", default="127.0.0.1", help="who may ask (127.0.0.1: only this machine)"
    )


def listening_on(options: argparse.Namespace) -> socket.socket | None:
    """A socket that listens; None where the port is taken or the name is no address of this machine, which is told."""
    family = socket.AF_INET6 if ":" in options.host else socket.AF_INET
    try:
        return socket.create_server((options.host, options.port), family=family)
    except OSError as error:
        said = os.strerror(error.errno) if error.errno and error.errno > 0 else "no such host"
        print(f"aryk: cannot listen on {options.host}, port {options.port}: {said}; try --port", file=sys.stderr)
        return None


def _port(text: str) -> int:
    if not text.isdigit() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"a number from 0 to 65535 is needed, not {text!r}")
    return int(text)
