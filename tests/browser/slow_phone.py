"""Lighthouse's figures of the front page, a section and a story of the sample on a slow phone: `make lighthouse`."""

import json
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from typing import Any

import uvicorn
from starlette.middleware.gzip import GZipMiddleware
from starlette.staticfiles import StaticFiles

from tests.sample import build_sample

COMMAND = Path(__file__).parent.parent.parent / ".venv/lighthouse/node_modules/.bin/lighthouse"
PAGES = ("/", "/kazakhstan/", "/2026/03/poezd-v-hivu-voprosy/")
AUDITS = ("largest-contentful-paint", "cumulative-layout-shift", "total-blocking-time", "total-byte-weight")


@contextmanager
def published(folder: Path) -> Iterator[str]:
    """The address of a folder, served as any host of static files does: texts compressed, connections kept."""
    app = GZipMiddleware(StaticFiles(directory=folder, html=True))
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = uvicorn.Server(uvicorn.Config(app, log_level="error"))
        thread = Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        server.should_exit = True
        thread.join()


def report(address: str, home: Path) -> dict[str, Any]:
    """What Lighthouse says of a page; `home` is where the browser keeps its things."""
    chromium = shutil.which("chromium") or sys.exit("Chromium is not installed: apt-get install chromium")
    flags = "--headless=new --no-sandbox --disable-dev-shm-usage"
    command = [str(COMMAND), address, "--output=json", "--quiet", f"--chrome-flags={flags}"]
    surroundings = os.environ | {"CHROME_PATH": chromium, "HOME": str(home)}
    done = subprocess.run(command, env=surroundings, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(done.stderr)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def told(found: dict[str, Any]) -> str:
    """A report in a few lines: the scores, the audits that are told by name, and whatever is not as it should be."""
    scores = [f"{part['title']} {part['score'] * 100:.0f}" for part in found["categories"].values()]
    figures = [f"{found['audits'][name]['title']}: {found['audits'][name]['displayValue']}" for name in AUDITS]
    counted = {ref["id"] for part in found["categories"].values() for ref in part["auditRefs"] if ref["weight"]}
    short = [
        f"  {found['audits'][name]['title']}"
        for name in sorted(counted)
        if found["audits"][name]["score"] not in (1, None)
    ]
    return "\n".join([found["finalDisplayedUrl"], ", ".join(scores), ", ".join(figures), *short])


def main() -> None:
    """Builds the sample, serves it and prints what Lighthouse says of three pages."""
    with TemporaryDirectory() as scratch, published(build_sample(Path(scratch))) as root:
        for page in PAGES:
            print(told(report(root + page, Path(scratch))), flush=True)


if __name__ == "__main__":
    main()
