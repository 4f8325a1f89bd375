"""The command rename: the file, its id and old address, the links to it; all of it or nothing."""

import os
from pathlib import Path

import pytest

from generator.cli.main import run
from generator.cli.relinking import Move, relinked

FRONT = "title: A title\ndate: 2026-02-20 07:36\ncountry: kz\ntopic: energy\n"
OLD = "articles/2026/02/old.md"
Said = pytest.CaptureFixture[str]


def story(more: str = "", text: str = "A text.\n") -> str:
    return f"---\n{FRONT}{more}---\n{text}"


@pytest.fixture
def content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Said) -> Path:
    """The content folder of a new portal with a story at OLD; the current folder is the portal's."""
    assert run(["init", str(tmp_path / "portal"), "--language", "en"]) == 0
    monkeypatch.chdir(tmp_path / "portal")
    folder = tmp_path / "portal/content"
    site = folder / "site.yaml"
    site.write_text(site.read_text().replace("# languages: [en, en]", "languages: [en, ru]"))
    lay_out(folder, {OLD: story()})
    capsys.readouterr()
    return folder


def lay_out(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, newline="")


def tree(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def front_of(path: Path) -> str:
    return path.read_bytes().decode().split("---")[1].replace(FRONT, "").strip("\n")


ADDED = "id: 2026/02/old\naliases: [/2026/02/old/]"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", ADDED),
        ("id: kept  # by hand\n", "id: kept  # by hand\naliases: [/2026/02/old/]"),
        ("aliases: [/a.html]  # from 2009\n", "aliases: [/a.html, /2026/02/old/]  # from 2009\nid: 2026/02/old"),
        ('aliases: ["/?p=1,2", /b/ ]\n', 'aliases: ["/?p=1,2", /b/, /2026/02/old/ ]\nid: 2026/02/old'),
        ("aliases: []\n", "aliases: [/2026/02/old/]\nid: 2026/02/old"),
        ("aliases: /?p=1,2\n", 'aliases: ["/?p=1,2", /2026/02/old/]\nid: 2026/02/old'),
        (
            "aliases:\n  - /a/\n  - /b/  # c\n\n# end\n",
            "aliases:\n  - /a/\n  - /b/  # c\n  - /2026/02/old/\n\n# end\nid: 2026/02/old",
        ),
        ("aliases: [\n  /a/,\n]\n", "aliases: [\n  /a/, /2026/02/old/,\n]\nid: 2026/02/old"),
        ("lead: |\n  Two\n  lines\n", f"lead: |\n  Two\n  lines\n{ADDED}"),
        ("aliases: [/x/, /2026/02/new/, /y/]\n", "aliases: [/x/, /2026/02/old/, /y/]\nid: 2026/02/old"),
        ("aliases:\n- /2026/02/new  # short\n- /y/\n", "aliases:\n- /2026/02/old/  # short\n- /y/\nid: 2026/02/old"),
    ],
)
def test_the_old_address_is_written_down_and_nothing_else_changes(
    content: Path, capsys: Said, before: str, after: str
) -> None:
    lay_out(content, {OLD: story(before)})
    assert run(["rename", OLD, "new"]) == 0
    assert front_of(content / "articles/2026/02/new.md") == after
    assert not (content / OLD).exists()
    assert "its old address /2026/02/old/ leads to the new one" in capsys.readouterr().out
    assert run(["check"]) == 0


def test_line_ends_stay_as_they_are(content: Path) -> None:
    lay_out(content, {OLD: story("aliases:\n- /a/\n").replace("\n", "\r\n")})
    assert run(["rename", OLD, "new"]) == 0
    written = (content / "articles/2026/02/new.md").read_bytes()
    assert written.count(b"\n") == written.count(b"\r\n") == 11
    assert b"- /a/\r\n- /2026/02/old/\r\nid: 2026/02/old\r\n---\r\n" in written


def test_renaming_there_and_back_leaves_no_alias_in_its_own_way(content: Path) -> None:
    assert run(["rename", OLD, "new"]) == 0
    assert run(["rename", "articles/2026/02/new.md", "old"]) == 0
    assert front_of(content / OLD) == "id: 2026/02/old\naliases: [/2026/02/new/]"
    assert run(["build", "--jobs", "1"]) == 0


@pytest.mark.parametrize(
    ("path", "name", "found"),
    [
        (OLD, "new.md", "articles/2026/02/new.md"),
        ("content/" + OLD, "new", "articles/2026/02/new.md"),
        (OLD, "2025/12/new", "articles/2025/12/new.md"),
        (OLD, "content/articles/2025/12/new.md", "articles/2025/12/new.md"),
        ("articles/2026/02/name.ru.md", "new", "articles/2026/02/new.ru.md"),
        ("articles/2026/02/name.ru.md", "2026/03/new.ru.md", "articles/2026/03/new.ru.md"),
        ("articles/2026/02/Плотина 2.0.md", "new", "articles/2026/02/new.md"),
    ],
)
def test_where_a_story_goes(content: Path, path: str, name: str, found: str) -> None:
    lay_out(content, {"articles/2026/02/name.ru.md": story(), "articles/2026/02/Плотина 2.0.md": story()})
    assert run(["rename", path, name]) == 0
    assert (content / found).is_file()
    assert not (content / path.removeprefix("content/")).exists()


def test_a_name_that_never_had_an_address_leaves_none_behind(content: Path, capsys: Said) -> None:
    lay_out(content, {"articles/2026/02/Новая плотина.md": story()})
    assert run(["check"]) == 1
    assert run(["rename", "articles/2026/02/Новая плотина.md", "novaya-plotina"]) == 0
    assert (content / "articles/2026/02/novaya-plotina.md").read_text() == story()
    assert "old address" not in capsys.readouterr().out
    assert run(["check"]) == 0


def test_links_follow(content: Path, capsys: Said) -> None:
    linking = (
        "[a](../02/old.md#x), [b](<../02/old.md> 'T'), <a href=\"../02/old.md\">c</a>, [d][d], `[e](../02/old.md)`"
    )
    rest = "\n\n[f](first.md) [g](/2026/02/old/) [h](https://x.example/old.md)\n\n[d]: ../02/old.md\n"
    lay_out(content, {"articles/2026/03/first.md": story(text=linking + rest)})
    own = "[me](old.md) [other](../03/first.md) [page](../../../pages/about.md) [h](#x)\n"
    lay_out(content, {OLD: story(text=own), "pages/more.md": "---\ntitle: A\n---\n[x](./../articles/2026/02/old.md)\n"})
    assert run(["rename", OLD, "2026/03/new"]) == 0
    assert "8 links rewritten in 3 files" in capsys.readouterr().out
    first = (content / "articles/2026/03/first.md").read_text().partition("---\n")[2].partition("---\n")[2]
    assert first == linking.replace("../02/old.md", "new.md").replace(
        "`[e](new.md)", "`[e](../02/old.md)"
    ) + rest.replace("]: ../02/old.md", "]: new.md")
    moved = (content / "articles/2026/03/new.md").read_text()
    assert moved.endswith("---\n[me](new.md) [other](first.md) [page](../../../pages/about.md) [h](#x)\n")
    assert (content / "pages/more.md").read_text().endswith("\n[x](../articles/2026/03/new.md)\n")
    assert run(["check"]) == 0


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("[a](старое%20имя.md)", "[a](new.md)"),
        ("[a](<старое имя.md>)", "[a](<new.md>)"),
        ('[a](старое имя.md "T")', '[a](new.md "T")'),
        ("[a](./старое%20имя.md?x#y) [b](x.md)", "[a](./new.md?x#y) [b](x.md)"),
        ("```\n[a](<старое имя.md>)\n```\n", "```\n[a](<старое имя.md>)\n```\n"),
        ("---\ntitle: `\n---\n[a](<старое имя.md>) `", "---\ntitle: `\n---\n[a](<new.md>) `"),
        ("![a](старое.png) mailto:a@b", "![a](старое.png) mailto:a@b"),
    ],
)
def test_how_links_are_written(text: str, after: str) -> None:
    assert relinked(text, "articles/x.md", Move("articles/старое имя.md", "articles/new.md"))[0] == after


@pytest.mark.parametrize(
    ("path", "name", "said", "status"),
    [
        (OLD, "taken", "there is a file articles/2026/02/taken.md already", 2),
        (OLD, "old.md", "has this name already", 2),
        (OLD, "Новое имя", "say novoe-imya", 2),
        (OLD, "new.fr", "no language of this portal", 2),
        (OLD, "new.ru", "would be in another language", 2),
        (OLD, "../../pages/new", "no folder below articles/", 2),
        (OLD, "2026/13/new", "is no year and month", 2),
        ("articles/2026/02/odl.md", "new", f"did you mean “{OLD}”?", 2),
        ("pages/about.md", "new", "is no story", 2),
        ("articles/2026/02/broken.md", "new", "mend this first", 1),
        ("articles/2026/02/flow.md", "new", "cannot be edited here", 1),
    ],
)
def test_what_is_refused_changes_nothing(
    content: Path, capsys: Said, path: str, name: str, said: str, status: int
) -> None:
    flow = "---\n{title: A, date: 2026-02-20, country: kz, topic: energy}\n---\nA text.\n"
    folder = "articles/2026/02/"
    lay_out(content, {f"{folder}taken.md": story(), f"{folder}broken.md": "---\n---\n", f"{folder}flow.md": flow})
    before = tree(content)
    assert run(["rename", path, name]) == status
    assert said in capsys.readouterr().err
    assert tree(content) == before


def test_an_edit_that_would_miss_its_line_is_refused(content: Path, capsys: Said) -> None:
    # YAML counts U+2028 as the end of a line: the alias would go into the comment, and nobody would know.
    lay_out(content, {OLD: story('lead: "a\u2028b"\naliases: [/a/]\n# a comment that is long enough\n')})
    before = tree(content)
    assert run(["rename", OLD, "new"]) == 1
    assert "cannot be edited here" in capsys.readouterr().err
    assert tree(content) == before


def test_a_failure_in_the_middle_is_taken_back(content: Path, monkeypatch: pytest.MonkeyPatch, capsys: Said) -> None:
    text = story(text="[a](../02/old.md)\n")
    lay_out(content, {f"articles/2026/03/{name}.md": text for name in ("a", "b", "c")})
    before = tree(content)
    replace, calls = os.replace, []

    def fails_third(source: Path, target: Path) -> None:
        calls.append(target)
        if len(calls) == 3:
            raise OSError(28, "No space left on device", str(target))
        replace(source, target)

    monkeypatch.setattr(os, "replace", fails_third)
    assert run(["rename", OLD, "2027/01/new"]) == 3
    assert "No space left on device" in capsys.readouterr().err
    assert len(calls) == 3
    assert tree(content) == before
    assert not (content / "articles/2027").exists()
