"""A portal with an inbox that is really served: started, asked over HTTP, killed, started again."""

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping
from http.client import HTTPConnection
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, Self
from urllib.parse import urlencode

from tests.processes import COMMAND

COMMON = Path(__file__).parent / "sites" / "common"
SECRET = "a secret of the tests, long enough to be one"
ORIGIN = "https://test.example"
POLL = """\
# asked by the desk of water
question: {en: Is there enough water?, ru: "Хватит ли воды?"}
opened: 2026-01-01
options:
  - {id: yes, text: {en: "Yes", ru: Да}, votes: 0}
  - {id: no, text: {en: "No", ru: Нет}}
"""
PATIENCE = 60


class Answer(NamedTuple):
    """What the service answered."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        """The answer to a program."""
        return json.loads(self.body)

    @property
    def code(self) -> str:
        """The word of a refusal."""
        return str(self.json["error"]["code"])

    @property
    def text(self) -> str:
        """The answer to a person."""
        return self.body.decode()


class Inbox:
    """A portal in a folder and its inbox; as a context the service runs in it, `at` a port (0: any)."""

    def __init__(self, root: Path, *, site: str = "", inbox: Mapping[str, object] | None = None, at: int = 0) -> None:
        self.root, self.content, self.folder = root, root / "content", root / ".inbox"
        self.port, self._process, self._at = 0, None, at
        shutil.copytree(COMMON, self.content, dirs_exist_ok=True)
        settings = {"address": "https://inbox.example"} | dict(inbox or {})
        more = f"{site}\ninbox: {json.dumps(settings)}\n"
        self.write("site.yaml", (COMMON / "site.yaml").read_text("utf-8") + more)

    _process: "subprocess.Popen[str] | None"

    def write(self, name: str, text: str) -> None:
        """Writes a file of the content, as an editor does: whole."""
        path = self.content / name
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_name(f".{path.name}.new")
        beside.write_text(text, "utf-8")
        beside.replace(path)

    def read(self, name: str) -> str:
        """A file of the content."""
        return (self.content / name).read_text("utf-8")

    @property
    def pid(self) -> int:
        """The number of the service's process."""
        assert self._process is not None
        return self._process.pid

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop(signal.SIGTERM)

    def start(self) -> None:
        """Starts the service; returns when it listens."""
        command = [COMMAND, "inbox", "serve", "--port", str(self._at), "--content", str(self.content)]
        environment = os.environ | {"ARYK_INBOX_KEY": SECRET}
        self._log = open(self.root / "log", "a+", encoding="utf-8")  # noqa: SIM115 (open as long as the service)
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=self._log, text=True, env=environment)
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        assert "listens on" in line, (self.root / "log").read_text("utf-8")
        self.port = int(line.rpartition(":")[2].partition("/")[0])

    def stop(self, number: int = signal.SIGKILL) -> None:
        """Ends the service."""
        process = self._process
        if process is not None:
            process.send_signal(number)
            process.wait(PATIENCE)
            assert process.stdout is not None
            process.stdout.close()
            self._log.close()
            self._process = None

    @property
    def log(self) -> str:
        """What the service said of mistakes."""
        return (self.root / "log").read_text("utf-8")

    def ask(
        self, method: str, path: str, body: bytes | None = None, headers: Mapping[str, str] | None = None
    ) -> Answer:
        """Asks once, on a connection of its own."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request(method, path, body, dict(headers or {}))
            answer = connection.getresponse()
            named = {name.lower(): value for name, value in answer.getheaders()}
            return Answer(answer.status, named, answer.read())
        finally:
            connection.close()

    def get(self, path: str, **headers: str) -> Answer:
        """Asks for a page or a value."""
        return self.ask("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})

    def send(self, path: str, values: Mapping[str, object], **headers: str) -> Answer:
        """Sends JSON, as a script on the portal does."""
        named = {"Content-Type": "application/json", "Origin": ORIGIN}
        named |= {name.replace("_", "-"): value for name, value in headers.items()}
        return self.ask("POST", path, json.dumps(values).encode(), named)

    def submit(self, path: str, values: Mapping[str, object], **headers: str) -> Answer:
        """Sends a form, as a browser without JavaScript does."""
        named = {"Content-Type": "application/x-www-form-urlencoded", "Origin": "https://inbox.example"}
        named |= {name.replace("_", "-"): value for name, value in headers.items()}
        return self.ask("POST", path, urlencode(values, doseq=True).encode(), named)

    def results(self, poll: str) -> dict[str, Any]:
        """The results of a poll at this moment."""
        answer = self.get(f"/polls/{poll}")
        assert answer.status == 200, answer
        found: dict[str, Any] = answer.json
        return found

    def command(self, action: str, *words: str, status: int = 0) -> "subprocess.CompletedProcess[str]":
        """A command of the editor."""
        command = [COMMAND, "inbox", action, "--content", str(self.content), *words]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=PATIENCE)
        assert done.returncode == status, done
        return done


def python(*words: str, **around: Any) -> "subprocess.CompletedProcess[str]":
    """Another Python, with what the tests know."""
    return subprocess.run([sys.executable, *words], capture_output=True, text=True, check=False, **around)
