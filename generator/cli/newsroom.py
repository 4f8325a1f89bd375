"""The configuration and the registries of a portal, for the commands that write files for authors."""

import argparse
import re
import sys
from pathlib import Path

from msgspec import Struct

from generator.cli.show import show_problems
from generator.config import FILE, Config, read_config
from generator.content.registries import Registries, read_registries
from generator.engine.layout import REGISTRIES
from generator.fields.sources import decode
from generator.problems import Problem, blocking

_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\ufeff\ufffe\uffff\ud800-\udfff]")


class Newsroom(Struct, frozen=True):
    """What a portal knows of itself before any story is read."""

    config: Config
    registries: Registries


def declare_content(parser: argparse.ArgumentParser) -> None:
    """--content."""
    parser.add_argument("--content", metavar="DIR", type=Path, default=Path("content"), help="the stories (content)")


def read_newsroom(content: Path) -> Newsroom | None:
    """The newsroom of a content folder; None where something of it is missing or wrong, which is told."""
    problems: list[Problem] = []
    if not (content / FILE).is_file():
        print(f"aryk: there is no {content / FILE}; `aryk init NAME` makes a portal", file=sys.stderr)
        return None
    files = {name: text for name in (FILE, *REGISTRIES) if (text := _text(content, name, problems)) is not None}
    config = read_config(files[FILE], problems) if FILE in files else None
    registries = read_registries(files, config, problems) if config else None
    if config is None or registries is None or blocking(problems):
        show_problems(tuple(blocking(problems)), content)
        return None
    return Newsroom(config, registries)


def _text(content: Path, name: str, problems: list[Problem]) -> str | None:
    path = content / name
    return decode(path.read_bytes(), name, problems) if path.is_file() else None


def one_line(words: str) -> str:
    """Words as they were typed, without line breaks and what no editor shows."""
    return _UNPRINTABLE.sub("", " ".join(words.split()))
