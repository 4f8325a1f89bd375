"""The manual of themes, `themes/README.md`: what it says of options, words, templates and views is written by `make manual`."""

import re
from collections.abc import Callable, Iterator
from inspect import cleandoc, getdoc, signature
from typing import get_args

from generator.config import Config
from generator.output.html import TEMPLATES, Printer
from generator.pages import views
from generator.pages.views import VIEWS, SiteView, View
from generator.problems import Problem
from generator.theme.blocks import Blocks
from generator.theme.environment import FOLDER
from generator.theme.files import read_theme_files, shipped_themes
from generator.theme.options import read_options
from generator.theme.theme import Theme, read_theme
from tests.conftest import ROOT

MANUAL = ROOT / "themes" / "README.md"
_PART = re.compile(r"(?s)(<!-- (\w+): made by `make manual` -->\n).*?(<!-- end -->)")
_COMMENT = re.compile(r"(?s)\{#\s*(.*?)\s*#\}")


def manual(text: str) -> str:
    """The manual with its made parts as they should be."""
    made: dict[str, Callable[[], Iterator[str]]] = {
        "options": options,
        "words": words,
        "templates": templates,
        "views": view_records,
    }
    return _PART.sub(lambda part: part[1] + "\n" + "\n".join(made[part[2]]()) + "\n\n" + part[3], text)


def shipped_theme() -> Theme:
    """The theme news-asia as it is shipped."""
    problems: list[Problem] = []
    files = read_theme_files("news-asia", [shipped_themes()], problems)
    assert files
    config = Config((("", "Name"),), (), "https://portal.example", "", "Asia/Bishkek", ("en",))
    theme = read_theme(files, config, problems)
    assert not problems
    return theme


def sentence(text: str | None, what: str) -> str:
    """What is said of something, as one paragraph. Raises AssertionError where nothing is."""
    said = " ".join((text or "").split())
    assert said, f"no sentence says what {what} is"
    return said


def options() -> Iterator[str]:
    """The options of the shipped theme."""
    problems: list[Problem] = []
    yield from ("| option | type | default | |", "|---|---|---|---|")
    for name, option in read_options(shipped_theme().files, problems).items():
        default = ", ".join(option.default) if isinstance(option.default, tuple) else option.default
        choices = f": {', '.join(option.choices)}" if option.type == "choice" else ""
        yield f"| `{name}` | {option.type}{choices} | {default or '–'} | {sentence(option.about, name)} |"
    assert not problems


def words() -> Iterator[str]:
    """What templates may call."""
    printer = Printer(shipped_theme(), site(), "https://portal.example", "", None)
    for name, word in sorted(printer.words.items()):
        said = _types(str(signature(word))).replace(_types(str(View)), "View")
        yield f"- `{name}{said}`: {sentence(getdoc(word), name)}"


def site() -> SiteView:
    """A site view with nothing in it."""
    empty = dict.fromkeys(("tagline", "feed", "hub", "feeds_page", "archive", "corrections"), "")
    lists: dict[str, tuple[()]] = dict.fromkeys(("countries", "topics", "languages", "menu"), ())
    return SiteView(
        name="N", language="en", home="/", url="https://portal.example/", time_zone="Asia/Bishkek", **empty, **lists
    )


def templates() -> Iterator[str]:
    """The templates of the shipped theme, those of pages first, with their blocks."""
    theme = shipped_theme()
    shown = {template: view for view, template in TEMPLATES.items()}
    yield from ("| template | | blocks |", "|---|---|---|")
    for name in sorted(theme.uses, key=lambda name: (name != "base.html", name not in shown, "/" in name, name)):
        yield f"| `{name}` | {_about(theme, name, shown)} | {' '.join(tree(theme.uses[name].blocks))} |"


def _about(theme: Theme, name: str, shown: dict[str, type]) -> str:
    if name in shown:
        return f"shows [`{shown[name].__name__}`](#{shown[name].__name__.lower()})"
    comment = _COMMENT.match(theme.files.files[FOLDER + name].decode("utf-8"))
    return sentence(comment[1] if comment else "", name).replace("|", "\\|").replace("<", "&lt;")


def tree(blocks: Blocks, around: str = "") -> Iterator[str]:
    """The names of blocks, those inside another in brackets after it."""
    own = (
        [name for name, _ in blocks.outer] if not around else [name for name, place in blocks.inner if place == around]
    )
    for name in own:
        inside = " ".join(tree(blocks, name))
        yield f"`{name}` ({inside})" if inside else f"`{name}`"


def view_records() -> Iterator[str]:
    """All records that templates see, pages first, then what is in them, then those of files that no template makes."""
    pages = [view for view in TEMPLATES if view in get_args(View)]
    inside = [record for record in _records([SiteView, *pages]) if record not in pages]
    others = [view for view in VIEWS.values() if view not in pages]
    more = [record for record in _records(others) if record not in (*inside, *pages, *others)]
    for heading, records in (
        ("Pages", pages),
        ("The portal, and what is in pages", inside),
        ("Files that no template makes", [*others, *more]),
    ):
        yield f"### {heading}\n"
        for record in records:
            yield from _record(record)


def _records(found: list[type]) -> list[type]:
    """Some records and all that are inside of them, in the order in which they are met."""
    known = {name: record for name, record in vars(views).items() if hasattr(record, "__struct_fields__")}
    met = list(found)
    for record in met:
        for kind in record.__annotations__.values():
            met += [known[name] for name in re.findall(r"\w+", _kind(kind)) if name in known and known[name] not in met]
    return met


def _record(record: type) -> Iterator[str]:
    yield f"#### {record.__name__}\n"
    yield f"{cleandoc(sentence(record.__dict__.get('__doc__'), record.__name__))}\n"
    yield "```"
    yield from (f"{name}: {_kind(kind)}" for name, kind in record.__annotations__.items())
    yield "```\n"


def _kind(kind: object) -> str:
    return kind.__name__ if isinstance(kind, type) and not get_args(kind) else _types(str(kind).replace("'", ""))


def _types(text: str) -> str:
    """Types as readers name them, without the modules that they come of."""
    return re.sub(r"\b(?:\w+\.)+(?=[A-Z])", "", text)


if __name__ == "__main__":
    MANUAL.write_text(manual(MANUAL.read_text("utf-8")), "utf-8")
