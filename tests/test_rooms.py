"""The house of README.md: a room imports only from rooms above it, and nothing above imports an edge."""

import ast
from pathlib import Path

import pytest

GENERATOR = Path(__file__).parent.parent / "generator"
ROOMS = "__init__ problems digests fields settings config content theme site pages output engine preview cli".split()
EDGES = {"preview", "search", "images", "rates", "inbox", "importers", "deploy"}
FILES = sorted(GENERATOR.rglob("*.py"))


def room_of(module: str) -> str:
    return [*module.split("."), "__init__"][1]


def rooms_named(path: Path) -> set[str]:
    """The rooms from which a file imports, also inside functions."""
    tree = ast.walk(ast.parse(path.read_text()))
    names = [node.module or "" for node in tree if isinstance(node, ast.ImportFrom)]
    tree = ast.walk(ast.parse(path.read_text()))
    names += [alias.name for node in tree if isinstance(node, ast.Import) for alias in node.names]
    return {room_of(name) for name in names if name.split(".")[0] == "generator"}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(GENERATOR).as_posix())
def test_file_imports_only_from_rooms_above(path: Path) -> None:
    own = room_of(f"generator.{'.'.join(path.relative_to(GENERATOR).with_suffix('').parts)}")
    above = set(ROOMS[: ROOMS.index("preview" if own in EDGES else own)])
    assert rooms_named(path) - {own} <= (above | EDGES if own == "cli" else above)


def test_every_file_was_looked_at() -> None:
    assert len(FILES) > 80
    assert {"engine", "pages"} <= rooms_named(GENERATOR / "cli" / "build.py") | rooms_named(
        GENERATOR / "output" / "html.py"
    )
