"""The commands init, new and explain, run as people run them."""

import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from generator.cli.main import run
from generator.cli.new import written_moment
from generator.config import LANGUAGES
from generator.content.articles import ReadingOptions, read_article
from generator.content.typography import typeset
from generator.fields.moments import read_moment

Portal = Callable[..., Path]
STORY = "---\ntitle: {title}\ndate: 2026-02-20 07:36\ncountry: kz\ntopic: energy\n---\nA text.\n"
READING = ReadingOptions("Asia/Bishkek", "en", ("en", "ru"))


@pytest.fixture
def portal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Portal:
    """A function that begins a portal and goes into its folder."""

    def begin(*words: str) -> Path:
        folder = tmp_path / "portal"
        assert run(["init", str(folder), "--language", "en", *words]) == 0
        monkeypatch.chdir(folder)
        capsys.readouterr()
        return folder

    return begin


def tree(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_new_portal_builds_without_problems_or_advice(
    portal: Portal, capsys: pytest.CaptureFixture[str], language: str
) -> None:
    name = 'The "Dawn": \\ # @DATE@'
    folder = portal("--language", language, "--name", name)
    assert run(["build", "--jobs", "1"]) == 0
    assert capsys.readouterr().err == ""
    page = (folder / "build/index.html").read_text()
    assert f'lang="{language}"' in page
    assert typeset(name, language) in page
    assert any("/first-story/" in path for path in tree(folder / "build"))
    assert not any(b"@" + word in text for word in (b"NAME@", b"STORY@", b"ADDRESS@") for text in tree(folder).values())
    assert {"README.md", ".gitignore"} <= {path.name for path in folder.iterdir()}


def test_init_leaves_a_folder_that_is_not_empty_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    assert run(["init", str(tmp_path)]) == 2
    assert tree(tmp_path) == {"mine.txt": b"mine"}
    assert "is not an empty folder" in capsys.readouterr().err


def test_init_refuses_words_that_site_yaml_would_refuse(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for words, said in (("--time-zone=Asia/Bishek", "no time zone"), ("--address=example.org", "no address")):
        assert run(["init", str(tmp_path / "portal"), words]) == 2
        assert said in capsys.readouterr().err
    assert not (tmp_path / "portal").exists()


TITLES = [
    "Simply a title",
    'He said: "no" \\ and # left',
    "- it's {not} [a] list, & *no* alias: %",
    "  two\n lines\t\u2028and a \x07 bell  ",
    "Газ дорожает",
    "中国与中亚",
    "~",
]


@pytest.mark.parametrize("title", TITLES)
def test_a_new_story_is_read_as_it_was_titled(portal: Portal, capsys: pytest.CaptureFixture[str], title: str) -> None:
    folder = portal()
    assert run(["new", title, "--country", "uz", "--topic", "culture", "--date", "2026-02-20 07:36"]) == 0
    path = capsys.readouterr().out.strip()
    assert path.startswith("content/articles/2026/02/")
    article, _, problems = read_article((folder / path).read_bytes(), path.removeprefix("content/"), READING)
    assert problems == []
    assert article is not None
    assert article.card.title == typeset(" ".join(title.replace("\x07", "").split()), "en")
    assert (article.card.countries, article.card.topics, article.card.lead) == (("uz",), ("culture",), "…")
    assert not article.draft
    assert run(["check"]) == 0


def test_new_never_overwrites(portal: Portal, capsys: pytest.CaptureFixture[str]) -> None:
    portal()
    for name in ("same", "same-2", "same-3"):
        assert run(["new", "Same!", "--date", "2026-02-20", "--draft"]) == 0
        said = capsys.readouterr()
        assert said.out == f"content/articles/2026/02/{name}.md\n"
        assert "no --country: kz (Kazakhstan), the first of countries.yaml" in said.err
        Path(said.out.strip()).write_text("mine")
    long = " ".join(["word"] * 40)
    for _ in range(2):
        assert run(["new", long]) == 0
        assert len(Path(capsys.readouterr().out.strip()).stem) <= 80


def test_new_takes_the_language_the_draft_and_the_moment(
    portal: Portal, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = portal("--time-zone", "Asia/Almaty")
    site = folder / "content/site.yaml"
    site.write_text(site.read_text().replace("# languages: [en, en]", "languages: [en, ru]"))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1772312340")  # 2026-02-28 20:59 UTC, March in Almaty
    assert run(["new", "Жаңа жыл", "--lang", "ru", "--draft"]) == 0
    path = folder / capsys.readouterr().out.strip()
    assert path.parts[-3:] == ("2026", "03", "zhana-zhyl.ru.md")
    assert "date: 2026-03-01 01:59\n" in path.read_text()
    assert "draft: true\n" in path.read_text()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--country", "kzz"], "did you mean “kz”?"),
        (["--topic", "enregy"], "did you mean “energy”?"),
        (["--lang", "rn"], "one of: en"),
        (["--date", "2026-02-30"], "no date of the calendar"),
    ],
)
def test_new_refuses_what_is_not_known(
    portal: Portal, capsys: pytest.CaptureFixture[str], words: list[str], said: str
) -> None:
    before = tree(portal())
    assert run(["new", "A title", *words]) == 2
    assert said in capsys.readouterr().err
    assert tree(Path()) == before


@pytest.mark.parametrize("at", ["2026-03-29 02:30", "2026-10-25 02:30 +01:00", "2026-10-25 02:30 +02:00"])
def test_a_written_moment_is_read_back_where_clocks_change(at: str) -> None:
    zone = ZoneInfo("Europe/Berlin")
    moment = read_moment(at, zone)
    assert isinstance(moment, int)
    assert read_moment(written_moment(moment, zone), zone) == moment
    assert datetime.fromtimestamp(moment, zone).year == 2026


def explained(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    status = run(["explain", *words])
    said = capsys.readouterr()
    return status, said.out + said.err


def test_explain_says_what_a_page_is_made_of_and_what_would_become_of_it(
    portal: Portal, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = portal("--address", "https://example.org/news")
    story = folder / "content/articles/2026/02/dam.md"
    story.parent.mkdir(parents=True)
    story.write_text(STORY.format(title="The dam"))
    address = "/2026/02/dam/"
    said = explained(capsys, address)[1]
    assert "never published\na build would make it: new\n" in said
    assert not (folder / "build").exists()
    assert run(["build", "--jobs", "1"]) == 0
    capsys.readouterr()
    built = tree(folder / "build")
    status, said = explained(capsys, address)
    assert status == 0
    assert said.startswith(f"{address} (article, en)\n  source    articles/2026/02/dam.md\n  template  article.html\n")
    assert "base.html" in said
    assert "“The dam”" in said
    assert said.endswith("last made because: new\na build would keep it\n")
    for other in ("https://example.org/news/2026/02/dam/", "/news/2026/02/dam", "2026/02/dam/index.html", str(story)):
        wanted = os.path.relpath(other, folder) if other == str(story) else other
        assert explained(capsys, wanted) == (0, said)
    story.write_text(STORY.format(title="The new dam"))
    changed = explained(capsys, address)[1]
    assert "a build would make it: head and story changed\n" in changed
    assert "   *head " in changed
    (folder / "build/2026/02/dam/index.html").write_text("tampered")
    story.write_text(STORY.format(title="The dam"))
    assert "a build would make it: its file was changed or lost" in explained(capsys, address)[1]
    (folder / "build/2026/02/dam/index.html").write_bytes(built["2026/02/dam/index.html"])
    assert tree(folder / "build") == built
    assert explained(capsys, address) == (0, said)


def test_explain_of_what_is_no_page(portal: Portal, capsys: pytest.CaptureFixture[str]) -> None:
    folder = portal()
    status, said = explained(capsys, "/kazahstan/")
    assert (status, "there is no page /kazahstan/; did you mean /kazakhstan/" in said) == (1, True)
    assert run(["new", "Later", "--date", "2199-01-01"]) == 0
    capsys.readouterr()
    status, said = explained(capsys, "/2199/01/later/")
    assert (status, "it is held back (embargoed)" in said) == (1, True)
    assert explained(capsys, "--drafts", "/2199/01/later/")[0] == 0
    (folder / "content/site.yaml").write_text("name: x\n")
    status, said = explained(capsys, "/")
    assert (status, "site.yaml" in said) == (1, True)


def test_explain_knows_every_kind_of_page(portal: Portal, capsys: pytest.CaptureFixture[str]) -> None:
    portal()
    assert run(["build", "--jobs", "1"]) == 0
    capsys.readouterr()
    first = {path.suffix: f"/{path.relative_to('build')}" for path in Path("build").rglob("*") if path.is_file()}
    assert len(first) > 2
    for address in (*first.values(), "/archive/", "/page/about/", "pages/about.md", "/404.html"):
        status, said = explained(capsys, address)
        assert (status, said.count("a build would keep it")) == (0, 1), address
