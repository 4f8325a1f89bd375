"""Language of parts (WCAG 3.1.2): what a page says in another language than its own is marked as that, wherever it is."""

from lxml import html

from generator.engine.build import build
from tests.conftest import Files, MakeSite, story, tree

SITE = """name: Testograd
tagline: Новости о «"воде"»
address: https://test.example
time_zone: Asia/Bishkek
language: ru
languages: [ru, en]
fragments: inline
countries: [kz, kg]
page_size: 2
"""
FILES: Files = {
    "site.yaml": SITE,
    "countries.yaml": """kz: {slug: kazakhstan, name: {ru: Казахстан}, flag: KZ}
kg: {slug: kyrgyzstan, name: {ru: Киргизия, en: Kyrgyzstan}, flag: KG}
asia: {slug: asia, name: {ru: Азия}, members: [kz, kg]}
""",
    "topics.yaml": "energy: {slug: energy, name: {ru: Энергетика}}\nwater: {slug: water, name: {ru: Вода, en: Water}}\n",
    "outlets.yaml": "times: {name: Курьер, language: ru, country: kz}\nkun: {name: {ru: Күн}, country: kg}\n",
    "authors.yaml": "ann: {name: {ru: Анна}, role: 'редактор \"Воды\"'}\n",
    "tags.yaml": "lake: {name: {ru: Озеро}}\n",
    "series.yaml": "canals: {name: {ru: Каналы}}\n",
    "breaking.yaml": "- {text: 'Мост \"Юг\" закрыт', until: 2026-03-02 10:00}\n",
    "polls/bridge.yaml": """question: {ru: 'Нужен ли мост "Юг"?'}
lead: Опрос - о мосте
opened: 2026-02-20
country: kz
topic: energy
options: [{id: yes, text: Да, votes: 1}, {id: no, text: {ru: Нет, en: No}, votes: 1}]
""",
    "polls/old.yaml": """question: Был ли мост?
opened: 2026-02-01
closed: 2026-02-02
country: kz
options: [{id: yes, text: Да}, {id: no, text: Нет}]
""",
}


def english(make_site: MakeSite) -> dict[str, html.HtmlElement]:
    """The English pages of a portal that says much in Russian alone."""
    fields = {"source": "[times, kun]", "author": "[ann]", "tags": "[lake]", "series": "canals", "poll": "bridge"}
    stories = {
        f"articles/2026/02/s{number}.en.md": story("A text.\n\nPoll: bridge", date=f"2026-02-0{number}", **fields)
        for number in range(1, 6)
    }
    request = make_site(FILES | stories)
    assert build(request).problems == ()
    built = tree(request.output)
    return {
        path: html.fromstring(text.decode())
        for path, text in built.items()
        if path.startswith("en/") and path.endswith(".html") and text.strip()
    }


def unmarked(page: html.HtmlElement) -> list[str]:
    """The Russian texts of a page's body that nothing says to be Russian."""
    texts = page.xpath("(self::*[not(self::html)] | //body)//text()[not(ancestor::script)]")
    own = "(ancestor-or-self::*[@lang])[last()]/@lang"
    return [
        str(text).strip()
        for text in texts
        if any("а" <= letter <= "я" for letter in text.lower())
        and (text.getparent().getparent() if text.is_tail else text.getparent()).xpath(own) != ["ru"]
    ]


def test_everything_russian_on_english_pages_says_that_it_is(make_site: MakeSite) -> None:
    pages = english(make_site)
    assert {path: said for path, page in pages.items() if (said := unmarked(page))} == {}
    kinds = {"source/times/", "author/ann/", "kazakhstan/energy/", "tag/lake/", "series/canals/", "polls/", "search/"}
    kinds |= {
        "",
        "polls/bridge/",
        "polls/in/kazakhstan/",
        "2026/02/s5/",
        "kazakhstan/2026/page/1/",
        "feeds/",
        "author/",
    }
    assert {f"en/{kind}index.html" for kind in kinds} <= set(pages)
    everywhere = {str(text).strip() for page in pages.values() for text in page.xpath("//*[@lang='ru']//text()")}
    said = "Казахстан|Азия|Энергетика|Курьер|Күн|Анна|редактор «Воды»|Озеро|Каналы|Мост «Юг» закрыт|Нужен\u00a0ли мост «Юг»?"
    said += "|Опрос\u00a0— о\u00a0мосте|Да|Был\u00a0ли мост?|Новости о\u00a0«„воде“»"
    assert set(said.split("|")) <= everywhere


def test_what_is_english_on_english_pages_is_marked_as_nothing(make_site: MakeSite) -> None:
    marked = {str(text) for page in english(make_site).values() for text in page.xpath("//body//*[@lang]/text()")}
    assert not marked & {"Kyrgyzstan", "Water", "No", "Testograd"}
