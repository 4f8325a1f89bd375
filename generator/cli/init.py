"""`aryk init`."""

import argparse
import re
import sys
from pathlib import Path
from zoneinfo import ZoneInfo

from generator.cli.newsroom import one_line
from generator.cli.options import USAGE, moment_of
from generator.config import LANGUAGES, read_config
from generator.fields.writing import quoted, written_moment
from generator.problems import Problem

STARTER = Path(__file__).with_name("starter")
_SITE, _STORY = "content/site.yaml", "content/articles/first-story.md"
_ADDRESS = "https://example.org"


def declare(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("folder", metavar="FOLDER", type=Path, help="a folder that is new or empty")
    parser.add_argument("--name", help="what the portal is called (the folder's name)")
    parser.add_argument("--language", choices=LANGUAGES, default="ru", help="its main language (ru)")
    parser.add_argument("--time-zone", metavar="ZONE", default="Asia/Bishkek", help="its time zone (Asia/Bishkek)")
    parser.add_argument("--address", metavar="URL", default=_ADDRESS, help=f"where it will be ({_ADDRESS})")
    parser.set_defaults(now=None)


def run(options: argparse.Namespace) -> int:
    """Writes a small portal that builds as it is."""
    folder: Path = options.folder
    if folder.exists() and (not folder.is_dir() or any(one.name != ".git" for one in folder.iterdir())):
        print(f"aryk: {folder} is not an empty folder; nothing was written", file=sys.stderr)
        return USAGE
    files, problems = _filled(options)
    for problem in problems:
        print(f"aryk: {problem.message} ({problem.hint})", file=sys.stderr)
    if problems:
        return USAGE
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8", newline="\n")
    print(f"{folder} is a portal of {len(files)} files; README.md says how to write for it. Now:")
    print(f"  cd {folder}\n  aryk serve")
    return 0


def _filled(options: argparse.Namespace) -> tuple[dict[str, str], list[Problem]]:
    """The starter's files with the portal's own words, and what is wrong with these words."""
    files = _starter(options.language)
    words = {
        '"@NAME@"': quoted(_name(options)),
        "@NAME@": _name(options),
        "@ADDRESS@": quoted(options.address),
        "@TIME_ZONE@": quoted(options.time_zone),
        "@LANGUAGE@": options.language,
    }
    problems: list[Problem] = []
    config = read_config(_replaced(files[_SITE], words), problems)
    if config is None:
        return {}, problems
    date = written_moment(moment_of(options), ZoneInfo(options.time_zone))
    story = f"content/articles/{date[:4]}/{date[5:7]}/first-story.md"
    files[story] = files.pop(_STORY)
    words |= {"@DATE@": date, "@STORY@": story}
    return {name: _replaced(text, words) for name, text in files.items()}, problems


def _starter(language: str) -> dict[str, str]:
    """The starter in a language, in English where it has none in it."""
    own = STARTER / language if (STARTER / language).is_dir() else STARTER / "en"
    files = {
        path.relative_to(root).as_posix(): path.read_text("utf-8")
        for root in (STARTER / "common", own)
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }
    # Under its own name it would be obeyed by git and by the packager, here.
    files[".gitignore"] = files.pop("gitignore")
    return files


def _replaced(text: str, words: dict[str, str]) -> str:
    """A text with its marked words filled in, all at once: a name may look like a mark."""
    return re.sub("|".join(map(re.escape, words)), lambda found: words[found[0]], text)


def _name(options: argparse.Namespace) -> str:
    return one_line(options.name or "") or one_line(options.folder.resolve().name) or "Aryk"
