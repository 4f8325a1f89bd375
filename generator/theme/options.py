"""`theme.yaml`: the options of a theme, each with its type, and the portal's choices checked against them."""

import re

from generator.config import Config
from generator.fields.sources import decode
from generator.fields.values import Fields, Value, read_fields
from generator.problems import Place, Problem, did_you_mean
from generator.theme.files import ThemeFiles

OptionValue = str | bool | int
FILE = "theme.yaml"
_TYPES = ("text", "colour", "yes-no", "number", "choice")
_HINTS = {"colour": 'write it as "#336699", in quotes', "yes-no": "yes or no", "number": "a whole number"}
_COLOUR = re.compile(r"#[0-9a-fA-F]{3}(?:[0-9a-fA-F]{3})?")
_NAME = re.compile(r"[a-z_]{1,40}")


def read_options(theme: ThemeFiles, config: Config, problems: list[Problem]) -> dict[str, OptionValue]:
    """The value of every option of the theme: the portal's (`options:` in site.yaml) or the default."""
    place = theme.place(FILE)
    text = decode(theme.files.get(FILE, b""), place.path, problems)
    fields = read_fields(text, place.path, problems) if text else None
    if fields is None:
        return {}
    fields.get("name")
    declared = fields.get("options")
    fields.done()
    inner = declared.fields() if declared else None
    chosen = dict(config.options)
    values: dict[str, OptionValue] = {}
    for name, value in inner.each(_NAME, "option", "small Latin letters and underscores") if inner else ():
        option = value.fields()
        if option is not None:
            values[name] = _value(name, option, chosen.pop(name, None), problems)
    for name in chosen:
        hint = did_you_mean(name, values)
        problems.append(Problem(Place("site.yaml"), f"the theme has no option “{name}”", hint, at=f"options.{name}"))
    return values


def _value(name: str, option: Fields, chosen: str | None, problems: list[Problem]) -> OptionValue:
    type_value, default, choices = option.need("type"), option.need("default"), option.get("choices")
    option.get("about")
    option.done()
    kind = (type_value.choice(_TYPES) if type_value else None) or "text"
    words = choices.texts() if choices else ()
    own = _default(name, default, kind, words)
    value = _parsed(chosen, kind, words) if chosen is not None else own
    if value is None and chosen is not None:
        said, hint = _unfit(name, chosen, kind, words)
        problems.append(Problem(Place("site.yaml"), said, hint, at=f"options.{name}"))
    return "" if value is None else value


def _default(name: str, default: Value | None, kind: str, words: tuple[str, ...]) -> OptionValue | None:
    text = default.text() if default else None
    value = _parsed(text, kind, words) if text is not None else None
    if default and text is not None and value is None:
        default.wrong(*_unfit(name, text, kind, words))
    return value


def _unfit(name: str, text: str, kind: str, words: tuple[str, ...]) -> tuple[str, str]:
    """Message and hint for a value that an option cannot have."""
    hint = did_you_mean(text, words) if kind == "choice" else _HINTS.get(kind, "")
    return f"“{text}” does not fit the option “{name}” ({kind})", hint


def _parsed(text: str, kind: str, choices: tuple[str, ...]) -> OptionValue | None:
    if kind == "yes-no":
        return {"yes": True, "true": True, "on": True, "no": False, "false": False, "off": False}.get(text.lower())
    if kind == "number":
        return int(text) if re.fullmatch(r"-?\d{1,9}", text) else None
    if kind == "colour":
        return text if _COLOUR.fullmatch(text) else None
    return text if kind == "text" or text in choices else None
