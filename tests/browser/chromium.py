"""Chromium as Debian has it, and what a page asked for and complained of while it was open."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

TOOLS = Path(__file__).parent.parent.parent / ".venv/node/node_modules"
"""Where `make test` installs what npm has."""

WIDTHS = (320, 360, 768, 1280)
SCHEMES = ("light", "dark")
HEIGHT = 900


@contextmanager
def started(home: Path) -> Iterator[Browser]:
    """A running browser that keeps its own things in the folder `home`."""
    path = shutil.which("chromium") or pytest.fail("Chromium is not installed: apt-get install chromium")
    with sync_playwright() as playwright:
        options = ["--no-sandbox", "--disable-dev-shm-usage"]
        browser = playwright.chromium.launch(
            executable_path=path, args=options, env={**os.environ, "HOME": str(home), "XDG_CONFIG_HOME": str(home)}
        )
        try:
            yield browser
        finally:
            browser.close()


def tool(name: str) -> Path:
    """A file of what npm installed."""
    path = TOOLS / name
    return path if path.is_file() else pytest.fail(f"{name} is not installed: make .venv/node/ready")


class Heard(NamedTuple):
    """The addresses that a page asked for, what its console said, and what went wrong in its scripts."""

    asked: list[str]
    complaints: list[str]

    def foreign(self, own: str) -> list[str]:
        """What was asked of other hosts than that of the address `own`."""
        return [address for address in self.asked if urlsplit(address).netloc != urlsplit(own).netloc]


def listen(page: Page) -> Heard:
    """Begins to note what a page asks for and complains of."""
    heard = Heard([], [])
    page.on("request", lambda request: heard.asked.append(request.url))
    page.on("console", lambda said: heard.complaints.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: heard.complaints.append(str(error)))
    return heard
