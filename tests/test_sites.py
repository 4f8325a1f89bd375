"""Golden sites: each folder of tests/sites is one behaviour, with its content and the files of the output that show it.

    content/    laid over tests/sites/common
    themes/     (optional) laid over tests/themes/plain
    request     (optional) lines `now: 2026-03-01 12:00` and `drafts: yes`
    expected/   files that the output must hold, byte for byte, and besides them
        ABSENT  addresses at which nothing may be
        UNSAID  words that no file of the output may hold
        REPORT  advice, what is held back, the next change

`ARYK_UPDATE=1 pytest tests/test_sites.py` writes the files of expected/ anew (an empty one says that it is wanted): read
the difference then, for a golden file that enshrines a fault is worse than none.
"""

import os
import re
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote, urldefrag, urljoin, urlsplit
from zoneinfo import ZoneInfo

import pytest
from lxml import etree, html

from generator.engine.build import build
from generator.engine.report import Report
from generator.fields.moments import read_moment
from generator.pages.addresses import file_of
from tests.conftest import SITES, MakeSite, story, tree
from tests.sample import ROOT

NAMES = sorted(path.name for path in SITES.iterdir() if path.name not in ("common", "wrong"))
UPDATE = bool(os.environ.get("ARYK_UPDATE"))
NOTES = ("ABSENT", "UNSAID", "REPORT")


def test_there_are_golden_sites() -> None:
    assert len(NAMES) > 40


def wishes(folder: Path) -> dict[str, object]:
    """The fields of a request that a site asks for."""
    asked = (folder / "request").read_text().splitlines() if (folder / "request").exists() else []
    given = dict(line.split(": ") for line in asked)
    moment = {"now": read_moment(given["now"], ZoneInfo("UTC"))} if "now" in given else {}
    return moment | {"drafts": given.get("drafts") == "yes"}


def lines(folder: Path, name: str) -> list[str]:
    path = folder / "expected" / name
    return path.read_text().splitlines() if path.exists() else []


def told(report: Report) -> str:
    """What a report says beside the pages."""
    parts = [f"{problem.text()}\n" for problem in report.advice]
    parts += [f"held back: {held.path} ({held.reason}) until {shown(held.until)}\n" for held in report.held_back]
    return "".join(parts) + f"next change: {shown(report.next_change_at)}\n"


def shown(moment: int) -> str:
    return f"{datetime.fromtimestamp(moment, UTC):%Y-%m-%d %H:%M} UTC" if moment else "-"


@pytest.mark.parametrize("name", NAMES)
def test_site(name: str, make_site: MakeSite) -> None:
    folder = SITES / name
    request = make_site(name, **wishes(folder))

    report = build(request)

    assert [problem.text() for problem in report.problems] == []
    built, expected = tree(request.output), tree(folder / "expected")
    made = {path: told(report).encode() if path == "REPORT" else built.get(path) for path in expected}
    compared = [path for path in expected if path not in ("ABSENT", "UNSAID")]
    assert compared, "expected/ names no file"
    if UPDATE:
        for path in compared:
            assert made[path] is not None, f"{path} is not built"
            (folder / "expected" / path).write_bytes(made[path] or b"")
        expected = tree(folder / "expected")
    for path in compared:
        assert made[path] is not None, f"{path} is not built; there are {sorted(built)}"
        assert (made[path] or b"").decode("utf-8", "replace") == expected[path].decode("utf-8", "replace"), path
        assert made[path] == expected[path], path
    assert [address for address in lines(folder, "ABSENT") if file_of(address) in built] == []
    said = [(word, path) for word in lines(folder, "UNSAID") for path in built if word.encode() in built[path]]
    assert [(word, path) for word, path in said if not (path.endswith(".json") and word.startswith("<"))] == []
    again = build(request)
    assert (again.rendered, again.written, again.deleted) == (0, 0, 0)
    assert again.kept == report.rendered


@pytest.mark.parametrize("name", NAMES)
def test_no_link_of_the_shipped_theme_is_dead(name: str, make_site: MakeSite) -> None:
    """Every address that a page or feed of the site names exists in the output, with its anchor."""
    folder = SITES / name
    request = make_site(name, **wishes(folder))
    config = request.content / "site.yaml"
    config.write_text(re.sub(r"(?m)^(theme: .*|options:.*\n(?: .*\n)*)", "", config.read_text()))
    report = build(request)
    assert [problem.text() for problem in report.problems] == []
    built = tree(request.output)

    root = re.search(r"(?m)^address: (\S+)", config.read_text())[1].rstrip("/")
    assert dead(built, root) == []


def test_no_link_of_the_sample_is_dead(sample: dict[str, bytes]) -> None:
    assert len(sample) > 1500
    assert dead(sample, ROOT) == []


def dead(built: dict[str, bytes], root: str) -> list[tuple[str, str]]:
    """The links to nowhere: the file that has it, and where it leads."""
    found = ((path, href) for path, data in built.items() for href in named(path, data, root))
    return sorted({(path, href) for path, href in found if not leads(href, built, root)})


def named(path: str, data: bytes, root: str) -> set[str]:
    """The absolute addresses that a file names."""
    if path.endswith(".html"):
        page = html.fromstring(data.decode())
        own = f"{root}/{path.removesuffix('index.html')}"
        found = {urljoin(own, link) for _, _, link, _ in page.iterlinks()}
        return found | {
            urljoin(own, content.partition("url=")[2]) for content in page.xpath("//meta[@http-equiv]/@content")
        }
    if path.endswith(".xml"):
        return set(etree.fromstring(data).xpath("//*[local-name()='loc' or local-name()='link']/text()"))
    return set()


def leads(href: str, built: dict[str, bytes], root: str) -> bool:
    """Whether an address is outside the portal or in it (with the anchor that it names)."""
    address, anchor = urldefrag(href)
    address = re.sub(r"/rates/\?date=\d{4}-\d\d-\d\d$", "/rates/", address)  # the day is the script's
    if not address.startswith(root + "/") or urlsplit(address).query:
        return not address.startswith(root)
    data = built.get(file_of(urlsplit(address).path.removeprefix(urlsplit(root).path)))
    return data is not None and (not anchor or f'id="{anchor}"'.encode() in data)


@pytest.mark.parametrize("name", ["50%.pdf", "a#b.pdf", "a b.pdf", "what?.pdf"])
def test_addresses_of_media_are_escaped(name: str, make_site: MakeSite) -> None:
    request = make_site(
        {f"media/{name}": "x", "articles/2026/02/a.md": story(f"[a file](<../../../media/{quote(name)}>)")}
    )
    assert not build(request).problems
    page = (request.output / "2026/02/a/index.html").read_text()

    assert f'<a href="/media/{quote(name)}">' in page
