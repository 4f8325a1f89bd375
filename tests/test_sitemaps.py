"""Sitemaps: what is in them, how they are split, and the rules that they keep."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.engine.build import build
from generator.engine.request import Request
from generator.pages import sitemaps
from tests.conftest import NOW, ROOT, MakeSite, story
from tests.newsroom import DAY, HOUR, Newsroom, day, stamps, tree
from tests.sitemap_rules import Files, Portal, broken

PORTAL = Portal("https://aryk.example", NOW)
XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
URLSET = (
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    ' xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"'
    ' xmlns:news="http://www.google.com/schemas/sitemap-news/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">'
)
VERSIONS = "".join(
    f'<xhtml:link rel="alternate" hreflang="{language}" href="https://aryk.example{root}/dam/"/>'
    for language, root in (("ru", ""), ("en", "/en"))
)
GOOD = {
    "sitemap.xml": (
        f'{XML}<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap>'
        "<loc>https://aryk.example/sitemap-2026-02.xml</loc><lastmod>2026-02-28T09:00:00+06:00</lastmod>"
        "</sitemap></sitemapindex>"
    ),
    "sitemap-2026-02.xml": (
        f"{XML}{URLSET}<url><loc>https://aryk.example/dam/</loc><lastmod>2026-02-28T09:00:00+06:00</lastmod>"
        f"<image:image><image:loc>https://aryk.example/media/dam.jpg</image:loc></image:image>{VERSIONS}</url>"
        f"<url><loc>https://aryk.example/en/dam/</loc><lastmod>2026-02-28</lastmod>{VERSIONS}</url></urlset>"
    ),
    "sitemap-news.xml": (
        f"{XML}{URLSET}<url><loc>https://aryk.example/dam/</loc><news:news><news:publication><news:name>Aryk</news:name>"
        "<news:language>ru</news:language></news:publication><news:publication_date>2026-02-28T09:00:00+06:00"
        "</news:publication_date><news:title>Rock &amp; roll</news:title></news:news></url></urlset>"
    ),
}
INDEX, MONTH, NEWS = GOOD
FIRST_VERSION, SECOND_VERSION = (f"{one}/>" for one in VERSIONS.split("/>")[:2])
BROKEN: list[tuple[str, str, str, str]] = [
    (MONTH, "</urlset>", "", "a sitemap is well-formed XML"),
    (NEWS, "&amp;", "&", "a sitemap is well-formed XML"),
    (MONTH, "UTF-8", "UTF-16", "a sitemap is well-formed XML"),
    (MONTH, "UTF-8", "ISO-8859-1", "a sitemap is in UTF-8"),
    (MONTH, "schemas/sitemap/0.9", "schemas/sitemap/0.8", "a sitemap is a urlset or a sitemapindex of sitemaps.org"),
    (MONTH, "sitemap-image/1.1", "sitemap-image/1.0", "a urlset holds nothing but what the schemas know"),
    (NEWS, "sitemap-news/0.9", "sitemap-news/1.0", "a urlset holds nothing but what the schemas know"),
    (MONTH, "</urlset>", "<url/>" * 50_000 + "</urlset>", "a file has no more than 50,000 entries"),
    (MONTH, "</urlset>", " " * 50 * 1024 * 1024 + "</urlset>", "a file has no more than 50 MB"),
    (INDEX, "<lastmod>", "<priority>1</priority><lastmod>", "an index holds nothing but sitemaps with loc and lastmod"),
    (INDEX, GOOD[INDEX][GOOD[INDEX].index("<sitemap>") : -len("</sitemapindex>")], "", "an index names a sitemap"),
    (INDEX, "2026-02.xml", "2026-03.xml", "an index names files that are there"),
    (INDEX, "https://aryk.example/", "/", "an address is absolute"),
    (MONTH, "<loc>https://aryk.example", "<loc>", "an address is absolute"),
    (MONTH, "<loc>https:", "<loc>ftp:", "an address is absolute"),
    (MONTH, "dam/</loc>", "d" * 2_048 + "/</loc>", "an address has fewer than 2,048 characters"),
    (MONTH, "<loc>https://aryk.example/", "<loc>https://aryk.example/a b", "an address is escaped as RFC 3986 has it"),
    (MONTH, "media/dam.jpg", "media/плотина.jpg", "an address is escaped as RFC 3986 has it"),
    (
        MONTH,
        "<loc>https://aryk",
        "<loc>https://other",
        "a loc lies on the host of the sitemap, and not above its folder",
    ),
    (MONTH, "<loc>https://aryk.example/dam/</loc>", "", "an entry has one loc and no more than one lastmod"),
    (MONTH, "<lastmod>", "<lastmod>2026</lastmod><lastmod>", "an entry has one loc and no more than one lastmod"),
    (MONTH, "09:00:00+06:00", "09:00:00", "lastmod is a W3C date, and with a time it has a zone"),
    (MONTH, "09:00:00+06:00", "09:00:00+04:58:24", "lastmod is a W3C date, and with a time it has a zone"),
    (MONTH, "2026-02-28T09:00:00+06:00", "28 фев 2026", "lastmod is a W3C date, and with a time it has a zone"),
    (MONTH, "2026-02-28<", "2026-02-30<", "lastmod is a date of the calendar"),
    (MONTH, "</image:image>", "<image:title>A</image:title></image:image>", "a picture has a loc and nothing else"),
    (
        MONTH,
        "</url>",
        "<image:image><image:loc>https://a.example/</image:loc></image:image>" * 1_001 + "</url>",
        "an entry has no more than 1,000 pictures",
    ),
    (MONTH, f"{SECOND_VERSION}</url><url>", "</url><url>", "alternates name each other"),
    (MONTH, "hreflang", "language", "a link is an alternate with hreflang and href"),
    (MONTH, 'hreflang="en"', 'hreflang="en_GB"', "hreflang is a language, with a hyphen before script and region"),
    (MONTH, 'hreflang="en"', 'hreflang="ru"', "each language has one alternate"),
    (MONTH, FIRST_VERSION, "", "a page is among its own alternates"),
    (MONTH, "<loc>https://aryk.example/en/dam/", "<loc>https://aryk.example/dam/", "an address stands in one sitemap"),
    (NEWS, "<news:title>Rock &amp; roll</news:title>", "", "a story has one title"),
    (NEWS, "Rock &amp; roll", " ", "a story has one title"),
    (NEWS, "<news:name>Aryk</news:name>", "", "a story has one name"),
    (NEWS, "<news:language>ru</news:language>", "", "a story has one language"),
    (NEWS, ">ru<", ">zh<", "the language of a story is ISO 639's, and for Chinese zh-cn or zh-tw"),
    (NEWS, "2026-02-28T09:00:00+06:00", "2026-02-28", "a story says the hour of its publication"),
    (NEWS, "09:00:00+06:00", "09:00", "publication_date is a W3C date, and with a time it has a zone"),
    (NEWS, "2026-02-28T09", "2026-02-27T09", "a story is not older than two days"),
    (NEWS, "2026-02-28T09", "2026-03-02T09", "a story is published"),
    (NEWS, "</news:news>", "</news:news><news:news/>", "an entry has one story"),
    (
        NEWS,
        "</urlset>",
        "<url><loc>https://aryk.example/dam/</loc><news:news/></url>" * 1_000 + "</urlset>",
        "a news sitemap has no more than 1,000 stories",
    ),
]


def as_bytes(files: dict[str, str]) -> Files:
    return {name: text.encode() for name, text in files.items()}


def test_what_keeps_the_rules_is_told_nothing() -> None:
    assert broken(as_bytes(GOOD), PORTAL) == []
    empty = f"{XML}{URLSET}</urlset>"
    assert broken(as_bytes(GOOD | {NEWS: empty}), PORTAL) == []
    no_news = re.sub(r" xmlns:news=\S+", "", empty)
    assert broken(as_bytes(GOOD | {MONTH: no_news}), PORTAL) == [
        "sitemap-2026-02.xml: a urlset holds a url, unless it is for news"
    ]


@pytest.mark.parametrize(("name", "old", "new", "rule"), BROKEN, ids=range(len(BROKEN)))
def test_each_rule_is_seen_to_be_broken(name: str, old: str, new: str, rule: str) -> None:
    assert old in GOOD[name]
    told = broken(as_bytes(GOOD | {name: GOOD[name].replace(old, new)}), PORTAL)
    assert rule in {one.partition(": ")[2] for one in told}, told


def test_every_rule_is_tried() -> None:
    source = (ROOT / "tests" / "sitemap_rules.py").read_text()
    rules = set(
        re.findall(r'(?:yield|name,|"all",) (?:name, )?f?"((?:an? |all|each|hreflang|alternates|the )[^"]+)"', source)
    )
    assert len(rules) > 25
    tried = {rule for *_, rule in BROKEN} | {"a urlset holds a url, unless it is for news"}
    assert {rule for rule in rules - tried if "{" not in rule} == set()


def built(output: Path) -> Files:
    """The sitemaps of an output."""
    return {path.name: path.read_bytes() for path in output.glob("sitemap*.xml")}


def locs(data: bytes) -> list[str]:
    """The addresses in a sitemap, without the portal's own."""
    return [loc.decode().removeprefix("https://aryk.example") for loc in re.findall(rb"<loc>([^<]+)</loc>", data)]


_STORY = re.compile(r"(/[a-z]{2})?/\d{4}/\d{2}/[a-z0-9-]+/")


def assert_well_told(output: Path, portal: Portal) -> Files:
    """The sitemaps keep the rules, and name just those pages that ask to be found and are canonical themselves."""
    files = built(output)
    assert broken(files, portal) == []
    named = {
        loc.decode().removeprefix(portal.root)
        for name, data in files.items()
        if name not in (INDEX, NEWS)
        for loc in re.findall(rb"<url><loc>([^<]+)</loc>", data)
    }
    for address in named:
        page = (output / f"{address[1:]}index.html").read_text()
        assert 'content="noindex"' not in page, address
        assert re.findall(r'<link rel="canonical" href="([^"]+)"', page) == [portal.root + address]
    for path in output.rglob("index.html"):
        address, page = f"/{path.parent.relative_to(output).as_posix()}/", path.read_text()
        canonical = f'rel="canonical" href="{portal.root}{address}"' in page and "noindex" not in page
        assert not _STORY.fullmatch(address) or (address in named) == canonical, address
    return files


NOVEMBER = 1_795_165_200  # 2026-11-20 12:00 UTC


def test_the_sample_portal_keeps_the_rules(tmp_path: Path) -> None:
    request = Request(ROOT / "content", tmp_path / "build", tmp_path / ".aryk", now=NOVEMBER)
    assert build(request).problems == ()
    files = assert_well_told(request.output, Portal("https://aryk.example", NOVEMBER))
    of_stories = b"".join(data for name, data in files.items() if re.match(r"sitemap-\d{4}-\d{2}", name))
    assert b"<image:loc>" in of_stories
    assert b"hreflang" in of_stories
    assert b"<news:title>" in files[NEWS]


@pytest.mark.parametrize("size", [1, 3])
@pytest.mark.parametrize("root", ["https://test.example", "https://test.example/a-path"])
def test_portals_of_every_sort_keep_the_rules(
    make_site: MakeSite, monkeypatch: pytest.MonkeyPatch, root: str, size: int
) -> None:
    monkeypatch.setattr(sitemaps, "FILE_SIZE", size)
    hostile = """'<b>Rock & roll</b> "]]> &lt; {{ page }} \\'"""
    site = (ROOT / "tests/sites/common/site.yaml").read_text().replace("https://test.example", root)
    site = site.replace("language: en", "language: ru\nlanguages: [ru, en, zh]").replace("plain", "news-asia")
    request = make_site(
        {
            "site.yaml": site.replace("Testograd", "{ru: A & B, zh: 新闻}"),
            "outlets.yaml": "times: {name: The Times, url: 'https://times.example/', canonical: original}\n",
            "pages/about.md": "---\ntitle: About\nupdated: 2026-02-01\n---\nWe.\n",
            "media/a b&c.png": (ROOT / "tests/sites/portal-under-a-path/content/media/alma.png").read_bytes(),
            "articles/2026/02/one.md": story("![A](<a b&c.png>)", date="2026-02-28 12:00", title=hostile),
            "articles/2026/02/one.en.md": story(title=hostile),
            "articles/2026/01/one.zh.md": story(translates="2026/02/one", date="2026-02-28 13:00"),
            "articles/2026/02/theirs.md": story(
                source="{outlet: times, url: 'https://times.example/1'}", date="2026-02-28 13:00"
            ),
            "articles/2026/02/theirs.en.md": story(date="2026-02-28 14:00"),
            "articles/2026/02/held.md": story(date="2026-03-02 13:00"),
            "articles/2026/02/gone.md": story(date="2026-02-28 13:00", retracted="{date: 2026-02-28, text: Wrong}"),
            "articles/2026/02/expired.md": story(date="2026-02-28 13:00", expires="2026-02-28 14:00"),
            "articles/2026/02/moved.md": story(aliases="[/old/]", date="2026-02-28 13:00", tags="[水, water]"),
            "articles/1912/02/old.md": story(date="1912-02-28 13:00"),
        }
    )
    assert build(request).problems == ()
    files = assert_well_told(request.output, Portal(root, NOW))
    assert b"<lastmod>1912-02-28T13:00:00+04:58</lastmod>" in files["sitemap-1912-02.xml"]
    text = b"".join(files.values()).decode()
    assert f"{root}/media/a%20b%26c.png" in text
    assert "<news:language>zh-cn</news:language>" in text
    assert "<news:title>&lt;b&gt;Rock &amp; roll&lt;/b&gt;" in text
    for absent in ("/2026/02/theirs/", "/2026/02/held/", "/2026/02/gone/", "/2026/02/expired/", "/old/", "/404.html"):
        assert f"{root}{absent}</" not in text, absent


def test_a_full_file_of_a_month_is_closed_for_good(room: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemaps, "FILE_SIZE", 2)
    for number in range(5):
        room.put(f"articles/2026/02/story-{number}.md", date=day(NOW - 10 * DAY + number * HOUR))
    room.build()
    for number in range(5, 8):
        before = stamps(room.output)
        room.put(f"articles/2026/02/story-{number}.md", date=day(NOW - 9 * DAY + number * HOUR))
        room.build()
        changed = {name for name, stamp in stamps(room.output).items() if before.get(name) != stamp}
        last = {5: "sitemap-2026-02-3.xml", 6: "sitemap-2026-02-4.xml", 7: "sitemap-2026-02-4.xml"}[number]
        assert {name for name in changed if name.startswith("sitemap")} == {last, "sitemap.xml"}
    files = built(room.output)
    told = [locs(files[f"sitemap-2026-02{suffix}.xml"]) for suffix in ("", "-2", "-3", "-4")]
    assert told == [[f"/2026/02/story-{number}/" for number in pair] for pair in ((0, 1), (2, 3), (4, 5), (6, 7))]


Edit = Callable[[Newsroom], object]


@pytest.mark.parametrize(
    "edit",
    [
        lambda room: room.remove("articles/2026/02/story-1.md"),
        lambda room: [room.remove(f"articles/2026/02/story-{number}.md") for number in (0, 2, 3, 4)],
        lambda room: room.put("articles/2026/02/early.md", date=day(NOW - 11 * DAY)),
        lambda room: room.set("articles/2026/02/story-0.md", date=day(NOW - 40 * DAY)),
        lambda room: room.set("articles/2026/02/story-0.md", expires=day(NOW - DAY)),
        lambda room: room.set("articles/2026/02/story-0.md", canonical="original", source="{outlet: post, url: 'https://p.example/'}"),
        lambda room: room.set("articles/2026/02/story-4.md", tags="[water, dams, canals]"),
        lambda room: room.put("articles/2025/01/story-0.en.md", date=day(NOW - 400 * DAY), translates="2026/02/story-0"),
    ],
)  # fmt: skip
def test_what_shifts_between_files_is_as_a_clean_build_has_it(
    room: Newsroom, monkeypatch: pytest.MonkeyPatch, edit: Edit
) -> None:
    monkeypatch.setattr(sitemaps, "FILE_SIZE", 2)
    for number in range(5):
        room.put(f"articles/2026/02/story-{number}.md", date=day(NOW - 10 * DAY + number * HOUR), tags=f"[tag{number}]")
    room.build()
    edit(room)
    assert room.build().problems == ()
    assert tree(room.output) == room.clean()[1]
    assert broken(built(room.output), PORTAL) == []


def test_a_translation_in_another_month_is_named_by_its_original(room: Newsroom) -> None:
    room.put("articles/2025/12/dam.md", date=day(NOW - 80 * DAY))
    room.build()
    assert b"hreflang" not in built(room.output)["sitemap-2025-12.xml"]
    room.put("articles/2026/02/dam.en.md", date=day(NOW - 3 * DAY), translates="2025/12/dam")
    room.build()
    assert b'hreflang="en" href="https://aryk.example/en/2026/02/dam/"' in built(room.output)["sitemap-2025-12.xml"]
    room.set("articles/2026/02/dam.en.md", canonical="original", source="{outlet: post, url: 'https://p.example/'}")
    room.build()
    assert b"hreflang" not in built(room.output)["sitemap-2025-12.xml"]
    assert tree(room.output) == room.clean()[1]


def test_the_news_sitemap_holds_a_thousand_stories_at_most(room: Newsroom) -> None:
    for number in range(1_003):
        room.put(f"articles/2026/02/story-{number}.md", date=day(NOW - 30 * HOUR + number * 60))
    room.build()
    files = built(room.output)
    assert broken(files, PORTAL) == []
    told = locs(files[NEWS])
    assert (len(told), told[0], told[-1]) == (1_000, "/2026/02/story-1002/", "/2026/02/story-3/")
