"""The newsroom of the corpus as a portal of Aryk, the edits of it that are measured, and the builds."""

import json
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from tests.bench.corpus import AUTHORS, COUNTRIES, LAST, OUTLETS, TOPICS, file_text, stories
from tests.bench.measure import Measure, Watch, measured, processors_of, put_aside

SETTINGS = "name: Портал\naddress: https://example.org\ntime_zone: Asia/Bishkek\nlanguage: ru\npage_size: 20\n"
REGISTRIES = {"countries": COUNTRIES, "topics": TOPICS, "outlets": OUTLETS, "authors": AUTHORS}
THEMES = Path(__file__).parents[2] / "themes"
NOW = LAST + timedelta(days=1)


class ArykSite:
    """A portal in a folder that is there and empty."""

    def __init__(self, root: Path, count: int) -> None:
        self.root = root
        self.content = root / "content"
        self._write(count)
        self.stories = sorted((self.content / "articles").rglob("*.md"))

    def _write(self, count: int) -> None:
        for story in stories(count):
            front = {"title": story.title, "date": f"{story.date:%Y-%m-%d %H:%M:%S}", "lead": story.lead}
            front |= {"country": story.countries, "topic": story.topic, "source": story.outlet}
            path = self.content / f"articles/{story.date:%Y/%m}/{story.name}.md"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(file_text(front | {"author": [story.author]}, story.body), "utf-8")
        for name, ids in REGISTRIES.items():
            slug = ", slug: land-{}" if name == "countries" else ""  # two letters alone are a language's
            lines = (f"{id}: {{name: {id.upper()}{slug.format(id)}}}\n" for id in ids)
            (self.content / f"{name}.yaml").write_text("".join(lines), "utf-8")
        (self.content / "site.yaml").write_text(SETTINGS, "utf-8")

    def forget(self) -> None:
        """Puts aside what builds have made and remembered."""
        for name in ("build", ".aryk"):
            put_aside(self.root / name)

    def build(self) -> Measure:
        """A build in a process of its own."""
        command = [Path(sys.executable).with_name("aryk"), "build", "--json", "--now", int(NOW.timestamp())]
        measure, said = measured(self.root, *command)
        return measure.with_written(json.loads(said)["written"])

    def feeds(self) -> Measure:
        """All feeds, made once more into another folder, as seconds of the processor."""
        command = [sys.executable, "-m", "tests.bench.feeds", self.root, int(NOW.timestamp())]
        _, said = measured(Path(__file__).parents[2], *command)
        seconds, files = said.split()
        put_aside(self.root / "feeds")
        return Measure(float(seconds), float(seconds), 0, int(files))

    def watch(self, edit: Callable[["ArykSite"], object]) -> Measure:
        """From an edit to the line in which `aryk watch`, which was there before, tells that it is published."""
        command = [Path(sys.executable).with_name("aryk"), "watch", "--json", "--now", int(NOW.timestamp())]
        with subprocess.Popen([str(word) for word in command], cwd=self.root, stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            with Watch(process.pid) as watch:
                json.loads(process.stdout.readline())
                time.sleep(3)  # what the edit before this one wrote is old enough to be trusted
                started, cpu = time.perf_counter(), processors_of(process.pid)
                edit(self)
                written = json.loads(process.stdout.readline())["written"]
                wall, cpu = time.perf_counter() - started, processors_of(process.pid) - cpu
            process.terminate()
        return Measure(wall, cpu, watch.peak, written)

    def story(self, part: float) -> Path:
        """The story that this part of all others is older than."""
        return self.stories[int(len(self.stories) * part)]

    def publish(self, name: str, date: datetime) -> None:
        """One more story."""
        front = {"title": "Новая новость", "date": f"{date:%Y-%m-%d %H:%M:%S}", "lead": "Короткое начало."}
        front |= {"country": ["kz"], "topic": "energy", "source": "outlet-07", "author": ["author-07"]}
        path = self.content / f"articles/{date:%Y/%m}/{name}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(file_text(front, "Текст новости, в котором **одно** важное слово."), "utf-8")

    def edit_base(self) -> None:
        """Edits the template that all pages extend, in the portal's own copy of the theme."""
        copy = self.root / "themes/news-asia/templates/base.html"
        copy.parent.mkdir(parents=True, exist_ok=True)
        original = (THEMES / "news-asia/templates/base.html").read_text("utf-8")
        assert "</body>" in original
        copy.write_text(original.replace("</body>", "<p>Ещё строка.</p></body>"), "utf-8")

    def check_out_anew(self) -> None:
        """Makes every source a new file of the same bytes, as a fresh clone has them."""
        put_aside(self.content)
        shutil.copytree(self.content.with_name("content.aside.0"), self.content, copy_function=shutil.copyfile)
