"""The server: listens first, so that a taken port is told at once, then answers until it is interrupted."""

import socket
from pathlib import Path
from types import FrameType

import uvicorn

from generator.preview.app import make_app
from generator.preview.board import Board

LOOPBACK = ("127.0.0.1", "localhost", "::1")


def address_of(listening: socket.socket, host: str, base: str) -> str:
    """What to type into the browser."""
    return f"http://{f'[{host}]' if ':' in host else host}:{listening.getsockname()[1]}{base}/"


def answer(listening: socket.socket, host: str, output: Path, board: Board) -> None:
    """Serves until the process is interrupted. On loopback only its own names are answered: a page of another site
    that had its name changed to this machine's address could read drafts otherwise."""
    hosts = [*LOOPBACK, "[::1]"] if host in LOOPBACK else ["*"]
    config = uvicorn.Config(
        make_app(output, board, hosts), log_config=None, access_log=False, lifespan="off", ws="none"
    )
    _Server(config, board).run(sockets=[listening])


class _Server(uvicorn.Server):
    """Closes the board before it waits for open connections, which would wait for news for ever."""

    def __init__(self, config: uvicorn.Config, board: Board) -> None:
        super().__init__(config)
        self._board = board

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        self._board.close()
        super().handle_exit(sig, frame)
