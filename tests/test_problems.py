"""Wrong sites: each folder of tests/sites/wrong is one mistake, with everything that its author is told in problems.txt.

Mistakes that cannot be files in git are made on the fly below. `ARYK_UPDATE=1` writes problems.txt anew: read it then as
somebody who has never seen a program would.
"""

import os
from itertools import pairwise
from pathlib import Path

import hypothesis.strategies as st
import msgspec
import pytest
from hypothesis import given, settings

from generator.cli.main import run
from generator.engine.build import build
from generator.engine.request import Request
from generator.fields.values import read_fields
from generator.problems import Problem
from tests.conftest import NOW, SITES, Files, MakeSite, lay_out, story, tree

WRONG = SITES / "wrong"
NAMES = sorted(path.name for path in WRONG.iterdir())
UPDATE = bool(os.environ.get("ARYK_UPDATE"))
GOOD = {"articles/2025/06/good.md": story(title="Good", date="2025-06-01 08:00")}


def command(request: Request, name: str, *more: str) -> int:
    """The exit status of a command of `aryk` on a portal."""
    folders = ["--content", str(request.content), "--output", str(request.output), "--store", str(request.store)]
    return run([name, *folders, "--now", str(NOW), "--jobs", "1", *more])


def snapshot(folder: Path) -> dict[str, tuple[bytes, int, int]]:
    """Every file with its bytes, the moment of its last change and its inode."""
    return {
        path: (data, (folder / path).stat().st_mtime_ns, (folder / path).stat().st_ino)
        for path, data in tree(folder).items()
    }


@pytest.fixture
def published(make_site: MakeSite) -> Request:
    """A portal that was published before the mistake was made."""
    request = make_site(GOOD)
    assert not build(request).problems
    return request


def refused(request: Request, capsys: pytest.CaptureFixture[str]) -> str:
    """What the author of a portal with mistakes is told; nothing is published, and `check` says the same."""
    before = snapshot(request.output)
    assert command(request, "build") == 1
    *lines, last = capsys.readouterr().err.splitlines(keepends=True)
    count = sum(": advice: " not in line for line in lines)
    assert last == f"{count} {'problem' if count == 1 else 'problems'}; nothing was published\n"
    assert snapshot(request.output) == before
    told = "".join(lines)
    if "the template fails on the page" not in told and "two pages claim" not in told:
        assert command(request, "check") == 1
        assert capsys.readouterr().err == told
    return told


def test_there_are_wrong_sites() -> None:
    assert len(NAMES) > 60


@pytest.mark.parametrize("name", NAMES)
def test_mistake(name: str, published: Request, make_site: MakeSite, capsys: pytest.CaptureFixture[str]) -> None:
    make_site(f"wrong/{name}")

    told = refused(published, capsys)

    if UPDATE:
        (WRONG / name / "problems.txt").write_text(told)
    assert told == (WRONG / name / "problems.txt").read_text()


def laughs() -> str:
    """Nine lines that mean a thousand million words."""
    first = "a: &a [ha, ha, ha, ha, ha, ha, ha, ha, ha, ha]\n"
    return first + "".join(
        f"{key}: &{key} [{', '.join([f'*{before}'] * 10)}]\n" for before, key in pairwise("abcdefghi")
    )


A = "articles/2026/02/a.md"
QUOTED = "(put the value in quotes; YAML's &names are not read here)"
DEEP = "nesting deeper than 24 levels is not allowed (write the value out)"
ON_THE_FLY: dict[str, tuple[Files, str]] = {
    "a file of 10 MB": (
        {A: story("word " * 2_000_000)},
        f"{A}: the file has 10,000,073 bytes; the limit is 2,000,000 (split it up)\n",
    ),
    "a registry of 30 MB": (
        {"tags.yaml": "#" * 30_000_000},
        "tags.yaml: the file has 30,000,000 bytes; the limit is 20,000,000 (split it up)\n",
    ),
    "a byte order mark": (
        {A: b"\xef\xbb\xbf" + story().encode(), "topics.yaml": b"\xef\xbb\xbfenergy: {name: E}\n"},
        f"{A}:1:1: the file begins with a byte order mark (save it as UTF-8 without BOM)\n"
        "topics.yaml:1:1: the file begins with a byte order mark (save it as UTF-8 without BOM)\n",
    ),
    "Windows-1251": (
        {A: story(title="Dam, плотина").encode("cp1251")},
        f"{A}:2:13: this is not UTF-8 (save the file in the encoding UTF-8)\n",
    ),
    "UTF-16": (
        {A: story().encode("utf-16"), "countries.yaml": "kz: {name: K}\n".encode("utf-16")},
        f"{A}:1:1: this is not UTF-8 (save the file in the encoding UTF-8)\n"
        "countries.yaml:1:1: this is not UTF-8 (save the file in the encoding UTF-8)\n",
    ),
    "a NUL": (
        {A: story("Text.\n\nMore\0 text.")},
        f"{A}:9:5: a control character (U+0000) (delete it)\n",
    ),
    "an escape character, after Cyrillic and old line ends": (
        {A: story("Текст.\r\rЕщё\x1b[31m")},
        f"{A}:9:4: a control character (U+001B) (delete it)\n",
    ),
    "billion laughs in a story": (
        {A: f"---\n{laughs()}---\nText.\n"},
        f"{A}:2:4: a value that begins with & {QUOTED}\n",
    ),
    "billion laughs in a registry": (
        {"outlets.yaml": laughs()},
        f"outlets.yaml:1:4: a value that begins with & {QUOTED}\n",
    ),
    "deep lists in a story": ({A: story(tags="[" * 100_000)}, f"{A}:6:30: {DEEP}\n"),
    "deep lists in a registry": ({"tags.yaml": "[" * 100_000}, f"tags.yaml:1:25: {DEEP}\n"),
    "deep hyphens": ({"front.yaml": "- " * 50_000}, f"front.yaml:1:49: {DEEP}\n"),
    "deep maps": ({A: story(image="{a: " * 5_000)}, f"{A}:6:100: {DEEP}\n"),
    "deep quotations in a text": (
        {A: story("> " * 5_000 + "text")},
        f"{A}:7:1: the text is nested too deeply (use fewer levels of lists, quotations or tags)\n",
    ),
    "no site.yaml": ({"site.yaml": None}, "site.yaml: the file is missing (`aryk init` makes a portal with one)\n"),
}


@pytest.mark.parametrize("name", ON_THE_FLY)
def test_mistake_on_the_fly(name: str, published: Request, capsys: pytest.CaptureFixture[str]) -> None:
    files, expected = ON_THE_FLY[name]
    lay_out(published.content, files)

    assert refused(published, capsys) == expected


def test_links_that_leave_the_content_folder(
    published: Request, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    lay_out(tmp_path, {"secret/secret.md": story(), "content/articles/2026/02/inside.md": story()})
    folder = published.content / "articles/2026/02"
    (folder / "inner.md").symlink_to("inside.md")
    (folder / "out.md").symlink_to(tmp_path / "secret/secret.md")
    (folder / "up.md").symlink_to("../../../../secret/secret.md")
    (folder / "gone.md").symlink_to("nothing.md")
    (folder / "loop.md").symlink_to("loop.md")
    (published.content / "pages").symlink_to(tmp_path / "secret")

    said = "this link leaves the content folder (copy the file here instead)\n"
    paths = [*(f"articles/2026/02/{name}.md" for name in ("gone", "loop", "out", "up")), "pages"]
    assert refused(published, capsys) == "".join(f"{path}: {said}" for path in paths)


def test_what_is_no_file(published: Request, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Reading a FIFO would wait for ever."""
    folder = published.content / "articles/2026/02"
    folder.mkdir(parents=True)
    os.mkfifo(folder / "pipe.md")
    os.mkfifo(published.content / "tags.yaml")

    said = "this is no ordinary file (remove it from the content folder)\n"
    assert refused(published, capsys) == f"articles/2026/02/pipe.md: {said}tags.yaml: {said}"


def test_file_whose_name_is_not_utf_8(published: Request, capsys: pytest.CaptureFixture[str]) -> None:
    folder = os.fsencode(published.content / "articles/2025/06")
    Path(os.fsdecode(folder + b"/d\xe9j\xe0.md")).write_text(story())

    assert refused(published, capsys) == "articles/2025/06/d?j?.md: the file's name is not UTF-8 (rename it)\n"


@pytest.mark.parametrize(
    "name", ["articles/2026/02/a.md", "pages/about.md", "media/a.pdf", "site.yaml", "countries.yaml"]
)
def test_unreadable_file(
    name: str, published: Request, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As root reads everything, the refusal is played."""
    files = {"articles/2026/02/a.md": story(), "pages/about.md": "---\ntitle: A\n---\nText.\n", "media/a.pdf": "x"}
    lay_out(published.content, files)
    read_bytes = Path.read_bytes

    def refuse(path: Path) -> bytes:
        if path == published.content / name:
            raise PermissionError(13, "Permission denied", str(path))
        return read_bytes(path)

    monkeypatch.setattr(Path, "read_bytes", refuse)

    assert refused(published, capsys) == f"{name}: this file cannot be read: Permission denied (mend its permissions)\n"


def test_no_content_folder(published: Request, capsys: pytest.CaptureFixture[str]) -> None:
    published.content.rename(published.content.with_name("elsewhere"))

    assert refused(published, capsys) == "content: there is no such content folder (`aryk init NAME` makes a portal)\n"


def test_mended_mistake_leaves_nothing(published: Request, capsys: pytest.CaptureFixture[str]) -> None:
    """What was refused is published as if there had never been a mistake."""
    lay_out(published.content, {A: story("[dead](none.md)", title="A")})
    refused(published, capsys)
    lay_out(published.content, {A: story("Mended.", title="A")})

    assert not build(published).problems
    mended = tree(published.output)
    assert b"Mended." in mended["2026/02/a/index.html"]
    build(msgspec.structs.replace(published, output=published.output.with_name("clean"), clean=True))
    assert mended == tree(published.output.with_name("clean"))


@pytest.mark.parametrize("alias", ["/kazakhstan/", "/archive/2025/", "/feed.xml", "/"])
def test_alias_at_a_page_of_the_portal_names_the_story(
    alias: str, published: Request, capsys: pytest.CaptureFixture[str]
) -> None:
    lay_out(published.content, {A: story(aliases=f"[{alias}]")})

    assert refused(published, capsys).startswith(f"{A}:6:11: ")


def test_all_mistakes_of_a_story_come_at_once(published: Request, capsys: pytest.CaptureFixture[str]) -> None:
    lay_out(published.content, {A: story("[dead](none.md)", topic="enrgy", autor="x")})

    told = refused(published, capsys)

    assert [line.split(": ")[0] for line in told.splitlines()] == [f"{A}:5:8", f"{A}:6:1", f"{A}:8:8"]


def test_template_that_includes_itself(published: Request, capsys: pytest.CaptureFixture[str]) -> None:
    lay_out(published.content.parent, {"themes/plain/templates/404.html": '{% include "404.html" %}'})

    assert refused(published, capsys).startswith("themes/plain/templates/404.html:1:1: the template ")


def test_theme_without_a_template(published: Request, capsys: pytest.CaptureFixture[str]) -> None:
    lay_out(published.content.parent, {"themes/plain/templates/404.html": None})

    assert refused(published, capsys).startswith("themes/plain/templates/404.html: the theme has no such template")


@pytest.mark.parametrize(
    ("text", "place"),
    [("a: [", "1:4"), ("a: [\n", "1:4"), ("a: {b: ", "1:6"), ("a: b\nc: [d,\n\n", "2:6"), ("[", "1:1")],
)
def test_a_bracket_that_nothing_follows_is_told_where_it_stands(text: str, place: str) -> None:
    """The parser notices it only at the end of the file, on a line that may not be there."""
    problems: list[Problem] = []
    read_fields(text, "site.yaml", problems)
    assert [str(problem.place) for problem in problems] == [f"site.yaml:{place}"]
    assert "not closed" in problems[0].message


@given(st.text("ab 0\n\t:-?[]{},&*!|>'\"%@`#~.\\", max_size=40))
@settings(max_examples=500)
def test_every_text_is_yaml_or_a_problem_at_a_place_that_is_there(text: str) -> None:
    problems: list[Problem] = []
    read_fields(text, "site.yaml", problems)
    lines = text.count("\n") + 1
    assert all(1 <= problem.place.line <= lines + 1 and problem.place.column >= 1 for problem in problems)


def test_a_check_tells_of_moments_that_are_still_to_come(
    make_site: MakeSite, capsys: pytest.CaptureFixture[str]
) -> None:
    ahead = {"updated": "2027-02-21", "corrections": "[{date: 2026-02-21, text: A}, {date: 2027-02-21, text: B}]"}
    told = {
        "a.md": story(**ahead),
        "b.md": story(retracted="{date: 2027-02-21, text: C}"),
        "c.md": story(draft="true", **ahead),
    }
    request = make_site({f"articles/{name}": text for name, text in told.items()})
    assert command(request, "check") == 0
    said = [line for line in capsys.readouterr().err.splitlines() if "lies in the future" in line]
    places = [line.partition(": advice: ")[0] for line in said]
    assert places == ["articles/a.md:6:10", "articles/a.md:7:51", "articles/b.md:6:19"]
