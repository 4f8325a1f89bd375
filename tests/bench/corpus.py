"""A seeded newsroom of any size: stories of one shape over fifteen years, for any generator to write down as it likes.

The shape (lengths, shares of links, headings, lists, second countries) is that of an ordinary regional agency; the words
are syllables, so that nothing compresses or repeats better than real text would.
"""

import json
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

COUNTRIES = "kz kg uz tj tm cn az am ge ru".split()
TOPICS = "politics economy society energy transport culture sport security science ecology migration education".split()
OUTLETS = [f"outlet-{number:02}" for number in range(40)]
AUTHORS = [f"author-{number:02}" for number in range(60)]
SYLLABLES = "ка то ри ме на ло ви су та ре по бе го ди ша ли ну ро се ма ти ве ко да ле не".split()
ZONE = timezone(timedelta(hours=6))
FIRST, LAST = datetime(2012, 1, 1, tzinfo=ZONE), datetime(2026, 11, 1, tzinfo=ZONE)


@dataclass(frozen=True)
class Story:
    """What a newsroom knows of a story."""

    name: str
    date: datetime
    title: str
    lead: str
    countries: list[str]
    topic: str
    outlet: str
    author: str
    body: str


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

    def story(self, name: str, date: datetime) -> Story:
        """A story; one in five is of two countries."""
        pick, countries = self.random.choice, self.random.sample(COUNTRIES, 1 if self.random.random() < 0.8 else 2)
        title, lead = self.phrase(5, 11), self.phrase(14, 28) + "."
        return Story(name, date, title, lead, countries, pick(TOPICS), pick(OUTLETS), pick(AUTHORS), self.body())


def stories(count: int, seed: int = 7) -> Iterator[Story]:
    """The stories of a newsroom, the oldest first, evenly over the years."""
    writer, step = Writer(seed), (LAST - FIRST) / count
    for number in range(count):
        yield writer.story(f"story-{number:07}", (FIRST + step * number).replace(microsecond=0))


def file_text(front: Mapping[str, object], body: str) -> str:
    """A file of front matter and Markdown."""
    lines = (f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in front.items())
    return f"---\n{''.join(lines)}---\n\n{body}\n"
