"""The head of pages: one canonical address, versions that name each other, and Open Graph."""

from urllib.parse import urlsplit

import pytest
from lxml import html

from generator.engine.build import build
from generator.pages.addresses import file_of
from tests.conftest import Files, MakeSite, story, tree
from tests.newsroom import picture

Page = html.HtmlElement
LANGUAGES = {"ru", "en", "kk", "ky", "uz", "tg", "tk", "zh-Hans", "x-default"}


def parsed(built: dict[str, bytes]) -> dict[str, Page]:
    """All pages by their files, without the fragments that stand in other pages."""
    pages = {path: data for path, data in built.items() if path.endswith(".html") and "live/" not in path}
    return {path: html.fromstring(data.decode()) for path, data in pages.items()}


def canonical(page: Page) -> str:
    """The canonical address, of which a page has one."""
    (address,) = page.xpath("/html/head/link[@rel='canonical']/@href")
    return address


def versions(page: Page) -> dict[str, str]:
    """The addresses of a page's versions by language."""
    links = page.xpath("/html/head/link[@rel='alternate'][@hreflang]")
    assert len({link.get("hreflang") for link in links}) == len(links)
    return {link.get("hreflang"): link.get("href") for link in links}


def said(page: Page, name: str) -> list[str]:
    """The contents of the meta elements of a property (or a name)."""
    return page.xpath(f"/html/head/meta[@property='{name}' or @name='{name}']/@content")


def own(path: str, root: str) -> str:
    """The address of a file."""
    return f"{root}/{path.removesuffix('index.html')}"


def assert_reciprocal(pages: dict[str, Page], root: str, main: str) -> int:
    """Every version lists itself and all others with the same addresses; gives how many pages have versions."""
    found = {own(path, root): versions(page) for path, page in pages.items()}
    told = {address: listed for address, listed in found.items() if listed}
    for address, listed in told.items():
        languages = listed.keys() - {"x-default"}
        assert listed.keys() <= LANGUAGES
        assert len(languages) > 1
        assert [language for language in languages if listed[language] == address] != [], address
        assert listed.get("x-default") == listed.get(main), address
        assert {other: told.get(other) for other in listed.values()} == dict.fromkeys(listed.values(), listed), address
    return len(told)


def test_versions_of_the_sample_name_each_other(sample: dict[str, bytes]) -> None:
    pages = parsed(sample)
    assert assert_reciprocal(pages, "https://aryk.example", "ru") > 100
    for path in ("index.html", "en/index.html", "corrections/index.html", "archive/index.html", "feeds/index.html"):
        assert set(versions(pages[path])) == {"ru", "en", "x-default"}, path
    assert versions(pages["404.html"]) == {}


def test_every_page_of_the_sample_has_a_canonical_address(sample: dict[str, bytes]) -> None:
    """Its own, or the original's where the outlet asks for that."""
    elsewhere = set()
    for path, page in parsed(sample).items():
        if canonical(page) != own(path, "https://aryk.example"):
            elsewhere.add(urlsplit(canonical(page)).hostname)
    assert elsewhere == {"caspian-ledger.example", "silk-road-review.example"}


SITE = """name: Testograd
address: https://test.example/news
time_zone: Asia/Bishkek
language: en
languages: [en, zh, kk]
page_size: 2
"""


def portal(**stories: str) -> Files:
    """A portal with the theme that is shipped and with stories of 2026."""
    files = {f"articles/2026/02/{name.replace('__', '.')}.md": text for name, text in stories.items()}
    outlets = "times: {name: Times, url: 'https://times.example'}\nasks: {name: Asks, canonical: original}\n"
    authors = "ann: {name: Ann}\n"
    return {"site.yaml": SITE, "outlets.yaml": outlets, "authors.yaml": authors, "media/dam.png": picture(8, 6)} | files


def built(make_site: MakeSite, files: Files) -> dict[str, Page]:
    """The pages of a portal without problems."""
    request = make_site(files)
    assert build(request).problems == ()
    return parsed(tree(request.output))


ROOT = "https://test.example/news"
ORIGINAL = "https://times.example/1"


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({}, f"{ROOT}/2026/02/dam/"),
        ({"source": f"{{outlet: times, url: '{ORIGINAL}'}}"}, f"{ROOT}/2026/02/dam/"),
        ({"source": f"{{outlet: times, url: '{ORIGINAL}'}}", "canonical": "original"}, ORIGINAL),
        ({"source": f"{{outlet: asks, url: '{ORIGINAL}'}}"}, ORIGINAL),
        ({"source": "asks"}, f"{ROOT}/2026/02/dam/"),
    ],
)
def test_a_story_is_canonical_or_its_original_is(make_site: MakeSite, fields: dict[str, str], where: str) -> None:
    page = built(make_site, portal(dam=story(**fields)))["2026/02/dam/index.html"]
    assert canonical(page) == where
    assert said(page, "og:url") == [f"{ROOT}/2026/02/dam/"]


def test_lists_notices_and_translations_are_canonical_themselves_and_an_old_address_names_the_new(
    make_site: MakeSite,
) -> None:
    several = {f"story{number}": story(date=f"2026-02-0{number}") for number in range(1, 8)}
    gone, moved = story(expires="2026-02-21"), story(aliases="[/was/]")
    translated = story(translates="2026/02/moved")
    pages = built(make_site, portal(gone=gone, moved=moved, other__zh=translated, **several))
    for path, page in pages.items():
        assert canonical(page) == (f"{ROOT}/2026/02/moved/" if path == "was/index.html" else own(path, ROOT)), path
    assert {"kazakhstan/2026/page/1/index.html", "2026/02/gone/index.html", "zh/2026/02/other/index.html"} <= set(pages)
    assert versions(pages["kazakhstan/2026/page/1/index.html"]) == {}
    assert said(pages["2026/02/gone/index.html"], "robots") == ["noindex"]


def test_versions_name_each_other_in_three_languages(make_site: MakeSite) -> None:
    pair = {"dam": story(), "dam__zh": story(translates="2026/02/dam"), "dam__kk": story(translates="2026/02/dam")}
    foreign = {"mill__zh": story(tags="[water]")} | {"mill__kk": story(translates="zh/2026/02/mill", tags="[water]")}
    pages = built(make_site, portal(alone=story(), **pair, **foreign))
    assert_reciprocal(pages, ROOT, "en")
    assert versions(pages["zh/2026/02/dam/index.html"]) == {
        "en": f"{ROOT}/2026/02/dam/",
        "kk": f"{ROOT}/kk/2026/02/dam/",
        "zh-Hans": f"{ROOT}/zh/2026/02/dam/",
        "x-default": f"{ROOT}/2026/02/dam/",
    }
    assert set(versions(pages["kk/2026/02/mill/index.html"])) == {"kk", "zh-Hans"}, "none is in the main language"
    assert set(versions(pages["zh/tag/water/index.html"])) == {"kk", "zh-Hans"}
    assert versions(pages["2026/02/alone/index.html"]) == {}
    page = pages["zh/2026/02/dam/index.html"]
    assert said(page, "og:locale") == ["zh_CN"]
    assert said(page, "og:locale:alternate") == ["en_US", "kk_KZ"]


def test_a_story_in_open_graph(make_site: MakeSite) -> None:
    fields = {
        "date": "2026-02-20 07:36",
        "updated": "2026-02-21 08:00",
        "expires": "2026-12-01",
        "tags": "[Dams, Water]",
    }
    fields |= {"author": "[ann, {guest: Zed}]", "image": "{file: dam.png, alt: A “dam”}", "lead": "A lead"}
    pages = built(make_site, portal(dam=story(title="The dam", **fields), plain=story()))
    page, plain = pages["2026/02/dam/index.html"], pages["2026/02/plain/index.html"]
    told = {
        "og:type": ["article"],
        "og:site_name": ["Testograd"],
        "og:locale": ["en_US"],
        "og:title": ["The dam"],
        "og:description": ["A lead"],
        "og:image": [f"{ROOT}/media/dam.png"],
        "og:image:width": ["8"],
        "og:image:height": ["6"],
        "og:image:alt": ["A “dam”"],
        "twitter:card": ["summary_large_image"],
        "article:published_time": ["2026-02-20T07:36:00+06:00"],
        "article:modified_time": ["2026-02-21T08:00:00+06:00"],
        "article:expiration_time": ["2026-12-01T00:00:00+06:00"],
        "article:author": [f"{ROOT}/author/ann/"],
        "article:section": ["Energy"],
        "article:tag": ["Dams", "Water"],
    }
    assert {name: said(page, name) for name in told} == told
    assert file_of(urlsplit(said(page, "article:author")[0]).path.removeprefix("/news")) in pages
    absent = ("og:image", "article:modified_time", "article:expiration_time", "article:author", "og:locale:alternate")
    assert [name for name in absent if said(plain, name)] == []
    assert said(plain, "twitter:card") == ["summary"]
    assert said(pages["index.html"], "og:type") == ["website"]
    assert said(pages["index.html"], "og:locale:alternate") == ["zh_CN", "kk_KZ"]
