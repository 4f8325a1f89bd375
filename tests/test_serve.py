"""The live preview: a real server on loopback, real edits of files, and a wait that ends."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from generator.cli.main import run
from generator.preview.board import Shown
from generator.preview.dressing import dressed
from generator.preview.watcher import concerns

PATIENCE = 60.0
ABOUT = "---\ntitle: About\n---\n"


class Preview:
    """A running `aryk serve` and the portal that it shows."""

    def __init__(self, folder: Path, *words: str) -> None:
        self.folder = folder
        command = [sys.executable, "-m", "generator.cli.main", "serve", "--port", "0", *words]
        self.process = subprocess.Popen(
            command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True
        )
        assert self.process.stdout is not None
        self.said: list[str] = []
        for line in self.process.stdout:
            self.said.append(line)
            if line.startswith("open http://"):
                break
        self.address = self.said[-1].split()[1] if self.said else ""
        self.port = int(self.address.split(":")[2].split("/")[0])

    def get(self, path: str, **headers: str) -> tuple[int, dict[str, str], str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request("GET", path, headers=headers)
            answer = connection.getresponse()
            return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read().decode()
        finally:
            connection.close()

    def shows(self, path: str, *, with_: str = "", without: str = "\0") -> str:
        """The page, once it has some words and lacks others."""
        return until(lambda: self.get(path)[2], lambda html: with_ in html and without not in html)

    def write(self, path: str, text: str) -> None:
        """Saves as editors do: beside its place, then renamed into it."""
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        beside = target.with_name(f".{target.name}.swp")
        beside.write_text(text)
        os.replace(beside, target)

    def end(self, number: int = signal.SIGINT) -> int:
        if self.process.poll() is None:
            os.killpg(self.process.pid, number)
        rest, _ = self.process.communicate(timeout=PATIENCE)
        self.said.append(rest)
        return self.process.returncode


def until(look: Callable[[], str], good: Callable[[str], bool]) -> str:
    """What is seen once it is good; the last of it where patience ends, so that the failure shows it."""
    end = time.monotonic() + PATIENCE
    while not good(seen := look()):
        assert time.monotonic() < end, seen[-3000:]
        time.sleep(0.05)
    return seen


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Callable[..., Preview]]:
    """A function that begins a portal (under a path) and serves it."""
    running: list[Preview] = []

    def begin(*words: str, address: str = "https://example.org/news") -> Preview:
        folder = tmp_path / "portal"
        assert run(["init", str(folder), "--language", "en", "--address", address]) == 0
        running.append(Preview(folder, *(words or ("--jobs", "1"))))
        return running[-1]

    yield begin
    for preview in running:
        preview.end()


def test_an_edit_is_shown_and_the_open_page_is_told(serve: Callable[..., Preview]) -> None:
    preview = serve()
    page = "/news/page/about/"
    status, headers, html = preview.get(page)
    assert (status, headers["cache-control"], headers["content-type"]) == (200, "no-store", "text/html; charset=utf-8")
    mark = html.partition('data-mark="')[2].partition('"')[0]
    events = http.client.HTTPConnection("127.0.0.1", preview.port, timeout=PATIENCE)
    events.request("GET", "/.aryk/events")
    answer = events.getresponse()
    assert answer.getheader("content-type", "").startswith("text/event-stream")
    assert answer.readline() == f"data: {mark}\n".encode()
    assert answer.readline() == b"\n"
    preview.write("content/pages/about.md", ABOUT + "Words of the second edition.\n")
    told = answer.readline().decode()
    events.close()
    assert told.startswith("data: ")
    assert told != f"data: {mark}\n"
    html = preview.get(page)[2]
    assert "second edition" in html
    assert f'<script src="/.aryk/reload.js" data-mark="{told[6:-1]}"></script>' in html
    assert "EventSource" in preview.get("/.aryk/reload.js")[2]
    built = list((preview.folder / ".aryk/preview").rglob("*.html"))
    assert built
    assert not [path for path in built if ".aryk" in path.read_text()]
    assert not (preview.folder / "build").exists()


def test_a_broken_page_keeps_its_last_good_version_under_an_escaped_bar(serve: Callable[..., Preview]) -> None:
    preview = serve()
    page = "/news/page/about/"
    preview.write("content/pages/about.md", ABOUT + "Good words.\n")
    preview.shows(page, with_="Good words")
    preview.write("content/pages/about.md", "---\ntitle: About\n<script>alert(1)</script>: x\n---\nBad words.\n")
    html = preview.shows(page, with_="aryk-problems")
    assert "Good words" in html
    assert "Bad words" not in html
    assert "pages/about.md:3:1: the key “&lt;script&gt;alert(1)&lt;/script&gt;” is not known here" in html
    assert "<script>alert" not in html
    assert html.index("<body") < html.index("aryk-problems") < html.index("<header")
    assert "aryk-problems" in preview.get("/news/nowhere/")[2]
    assert "aryk-problems" in preview.get("/.aryk/bar.css")[2]
    preview.write("content/pages/about.md", ABOUT + "Mended words.\n")
    # The page is on disk a moment before the bar is taken down; an open page is then told to reload.
    preview.shows(page, with_="Mended words", without="aryk-problems")
    preview.end()
    assert "pages/about.md:3:1: the key “<script>" in preview.said[-1]


def test_the_portal_lives_under_its_path(serve: Callable[..., Preview]) -> None:
    preview = serve()
    assert preview.address.endswith("/news/")
    for short in ("/", "/news"):
        status, headers, _ = preview.get(short)
        assert (status // 100, headers["location"]) == (3, "/news/")
    assert preview.get("/news/")[0] == 200
    assert preview.get("/news/feed.xml")[1]["cache-control"] == "no-store"
    status, headers, _ = preview.get("/news/page/about")
    assert (status // 100, headers["location"].endswith("/news/page/about/")) == (3, True)
    missing = (preview.folder / ".aryk/preview/404.html").read_text()
    for nowhere in ("/news/nowhere/", "/page/about/", "/newsroom/"):
        status, _, html = preview.get(nowhere)
        assert status == 404
        assert html.startswith(missing)


def test_nothing_outside_the_output_is_served(serve: Callable[..., Preview]) -> None:
    preview = serve()
    (preview.folder / ".aryk/secret.html").write_text("secret")
    (preview.folder / ".aryk/preview/link.html").symlink_to(preview.folder / ".aryk/secret.html")
    for path in ("../secret.html", "%2e%2e/secret.html", "..%2fsecret.html", "/etc/passwd", "%00", "link.html"):
        status, _, html = preview.get(f"/news/{path}")
        assert (status, "secret" in html, "root:" in html) == (404, False, False), path
    assert preview.get("/.aryk/builder.py")[0] == 404
    assert preview.get("/news/", Host="elsewhere.example")[0] == 400


def test_those_who_take_avif_get_it(serve: Callable[..., Preview]) -> None:
    preview = serve()
    folder = preview.folder / ".aryk/preview/media/-"
    folder.mkdir(parents=True)
    for name in ("both.webp", "both.webp.avif", "alone.webp"):
        (folder / name).write_text(name)
    for name, accept, given in (
        ("both.webp", "image/avif,image/webp,*/*", "both.webp.avif"),
        ("both.webp", "image/webp,*/*", "both.webp"),
        ("alone.webp", "image/avif,*/*", "alone.webp"),
    ):
        status, headers, data = preview.get(f"/news/media/-/{name}", Accept=accept)
        type = "image/avif" if given.endswith("avif") else "image/webp"
        assert (status, headers["content-type"], data) == (200, type, given)


def test_new_files_folders_themes_and_addresses_are_seen(serve: Callable[..., Preview]) -> None:
    preview = serve()
    preview.write(
        "content/articles/2025/07/dam.md", "---\ntitle: T\ndate: 2025-07-01\ncountry: kz\ntopic: energy\n---\nOne.\n"
    )
    preview.shows("/news/2025/07/dam/", with_="One.")
    (preview.folder / "content/articles/2025/07").rename(preview.folder / "content/articles/2025/08")
    preview.shows("/news/2025/08/dam/", with_="One.")
    preview.write("themes/news-asia/templates/404.html", "<p>Own theme</p>")
    preview.shows("/news/nowhere/", with_="Own theme")
    preview.write("themes/news-asia/templates/404.html", "<p>Second own theme</p>")
    preview.shows("/news/nowhere/", with_="Second own theme")
    site = (preview.folder / "content/site.yaml").read_text()
    preview.write("content/site.yaml", "name: broken")
    assert "One." in preview.shows("/news/2025/08/dam/", with_="aryk-problems")
    preview.write("content/site.yaml", site.replace("https://example.org/news", "https://example.org"))
    preview.shows("/2025/08/dam/", with_="One.", without="aryk-problems")


def test_a_story_comes_when_its_time_has_come(serve: Callable[..., Preview]) -> None:
    preview = serve()
    soon = datetime.fromtimestamp(
        time.time() + 3, ZoneInfo("Asia/Bishkek")
    )  # the month of a story's address is the portal's
    text = f"---\ntitle: T\ndate: {soon:%Y-%m-%d %H:%M:%S}\ncountry: kz\ntopic: energy\n---\nHeld back.\n"
    preview.write("content/articles/held.md", text)
    page = f"/news/{soon:%Y/%m}/held/"
    assert preview.get(page)[0] == 404
    preview.shows(page, with_="Held back.")
    assert time.time() >= int(soon.timestamp())


def test_drafts_are_shown_where_they_are_asked_for(serve: Callable[..., Preview]) -> None:
    preview = serve("--drafts", "--jobs", "1")
    text = "---\ntitle: T\ndate: 2025-07-01\ncountry: kz\ntopic: energy\ndraft: true\n---\nA draft.\n"
    preview.write("content/articles/draft.md", text)
    preview.shows("/news/2025/07/draft/", with_="A draft.")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_cleanly_with_pages_open_and_workers_running(serve: Callable[..., Preview], number: int) -> None:
    preview = serve("--jobs", "2")
    for at in range(80):  # more than a batch, so that there are workers
        story = f"---\ntitle: T\ndate: 2025-07-01 07:{at % 60:02}\ncountry: kz\ntopic: energy\n---\nOne.\n"
        preview.write(f"content/articles/s{at}.md", story)
    preview.shows("/news/2025/07/s79/", with_="One.")
    events = http.client.HTTPConnection("127.0.0.1", preview.port, timeout=PATIENCE)
    events.request("GET", "/.aryk/events")
    events.getresponse().readline()
    begun = time.monotonic()
    assert preview.end(number) == 0
    events.close()
    assert time.monotonic() - begun < 8
    assert "Traceback" not in "".join(preview.said)
    assert "Error" not in "".join(preview.said)


def test_an_interrupt_while_workers_start_is_quiet_in_all_of_them(tmp_path: Path) -> None:
    assert run(["init", str(tmp_path / "portal"), "--language", "en"]) == 0
    folder = tmp_path / "portal/content/articles"
    for at in range(400):
        (folder / f"s{at}.md").write_text("---\ntitle: T\ndate: 2025-07-01\ncountry: kz\ntopic: energy\n---\nOne.\n")
    command = [sys.executable, "-m", "generator.cli.main", "serve", "--port", "0", "--jobs", "4"]
    for later in (0.0, 0.1, 0.2, 0.3):
        process = subprocess.Popen(
            command,
            cwd=tmp_path / "portal",
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        try:
            until(lambda number=process.pid: children_of(number), bool)
            time.sleep(later)
            os.killpg(process.pid, signal.SIGINT)
            said, _ = process.communicate(timeout=PATIENCE)
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
        assert (process.returncode, "Traceback" in said) == (0, False), said


def test_a_first_build_that_fails_ends_the_command(tmp_path: Path) -> None:
    assert run(["init", str(tmp_path / "portal"), "--language", "en"]) == 0
    (tmp_path / "portal/.aryk").write_text("a file where the store's folder should be")
    command = [sys.executable, "-m", "generator.cli.main", "serve", "--port", "0", "--jobs", "1"]
    done = subprocess.run(
        command, cwd=tmp_path / "portal", capture_output=True, timeout=PATIENCE, text=True, check=False
    )
    assert (done.returncode, "open http" in done.stdout) == (3, False)
    assert "File exists" in done.stderr


def children_of(number: int) -> str:
    """The worker processes that a process has started, as /proc tells."""
    found = Path(f"/proc/{number}/task").glob("*/children")
    pids = [pid for listed in found for pid in listed.read_text().split()]
    return " ".join(pid for pid in pids if "spawn_main" in Path(f"/proc/{pid}/cmdline").read_text())


def test_a_taken_port_is_told_in_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["init", str(tmp_path / "portal")]) == 0
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        content = str(tmp_path / "portal/content")
        assert run(["serve", "--port", str(port), "--content", content]) == 2
    said = capsys.readouterr().err
    assert said == f"aryk: cannot listen on 127.0.0.1, port {port}: Address already in use; try --port\n"
    assert run(["serve", "--content", str(tmp_path / "nowhere")]) == 2


@pytest.mark.parametrize(
    ("kind", "is_folder", "paths", "heard"),
    [
        ("modified", False, ["/p/content/a.md"], True),
        ("closed", False, ["/p/content/a.md"], True),
        ("opened", False, ["/p/content/a.md"], False),
        ("closed_no_write", False, ["/p/content/a.md"], False),
        ("modified", True, ["/p/content/articles"], False),
        ("deleted", True, ["/p/content/articles"], True),
        ("moved", False, ["/p/content/.a.md.swp", "/p/content/a.md"], True),
        ("moved", False, ["/p/content/a.md", "/p/content/a.md~"], True),
        ("created", False, ["/p/content/a.md~", ""], False),
        ("modified", False, ["/p/content/.git/index"], False),
        ("modified", False, ["/p/content/4913.tmp"], False),
        ("created", True, ["/p/build"], False),
        ("created", True, ["/p/content"], True),
    ],
)
def test_which_events_concern_a_build(kind: str, is_folder: bool, paths: list[str], heard: bool) -> None:
    assert concerns(kind, is_folder, paths, Path("/p/content")) is heard


def test_the_bar_stands_at_the_top_of_the_body_and_says_how_many() -> None:
    html = dressed('<html><BODY class="a"><p>x</p></BODY></html>', Shown("m", "", tuple(f"<{n}>" for n in range(60))))
    assert html.startswith(
        '<html><BODY class="a">\n<link rel="stylesheet" href="/.aryk/bar.css"><div id="aryk-problems"'
    )
    assert "60 problems; pages" in html
    assert "&lt;49&gt;" in html
    assert "&lt;50&gt;" not in html
    assert "and 10 more" in html
