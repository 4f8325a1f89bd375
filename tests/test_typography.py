"""Typography: each language's marks, and the laws that no letter changes and that setting a text twice changes nothing."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.config import LANGUAGES, Names
from generator.content.markdown import read_text
from generator.content.typography import said, typeset, typeset_html

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
        ('«Завод "Чайка"» и "дом"', "«Завод „Чайка“» и_«дом»"),
        ('„Завод "Чайка"“, “Завод "Чайка"”', "„Завод «Чайка»“, “Завод «Чайка»”"),
        ('«Завод "Чайка" и "дом"', "«Завод „Чайка“ и_„дом“"),
        ('"А "Б "В" Б" А"', "«А_„Б «В» Б“ А»"),
        ('("слово"), ["слово"]-"дом", "Газпром"овский', "(«слово»), [«слово»]-«дом», «Газпром»овский"),
        ('Пусто: "", да" нет, "да', 'Пусто: "", да" нет, «да'),
        ('рост 5\'10", "экран 5\'10" и 40°30\'15""', "рост 5'10\", «экран 5'10\" и_40°30'15\"»"),
        ("А.С. Пушкин, т. е. 5 %, -5 °C, 100 ₽, до н. э.", "А.С._Пушкин, т._е. 5_%, -5_°C, 100_₽, до_н._э."),
        ("1 000 000, 5 кг, 5-10 кг, §5, №7", "1_000_000, 5_кг, 5-10_кг, §_5, №_7"),
        ("2026-02-20T10:00, 8-800-1990-1995, 1990-1995.pdf", "2026-02-20T10:00, 8-800-1990-1995, 1990-1995.pdf"),
        ("a.example/1990-1995, b?y=1990-1995", "a.example/1990-1995, b?y=1990-1995"),
        ("https://a.example/a...b?с=1990 - да", "https://a.example/a...b?с=1990_— да"),
        ('"https://a.example/а" да"', '«https://a.example/а» да"'),
        ("слово--слово, ключ --new", "слово--слово, ключ --new"),
    ],
    "kk": [
        ('"Ұлттық "Алтын" қоры" - 5 млрд', "«Ұлттық “Алтын” қоры»_— 5_млрд"),
        ('«Ұлттық "Алтын" қоры»', "«Ұлттық “Алтын” қоры»"),
    ],
    "ky": [('"Кумтөр "Алтын" кени" Ч. Айтматов', "«Кумтөр „Алтын“ кени» Ч._Айтматов")],
    "tg": [('"Роғун" - 335 метр', "«Роғун»_— 335_метр")],
    "uz": [
        ("O'zbekiston g'alaba ma'no \"so'z\"", "Oʻzbekiston gʻalaba maʼno “soʻz”"),
        ('O‘zbekiston, G’uzor, “Zavod "Video"da”', "Oʻzbekiston, Gʻuzor, “Zavod ‘Video’da”"),
    ],
    "tk": [('"Altyn asyr" - köl', "“Altyn asyr”_— köl")],
    "en": [
        (
            "\"It's the '90s,\" he said - \"don't say 'never' again\"",
            "“It’s the ’90s,” he said_– “don’t say ‘never’ again”",
        ),
        ("the writers' guild, 5 million", "the writers’ guild, 5_million"),
        ("a well-known A - B", "a well-known A_– B"),
        ("5'10\" tall, 5' 10\", 40°30', 1990's", "5'10\" tall, 5' 10\", 40°30', 1990’s"),
        ('“The "Bell" plant”, J. R. Smith', "“The ‘Bell’ plant”, J._R._Smith"),
    ],
    "zh": [('他说"你好"，然后...', "他说“你好”，然后……"), ('“他说"你好"”', "“他说‘你好’”")],
}
TYPED = st.text(alphabet='аиВкг .,""\'`-–—…«»„“”‘’№§()1925\nabOog%°:/\u00a0', max_size=60)
PARTS = """<em>|</em>|</p>\n<p>|<br>|<code>"a" - b</code>|<img alt="a - &quot;b&quot;">|<span lang="en">|</span>|<a href="/1-2">
|</a>|https://a.example/1941-1945|\x02M1\x03|"|"|'|слово|O|b| | - |1941|5|&amp;|«|»|„|“|”|‘|’"""
MARKED = st.lists(st.sampled_from(PARTS.replace("\n|", "|").split("|")), max_size=14).map("".join)
TAGS = re.compile(r"<code>.*?</code>|<[^>]*>|\x02[^\x03]*\x03|https://[^\s<\"«»„“”]*")
SPOKEN = re.compile(r' (?:alt|title)="[^"]*"')


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


def as_typed(text: str) -> str:
    """A text with all marks as plain as a keyboard has them."""
    for pattern, plain in (
        ("\u00a0", " "),
        ("[«»„“”]", '"'),
        ("[‘’ʻʼ`]", "'"),
        ("[-–—]+", "-"),
        (r"(?:…|\.{3})+", "..."),
        (r"([№§]) (?=\d)", r"\1"),
    ):
        text = re.sub(pattern, plain, text)
    return text


@given(TYPED, st.sampled_from(LANGUAGES))
def test_no_character_is_lost(typed: str, language: str) -> None:
    assert as_typed(typeset(typed, language)) == as_typed(typed)


@given(MARKED, st.sampled_from(LANGUAGES))
def test_setting_html_again_changes_nothing(html: str, language: str) -> None:
    once = typeset_html(html, language)
    assert typeset_html(once, language) == once


@given(MARKED, st.sampled_from(LANGUAGES))
def test_tags_code_addresses_and_placeholders_stay_in_html(html: str, language: str) -> None:
    markup = [[SPOKEN.sub("", tag) for tag in TAGS.findall(one)] for one in (html, typeset_html(html, language))]
    assert markup[0] == markup[1]


def test_marks_are_paired_across_the_markup_inside_a_line_and_not_beyond_a_paragraph() -> None:
    html = '<p>"<em>Слово</em>" - <a href="/x">"дело"</a></p>\n<p>"Второй</p><p>"третий" конец</p>'
    wanted = '<p>«<em>Слово</em>»_— <a href="/x">«дело»</a></p>\n<p>«Второй</p><p>«третий» конец</p>'
    assert typeset_html(html, "ru").replace("\u00a0", "_") == wanted


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ('"Первый.|Второй "да".|Третий".|Ещё"', '«Первый.|Второй «да».|Третий».|Ещё"'),
        ('"Первый.|"Второй".|Ещё"', '«Первый.|«Второй».|Ещё"'),
        ('"Первый.|экран 27" и"', '«Первый.|экран 27" и»'),
    ],
)
def test_a_quotation_of_several_paragraphs_ends_once(typed: str, wanted: str) -> None:
    """Whether each paragraph begins with a mark, or the first alone."""
    found = typeset_html("".join(f"<p>{line}</p>" for line in typed.split("|")), "ru")
    assert found.replace("\u00a0", "_") == "".join(f"<p>{line}</p>" for line in wanted.split("|"))


@pytest.mark.parametrize(
    ("html", "wanted"),
    [
        ('"Он: <span lang="en">It\'s "fine" - ok</span>" в', '«Он: <span lang="en">It’s “fine”_– ok</span>» в'),
        ('"<em lang="en">"a" <b lang="ru">"б"</b></em>"', '«<em lang="en">“a” <b lang="ru">«б»</b></em>»'),
        ('"<span lang="ru">"а"</span>"', '«<span lang="ru">„а“</span>»'),
        ('<span lang="de">"a" - b</span> "б"', '<span lang="de">"a" - b</span> «б»'),
        ('<pre><span lang="en">"a"</span></pre> "б"', '<pre><span lang="en">"a"</span></pre> «б»'),
        ('<span lang="en" title="&quot;a&quot;">b</span>', '<span lang="en" title="“a”">b</span>'),
    ],
)
def test_what_is_in_another_language_is_set_as_that_is(html: str, wanted: str) -> None:
    assert typeset_html(html, "ru").replace("\u00a0", "_") == wanted


def test_what_tags_say_to_readers_is_set_too() -> None:
    html = '<img src="a - b.jpg" alt="В &quot;доме&quot; - &amp;"> <abbr title="Да - нет">АБ</abbr> alt="да - нет"'
    wanted = '<img src="a - b.jpg" alt="В_«доме»_— &amp;"> <abbr title="Да_— нет">АБ</abbr> alt="да_— нет"'
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
        '<a href="/a - b">b</a>',
        "https://a.example/a...b",
    ],
)
def test_code_addresses_and_attributes_stay_as_they_are(kept: str) -> None:
    assert typeset_html(f"<p>слово {kept} слово</p>", "ru") == f"<p>слово {kept} слово</p>"


def test_a_text_is_set_in_its_own_language() -> None:
    source = 'Он сказал: "да".\n\n## "Нет"\n\n![Дом - "да"](dam.jpg "Вид - «Дом "Да"»")\n'
    text, problems = read_text(source, "articles/2026/02/a.md", 1, "ru")
    assert not problems
    assert "<p>Он сказал: «да».</p>" in text.html
    assert "<figcaption>Вид\u00a0— «Дом „Да“»</figcaption>" in text.html
    assert [ref.alt for ref in text.refs] == ["Дом\u00a0— «да»"]
    assert text.excerpt == "Он сказал: «да»."
    assert [heading.text for heading in text.headings] == ["«Нет»"]
    assert "“да”" in read_text(source, "articles/2026/02/a.md", 1, "en")[0].html


@pytest.mark.parametrize(
    ("names", "language", "plain", "wanted"),
    [
        ((("ru", '"Да"'), ("en", '"Yes"')), "en", "ru", ("“Yes”", "")),
        ((("ru", '"Да"'), ("en", '"Yes"')), "kk", "ru", ("«Да»", "ru")),
        ((("", '"Да"'),), "ru", "ru", ("«Да»", "")),
        ((("", '"Да"'),), "en", "ru", ("«Да»", "ru")),
        ((("", '"ADB"'),), "en", "", ("“ADB”", "")),
        ((), "en", "ru", ("", "ru")),
    ],
)
def test_what_a_file_says_is_set_in_the_language_in_which_it_says_it(
    names: Names, language: str, plain: str, wanted: tuple[str, str]
) -> None:
    assert said(names, language, plain) == wanted
