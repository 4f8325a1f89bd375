"""The server: the inbox of a portal, behind a protocol that waits for nobody."""

import asyncio
import logging
import socket
import sys
import time
from pathlib import Path
from typing import Any

import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from generator.config import Config
from generator.inbox.app import App
from generator.inbox.ballot_box import BallotBox
from generator.inbox.database import FILE, connect, inbox_id
from generator.inbox.ledger import Ledger
from generator.inbox.marks import Marks
from generator.inbox.stories import Stories
from generator.inbox.taking import Taking
from generator.inbox.tokens import Signer
from generator.settings.inbox import Inbox

HEAD_SECONDS = 10.0
"""How long the head of a request may take to arrive."""
_CONNECTIONS = 2000
_TURN = 0.0005
"""Seconds after which a thread lets another in: the one that has just committed holds up everybody who waits."""


class Punctual(HttpToolsProtocol):
    """Ends a connection whose next request begins and does not get on."""

    _deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        self._await_head()

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._await_head()

    def on_headers_complete(self) -> None:
        self._head_came()
        super().on_headers_complete()

    def connection_lost(self, exc: Exception | None) -> None:
        self._head_came()
        super().connection_lost(exc)

    def _await_head(self) -> None:
        if self._deadline is None:
            self._deadline = self.loop.call_later(HEAD_SECONDS, self.transport.abort)

    def _head_came(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None


def serve(listening: socket.socket, content: Path, folder: Path, config: Config, secret: str) -> None:
    """Serves until the process is interrupted."""
    inbox = config.inbox
    assert inbox is not None
    sys.setswitchinterval(_TURN)
    logging.getLogger("uvicorn").setLevel(logging.ERROR)
    db = connect(folder / FILE)
    server = uvicorn.Server(
        uvicorn.Config(
            _app(content, folder, config, inbox, secret, db),
            http=Punctual,
            loop="uvloop",
            lifespan="on",
            ws="none",
            log_config=None,
            access_log=False,
            proxy_headers=False,
            server_header=False,
            limit_concurrency=_CONNECTIONS,
            timeout_keep_alive=30,
            timeout_graceful_shutdown=10,
        )
    )
    try:
        server.run(sockets=[listening])
    finally:
        db.close()


def _app(content: Path, folder: Path, config: Config, inbox: Inbox, secret: str, db: Any) -> App:
    signer = Signer(secret)
    marks = Marks(signer.derived("marks"), inbox.keep_days)
    ledger = Ledger(db, lambda: box.forget())
    box = BallotBox(content, config.zone, db, lambda: connect(folder / FILE), inbox_id(db), ledger, marks, time.time)
    return App(Taking(config, inbox, signer, box, ledger, Stories(content, config), time.time))
