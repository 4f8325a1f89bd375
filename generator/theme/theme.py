"""A theme, complete: read once per build, and the same in every process that renders."""

from collections.abc import Mapping, Sequence

from msgspec import Struct

from generator.config import Config
from generator.digests import digest, digest_bytes
from generator.problems import Problem
from generator.theme.assets import Asset, asset_of, pictures_of, printed
from generator.theme.blocks import misplaced
from generator.theme.environment import FOLDER
from generator.theme.files import ThemeFiles
from generator.theme.options import OptionValue, check_chosen, read_options, value_of
from generator.theme.strings import Strings, read_strings
from generator.theme.templates import Uses, closure, missing_names, read_uses
from generator.theme.words import Words


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
    uses = read_uses(files, problems)
    strings = read_strings(files, config.languages, _shown(files, uses), problems)
    declared = read_options(files, problems)
    chosen = check_chosen(declared, config, problems)
    options = {name: value_of(option, chosen[name]) for name, option in declared.items()}
    options |= pictures_of(files, declared, chosen, problems)
    files = printed(files, options, problems)
    assets = {asset.name: asset for path, data in files.files.items() if (asset := asset_of(path, data))}
    for language in config.languages:
        named = set(strings.get(language, {})) or {key for used in uses.values() for key, _ in used.strings or ()}
        known = {"string": named, "asset": set(assets), "option": set(options)}
        problems.extend(problem for problem in missing_names(files, uses, known) if problem not in problems)
    problems.extend(misplaced(files, {name: used.blocks for name, used in uses.items()}))
    return Theme(files, strings, options, assets, uses, config.time_zone)


def _shown(files: ThemeFiles, uses: Mapping[str, Uses]) -> set[str] | None:
    """The strings that templates name; None where one of the portal's own computes names."""
    if any(uses[name].strings is None for name in uses if FOLDER + name in files.own):
        return None
    return {name for used in uses.values() for name, _ in used.strings or ()}
