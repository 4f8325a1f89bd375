"""The assets of a theme: files at addresses that name their content, some of them printed with the portal's options."""

from collections.abc import Mapping
from traceback import extract_tb

from jinja2 import TemplateSyntaxError
from msgspec import Struct
from msgspec.structs import replace

from generator.config import Chosen
from generator.digests import digest_bytes
from generator.problems import Place, Problem, did_you_mean
from generator.theme.environment import FAILURES, make_environment
from generator.theme.files import ASSETS, MEDIA, PRINTED, ThemeFiles
from generator.theme.options import Option, OptionValue, Picture
from generator.theme.pictures import picture_size


class Asset(Struct, frozen=True, gc=False):
    """A file of the theme, or of content/media where an option names it, at an address that names its content, so that it
    can be cached for ever. `source` is its path among the theme's files."""

    name: str
    address: str
    digest: bytes
    source: str


def asset_of(path: str, data: bytes) -> Asset | None:
    """The asset that a file is, if it is one."""
    if not path.startswith((ASSETS, MEDIA)) or path.endswith(PRINTED):
        return None
    name = path.removeprefix(ASSETS)
    stem, dot, suffix = name.rpartition(".")
    mark = digest_bytes(data)
    return Asset(name, f"/assets/{stem}.{mark.hex()[:10]}{dot}{suffix}", mark, path)


def pictures_of(
    files: ThemeFiles, options: Mapping[str, Option], chosen: Mapping[str, Chosen], problems: list[Problem]
) -> dict[str, Picture | str]:
    """The pictures that options name; empty texts where none is chosen, or what is chosen is none."""
    found: dict[str, Picture | str] = {}
    for name, option in options.items():
        if option.type == "image" and isinstance(path := chosen[name], str):
            found[name] = (_picture(files, name, path, problems) if path else None) or ""
    return found


def _picture(files: ThemeFiles, name: str, path: str, problems: list[Problem]) -> Picture | None:
    source = path if path.startswith(MEDIA) else ASSETS + path
    asset = asset_of(source, files.files[source]) if source in files.files else None
    if asset is None:
        known = [file.removeprefix(ASSETS) for file in files.files if file.startswith(ASSETS)]
        hint = did_you_mean(path, known) if ASSETS in source else "put it into content/media"
        problems.append(Problem(Place("site.yaml"), f"there is no file “{path}”", hint, at=f"options.{name}"))
        return None
    size = picture_size(files.files[source], source, problems)
    if size is None:
        said, hint = f"the size of “{path}” cannot be told", "an SVG needs width and height, or a viewBox"
        problems.append(Problem(Place("site.yaml"), said, hint, at=f"options.{name}"))
        return None
    return Picture(asset.address, *size)


def printed(files: ThemeFiles, options: Mapping[str, OptionValue], problems: list[Problem]) -> ThemeFiles:
    """The files with those assets that are templates of the options; one that prints nothing is no asset."""
    made: dict[str, bytes] = {}
    for path in files.files:
        if not (path.startswith(ASSETS) and path.endswith(PRINTED)):
            continue
        environment = make_environment(files)
        environment.globals["option"] = options.__getitem__
        try:
            text = environment.from_string(files.files[path].decode("utf-8")).render().encode("utf-8")
        except FAILURES as error:
            problems.append(Problem(files.place(path, _line_of(error)), f"the asset cannot be made: {error}"))
        else:
            made |= {path.removesuffix(PRINTED): text} if text.strip() else {}
    return replace(files, files={**files.files, **made}) if made else files


def _line_of(error: Exception) -> int:
    """The line of a template without a name on which it failed."""
    if isinstance(error, TemplateSyntaxError):
        return error.lineno
    lines = [frame.lineno for frame in extract_tb(error.__traceback__) if frame.filename == "<template>"]
    return (lines[-1] if lines else None) or 0
