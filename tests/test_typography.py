"""Typography: each language's marks, and the laws that no letter changes and that setting a text twice changes nothing."""

import re
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.config import LANGUAGES
from generator.content.breaking import read_breaking
from generator.content.markdown import read_text
from generator.content.typography import typeset, typeset_html

SAMPLES = {
    "ru": [
        ('Он сказал: "Компания "Рога и копыта" закрыта"', "Он сказал: «Компания „Рога и_копыта“ закрыта»"),
        ('""Рога" и копыта"', "«„Рога“ и_копыта»"),
        ("Вода - это жизнь", "Вода_— это жизнь"),
        ("Вода -- это жизнь", "Вода_— это жизнь"),
        ("Вода — это жизнь", "Вода_— это жизнь"),
        ("- Да, - сказал он", "— Да,_— сказал он"),
        ("Всё...", "Всё…"),
        ("В 2026 году в городе Ош, 1 800 метров", "В_2026_году в_городе Ош, 1_800_метров"),
        ("на г. Алматы, № 5, §7, и т. д.", "на_г._Алматы, №_5, §_7, и_т._д."),
        ("А. С. Сыдыков сказал бы", "А._С._Сыдыков сказал_бы"),
        ("1941-1945, 8-800-555-35-35, 2026-02-20, Ту-154", "1941–1945, 8-800-555-35-35, 2026-02-20, Ту-154"),
        ('экран 27", счёт 5 - 3', 'экран 27", счёт 5 - 3'),
        ("Д'Артаньян кто-то из-за угла", "Д’Артаньян кто-то из-за угла"),
        ("Конец....", "Конец...."),
    ],
    "kk": [('"Ұлттық "Алтын" қоры" - 5 млрд', "«Ұлттық “Алтын” қоры»_— 5_млрд")],
    "ky": [('"Кумтөр "Алтын" кени"', "«Кумтөр „Алтын“ кени»")],
    "tg": [('"Роғун" - 335 метр', "«Роғун»_— 335_метр")],
    "uz": [("O'zbekiston g'alaba ma'no \"so'z\"", "Oʻzbekiston gʻalaba maʼno “soʻz”")],
    "tk": [('"Altyn asyr" - köl', "“Altyn asyr”_— köl")],
    "en": [
        (
            "\"It's the '90s,\" he said - \"don't say 'never' again\"",
            "“It’s the ’90s,” he said_– “don’t say ‘never’ again”",
        ),
        ("the writers' guild, 5 million", "the writers’ guild, 5_million"),
        ("a well-known A - B", "a well-known A_– B"),
    ],
    "zh": [('他说"你好"，然后...', "他说“你好”，然后……")],
}
TYPED = st.text(alphabet="аиВкг .,\"'-–—…«»„“”‘’№§()1925\nabOog%", max_size=60)


@pytest.mark.parametrize(
    ("language", "typed", "wanted"), [(key, *pair) for key, pairs in SAMPLES.items() for pair in pairs]
)
def test_each_language_has_its_own_marks(language: str, typed: str, wanted: str) -> None:
    assert typeset(typed, language).replace("\u00a0", "_") == wanted


def test_every_language_of_the_portal_is_known() -> None:
    assert set(SAMPLES) == set(LANGUAGES)
    assert typeset('"a" - b', "") == '"a" - b'


@given(TYPED, st.sampled_from(LANGUAGES))
def test_setting_a_text_again_changes_nothing(typed: str, language: str) -> None:
    once = typeset(typed, language)
    assert typeset(once, language) == once


@given(TYPED, st.sampled_from(LANGUAGES))
def test_no_letter_and_no_number_changes(typed: str, language: str) -> None:
    assert re.sub(r"[\W_ʻʼ]", "", typeset(typed, language)) == re.sub(r"[\W_]", "", typed)


def test_marks_are_paired_across_the_markup_inside_a_line_and_not_beyond_a_paragraph() -> None:
    html = '<p>"<em>Слово</em>" - <a href="/x">"дело"</a></p>\n<p>"Второй</p><p>третий" конец</p>'
    wanted = '<p>«<em>Слово</em>»_— <a href="/x">«дело»</a></p>\n<p>«Второй</p><p>третий" конец</p>'
    assert typeset_html(html, "ru").replace("\u00a0", "_") == wanted


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ('В&nbsp;"Газпроме" растёт', "В_«Газпроме» растёт"),
        ('"<code>ls</code>" и "нет"', "«<code>ls</code>» и_«нет»"),
        ('"<kbd>a</kbd> - "б""', "«<kbd>a</kbd>_— „б“»"),
        ('"https://a.example/б" - "нет"', "«https://a.example/б»_— «нет»"),
        ('"Строка<br>\nдругая"', "«Строка<br>\nдругая»"),
        ('да<br>"нет"', "да<br>«нет»"),
        ('"В <time datetime="2026">этом</time> году"', '«В_<time datetime="2026">этом</time> году»'),
        ('"<img alt=""> вид" - "да"', '«<img alt=""> вид»_— «да»'),
    ],
)
def test_marks_are_paired_around_what_has_no_letters_of_its_own(typed: str, wanted: str) -> None:
    assert typeset_html(f"<p>{typed}</p>", "ru").replace("\u00a0", "_") == f"<p>{wanted}</p>"


@pytest.mark.parametrize(
    "kept",
    [
        '<code>"a" - b...</code>',
        '<pre><code>в "доме"\n - b</code></pre>',
        '<img alt="a - b">',
        "https://a.example/a...b",
    ],
)
def test_code_addresses_and_attributes_stay_as_they_are(kept: str) -> None:
    assert typeset_html(f"<p>слово {kept} слово</p>", "ru") == f"<p>слово {kept} слово</p>"


def test_a_text_is_set_in_its_own_language() -> None:
    source = 'Он сказал: "да".\n\n## "Нет"\n\n![да](dam.jpg "Вид - сверху")\n'
    text, problems = read_text(source, "articles/2026/02/a.md", 1, "ru")
    assert not problems
    assert "<p>Он сказал: «да».</p>" in text.html
    assert "<figcaption>Вид\u00a0— сверху</figcaption>" in text.html
    assert text.excerpt == "Он сказал: «да»."
    assert [heading.text for heading in text.headings] == ["«Нет»"]
    assert "“да”" in read_text(source, "articles/2026/02/a.md", 1, "en")[0].html


def test_what_is_breaking_is_set_in_the_language_of_each_text() -> None:
    data = """- {text: '"Да" - сказано', until: 2026-03-02 10:00}
- {text: {ru: '"Да"', en: '"Yes"'}, until: 2026-03-02 10:00}
"""
    strip, problems = read_breaking(data.encode(), "breaking.yaml", ZoneInfo("Asia/Bishkek"), ("ru", "en"))
    assert not problems
    assert strip is not None
    assert [line.texts for line in strip.lines] == [
        (("", "«Да»\u00a0— сказано"),),
        (("ru", "«Да»"), ("en", "“Yes”")),
    ]
