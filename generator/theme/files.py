"""Finds a theme: the portal's own `themes/` beside its content wins over the themes that the package ships, file by file."""

from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from generator.problems import Place, Problem, did_you_mean

_PARTS = ("theme.yaml", "templates/**/*", "strings/*", "assets/**/*")
_PACKAGE = Path(__file__).resolve().parent.parent


class ThemeFiles(Struct, frozen=True, gc=False):
    """The files of a theme by their path inside it (`templates/base.html`)."""

    name: str
    files: dict[str, bytes]

    def place(self, path: str, line: int = 0) -> Place:
        """A spot in one of the files."""
        return Place(f"themes/{self.name}/{path}", line, 1 if line else 0)


def shipped_themes() -> Path:
    """The folder of the themes that come with the package: inside it when installed, beside it in a checkout."""
    inside = _PACKAGE / "themes"
    return inside if inside.is_dir() else _PACKAGE.parent / "themes"


def read_theme_files(name: str, roots: Sequence[Path], problems: list[Problem]) -> ThemeFiles | None:
    """The files of the theme `name` in all `roots`, of which the first wins; None where no root has it."""
    found: dict[str, bytes] = {}
    for root in reversed(roots):
        for path in sorted(path for part in _PARTS for path in (root / name).glob(part)):
            if path.is_file() and not path.name.startswith("."):
                found[path.relative_to(root / name).as_posix()] = path.read_bytes()
    if found:
        return ThemeFiles(name, found)
    known = [path.name for root in roots if root.is_dir() for path in root.iterdir() if path.is_dir()]
    problems.append(Problem(Place("site.yaml"), f"there is no theme “{name}”", did_you_mean(name, known), at="theme"))
    return None
