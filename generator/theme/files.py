"""Finds the files of a theme: the portal's own `themes/` stands before the themes that the package ships, and a theme before
the one that it begins from."""

from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath

from msgspec import Struct

from generator.content.stripping import stripped
from generator.fields.sources import decode, inside
from generator.fields.values import ID, Value, read_fields
from generator.problems import Place, Problem, did_you_mean

FILE = "theme.yaml"
ASSETS = "assets/"
PRINTED = ".jinja"
"""How the name of an asset ends that is a template of its options: `colours.css.jinja` becomes `colours.css`."""
MEDIA = "media/"
INHERITED = "inherited/"
"""Before a path inside a folder: the file that the one of this path stands in the place of."""
_PARTS = (FILE, "templates/**/*", "strings/*", "assets/**/*")
_PACKAGE = Path(__file__).resolve().parent.parent


class ThemeFiles(Struct, frozen=True, gc=False):
    """The files of a theme by their path inside it (`templates/base.html`), and the place that a problem in each names.

    A file that another stands in the place of is kept as `templates/inherited/base.html`, but for assets. `own` are the
    files that do not come of the lowest folder, where there are several.
    """

    name: str
    files: dict[str, bytes]
    places: dict[str, str] = {}
    own: frozenset[str] = frozenset()

    def place(self, path: str, line: int = 0) -> Place:
        """A spot in one of the files."""
        return Place(self.places.get(path, f"themes/{self.name}/{path}"), line, 1 if line else 0)

    def stack(self, path: str) -> Iterator[str]:
        """The path of a file and of those that it stands in the place of, as far as they exist."""
        while path in self.files:
            yield path
            path = inherited(path)


def inherited(path: str) -> str:
    """The path under which a file is kept that the one of this path stands in the place of."""
    folder, slash, rest = path.partition("/")
    return f"{folder}/{INHERITED}{rest}" if slash and folder != INHERITED[:-1] else INHERITED + path


def shipped_themes() -> Path:
    """The folder of the themes that come with the package: inside it when installed, beside it in a checkout."""
    inside = _PACKAGE / "themes"
    return inside if inside.is_dir() else _PACKAGE.parent / "themes"


def read_theme_files(name: str, roots: Sequence[Path], problems: list[Problem]) -> ThemeFiles | None:
    """The files of the theme `name` in all `roots`, of which the first wins; None where that cannot be."""
    files: dict[str, bytes] = {}
    places: dict[str, str] = {}
    own: frozenset[str] = frozenset()
    before = len(problems)
    for layer, folder in _layers(name, roots, problems):
        own = frozenset(files)
        for path in sorted(path for part in _PARTS for path in folder.glob(part)):
            if path.is_file() and not path.name.startswith("."):
                _add(path.relative_to(folder).as_posix(), path.read_bytes(), layer, files, places)
    if len(problems) > before:
        return None
    if files:
        return ThemeFiles(name, files, places, own)
    hint = did_you_mean(name, _themes(roots))
    problems.append(Problem(Place("site.yaml"), f"there is no theme “{name}”", hint, at="theme"))
    return None


def _add(path: str, data: bytes, layer: str, files: dict[str, bytes], places: dict[str, str]) -> None:
    """Adds a file below those that are there already."""
    if path.startswith(ASSETS) and {path, path.removesuffix(PRINTED), path + PRINTED} & files.keys():
        return
    key = path
    while key in files:
        key = inherited(key)
    place = f"themes/{layer}/{path}"
    files[key], places[key] = data, f"themes/{layer}/{inherited(path)}" if place in places.values() else place


def chosen_media(values: Sequence[str], content: Path) -> dict[str, bytes]:
    """The files of content/media that options of the theme name as `media/logo.svg`, as they are published; nothing outside
    of that folder."""
    found: dict[str, bytes] = {}
    for path in values:
        file = content / path
        if not path.startswith(MEDIA) or PurePosixPath(path).as_posix() != path or not inside(path):
            continue
        if file.is_file() and file.resolve().is_relative_to((content / MEDIA).resolve()):
            found[path] = _published(file.read_bytes())
    return found


def _published(data: bytes) -> bytes:
    """A file without what cameras wrote into it; what is wrong with one that is damaged is told where it is looked at."""
    try:
        return stripped(data)
    except Exception:  # Pillow raises whatever its decoders raise
        return data


def _themes(roots: Sequence[Path]) -> list[str]:
    return sorted({path.name for root in roots if root.is_dir() for path in root.iterdir() if path.is_dir()})


def _layers(name: str, roots: Sequence[Path], problems: list[Problem]) -> Iterator[tuple[str, Path]]:
    """The folders of a theme and of those that it begins from, what wins first."""
    seen: list[str] = []
    following: str | None = name
    while following:
        seen.append(following)
        yield from ((following, root / following) for root in roots if (root / following).is_dir())
        following = _beginning(seen, roots, problems)


def _beginning(seen: Sequence[str], roots: Sequence[Path], problems: list[Problem]) -> str | None:
    """The theme that the last of those seen begins from, where it says so and that can be."""
    value = next((value for root in roots if (value := _extends(seen[-1], root / seen[-1] / FILE)) is not None), None)
    if value is None:
        return None
    name = value.word(ID, "name of a theme")
    if name is not None and name in seen:
        value.wrong(f"the theme “{name}” begins from itself: {' → '.join([*seen, name])}", "delete this line")
    elif name and not any((root / name).is_dir() for root in roots):
        value.wrong(f"there is no theme “{name}”", did_you_mean(name, _themes(roots)))
    problems += value.problems
    return None if value.problems else name


def _extends(name: str, path: Path) -> Value | None:
    """The value of `extends`; what else may be wrong in the file is told where its options are read."""
    if not path.is_file() or b"extends" not in (data := path.read_bytes()):
        return None
    place, unheard = f"themes/{name}/{FILE}", list[Problem]()
    text = decode(data, place, unheard)
    fields = read_fields(text, place, unheard) if text else None
    value = fields.get("extends") if fields else None
    return Value(value.node, place, value.first_line, []) if value else None
