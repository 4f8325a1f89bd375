"""The newsroom of the corpus as a Hugo site (tests/bench/hugo), and its build."""

import shutil
from importlib.metadata import distribution
from pathlib import Path

from tests.bench.corpus import file_text, stories
from tests.bench.measure import Measure, measured, put_aside

LAYOUT = Path(__file__).parent / "hugo"


class HugoSite:
    """A site in a folder that is not there yet."""

    def __init__(self, root: Path, count: int) -> None:
        self.root = root
        shutil.copytree(LAYOUT, root)
        for story in stories(count):
            front = {"title": story.title, "date": story.date.isoformat(), "slug": story.name}
            front |= {"description": story.lead, "countries": story.countries, "topics": [story.topic]}
            front |= {"outlets": [story.outlet], "author": story.author}
            path = root / f"content/news/{story.date:%Y/%m}/{story.name}.md"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(file_text(front, story.body), "utf-8")

    def forget(self) -> None:
        """Puts aside what builds have made."""
        for name in ("public", "resources"):
            put_aside(self.root / name)

    def build(self) -> Measure:
        """A build in a process of its own."""
        measure, _ = measured(self.root, _program(), "--quiet", "--noBuildLock")
        return measure.with_written(sum(path.is_file() for path in (self.root / "public").rglob("*")))


def _program() -> object:
    """The program itself: the command that the package installs would add the start of a Python to each build."""
    return distribution("hugo").locate_file("hugo/binaries/hugo")
