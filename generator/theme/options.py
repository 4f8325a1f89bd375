"""`theme.yaml`: the options of a theme, each with its type, and the portal's choices checked against them."""

import re

from generator.config import Config
from generator.fields.values import Fields, Value, read_fields
from generator.problems import Place, Problem, did_you_mean
from generator.theme.files import ThemeFiles

OptionValue = str | bool | int
FILE = "theme.yaml"
_TYPES = ("text", "colour", "yes-no", "number", "choice")
_COLOUR = re.compile(r"#[0-9a-fA-F]{3}(?:[0-9a-fA-F]{3})?")
_NAME = re.compile(r"[a-z_]{1,40}")


def read_options(theme: ThemeFiles, config: Config, problems: list[Problem]) -> dict[str, OptionValue]:
    """The value of every option of the theme: the portal's (`options:` in site.yaml) or the default."""
    place = theme.place(FILE)
    text = theme.files.get(FILE, b"").decode("utf-8", "replace")
    fields = read_fields(text, place.path, problems) if text.strip() else None
    if fields is None:
        return {}
    fields.get("name")
    declared = fields.get("options")
    fields.done()
    inner = declared.fields() if declared else None
    chosen = dict(config.options)
    values: dict[str, OptionValue] = {}
    for name, value in inner.each(_NAME, "option") if inner else ():
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
    written = chosen if chosen is not None else _written(default)
    value = _parsed(written, kind, words)
    if value is None:
        said = f"“{written}” does not fit the option “{name}” ({kind})"
        problems.append(
            Problem(Place("site.yaml"), said, did_you_mean(written, words) if words else "", at=f"options.{name}")
        )
        return ""
    return value


def _written(default: Value | None) -> str:
    return (default.text() or "") if default else ""


def _parsed(text: str, kind: str, choices: tuple[str, ...]) -> OptionValue | None:
    if kind == "yes-no":
        return {"yes": True, "true": True, "on": True, "no": False, "false": False, "off": False}.get(text.lower())
    if kind == "number":
        return int(text) if re.fullmatch(r"-?\d{1,9}", text) else None
    if kind == "colour":
        return text if _COLOUR.fullmatch(text) else None
    return text if kind == "text" or text in choices else None
