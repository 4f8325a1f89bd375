"""`theme.yaml`: the options of a theme, each with its type, and the portal's choices checked against them."""

import re
from collections.abc import Iterator, Mapping

from msgspec import Struct

from generator.config import Chosen, Config
from generator.fields.sources import decode
from generator.fields.values import Fields, Value, read_fields
from generator.problems import Place, Problem, did_you_mean
from generator.theme.contrast import ENOUGH, least, readable
from generator.theme.files import FILE, ThemeFiles

_HINTS = {
    "colour": 'write it as "#336699", in quotes',
    "yes-no": "yes or no",
    "number": "a whole number",
    "list": "write [a, b]",
    "image": "media/logo.svg is a file of content/media, logo.svg one of the theme's assets",
}
_EMPTY: dict[str, Chosen] = {"text": "", "colour": "", "image": ""}
"""The types of which nothing may be chosen, which is their default where theme.yaml has none."""
_COLOUR = re.compile(r"#[0-9a-fA-F]{3}(?:[0-9a-fA-F]{3})?")
_NAME = re.compile(r"[a-z_]{1,40}")
_YES_NO = {"yes": True, "true": True, "on": True, "no": False, "false": False, "off": False}
TYPES = ("text", "colour", "yes-no", "number", "choice", "list", "image")


class Picture(Struct, frozen=True, gc=False):
    """What an option of the type `image` is to a template: an address with its fingerprint, and the size in pixels."""

    href: str
    width: int
    height: int


OptionValue = str | bool | int | tuple[str, ...] | Picture


class Option(Struct, frozen=True, gc=False):
    """An option as theme.yaml declares it. `against` are the grounds on which a colour must be readable."""

    type: str
    default: Chosen
    choices: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    about: str = ""


def read_options(theme: ThemeFiles, problems: list[Problem]) -> dict[str, Option]:
    """The options of a theme: those of the theme that it begins from, of which it may declare some anew."""
    found: dict[str, Option] = {}
    for path in reversed(list(theme.stack(FILE))):
        place = theme.place(path)
        text = decode(theme.files[path], place.path, problems)
        fields = read_fields(text, place.path, problems) if text else None
        if fields is not None:
            found |= _declared(fields)
    return found


def _declared(fields: Fields) -> dict[str, Option]:
    """The options of one theme.yaml."""
    fields.get("name")
    fields.get("extends")
    declared = fields.get("options")
    fields.done()
    inner = declared.fields() if declared else None
    named = inner.each(_NAME, "option", "small Latin letters and underscores") if inner else ()
    return {name: _option(name, option) for name, value in named if (option := value.fields()) is not None}


def _option(name: str, fields: Fields) -> Option:
    kind = fields.need("type")
    type_ = (kind.choice(TYPES) if kind else None) or "text"
    choices, against = fields.get("choices"), fields.get("against")
    default = fields.get("default") if type_ in _EMPTY and kind else fields.need("default")
    about = fields.get("about")
    fields.done()
    for ground in against.items() if against else ():
        ground.word(_COLOUR, "colour", _HINTS["colour"])
    option = Option(
        type_,
        _EMPTY.get(type_, ""),
        choices.texts() if choices else (),
        tuple(ground for ground in against.texts() if _COLOUR.fullmatch(ground)) if against else (),
        (about.line_text() if about else None) or "",
    )
    return Option(type_, _default(name, option, default), option.choices, option.against, option.about)


def _default(name: str, option: Option, value: Value | None) -> Chosen:
    chosen = (value.texts() if value.is_list else value.text()) if value else None
    if value is None or chosen is None:
        return option.default
    misfits = list(_misfits(name, option, chosen)) if option.type != "image" else []
    for said, hint, _ in misfits:
        value.wrong(said, hint)
    return option.default if misfits else chosen


def check_chosen(options: Mapping[str, Option], config: Config, problems: list[Problem]) -> dict[str, Chosen]:
    """What is chosen for each option: by the portal (`options:` in site.yaml), else the default."""
    values: dict[str, Chosen] = {name: option.default for name, option in options.items()}
    for name, chosen in config.options:
        if name not in options:
            found = [(f"the theme has no option “{name}”", did_you_mean(name, options), "")]
        else:
            found = list(_misfits(name, options[name], chosen))
            values[name] = values[name] if found else chosen
        problems += [Problem(Place("site.yaml"), said, hint, at=f"options.{name}{at}") for said, hint, at in found]
    return values


def value_of(option: Option, chosen: Chosen) -> OptionValue:
    """What is chosen as templates have it; a picture is still the name of its file."""
    if isinstance(chosen, tuple):
        return chosen
    if option.type == "yes-no":
        return _YES_NO.get(chosen.lower(), False)
    return int(chosen) if option.type == "number" and chosen else chosen


def _misfits(name: str, option: Option, chosen: Chosen) -> Iterator[tuple[str, str, str]]:
    """What an option cannot be: message, hint, and the place inside of it."""
    if isinstance(chosen, tuple) and option.type == "list":
        for at, word in enumerate(chosen):
            if word not in option.choices:
                yield f"“{word}” is not known here", did_you_mean(word, option.choices), f".{at}"
            elif word in chosen[:at]:
                yield f"“{word}” stands here twice", "each once", f".{at}"
    elif isinstance(chosen, tuple) or not _fits(option, chosen):
        said = "a list" if isinstance(chosen, tuple) else f"“{chosen}”"
        hint = did_you_mean(str(chosen), option.choices) if option.type == "choice" else _HINTS.get(option.type, "")
        yield f"{said} does not fit the option “{name}” ({option.type})", hint, ""
    elif option.against and (ratio := least(chosen, option.against)) < ENOUGH:
        shade = readable(chosen, option.against)
        said = f"“{chosen}” has a contrast of {ratio:.2f}:1 on {' and '.join(option.against)}, text needs {ENOUGH}:1"
        yield said, f"“{shade}” has enough" if shade else "", ""


def _fits(option: Option, chosen: str) -> bool:
    if option.type == "yes-no":
        return chosen.lower() in _YES_NO
    if option.type == "number":
        return bool(re.fullmatch(r"-?\d{1,9}", chosen))
    if option.type == "colour":
        return bool(_COLOUR.fullmatch(chosen))
    return chosen in option.choices if option.type == "choice" else option.type != "list"
