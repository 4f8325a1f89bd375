"""A portal as readers meet it: its files served on loopback, a running inbox beside them."""

import socket
import threading
import time
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import Page

from generator.engine.build import build
from generator.engine.request import Request
from tests.browser.policy import policy
from tests.inboxes import Inbox

SITE = """\
name: {en: Testograd, ru: Тестоград}
address: %s
time_zone: Asia/Bishkek
language: en
languages: [en, ru]
inbox: {address: '%s', votes_per_address: 20}
"""


class Town:
    """A portal with readers: `build` publishes it at `address`; `inbox` takes what they send."""

    def __init__(self, root: Path) -> None:
        port = _free_port()
        self.inbox = Inbox(root, at=port)
        self.inbox_address, self.output = f"http://127.0.0.1:{port}", root / "build"
        self.output.mkdir()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Files, self.inbox_address, self.output))
        self.address = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        self.inbox.write("site.yaml", SITE % (self.address, self.inbox_address))

    def build(self) -> None:
        """Publishes what is in the content folder."""
        folders = (self.inbox.content, self.output, self.inbox.root / ".aryk")
        report = build(Request(*folders, now=int(time.time())))
        assert [problem.text() for problem in report.problems] == []

    def close(self) -> None:
        """Ends serving."""
        self._server.shutdown()
        self._server.server_close()

    def accept_all(self) -> None:
        """The editor accepts what waits, and publishes."""
        listed = self.inbox.command("list").stdout.splitlines()
        ids = [line.split()[0] for line in listed if line.strip()]
        assert ids
        self.inbox.command("accept", *ids)
        self.build()


class _Files(SimpleHTTPRequestHandler):
    """The published files, under a policy that lets no script or style run that is not a file of the portal."""

    def __init__(self, inbox: str, folder: Path, *given: object) -> None:
        self._headers = policy(inbox) | {"Cache-Control": "no-store"}
        super().__init__(*given, directory=str(folder))  # type: ignore[arg-type]

    def end_headers(self) -> None:
        for name, value in self._headers.items():
            self.send_header(name, value)
        super().end_headers()

    def log_message(self, format: str, *given: object) -> None:
        """Says nothing."""


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def complaints(page: Page) -> list[str]:
    """A list that grows by every mistake of a script and every refusal of the policy on a page."""
    found: list[str] = []
    page.on("pageerror", lambda error: found.append(str(error)))
    page.on("console", lambda said: found.append(said.text) if "Content Security Policy" in said.text else None)
    return found
