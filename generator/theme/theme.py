"""A theme, complete: read once per build, and the same in every process that renders."""

from collections.abc import Mapping, Sequence

from msgspec import Struct

from generator.config import Config
from generator.digests import digest, digest_bytes
from generator.problems import Problem
from generator.theme.environment import FOLDER
from generator.theme.files import ThemeFiles
from generator.theme.options import OptionValue, read_options
from generator.theme.templates import Uses, closure, missing_names, read_uses
from generator.theme.words import Strings, Words, read_strings

ASSETS = "assets/"


class Asset(Struct, frozen=True, gc=False):
    """A file of the theme at an address that names its content, so that it can be cached for ever."""

    name: str
    address: str
    digest: bytes


class Theme(Struct, frozen=True, gc=False):
    """A theme with the portal's options; `uses` says for each template what it names."""

    files: ThemeFiles
    strings: dict[str, Strings]
    options: dict[str, OptionValue]
    assets: dict[str, Asset]
    uses: dict[str, Uses]
    time_zone: str

    def words(self, language: str) -> Words:
        """The words of a language."""
        return Words(language, self.strings[language], self.time_zone)

    def closure_digest(self, template: str, language: str) -> bytes:
        """A digest of everything of the theme that a template's output in a language depends on."""
        names = closure(template, self.uses)
        sources = tuple((name, digest_bytes(self.files.files[FOLDER + name])) for name in names)
        used = [self.uses[name] for name in names]
        strings = _used(self.strings[language], [uses.strings for uses in used])
        assets = _used({name: asset.address for name, asset in self.assets.items()}, [uses.assets for uses in used])
        options = _used(self.options, [uses.options for uses in used])
        return digest((sources, strings, assets, options))


def _used(
    values: Mapping[str, object], named: Sequence[tuple[tuple[str, int], ...] | None]
) -> tuple[tuple[str, object], ...]:
    """The pairs of those values that templates name, all of them where a name is computed."""
    if any(pairs is None for pairs in named):
        return tuple(sorted(values.items()))
    names = {name for pairs in named for name, _ in pairs or ()}
    return tuple((name, values[name]) for name in sorted(names) if name in values)


def read_theme(files: ThemeFiles, config: Config, problems: list[Problem]) -> Theme:
    """The theme of a portal from its files."""
    strings = read_strings(files, config.languages, problems)
    options = read_options(files, config, problems)
    assets = {
        name: asset for path, data in files.files.items() if (asset := _asset(path, data)) for name in (asset.name,)
    }
    uses = read_uses(files, problems)
    for language in config.languages:
        named = set(strings.get(language, {})) or {key for used in uses.values() for key, _ in used.strings or ()}
        known = {"string": named, "asset": set(assets), "option": set(options)}
        problems.extend(problem for problem in missing_names(files, uses, known) if problem not in problems)
    return Theme(files, strings, options, assets, uses, config.time_zone)


def _asset(path: str, data: bytes) -> Asset | None:
    if not path.startswith(ASSETS):
        return None
    name = path.removeprefix(ASSETS)
    stem, dot, suffix = name.rpartition(".")
    mark = digest_bytes(data)
    return Asset(name, f"/assets/{stem}.{mark.hex()[:10]}{dot}{suffix}", mark)
