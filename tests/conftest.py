"""What all tests share: portals in a temporary folder, made of a folder of tests/sites or of texts, and what stands in one."""

import shutil
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from tempfile import mkdtemp

import pytest
from hypothesis import settings

from generator.engine.request import Request
from tests.newsroom import SCRATCH, Newsroom

# `make soak` is for what chance finds; how long an example takes is no business of a test
settings.register_profile("checked", derandomize=True, database=None, deadline=None)
settings.load_profile("checked")

TESTS = Path(__file__).parent
ROOT = TESTS.parent
SITES, THEME = TESTS / "sites", TESTS / "themes" / "plain"
COMMON = SITES / "common"
"""The files that every portal of the tests begins with: site.yaml, countries.yaml, topics.yaml."""

NOW = int(datetime(2026, 3, 1, 12, tzinfo=UTC).timestamp())

Files = Mapping[str, str | bytes | None]
MakeSite = Callable[..., Request]


def tree(folder: Path) -> dict[str, bytes]:
    """Every file under a folder by its path in it."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def lay_out(folder: Path, files: Files) -> None:
    """Writes files by their path; one that is None is removed."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if text is None:
            path.unlink()
        else:
            path.write_bytes(text.encode() if isinstance(text, str) else text)


def story(text: str = "A text.", **fields: str) -> str:
    """The file of a story that lacks nothing; `fields` are added to its front matter or stand in place of its own."""
    front = {"title": "A title", "date": "2026-02-20 07:36", "country": "kz", "topic": "energy"} | fields
    return "".join(["---\n", *(f"{name}: {value}\n" for name, value in front.items()), "---\n", text, "\n"])


@pytest.fixture
def make_site(tmp_path: Path) -> MakeSite:
    """A function that makes a portal in `tmp_path` and gives the request that builds it.

    `site` is a folder of tests/sites, or files by their path under content/ (None: without that common file).
    The files of tests/sites/common are below: what the site has wins. Called again, it changes the same portal.
    The theme is `plain`.
    """

    def make(site: str | Files, **wishes: object) -> Request:
        content = tmp_path / "content"
        shutil.copytree(THEME, tmp_path / "themes" / "plain", dirs_exist_ok=True)
        shutil.copytree(COMMON, content, dirs_exist_ok=True)
        if isinstance(site, str):
            for name in ("content", "themes"):  # git keeps no empty folder
                if (SITES / site / name).is_dir():
                    shutil.copytree(SITES / site / name, tmp_path / name, dirs_exist_ok=True)
        else:
            lay_out(content, site)
        fields: dict[str, object] = {"now": NOW} | wishes
        return Request(content, tmp_path / "build", tmp_path / ".aryk", **fields)  # type: ignore[arg-type]

    return make


@pytest.fixture(scope="session")
def sample_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output folder of the sample portal as it is published after the last of its stories."""
    from tests.sample import build_sample

    return build_sample(tmp_path_factory.mktemp("sample"))


@pytest.fixture(scope="session")
def sample_address(sample_folder: Path) -> Iterator[str]:
    """Where the sample portal is served."""
    from tests.newsreaders import served

    with served(sample_folder) as address:
        yield address


@pytest.fixture(scope="session")
def sample(sample_folder: Path) -> dict[str, bytes]:
    """The files of the sample portal by their path."""
    return tree(sample_folder)


@pytest.fixture(autouse=True)
def _home_is_read_only(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever would be written to the home folder goes to a file, and fails."""
    nowhere = tmp_path_factory.getbasetemp() / "home-is-a-file"
    nowhere.touch()
    monkeypatch.setenv("HOME", str(nowhere))


@pytest.fixture
def room() -> Iterator[Newsroom]:
    """An empty portal whose theme, `bare`, shows the whole of every view."""
    root = Path(mkdtemp(dir=SCRATCH))
    yield Newsroom(root)
    shutil.rmtree(root)
