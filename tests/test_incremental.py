"""The law: after any edit a build leaves byte for byte what a clean build would make, and a further build writes nothing.

A random newsroom makes one small edit a step and builds. `ARYK_SOAK=1` makes it take 2,000 steps.
"""

import os
import re
import shutil
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from tempfile import mkdtemp

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from generator.engine.report import Report
from generator.engine.stacks import BrokenStore
from generator.images import update as images
from generator.pages import sitemaps
from generator.search import indexing
from generator.search.pagefind import find_pagefind
from generator.site.windows import NEWS
from generator.theme.strings import PLANNED
from tests.edits import RATE_FILES, RATES
from tests.layers import OPTIONS, begin_a_theme, change_a_layer, layers
from tests.newsroom import (
    BARE,
    DAY,
    HOUR,
    NOW,
    SCRATCH,
    Newsroom,
    assert_whole,
    day,
    fill,
    killed_at,
    link,
    photo,
    picture,
    poll_of,
    stamps,
    tree,
)

MADE_AT_LEISURE = re.compile(r"media/-/.*\.avif|media/-cards/.*|search/(ru|en)/.*")
SOAK = bool(os.environ.get("ARYK_SOAK"))
BASES = ["bare", "bare", "news-asia"] if SOAK else ["bare"]
Files = dict[str, tuple[int, int]]
YEAR_TURNS = NOW - 60 * DAY + 6 * HOUR  # 2025-12-31 18:00 UTC: midnight in Bishkek
MOMENTS = [
    *(NOW + offset for offset in (-HOUR, -DAY, -2 * DAY, HOUR, 2 * DAY, 40 * DAY)),
    *(YEAR_TURNS + offset for offset in (-DAY, -HOUR, 0, HOUR, DAY, 20 * DAY)),
    *(YEAR_TURNS - 366 * DAY + offset for offset in (-40 * DAY, -HOUR, 0, DAY)),
    YEAR_TURNS - 800 * DAY,
]
WHENS = [day(moment) for moment in MOMENTS]
LATERS = [None, *(day(NOW + offset) for offset in (-DAY, -HOUR, HOUR, 2 * DAY, 30 * DAY))]
FIELDS: dict[str, list[str | None]] = {
    "title": ["A title", "Another title", "Заголовок", "'Why: because'", "A & B < C"],
    "date": [*WHENS, "2026-02-20 07:36", "2026-02-30", "2026-01-01 00:10"],
    "country": ["kz", "kg", "[kz, kg]", "[kg, kz]", "asia", "narnia"],
    "topic": ["energy", "trade", "[energy, trade]"],
    "lead": [None, "A lead", "Another lead"],
    "source": [None, "times", "[times, post]", "{outlet: post, url: 'https://post.example/1', date: 2025-01-01}"],
    "author": [None, "ann", "bob", "[ann, {guest: Zed Zulu}]"],
    "translator": [None, "bob"],
    "kind": [None, "analysis", "press-review", "digest"],
    "image": [
        None,
        "{file: dam.png, alt: A dam}",
        "{file: map.png, alt: A map}",
        "{file: lost.png, alt: Lost}",
        "{file: dam.png, alt: A dam, focus: [1, 0]}",
    ],
    "tags": [None, "[water]", "[Water, rail way]", "[rail-way]", "[水]"],
    "series": [None, "Great rivers", "great rivers"],
    "top": LATERS,
    "updated": LATERS,
    "corrections": [None, "[{date: 2026-02-21, text: A slip}]"],
    "expires": LATERS,
    "retracted": [None, "{date: 2026-02-22, text: Wrong}"],
    "draft": [None, "true", "maybe"],
    "canonical": [None, "original"],
    "slug": [None, "another-slug", "story-0"],
    "id": [None, "an-id", "2026/02/story-0"],
    "aliases": [
        None,
        *("[/old]", "[/old/]", "[/old.html, '/?p=1']", "[/old/story.html]", "[/old/index.html]", "[/kazakhstan/]"),
    ],
    "label": [None, "partner"],
    "digest": [None, "false"],
    "poll": [None, "water", "light", "nothing"],
    "age": [None, "16"],
}
BODIES = [
    "A text.",
    "A text.\n\nMore of it.",
    "Another text.\n\n## Heading\n\nMore.",
    "A text.\n\n![A dam](dam.png)",
    "See [all of it](/kazakhstan/) and [this](https://example.org).",
    "![Lost](lost.png)",
    "Poll: water\n\nMore.",
    '![A dam](dam.png "A dam") ![A map](map.png)\n\nMore.',
    "More.\n\n![A map](map.png) ![Lost](lost.png)\n\n![A map](map.png)",
]
SITE_VALUES = {
    "name": ["{ru: Арык, en: Aryk}", "Testograd"],
    "tagline": ["News of a test", "{ru: Новости}"],
    "address": ["https://aryk.example", "https://aryk.example/news"],
    "time_zone": ["Asia/Bishkek", "UTC", "America/New_York", "Mars/Base"],
    "page_size": ["2", "3"],
    "countries": ["[kz, kg]", "[kg]", "[asia, kz]"],
    "languages": ["[ru, en]", "[ru]"],
    "feeds": [
        "{size: 2, partners: {post: {days: 1, exclude: {label: partner}}}}",
        "{size: 3, hub: 'https://hub.example/'}",
        "{size: 1, partners: {post: {include: {topic: [energy]}, image: no, count: 3}}}",
        "{partners: {post: {include: {topic: [enrgy]}}}}",
    ],
    "inbox": ["{address: 'https://aryk.example/inbox'}", "{address: 'https://inbox.example', photos: 2}"],
    "rates": [
        RATES,
        "{source: nbkr, pairs: [EUR/KGS, USD/EUR], stale_after: 1}",
        "{source: cbt, pairs: [{pair: USD/KGS, source: nbkr}], currencies: [USD, TMT]}",
        "{source: nbkr, pairs: [EURO/KGS]}",
    ],
    "fragments": ["client", "ssi", "inline"],
    "social_cards": ["[news, analysis]", "[analysis]", "[]"],
}
REGISTRY_VALUES = {
    "countries.yaml": {
        "kz": ["{slug: kazakhstan, name: Kazakhstan, flag: KZ}", "{slug: qazaqstan, name: Qazaqstan}"],
        "kg": ["{slug: kyrgyzstan, name: Kyrgyzstan}"],
        "asia": ["{name: Asia, members: [kz]}", "{name: The Continent, members: [kg, kz]}"],
        "uz": ["{slug: uzbekistan, name: Uzbekistan}", "{slug: kazakhstan, name: Uzbekistan}"],
    },
    "topics.yaml": {"energy": ["{name: Power}", "{slug: power, name: Power}"], "sport": ["{name: Sport}"]},
    "outlets.yaml": {"times": ["{name: The New Times}", "{name: The Times, canonical: original}"]},
    "authors.yaml": {"ann": ["{name: Anna}", "{name: Ann, role: {ru: редактор, en: editor}}"]},
    "tags.yaml": {"water": ["{name: Water}", "{name: The water}"], "rail-way": ["{name: Rail way}"]},
    "series.yaml": {"great-rivers": ["{name: Great rivers}"]},
}
PAGES = {
    "pages/about.md": ["---\ntitle: About\nmenu: 1\n---\nWho we are.\n", "---\ntitle: About us\n---\nWho we are.\n"],
    "pages/about.en.md": ["---\ntitle: About\n---\n![A map](map.png)\n"],
    "countries/kz.md": ["---\ntitle: Kazakhstan\n---\nA country.\n", "---\ntitle: Kazakhstan\n---\nA large one.\n"],
    "front.yaml": [f"- {{story: 2026/02/story-0, until: {day(NOW + DAY)}}}\n", "- 2026/02/story-1\n", "[]\n"],
}
BREAKING = [
    None,
    "[]\n",
    *(
        f"- {{text: {{ru: Срочно {id}, en: Now}}, story: 2026/02/story-{id}, until: {day(NOW + DAY)}}}\n"
        for id in range(3)
    ),
    f"- {{text: A, until: {day(NOW + HOUR)}}}\n- {{text: B, from: {day(NOW + HOUR)}, until: {day(NOW + 2 * DAY)}}}\n",
    f"- {{text: Told, url: 'https://post.example/1', until: {day(NOW + DAY)}}}\n",
    f"- {{text: A, from: {day(NOW + DAY)}, until: {day(NOW + HOUR)}}}\n",
    f"- {{text: A, story: 2026/02/nowhere, until: {day(NOW + DAY)}}}\n",
    *("- {text: Never ending}\n", "- [\n", "text: A\n", ""),
]
WEEKS = ["2026-w08", "2026-w09", "2026-w09.en", "2026-w10", "2025-w01"]
WAYS_OUT = {
    "retracted": {"retracted": "{date: 2026-02-22, text: Wrong}"},
    "expired": {"expires": day(NOW - DAY)},
    "paid for": {"label": "partner"},
    "kept out": {"digest": "false"},
    "of the week before": {"date": day(NOW - 37 * DAY)},
    "of this week": {"date": day(NOW - HOUR)},
    "unfinished": {"draft": "true"},
}
"""What makes a story no story of its week any more."""
WEEK_TEXTS = [
    None,
    "---\ntitle: A week\n---\n",
    "---\ntitle: A week\nlead: A lead\nstories: [2026/02/story-0]\n---\nA text.\n",
    "---\nimage: {file: map.png, alt: A map}\nstories: [2026/02/story-1, 2026/01/story-2]\n---\n![A dam](dam.png)\n",
    "---\nlead: A lead\n---\nSee [all of it](/kazakhstan/) and [one](../articles/2026/02/story-3.md).\n",
    "---\nstories: 7\n---\n",
]
POLLS = ["water", "light", "heat", "air", "dust"]
OPENINGS = [day(NOW + offset) for offset in (-400 * DAY, -70 * DAY, -2 * DAY, -HOUR, HOUR, 2 * DAY)]
CLOSINGS = [None, *(day(NOW + offset) for offset in (-HOUR, HOUR, DAY, 30 * DAY))]
COMMENTS = [
    None,
    "[]\n",
    "- {id: c1, name: Ann, date: 2026-02-21, text: First}\n",
    "- {id: c1, name: Ann, date: 2026-02-21, text: First}\n- {id: c2, name: Bob, date: 2026-02-22, text: No, reply: c1}\n",
    "- {id: c1, name: Ann, date: 2026-02-21, reply: c0, text: First}\n",
]
THEME_EDITS = {
    "templates/404.html": ("{%", "{# nothing #}{%"),
    "templates/front.html": ("{{ page }}", "{{ page }}!"),
    "templates/base.html": ("<html", "<!-- base --><html"),
    "templates/article.html": ("{{ page }}", "{{ page }}!"),
    "templates/list.html": ("{{ page }}", "{{ page }}!"),
    "templates/parts/foot.html": ("<footer>", "<footer>foot"),
    "templates/parts/more.html": ("<b>", "<b>more"),
    "templates/notice.html": ("{%", "{# nothing #}{%"),
    "strings/ru.yaml": ("story.read", "extra.word: extra\nstory.read"),
    "assets/style.css": ("margin: 0", "margin: 1em"),
    "assets/new.css": ("", "p {}"),
    "assets/feed.css": ("block", "inline"),
    "assets/mark.svg": ("<svg/>", "<svg></svg>"),
}
"""What is said otherwise in a file of the theme."""
STRINGS = (*PLANNED, "story.read", "story.more")
PICTURES = [photo(1), photo(2), photo(3, 200, 200), picture(3, 6), photo(1)[:9_000], b"no picture", b""]

HEADER = "date,currency,nominal,value\n"
RATE_TEXTS: dict[str, list[str | None]] = {
    **{name: [text, text.replace(",1,", ",10,"), None] for name, text in RATE_FILES.items()},
    "rates/nbkr/2025.csv": [
        f"{HEADER}2025-12-30,USD,1,87\n2025-12-31,USD,1,87.4\n",
        f"{HEADER}2025-12-31,EUR,1,9\n",
        None,
    ],
    "rates/nbk/2026.csv": [
        f"{HEADER}2026-02-28,USD,1,511\n2026-03-02,USD,1,512\n",
        f"{HEADER}2026-02-30,USD,1,511\n",
        "x",
    ],
    "rates/cbt/2015.csv": [f"{HEADER}2015-01-01,USD,1,3.5\n", None],
}


def made_anew(report: Report) -> bool:
    """Whether the store was found to be broken."""
    return any("is made anew" in advice.message for advice in report.advice)


def at_leisure(names: Iterable[str]) -> set[str]:
    """The files that other commands than a build make in an output, and their folders."""
    files = {name for name in names if MADE_AT_LEISURE.fullmatch(name)}
    return files | {str(folder) for name in files for folder in PurePosixPath(name).parents} - {"."}


def made_of(name: str) -> str:
    """What `aryk images` makes of a file of the output: the AVIF of a picture, the card of a story."""
    return f"{name}.avif" if name.endswith(".webp") else f"media/-cards/{name.removesuffix('/index.html')}.jpg"


def published(files: Files) -> Files:
    """Without what a killed build left beside the places of files."""
    return {name: stamp for name, stamp in files.items() if not name.endswith(".aryk-new")}


class Desk(RuleBasedStateMachine):
    """A newsroom at work; `foreign` are files that only a lost store knew of: nobody may delete them; `torn` ones
    were tampered with. `base` is the theme that the portal's own one begins from."""

    def __init__(self) -> None:
        super().__init__()
        self.room = Newsroom(Path(mkdtemp(dir=SCRATCH)))
        self.foreign: set[str] = set()
        self.torn: set[str] = set()
        self.good = self.room.snapshot()
        self.patience = 0
        self.drafts = False
        self.base = "bare"
        self.kill: tuple[str, int] | None = None
        self.patch = pytest.MonkeyPatch()
        self.patch.setattr(sitemaps, "FILE_SIZE", 3)

    def teardown(self) -> None:
        self.patch.undo()
        shutil.rmtree(self.room.root)

    @initialize(count=st.integers(0, 14), seed=st.integers(0, 9), base=st.sampled_from(BASES), own=st.booleans())
    def open(self, count: int, seed: int, base: str, own: bool) -> None:
        fill(self.room, count, seed)
        self.base = self.room.site["theme"] = base
        if own:
            begin_a_theme(self.room, base)
        self.room.site["rates"] = RATES
        self.room.save_site()
        for name, text in RATE_FILES.items():
            self.room.write(name, text)
        self.publish()

    def publish(self) -> None:
        """Builds, and holds the outcome against the law."""
        room, output = self.room, self.room.output
        before, stamped = tree(output), stamps(output)
        if self.kill:
            with killed_at(*self.kill):
                room.build(drafts=self.drafts)
            self.kill = None
            assert_whole(output, but=self.torn)
            return
        report = room.build(drafts=self.drafts)
        clean, wanted = room.clean(drafts=self.drafts)
        found = tree(output)
        withdrawn = {made_of(name) for name in before.keys() - found.keys()}
        lasting = {made_of(name) for name in before.keys() & found.keys()}
        lasting |= {name for name in at_leisure(before) if name.startswith("search/")}
        assert {name for name in lasting & before.keys() if found.get(name, b"none") != before[name]} == set()
        assert withdrawn.isdisjoint(found)
        assert report.problems == clean.problems
        if report.problems:
            assert published(stamps(output)) == published(stamped), "a build with problems touched the output"
            self.stumble()
            return
        self.good, self.patience = room.snapshot(), 0
        self.torn.clear()
        assert {name for name in wanted if found.get(name, b"none") != wanted[name]} == set()
        assert found.keys() - wanted.keys() <= self.foreign | at_leisure(found)
        touched = {name for name, stamp in stamps(output).items() if stamped.get(name) != stamp}
        assert touched == {name for name in found if found[name] is not None and before.get(name) != found[name]}
        assert len(touched) == report.written
        assert report.advice[made_anew(report) :] == clean.advice
        for name in ("kinds", "held_back", "next_change_at"):
            assert getattr(report, name) == getattr(clean, name), name
        stamped = stamps(output)
        for verify in (0, 2):
            again = room.build(drafts=self.drafts, verify=verify)
            if made_anew(again):  # the damage of a corrupted store lay where the first build had no need to look
                assert again.written == again.deleted == 0
                again = room.build(drafts=self.drafts, verify=verify)
            assert (again.rendered, again.written, again.deleted, again.problems) == (0, 0, 0, ())
            assert stamps(output) == stamped

    def stumble(self) -> None:
        """After a problem: sometimes publishes the rest, and after some more edits mends everything."""
        self.patience += 1
        if self.patience % 2 == 0:
            before = published(stamps(self.room.output))
            self.room.build(keep_going=True, drafts=self.drafts)
            assert before.keys() <= published(stamps(self.room.output)).keys(), "a problem deleted a file"
        if self.patience == 3:
            self.room.restore(self.good)
            self.publish()

    def story(self, data: st.DataObject) -> str:
        """One of the stories."""
        return data.draw(st.sampled_from(sorted(self.room.stories)), label="story")

    @rule(data=st.data())
    @precondition(lambda self: self.room.stories)
    def change_a_field(self, data: st.DataObject) -> None:
        path = self.story(data)
        key = data.draw(st.sampled_from(sorted(FIELDS)), label="field")
        value = data.draw(st.sampled_from(FIELDS[key]), label="value")
        self.room.set(path, **{key: value})
        self.publish()

    @rule(data=st.data())
    @precondition(lambda self: self.room.stories)
    def change_a_text(self, data: st.DataObject) -> None:
        path, other = self.story(data), self.story(data)
        self.room.stories[path].body = data.draw(st.sampled_from([*BODIES, link(path, other)]), label="text")
        self.room.save(path)
        self.publish()

    @rule(data=st.data())
    @precondition(lambda self: len(self.room.stories) > 1)
    def translate(self, data: st.DataObject) -> None:
        path, original = self.story(data), self.story(data)
        id = original.removeprefix("articles/").removesuffix(".md").removesuffix(".en")
        self.room.set(path, translates=data.draw(st.sampled_from([id, None])))
        self.publish()

    @rule(number=st.integers(0, 25), when=st.sampled_from(WHENS), suffix=st.sampled_from(["", "", ".en"]))
    def publish_a_story(self, number: int, when: str, suffix: str) -> None:
        self.room.put(f"articles/{when[:4]}/{when[5:7]}/story-{number}{suffix}.md", f"Text {number}.", date=when)
        self.publish()

    @rule(data=st.data())
    @precondition(lambda self: self.room.stories)
    def remove_a_story(self, data: st.DataObject) -> None:
        self.room.remove(self.story(data))
        self.publish()

    @rule(data=st.data())
    def change_rates(self, data: st.DataObject) -> None:
        name = data.draw(st.sampled_from(sorted(RATE_TEXTS)), label="file")
        text = data.draw(st.sampled_from(RATE_TEXTS[name]), label="text")
        if text is None:
            (self.room.content / name).unlink(missing_ok=True)
        else:
            self.room.write(name, text)
        self.publish()

    @rule(data=st.data(), name=st.sampled_from(["story-0", "story-30", "story-31.en", "Bad name"]))
    @precondition(lambda self: self.room.stories)
    def rename_a_story(self, data: st.DataObject, name: str) -> None:
        path = self.story(data)
        other = f"{path.rpartition('/')[0]}/{name}.md"
        if other not in self.room.stories:
            self.room.rename(path, other)
        self.publish()

    @rule(data=st.data(), garbage=st.sampled_from([b"", b"---\ntitle: [\n---\n", b"\xff\xfe", b"no fence"]))
    @precondition(lambda self: self.room.stories)
    def break_a_story(self, data: st.DataObject, garbage: bytes) -> None:
        self.room.write(self.story(data), garbage)
        self.publish()

    @rule()
    def mend_all_stories(self) -> None:
        for path in self.room.stories:
            self.room.save(path)
        self.publish()

    @rule(data=st.data())
    def change_the_site(self, data: st.DataObject) -> None:
        key = data.draw(st.sampled_from(sorted(SITE_VALUES)), label="key")
        self.room.site[key] = data.draw(st.sampled_from(SITE_VALUES[key]), label="value")
        self.room.save_site()
        self.publish()

    @rule(data=st.data())
    def change_a_registry(self, data: st.DataObject) -> None:
        name = data.draw(st.sampled_from(sorted(REGISTRY_VALUES)), label="registry")
        key = data.draw(st.sampled_from(sorted(REGISTRY_VALUES[name])), label="id")
        value = data.draw(st.sampled_from([*REGISTRY_VALUES[name][key], None]), label="record")
        lines = self.room.registries.setdefault(name, {})
        lines.pop(key, None)
        if value is not None:
            lines[key] = value
        if not lines:
            del self.room.registries[name]
        self.room.save_registry(name)
        self.publish()

    @rule(data=st.data())
    def change_a_standing_page(self, data: st.DataObject) -> None:
        name = data.draw(st.sampled_from(sorted(PAGES)), label="file")
        text = data.draw(st.sampled_from([*PAGES[name], None]), label="text")
        if text is None:
            (self.room.content / name).unlink(missing_ok=True)
        else:
            self.room.write(name, text)
        self.publish()

    @rule(name=st.sampled_from(sorted(THEME_EDITS)), more=st.booleans())
    def change_the_theme(self, name: str, more: bool) -> None:
        original = (BARE / name).read_text() if (BARE / name).exists() else ""
        assert THEME_EDITS[name][0] in original
        self.room.write(name, original.replace(*THEME_EDITS[name]) if more else original, root=self.room.theme)
        self.publish()

    @rule(data=st.data())
    def change_a_theme_of_its_own(self, data: st.DataObject) -> None:
        files = layers(self.base)
        name = data.draw(st.sampled_from(sorted(files)), label="file")
        change_a_layer(self.room, name, data.draw(st.sampled_from(files[name]), label="text"))
        self.publish()

    @rule(data=st.data())
    def choose_options(self, data: st.DataObject) -> None:
        known = OPTIONS[self.base] if self.room.site["theme"] == self.base else [*OPTIONS[self.base], *OPTIONS["own"]]
        self.room.site["options"] = data.draw(st.sampled_from(["{}", *known]), label="options")
        self.room.save_site()
        self.publish()

    @rule(own=st.booleans())
    def choose_a_theme(self, own: bool) -> None:
        self.room.site |= {"theme": "own" if own else self.base, "options": "{}"}
        self.room.save_site()
        self.publish()

    @rule(key=st.sampled_from(STRINGS), language=st.sampled_from(["ru", "en"]), word=st.sampled_from(["x", "y {year}"]))
    def change_a_string(self, key: str, language: str, word: str) -> None:
        path = self.room.theme / "strings" / f"{language}.yaml"
        lines = path.read_text().splitlines()
        lines = [
            f"{key}: {word if key == 'list.page' else word[0]}" if line.startswith(f"{key}:") else line
            for line in lines
        ]
        path.write_text("\n".join([*lines, ""]))
        self.publish()

    @rule(
        name=st.sampled_from(["dam", "map", "lost"]),
        data=st.sampled_from(PICTURES),
    )
    def change_a_picture(self, name: str, data: bytes) -> None:
        if data:
            self.room.write(f"media/{name}.png", data)
        else:
            (self.room.content / f"media/{name}.png").unlink(missing_ok=True)
        self.publish()

    @rule()
    def pictures_change_places(self) -> None:
        paths = [self.room.content / f"media/{name}.png" for name in ("dam", "map")]
        if all(path.exists() for path in paths):
            for path, content in zip(paths, [path.read_bytes() for path in reversed(paths)], strict=True):
                self.room.write(path.name, content, root=path.parent)
        self.publish()

    @rule(data=st.data(), id=st.sampled_from(POLLS))
    def change_a_poll(self, data: st.DataObject, id: str) -> None:
        name, opened = f"polls/{id}.yaml", data.draw(st.sampled_from([None, *OPENINGS]), label="opened")
        if opened is None:
            (self.room.content / name).unlink(missing_ok=True)
        else:
            country = data.draw(st.sampled_from(["kz", "[kg, asia]", "narnia"] + ["kg"] * 4), label="country")
            closed = data.draw(st.sampled_from(CLOSINGS), label="closed")
            votes = data.draw(st.integers(0, 2), label="votes")
            self.room.write(name, poll_of(opened, closed, votes, country=country, front=str(votes == 1).lower()))
        self.publish()

    @rule(data=st.data(), id=st.sampled_from(POLLS[:2]), offset=st.sampled_from([HOUR, DAY, 2 * DAY]))
    def a_poll_opens_and_closes_by_itself(self, data: st.DataObject, id: str, offset: int) -> None:
        opened, closed = self.room.now + offset, self.room.now + 2 * offset
        self.room.write(f"polls/{id}.yaml", poll_of(day(opened), day(closed), 1))
        self.publish()
        for moment in (opened, closed):
            self.room.now = moment
            self.publish()

    @rule(data=st.data(), text=st.sampled_from(COMMENTS))
    @precondition(lambda self: self.room.stories)
    def change_comments(self, data: st.DataObject, text: str | None) -> None:
        id = self.story(data).removeprefix("articles/").removesuffix(".md")
        path = f"comments/en/{id.removesuffix('.en')}.yaml" if id.endswith(".en") else f"comments/{id}.yaml"
        if text is not None:
            self.room.write(path, text)
        elif (self.room.content / path).exists():
            self.room.drop(path)
        self.publish()

    @rule(text=st.sampled_from(BREAKING), inline=st.booleans())
    def change_what_is_breaking(self, text: str | None, inline: bool) -> None:
        if text is not None:
            self.room.write("breaking.yaml", text)
        else:
            (self.room.content / "breaking.yaml").unlink(missing_ok=True)
        self.room.site["fragments"] = "inline" if inline else "client"
        self.room.save_site()
        self.publish()

    @rule(name=st.sampled_from(WEEKS), text=st.sampled_from(WEEK_TEXTS))
    def change_what_an_editor_says_of_a_week(self, name: str, text: str | None) -> None:
        path = f"digests/{name}.md"
        if text is not None:
            self.room.write(path, text)
        elif (self.room.content / path).exists():
            self.room.drop(path)
        self.publish()

    @rule(number=st.integers(10, 12), text=st.sampled_from(WEEK_TEXTS[:2]))
    def a_week_ends_by_itself(self, number: int, text: str | None) -> None:
        """It has three stories, or an editor's text; then nothing happens but that it is over, and that the clock is set back."""
        monday = int(datetime.fromisocalendar(2026, number, 1).replace(tzinfo=UTC).timestamp())
        self.room.now = monday + 5 * DAY
        if text is not None:
            self.room.write(f"digests/2026-w{number:02}.md", text)
        for story in range(40, 40 if text else 43):
            self.room.put(f"articles/2026/03/story-{story}.md", f"Text {story}.", date=day(monday + DAY + story))
        self.publish()
        for moment in (monday + 7 * DAY, monday + 5 * DAY):
            self.room.now = moment
            self.publish()

    @rule(data=st.data(), way=st.sampled_from(sorted(WAYS_OUT)))
    def a_story_leaves_an_old_week(self, data: st.DataObject, way: str) -> None:
        """Its digest has enough stories without it, or not."""
        monday = NOW - 34 * DAY + 6 * HOUR  # of the week of 26 January 2026, in UTC
        paths = [f"articles/2026/01/week-{number}.md" for number in range(data.draw(st.integers(3, 4), label="count"))]
        for number, path in enumerate(paths):
            self.room.put(path, f"Text {number}.", date=day(monday + number * DAY))
        self.publish()
        if paths[0] in self.room.stories:  # or a problem of before was mended
            self.room.set(paths[0], **WAYS_OUT[way])
            self.publish()

    @rule(offset=st.sampled_from([HOUR, DAY]), inline=st.booleans())
    def a_line_begins_and_ends_by_itself(self, offset: int, inline: bool) -> None:
        begins, until = self.room.now + offset, self.room.now + 2 * offset
        self.room.site["fragments"] = "inline" if inline else "client"
        self.room.save_site()
        self.room.write("breaking.yaml", f"- {{text: Soon, from: {day(begins)}, until: {day(until)}}}\n")
        self.publish()
        for moment in (begins, until):
            self.room.now = moment
            self.publish()

    @rule(offset=st.sampled_from([-20 * DAY, -DAY, 0, 0, HOUR, DAY, 3 * DAY, 400 * DAY]))
    def time_passes(self, offset: int) -> None:
        self.room.now = NOW + offset
        self.publish()

    @rule(number=st.integers(26, 29))
    def a_story_grows_old(self, number: int) -> None:
        """It is published this minute, and then nothing happens but that it leaves one window after another."""
        then, when = self.room.now, day(self.room.now)
        self.room.put(f"articles/{when[:4]}/{when[5:7]}/story-{number}.md", f"Text {number}.", date=when)
        self.publish()
        for window in (DAY, NEWS):
            self.room.now = then + window
            self.publish()

    @rule()
    def show_drafts_or_not(self) -> None:
        self.drafts = not self.drafts
        self.publish()

    @rule(data=st.data(), way=st.sampled_from(["lose", "empty", "lengthen", "same size"]))
    @precondition(lambda self: any(tree(self.room.output).values()))
    def tamper_with_the_output(self, data: st.DataObject, way: str) -> None:
        names = sorted(name for name, content in tree(self.room.output).items() if content)
        name = data.draw(st.sampled_from(names), label="file")
        path = self.room.output / name
        self.torn.add(name)
        if way == "lose":
            path.unlink()
        elif way == "same size":
            path.write_bytes(path.read_bytes()[::-1])
        else:
            path.write_bytes(b"" if way == "empty" else path.read_bytes() + b" ")
        self.publish()

    @rule(data=st.data(), stale=st.booleans(), searched=st.booleans())
    def work_at_leisure(self, data: st.DataObject, stale: bool, searched: bool) -> None:
        """Pictures, cards and the index are made of what is published, while something else may wait to be."""
        if stale and self.room.stories:
            self.room.set(self.story(data), title="Not built yet", image="{file: dam.png, alt: A dam, focus: [0, 1]}")
        with suppress(images.NothingPublished, indexing.NothingPublished, BrokenStore):
            images.update(self.room.request(keep_going=True), None, lambda *said: None)
            if searched:
                indexing.bring_up_to_date(self.room.request(), ("ru", "en"), find_pagefind(), lambda *said: None)
        self.publish()

    @rule()
    def lose_the_output(self) -> None:
        shutil.rmtree(self.room.output, ignore_errors=True)
        self.foreign.clear()
        self.publish()

    @rule()
    def lose_the_store(self) -> None:
        shutil.rmtree(self.room.store, ignore_errors=True)
        self.foreign |= tree(self.room.output).keys()
        self.publish()

    @rule(at=st.floats(0, 1, exclude_max=True), noise=st.binary(min_size=1, max_size=40))
    def corrupt_the_store(self, at: float, noise: bytes) -> None:
        path = self.room.store / "store.sqlite"
        if path.exists():
            with open(path, "r+b") as file:
                file.seek(int(at * path.stat().st_size))
                file.write(noise)
            self.foreign |= tree(self.room.output).keys()
        self.publish()

    @rule()
    def touch_everything(self) -> None:
        for path in self.room.content.rglob("*"):
            os.utime(path)
        self.publish()

    @rule(data=st.data())
    @precondition(lambda self: self.room.stories)
    def edit_twice_in_one_tick(self, data: st.DataObject) -> None:
        path = self.story(data)
        self.room.save(path, fresh=True)
        self.publish()
        stamp = (self.room.content / path).stat()
        title = self.room.stories[path].fields["title"]
        self.room.stories[path].fields["title"] = title.swapcase()
        self.room.save(path, fresh=True)
        os.utime(self.room.content / path, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))
        self.publish()

    @rule(
        point=st.sampled_from(["stage", "rename", "delete", "commit", "remember"]),
        count=st.one_of(st.integers(1, 6), st.integers(1, 120)),
    )
    def the_next_build_is_killed(self, point: str, count: int) -> None:
        self.kill = (point, count)


Desk.TestCase.settings = settings(
    max_examples=80 if SOAK else 12,
    stateful_step_count=25 if SOAK else 20,
    deadline=None,
    derandomize=not SOAK,
    database=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.generate],
    report_multiple_bugs=False,
)
TestTheLaw: Callable[[], None] = Desk.TestCase
