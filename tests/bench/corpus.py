"""A seeded newsroom of any size: stories of one shape over fifteen years, with the registries that they name.

The shape (lengths, shares of links, headings, lists, second countries) is that of an ordinary regional agency; the words
are syllables, so that nothing compresses or repeats better than real text would.
"""

import json
import random
from datetime import datetime, timedelta, timezone
from pathlib import Path

COUNTRIES = "kz kg uz tj tm cn az am ge ru".split()
TOPICS = "politics economy society energy transport culture sport security science ecology migration education".split()
OUTLETS = [f"outlet-{number:02}" for number in range(40)]
AUTHORS = [f"author-{number:02}" for number in range(60)]
SYLLABLES = "ка то ри ме на ло ви су та ре по бе го ди ша ли ну ро се ма ти ве ко да ле не".split()
ZONE = timezone(timedelta(hours=6))
FIRST, LAST = datetime(2012, 1, 1, tzinfo=ZONE), datetime(2026, 11, 1, tzinfo=ZONE)
NOW = int(datetime(2026, 11, 2, tzinfo=ZONE).timestamp())


class Writer:
    """Writes words by Zipf's law, sentences and paragraphs."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        pick, count = self.random.choice, self.random.randint
        endings = ["", "", "й", "т", "м", "х", "ла"]
        self.words = ["".join(pick(SYLLABLES) for _ in range(count(1, 5))) + pick(endings) for _ in range(20_000)]

    def phrase(self, low: int, high: int) -> str:
        """A run of words that begins with a capital."""
        count, size = self.random.randint(low, high), len(self.words)
        return " ".join(self.words[int(size ** self.random.random()) - 1] for _ in range(count)).capitalize()

    def sentence(self) -> str:
        """A sentence, now and then with emphasis or a link."""
        chance, words = self.random.random(), self.phrase(8, 18).split()
        at = self.random.randrange(1, len(words))
        if chance < 0.25:
            words[at] = f"**{words[at]}**"
        elif chance < 0.4:
            words[at] = f"[{words[at]}](https://example.org/{self.random.randrange(10**6)})"
        elif chance < 0.5:
            words.append(f"«{self.phrase(4, 4)}»")
        return " ".join(words) + "."

    def body(self) -> str:
        """Four to seven paragraphs of about 200 words in all, some with a heading, list or quotation after them."""
        blocks = []
        for _ in range(self.random.randint(4, 7)):
            blocks.append(" ".join(self.sentence() for _ in range(self.random.randint(2, 4))))
            if self.random.random() < 0.2:
                blocks.append(f"## {self.phrase(4, 4)}")
            if self.random.random() < 0.15:
                blocks.append("\n".join(f"- {self.phrase(9, 9)}" for _ in range(4)))
            if self.random.random() < 0.1:
                blocks.append(f"> {self.phrase(16, 16)}")
        return "\n\n".join(blocks)


def story(writer: Writer, number: int, date: datetime) -> str:
    """A story's file."""
    pick = writer.random.choice
    countries = writer.random.sample(COUNTRIES, 1 if writer.random.random() < 0.8 else 2)
    fields = {
        "title": writer.phrase(5, 11),
        "date": f"{date:%Y-%m-%d %H:%M:%S}",
        "lead": writer.phrase(14, 28) + ".",
        "country": countries,
        "topic": pick(TOPICS),
        "source": pick(OUTLETS),
        "author": [pick(AUTHORS)],
    }
    front = "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in fields.items())
    return f"---\n{front}---\n\n{writer.body()}\n"


def write_portal(content: Path, count: int, seed: int = 7) -> None:
    """A portal of `count` stories in an empty folder."""
    content.mkdir(parents=True)
    writer, step = Writer(seed), (LAST - FIRST) / count
    for number in range(count):
        date = (FIRST + step * number).replace(microsecond=0)
        folder = content / f"articles/{date:%Y/%m}"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"story-{number:07}.md").write_text(story(writer, number, date), "utf-8")
    land = ", slug: land-{}"  # two letters alone are a language's
    for name, slug, ids in (
        ("countries", land, COUNTRIES),
        ("topics", "", TOPICS),
        ("outlets", "", OUTLETS),
        ("authors", "", AUTHORS),
    ):
        (content / f"{name}.yaml").write_text(
            "".join(f"{id}: {{name: {id.upper()}{slug.format(id)}}}\n" for id in ids), "utf-8"
        )
    settings = "name: Портал\naddress: https://example.org\ntime_zone: Asia/Bishkek\nlanguage: ru\npage_size: 20\n"
    (content / "site.yaml").write_text(settings, "utf-8")
