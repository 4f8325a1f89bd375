"""A small portal of everything that breaks layouts: endless words and headlines, no pictures, other scripts, wide tables."""

from datetime import UTC, datetime
from pathlib import Path

from generator.engine.build import build
from generator.engine.request import Request
from tests.conftest import Files, lay_out, story
from tests.newsroom import picture

NOW = int(datetime(2026, 3, 1, 12, tzinfo=UTC).timestamp())
WORD = "Водохозяйственноэнергетическоуправленческорегулировочноинспекционнопротивопаводковое"[:80]
LATIN = "Donaudampfschifffahrtselektrizitaetenhauptbetriebswerkbauunterbeamtengesellschaft"[:80]
HEADLINE = ("Правительства пяти стран договорились о воде, и вот как долго об этом можно писать в одной строке: " * 4)[
    :300
]
ARABIC = "مياه نهر سيحون تصل إلى القناة الكبرى"
EMOJI = "💧🏔️👩‍🌾🇰🇿🇰🇬🇺🇿" * 12
CODE = "aryk_publish_everything_that_was_saved_since_the_last_full_build(--content=content, --output=build)" * 2
MARKUP = "Смета <b>2026</b> & “план” </title><script>alert(1)</script> {{ site }} &amp;lt;"


def _table(columns: int) -> str:
    cells = [f"Столбец {number}" for number in range(1, columns + 1)]
    rows = [cells, ["---:"] * columns, *([f"{row * 1000 + number}" for number in range(columns)] for row in range(3))]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _footnotes(count: int) -> str:
    marks = " ".join(f"Слово[^{number}]" for number in range(1, count + 1))
    notes = "\n".join(f"[^{number}]: Примечание {number}: {LATIN}." for number in range(1, count + 1))
    return f"{marks}\n\n{notes}"


def _quoted(text: str) -> str:
    return f"'{text}'"


SHORT = f"""Первый абзац со словом {WORD} и с адресом https://example.org/{"ochen-dlinnyi-put/" * 8}

## {WORD}

{_table(20)}

    {CODE}

Слова `{CODE}` в строке. {EMOJI}

> {LATIN} {ARABIC}

### Список

1. {WORD}
    - {LATIN}
        - {WORD}

<details open><summary>{LATIN}</summary>{WORD}</details>

<details><summary>{LATIN}</summary>{WORD}</details>

https://youtu.be/dQw4w9WgXcQ

<div dir="rtl" lang="ar">{ARABIC} {ARABIC}</div>

## Примечания
"""
TEXT = f"{SHORT}\n## Ещё\n\n## И ещё\n\n{_footnotes(200)}\n"

LONG = _quoted(f"{WORD} {LATIN}")
STORIES = {
    "headline": story(TEXT, title=_quoted(HEADLINE), lead=_quoted(HEADLINE), topic="[energy, endless]"),
    "word": story(
        f"{WORD} {LATIN}.",
        title=LONG,
        lead=LONG,
        country="[long, asia, kg]",
        topic="endless",
        kind="interview",
        author=f"[long, {{guest: {LATIN}}}]",
        translator=f"[{{guest: {LATIN}}}]",
        source=f"{{outlet: long, author: {LATIN}, url: 'https://example.org/{LATIN}', language: ky, date: 2026-02-19}}",
        tags=f"[{LATIN[:60].lower()}, a, b, c, d, e, f, g]",
        series="endless",
        updated="2026-02-21 10:00",
        corrections=f"[{{date: 2026-02-22, text: '{WORD} {LATIN}'}}]",
        label="advertising",
        age="16",
        image=f"{{file: wide.png, alt: '{WORD}', caption: '{WORD}', credit: '{LATIN}'}}",
    ),
    "arabic": story(f"{ARABIC}. {ARABIC}.", title=_quoted(ARABIC), lead=_quoted(f"{ARABIC} {ARABIC}")),
    "emoji": story(EMOJI, title=_quoted(EMOJI), lead=_quoted(EMOJI), kind="explainer", label="partner"),
    "markup": story("Текст.", title=_quoted(MARKUP), lead=_quoted(MARKUP), kind="opinion"),
    "review": story(
        "Текст обзора.",
        title="Обзор",
        kind="press-review",
        source=f"[{{outlet: long}}, {{outlet: times, author: {LATIN}}}]",
    ),
    "pictured": story(
        f"![Высокая](../../../media/tall.png)\n\nМежду.\n\n![{WORD}](../../../media/wide.png)",
        title="С картинками",
        image="{file: tall.png, alt: Высокая}",
    ),
    "withdrawn": story(title=LONG, retracted=f"{{date: 2026-02-25, text: '{WORD} {LATIN}'}}"),
    "expired": story(title="Распродажа", expires="2026-02-26 10:00"),
    "moved": story(title="Переехала", aliases="[/old/moved.html]"),
    "single": story(title="Одна на страну", country="one", date="2025-07-01 10:00"),
    "translated.en": story(f"{LATIN} in English.", title=LATIN, translates="2026/02/word", lead=LATIN),
}
FILES: Files = {
    "site.yaml": f"""name: {{ru: {WORD[:24]}, en: {LATIN[:24]}}}
tagline: {WORD}
address: https://test.example
time_zone: Asia/Bishkek
language: ru
languages: [ru, en]
page_size: 3
countries: [kz, kg, one, none, long, asia]
""",
    "countries.yaml": f"""kz: {{slug: kazakhstan, name: Казахстан, flag: KZ}}
kg: {{slug: kyrgyzstan, name: Кыргызстан, flag: KG}}
one: {{slug: one, name: Одна}}
none: {{slug: none, name: Пустая, flag: UZ}}
long: {{slug: long, name: {WORD}, flag: TM}}
asia: {{slug: asia, name: Азия, members: [kz, kg, long, one, none]}}
""",
    "topics.yaml": f"energy: {{name: Энергия}}\nendless: {{name: {LATIN}}}\nempty: {{name: Ничего}}\n",
    "outlets.yaml": f"""times: {{name: The Times, country: kz, url: 'https://times.example/'}}
long: {{name: {LATIN}, country: kg, language: ky, url: 'https://{LATIN[:60].lower()}.example/'}}
""",
    "authors.yaml": f"long: {{name: {LATIN}, role: {WORD}}}\nann: {{name: Анна}}\n",
    "series.yaml": f"endless: {{name: {WORD}}}\n",
    "countries/long.md": f"---\ntitle: Справка\n---\n{SHORT}",
    "polls/many.yaml": f"question: {WORD} {LATIN}?\nlead: {WORD}\nopened: 2026-02-20\ncountry: long\noptions:\n"
    + "".join(
        f"  - {{id: o-{number}, text: '{word}', votes: {5**number}}}\n"
        for number, word in enumerate([WORD, LATIN, ARABIC, EMOJI, MARKUP, "Да"] * 2)
    ),
    "pages/about.md": f"---\ntitle: {WORD}\nmenu: 1\n---\n{SHORT}",
    "digests/2026-w08.md": f"---\ntitle: {LONG}\nlead: {LONG}\nstories: [2026/02/word, 2026/02/arabic]\n"
    f"image: {{file: tall.png, alt: {WORD}, caption: {LATIN}}}\n---\n{SHORT}",
    "media/wide.png": picture(2400, 300),
    "media/tall.png": picture(300, 2400),
} | {f"articles/2026/02/{name}.md": text for name, text in STORIES.items()}


def build_hostile(folder: Path) -> Path:
    """The output folder of the portal, below `folder`."""
    lay_out(folder / "content", FILES)
    report = build(Request(folder / "content", folder / "build", folder / ".aryk", now=NOW))
    assert report.problems == ()
    return folder / "build"
