"""The sample portal of `content/`: built once, and its stories read again without the generator."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import frontmatter
import yaml

from generator.content.typography import typeset
from generator.engine.build import build
from generator.engine.request import Request

CONTENT = Path(__file__).parent.parent / "content"
ROOT = "https://aryk.example"
NOW = int(datetime(2026, 12, 1, tzinfo=UTC).timestamp())


class Written(NamedTuple):
    """What an author wrote: title, moment in seconds since 1970, address, and whose it is."""

    title: str
    moment: int
    address: str
    language: str
    countries: tuple[str, ...]
    authors: tuple[str, ...]


def build_sample(folder: Path) -> Path:
    """The output folder of the sample portal as it is at NOW, below `folder`."""
    report = build(Request(CONTENT, folder / "build", folder / ".aryk", NOW))
    assert not report.problems
    return folder / "build"


def written_stories() -> list[Written]:
    """The stories of the sample portal, the newest first."""
    names = yaml.safe_load((CONTENT / "authors.yaml").read_text())
    found = [_written(path, names) for path in CONTENT.glob("articles/**/*.md")]
    assert len(found) > 100
    return sorted((story for story in found if story.moment <= NOW), key=lambda story: -story.moment)


def _written(path: Path, names: dict[str, Any]) -> Written:
    fields: dict[str, Any] = frontmatter.load(str(path)).metadata
    moment = datetime.fromisoformat(str(fields["date"])).replace(tzinfo=ZoneInfo("Asia/Bishkek"))
    countries = fields["country"] if isinstance(fields["country"], list) else [fields["country"]]
    language = "en" if path.name.endswith(".en.md") else str(fields.get("lang", "ru"))
    authors = tuple(
        author["guest"] if isinstance(author, dict) else names[author]["name"][language]
        for author in fields.get("author", [])
    )
    root = "/" if language == "ru" else f"/{language}/"
    address = f"{ROOT}{root}{path.parent.relative_to(CONTENT / 'articles')}/{path.name.partition('.')[0]}/"
    return Written(
        typeset(str(fields["title"]), language),
        int(moment.timestamp()),
        address,
        language,
        tuple(map(str, countries)),
        authors,
    )
