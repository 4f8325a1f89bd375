"""Real builds, killed at random moments: every file stays whole, no reader meets a dead link, the next build mends all."""

import os
import shutil
import subprocess
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from random import Random
from tempfile import mkdtemp
from typing import NamedTuple

import pytest

from tests.newsroom import DAY, HOUR, NOW, SCRATCH, Newsroom, Snapshot, day, fill, link
from tests.processes import COMMAND, clean_tree, kill, starting
from tests.trees import Digests, assert_whole, dead_links, differing, digests, served
from tests.watching import ANYTHING, IN_ITS_PLACE, Watch, sleep_until


class Profile(NamedTuple):
    """How much is tried: stories of the portal, kills, contents that the portal goes to and fro between."""

    stories: int
    kills: int
    contents: int


PROFILE = Profile(2_000, 100, 20) if os.environ.get("ARYK_SOAK") else Profile(300, 10, 3)
THEME = Path(__file__).parents[1] / "themes" / "news-asia"
BASE, STYLE = "templates/base.html", "assets/style.css"
MOMENTS = ["anywhere", "anywhere", "writing", "writing", "renaming", "renaming"]


# ---- edits: what a newsroom does to its portal between two builds


def lonely(room: Newsroom, dice: Random) -> str:
    """A story that no other links to."""
    texts = [story.body for story in room.stories.values()]
    return dice.choice([path for path in room.stories if not any(Path(path).name in text for text in texts)])


def publish_neighbours(room: Newsroom, dice: Random) -> None:
    """Four stories of the same hour, each with a link to the one before."""
    path, country, tag = "", dice.choice(["kz", "kg"]), dice.randrange(10**6)
    for number in range(4):
        other = f"articles/2026/03/night-{tag}-{number}.md"
        text = f"Text. {link(other, path)}" if path else "Text."
        path = room.put(other, text, date=day(NOW - HOUR + 60 * number), country=country, tags=f"[night-{tag}]")


def retitle(room: Newsroom, dice: Random) -> None:
    for path in dice.sample(sorted(room.stories), 3):
        room.set(path, title=f"Headline {dice.randrange(10**6)}")


def rewrite(room: Newsroom, dice: Random) -> None:
    path = dice.choice(sorted(room.stories))
    room.stories[path].body += f"\n\nOne more paragraph, {dice.randrange(10**6)}."
    room.save(path)


def remove(room: Newsroom, dice: Random) -> None:
    for _ in range(2):
        room.remove(lonely(room, dice))


def move(room: Newsroom, dice: Random) -> None:
    path = lonely(room, dice)
    room.rename(path, f"{path.rpartition('/')[0]}/moved-{dice.randrange(10**6)}{'.en' * path.endswith('.en.md')}.md")


def backdate(room: Newsroom, dice: Random) -> None:
    room.set(dice.choice(sorted(room.stories)), date=day(NOW - dice.randrange(300, 900) * DAY))


def redesign(room: Newsroom, dice: Random) -> None:
    """The template that all pages extend, and a style sheet whose name in the output is that of its content."""
    for name, old, new in (
        (BASE, "</body>", f"<p>{dice.random()}</p></body>"),
        (STYLE, "{", f"{{ --x: {dice.random()};"),
    ):
        room.write(name, (THEME / name).read_text("utf-8").replace(old, new, 1), root=room.root / "themes/news-asia")


def rename_a_country(room: Newsroom, dice: Random) -> None:
    room.registries["countries.yaml"]["kz"] = f"{{slug: kazakhstan, name: Kazakhstan {dice.randrange(99)}, flag: KZ}}"
    room.save_registry("countries.yaml")


def rename(room: Newsroom, dice: Random) -> None:
    """With an old address that leads to the new one, and links that follow. The room's own records do not: it comes last."""
    path, name = dice.choice(sorted(room.stories)), f"renamed-{dice.randrange(10**6)}"
    subprocess.run([COMMAND, "rename", "--content", room.content, path, name], check=True, capture_output=True)


EDITS: Sequence[Callable[[Newsroom, Random], None]] = [
    *(publish_neighbours, retitle, rewrite, remove, move, backdate, redesign, rename_a_country, rename)
]


def contents(room: Newsroom, dice: Random, count: int) -> list[Snapshot]:
    """Contents that a portal may have, each some edits away from the first; together they have every edit."""
    first, hands = room.snapshot(), [set[int]() for _ in range(count)]
    for number in range(max(len(EDITS), 3 * count)):
        hands[number % count].add(number % len(EDITS) if number < len(EDITS) else dice.randrange(len(EDITS)))
    found = []
    for hand in hands:
        for number in sorted(hand):
            EDITS[number](room, dice)
        found.append(room.snapshot())
        room.restore(first)
    return [first, *found]


# ---- kills


class Bench:
    """A portal whose builds are killed: its contents, the clean tree of each as soon as it is known, and the tallies."""

    def __init__(self, root: Path, seed: int) -> None:
        self.dice = Random(seed)
        self.room = Newsroom(root, theme_copied=False)
        self.room.site |= {"theme": "news-asia", "page_size": "10"}
        self.room.save_site()
        fill(self.room, PROFILE.stories, seed)
        self.contents = contents(self.room, self.dice, PROFILE.contents)
        self.clean: dict[int, Digests] = {}
        self.took = deque([0.0], maxlen=4)
        self.wrote = deque([0.0], maxlen=4)
        self.tally = Counter[str]()
        self.at = 0

    def wanted(self) -> Digests:
        """The clean tree of the content as it is."""
        if self.at not in self.clean:
            self.clean[self.at] = clean_tree(self.room)
        return self.clean[self.at]

    def edit(self) -> None:
        """Another content."""
        self.at = self.dice.choice([number for number in range(len(self.contents)) if number != self.at])
        self.room.restore(self.contents[self.at])

    def build(self) -> int:
        """A build that may end; remembers how long it took in all and since it first wrote. Gives what it wrote."""
        with Watch(self.room.output, ANYTHING) as watch:
            building, started = starting(self.room), time.monotonic()
            wrote = watch.wait(building.is_over)
            first = time.monotonic()
            said = building.ended()
        assert said.status == 0, said
        if wrote:
            self.took.append(time.monotonic() - started)
            self.wrote.append(time.monotonic() - first)
        return int(said.report["written"] + said.report["deleted"])

    def killed_build(self) -> bool:
        """A build that is killed at some moment; False where it had ended before."""
        kind = self.dice.choice(MOMENTS)
        with Watch(self.room.output, IN_ITS_PLACE if kind == "renaming" else ANYTHING) as watch:
            building, started = starting(self.room, "--jobs", self.dice.choice([1, 2])), time.monotonic()
            if kind == "anywhere":
                moment = started + self.dice.uniform(0, max(self.took))
            else:
                watch.wait(building.is_over)
                moment = time.monotonic() + self.dice.uniform(0, max(self.wrote) if kind == "writing" else 0.01)
            sleep_until(moment, building.is_over)
            said = kill(building)
        assert said is None or said.status == 0, said
        return said is None

    def count(self, before: Digests, after: Digests) -> None:
        """Counts a kill under the stage that the output tells of."""
        wanted, found = served(self.wanted()), served(after)
        begun, done = differing(served(before), found), differing(found, wanted)
        stage = (
            "publishing" if begun and done else "remembering" if begun else "making" if after != before else "reading"
        )
        self.tally[stage] += 1


@pytest.fixture
def bench(request: pytest.FixtureRequest) -> Iterator[Bench]:
    """A portal that is published."""
    root = Path(mkdtemp(dir=SCRATCH))
    found = Bench(root, request.param)
    found.room.output.mkdir()
    found.build()
    assert dead_links(found.room.output, found.wanted(), found.wanted()) == set()
    yield found
    shutil.rmtree(root)


@pytest.mark.parametrize("bench", [1, 2], indirect=True)
def test_whatever_moment_a_build_is_killed_at_readers_and_the_next_build_find_a_whole_portal(bench: Bench) -> None:
    output = bench.room.output
    trees = [bench.wanted()]
    for _ in range(5 * PROFILE.kills):  # a build that ends before its moment is no kill: try again
        if bench.tally.total() == PROFILE.kills:
            break
        bench.edit()
        before = digests(output)
        if not bench.killed_build():
            trees = [bench.wanted()]
            assert served(digests(output)) == served(trees[0])
            continue
        after = digests(output)
        trees.append(bench.wanted())
        bench.count(before, after)
        assert_whole(after, trees)
        staying = served(before).keys() & bench.wanted().keys()  # pages that go may link to each other until the end
        assert dead_links(output, served(after), staying) == set()
        if bench.dice.random() < 0.2:
            continue  # killed once more, before anybody has mended it
        bench.build()
        assert differing(digests(output), bench.wanted()) == set()
        trees = [bench.wanted()]
        if bench.dice.random() < 0.4:
            assert bench.build() == 0
    assert bench.tally.total() == PROFILE.kills
    assert 3 * (bench.tally.total() - bench.tally["reading"]) >= PROFILE.kills, bench.tally
    assert bench.tally["publishing"] > 0
