"""JSON-LD: what pages tell machines of themselves is whole, true to the portal, and harmless whatever a title holds."""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urldefrag

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from generator.engine.build import build
from generator.output.linked_data import linked_data
from generator.pages.addresses import file_of
from generator.pages.views import FrontView, Head, Pager, SiteView, StandingView, TextView
from tests.conftest import MakeSite, story, tree
from tests.newsroom import picture

Record = dict[str, Any]

ARTICLE = (
    "headline datePublished dateModified author publisher mainEntityOfPage inLanguage isAccessibleForFree url"
    " articleSection contentLocation wordCount"
)
NEEDED = {
    **dict.fromkeys(("NewsArticle", "AnalysisNewsArticle", "BackgroundNewsArticle", "OpinionNewsArticle"), ARTICLE),
    "AdvertiserContentArticle": ARTICLE,
    "BreadcrumbList": "itemListElement",
    "CollectionPage": "@id url name inLanguage isPartOf breadcrumb mainEntity",
    "CorrectionComment": "text datePublished",
    "Country": "name identifier",
    "CreativeWork": "url publisher",
    "CreativeWorkSeries": "name url",
    "EntryPoint": "urlTemplate",
    "ImageObject": "url",
    "ItemList": "numberOfItems",
    "ListItem": "position",
    "Organization": "name url",
    "Person": "name",
    "Place": "name",
    "SearchAction": "target query-input",
    "WebPage": "@id url name inLanguage isPartOf breadcrumb",
    "WebSite": "@id url name description inLanguage publisher",
}
"""The fields that a record of each type must have. Other types are wrong."""

ADDRESSES = ("@id", "url", "item", "urlTemplate", "mainEntityOfPage")
STORIES = {name for name, fields in NEEDED.items() if fields == ARTICLE}


class Scripts(HTMLParser):
    """The texts of script elements that hold JSON-LD, as a browser's parser sees them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.tags: list[str] = []
        self._inside = False
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag == "script" and ("type", "application/ld+json") in attributes:
            self.texts.append("")
            self._inside = True

    def handle_endtag(self, tag: str) -> None:
        self._inside = False

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.texts[-1] += data


def graphs(data: bytes) -> list[list[Record]]:
    """The graphs of a page: one for each script element."""
    found = [json.loads(text) for text in Scripts(data.decode()).texts]
    assert all(list(one) == ["@context", "@graph"] and one["@context"] == "https://schema.org" for one in found)
    return [one["@graph"] for one in found]


def records(value: object) -> Iterator[Record]:
    """All records in a value, however deep."""
    if isinstance(value, dict):
        yield value
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for one in inner:
        yield from records(one)


def pages(built: Mapping[str, bytes]) -> dict[str, bytes]:
    """The pages that search engines may show: neither redirects nor what asks not to be indexed."""
    unseen = (b'http-equiv="refresh"', b'content="noindex"')
    return {
        path: data
        for path, data in built.items()
        if path.endswith(".html") and "live/" not in path and not any(m in data for m in unseen)
    }


def faults(record: Record, built: Mapping[str, bytes], root: str) -> Iterator[str]:
    """What is wrong with a record."""
    kind = record.get("@type")
    if kind is None:
        assert list(record) == ["@id"], record
    elif kind not in NEEDED:
        yield f"the type {kind} is not known"
    else:
        yield from (f"{kind} has no {name}" for name in NEEDED[kind].split() if name not in record)
    if record.get("dateModified", "9") < record.get("datePublished", ""):
        yield f"{kind} was modified before it was published"
    for name, value in record.items():
        if value in ("", None, [], {}):
            yield f"{kind}.{name} is empty"
        if (name.startswith("date") or name == "expires") and datetime.fromisoformat(value).tzinfo is None:
            yield f"{kind}.{name} has no offset: {value}"
        if name in ADDRESSES and not value.startswith("https://"):
            yield f"{kind}.{name} is not absolute: {value}"
        if (
            name in ADDRESSES
            and value.startswith(root)
            and file_of(urldefrag(value)[0].partition("?")[0].removeprefix(root)) not in built
        ):
            yield f"{kind}.{name} leads nowhere: {value}"
        if name == "itemListElement" and [one["position"] for one in value] != [*range(1, len(value) + 1)]:
            yield f"{kind}: positions do not count from 1"


def assert_sound(built: Mapping[str, bytes], root: str) -> None:
    """Every page that may be shown has one graph without faults, of the sort that the page is; others have none."""
    shown = pages(built)
    for path, data in built.items():
        if not path.endswith(".html") or "live/" in path:  # a piece of a page is none
            continue
        found = graphs(data)
        assert len(found) == (path in shown), path
        for graph in found:
            assert [*(fault for record in records(graph) for fault in faults(record, built, root))] == [], path
            assert_fits(path, graph, html.fromstring(data.decode()), root)


def assert_fits(path: str, graph: list[Record], page: html.HtmlElement, root: str) -> None:
    """A graph is of the page that it stands on."""
    own = page.xpath("string(//meta[@property='og:url']/@content)")
    first, last = graph
    if last["@type"] == "Organization":
        assert (first["@type"], first["url"]) == ("WebSite", own)
        assert first["publisher"] == {"@id": last["@id"]}
        return
    assert first["url"] == own, path
    assert last["@type"] == "BreadcrumbList"
    assert (first["@type"] in STORIES) == (page.xpath("string(//meta[@property='og:type']/@content)") == "article")
    links = {f"{root}{href}" for href in page.xpath("//a/@href")}
    steps = [step["item"] for step in last["itemListElement"]]
    assert len(steps) > 1
    assert set(steps) <= links | {own}
    assert (steps[-1] == own) == (first["@type"] not in STORIES), "a story is no step of the way to it"
    if first["@type"] == "CollectionPage":
        listed = [line["url"] for line in first["mainEntity"].get("itemListElement", ())]
        assert first["mainEntity"]["numberOfItems"] == len(listed)
        assert set(listed) <= links


def test_all_pages_of_the_sample_are_sound(sample: dict[str, bytes]) -> None:
    assert len(pages(sample)) > 500
    assert_sound(sample, "https://aryk.example")
    told = {record["@type"] for data in pages(sample).values() for graph in graphs(data) for record in graph}
    assert {"WebSite", "Organization", "WebPage", "CollectionPage", "BreadcrumbList", "NewsArticle"} <= told
    assert {"OpinionNewsArticle", "AnalysisNewsArticle", "BackgroundNewsArticle"} <= told


def portal(**files: str | bytes) -> dict[str, str | bytes]:
    """A portal with the theme that is shipped, in English and Chinese."""
    site = "name: {en: Testograd, zh: 测试}\ntagline: News of a test\naddress: https://test.example/news\n"
    site += "time_zone: Asia/Bishkek\nlanguage: en\nlanguages: [en, zh]\npage_size: 2\n"
    outlets = "times: {name: The Times, url: 'https://times.example', language: de}\nmail: {name: Mail}\n"
    return {
        "site.yaml": site,
        "outlets.yaml": outlets,
        "authors.yaml": "ann: {name: Ann, role: editor}\nbob: {name: Bob}\n",
        "countries.yaml": "kz: {slug: kazakhstan, name: Kazakhstan, flag: KZ}\nasia: {name: Asia, members: [kz]}\n",
        "media/dam.png": picture(8, 6),
        **{name.replace("__", "/") + ".md": text for name, text in files.items()},
    }


RICH = {
    "date": "2026-02-20 07:36",
    "updated": "2026-02-21 08:00",
    "expires": "2026-12-01",
    "country": "[kz, asia]",
    "topic": "[energy, trade]",
    "kind": "opinion",
    "lead": "A lead & more",
    "author": "[ann, {guest: Zed}]",
    "translator": "bob",
    "tags": "[Water, Dams]",
    "series": "Rivers",
    "age": "16",
    "image": "{file: dam.png, alt: A dam, caption: The dam, credit: Ann}",
    "corrections": "[{date: 2026-02-21 08:00, text: It was taller}]",
    "source": "[{outlet: times, url: 'https://times.example/1', author: X. Y., date: 2026-02-19, language: zh}, times]",
}


def test_a_story_tells_all_that_is_known_of_it(make_site: MakeSite) -> None:
    request = make_site(portal(articles__2026__02__dam=story(title="The dam", **RICH)))
    assert build(request).problems == ()
    built = tree(request.output)
    assert_sound({f"news/{path}": data for path, data in built.items()}, "https://test.example")

    (graph,) = graphs(built["2026/02/dam/index.html"])

    root, own = "https://test.example/news", "https://test.example/news/2026/02/dam/"
    logo = next(f"{root}/{path}" for path in built if path.startswith("assets/icon."))
    publisher = {"@type": "Organization", "@id": f"{root}/#organization", "name": "Testograd", "url": f"{root}/"}
    assert graph[0] == {
        "@type": "OpinionNewsArticle",
        "description": "A lead & more",
        "url": own,
        "headline": "The dam",
        "image": [
            {
                "@type": "ImageObject",
                "description": "A dam",
                "url": f"{root}/media/dam.png",
                "width": 8,
                "height": 6,
                "caption": "The dam",
                "creditText": "Ann",
            }
        ],
        "datePublished": "2026-02-20T07:36:00+06:00",
        "dateModified": "2026-02-21T08:00:00+06:00",
        "expires": "2026-12-01T00:00:00+06:00",
        "author": [
            {"@type": "Person", "name": "Ann", "url": f"{root}/author/ann/", "jobTitle": "editor"},
            {"@type": "Person", "name": "Zed"},
        ],
        "translator": [{"@type": "Person", "name": "Bob"}],
        "publisher": publisher | {"logo": {"@type": "ImageObject", "url": logo}},
        "mainEntityOfPage": own,
        "inLanguage": "en",
        "isAccessibleForFree": True,
        "isPartOf": {"@type": "CreativeWorkSeries", "name": "Rivers", "url": f"{root}/series/rivers/"},
        "articleSection": ["Energy", "Trade"],
        "keywords": ["Water", "Dams"],
        "contentLocation": [
            {"@type": "Country", "name": "Kazakhstan", "identifier": "KZ"},
            {"@type": "Place", "name": "Asia"},
        ],
        "isBasedOn": [
            {
                "@type": "CreativeWork",
                "url": "https://times.example/1",
                "author": {"@type": "Person", "name": "X.\u00a0Y."},
                "datePublished": "2026-02-19T00:00:00+06:00",
                "inLanguage": "zh-Hans",
                "publisher": {"@type": "Organization", "name": "The Times", "url": "https://times.example"},
            }
        ],
        "citation": ["X.\u00a0Y., The Times, 2026-02-19, https://times.example/1", "The Times"],
        "correction": [
            {
                "@type": "CorrectionComment",
                "text": "It was taller",
                "datePublished": "2026-02-21T08:00:00+06:00",
            }
        ],
        "typicalAgeRange": "16-",
        "wordCount": 2,
    }
    assert [(step["name"], step["item"]) for step in graph[1]["itemListElement"]] == [
        ("Testograd", f"{root}/"),
        ("Kazakhstan", f"{root}/kazakhstan/"),
        ("Energy", f"{root}/kazakhstan/energy/"),
    ]


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ({}, "NewsArticle"),
        ({"kind": "interview"}, "NewsArticle"),
        ({"kind": "analysis"}, "AnalysisNewsArticle"),
        ({"kind": "explainer"}, "BackgroundNewsArticle"),
        ({"kind": "analysis", "label": "partner"}, "AnalysisNewsArticle"),
        ({"kind": "analysis", "label": "advertising"}, "AdvertiserContentArticle"),
    ],
)
def test_a_kind_of_story_is_a_type(make_site: MakeSite, fields: dict[str, str], kind: str) -> None:
    request = make_site(portal(articles__2026__02__dam=story(**fields)))
    assert build(request).problems == ()
    (graph,) = graphs((request.output / "2026/02/dam/index.html").read_bytes())
    assert graph[0]["@type"] == kind
    assert [one["name"] for one in graph[0]["author"]] == ["Testograd"], "nobody signed it"
    assert graph[0]["author"][0]["@type"] == "Organization"
    assert "isBasedOn" not in graph[0]


def test_pages_that_are_gone_or_elsewhere_tell_nothing(make_site: MakeSite) -> None:
    gone = story(expires="2026-02-21", aliases="[/was/]")
    request = make_site(portal(articles__2026__02__gone=gone))
    assert build(request).problems == ()
    for path in ("2026/02/gone/index.html", "was/index.html", "404.html"):
        assert graphs((request.output / path).read_bytes()) == [], path


HOSTILE = [
    "</script><script>alert(1)</script>",
    "<!-- <script> --> ]]>",
    "a\u2028b\u2029c",
    "Ош \U0001f1f0\U0001f1ec \u202bעברית\u202c \u200f",
    '27" \\ \\u003c \\',
    "R&D &amp; &lt;script&gt; &#60;",
    "{{ page }} %s {0}",
]


@pytest.mark.parametrize("title", HOSTILE)
def test_a_hostile_title_comes_through_exactly(make_site: MakeSite, title: str) -> None:
    quoted = json.dumps(title, ensure_ascii=False)
    request = make_site(portal(articles__2026__02__dam=story(title=quoted, lead=quoted)))
    assert build(request).problems == ()
    title = " ".join(title.split())  # a title is one line: what ends lines becomes a space when it is read
    built = tree(request.output)
    assert_sound({f"news/{path}": data for path, data in built.items()}, "https://test.example")
    data = built["2026/02/dam/index.html"].decode()
    (graph,) = graphs(data.encode())
    assert (graph[0]["headline"], graph[0]["description"]) == (title, title)
    assert Scripts(data).tags.count("script") == 4  # these data, scheme.js, live.js, fresh.js


def site_view(**fields: Any) -> SiteView:
    """A portal with nothing in it."""
    empty = dict.fromkeys(SiteView.__struct_fields__, "") | dict.fromkeys(("countries", "topics", "languages"), ())
    return SiteView(**empty | {"language": "en", "home": "/", "url": "https://test.example/", "menu": ()} | fields)


def front(site: SiteView) -> list[Record]:
    """The graph of a front page."""
    head = Head("Testograd", "", "https://test.example/", "https://test.example/")
    page = FrontView(head, None, (), (), (), (), Pager())
    return graphs(str(linked_data(site, "https://test.example", str)(page)).encode())[0]


def test_the_front_page_tells_of_a_search_where_there_is_one() -> None:
    assert "potentialAction" not in front(site_view())[0]
    assert front(site_view(search="/search/"))[0]["potentialAction"] == {
        "@type": "SearchAction",
        "target": {"@type": "EntryPoint", "urlTemplate": "https://test.example/search/?q={search_term_string}"},
        "query-input": "required name=search_term_string",
    }


marks = st.sampled_from(
    ["</script>", "<script", "<!--", "-->", "&amp;", "&", "\u2028", "\u2029", '"', "\\", "\0", "]]>"]
)


@given(st.lists(marks | st.text(), max_size=5).map("".join))
def test_a_parser_finds_in_the_element_what_was_put_there(text: str) -> None:
    head = Head(text, text, "https://test.example/a/", "https://test.example/a/")
    page = StandingView(head, text, TextView(b""), ())
    element = str(linked_data(site_view(), "https://test.example", str)(page))

    parsed = Scripts(f"<head>{element}<title>after</title></head>")

    assert parsed.tags == ["head", "script", "title"]
    assert f'<script type="application/ld+json">{parsed.texts[0]}</script>' == element
    assert not set("<>&\u2028\u2029").intersection(parsed.texts[0])
    page_record, way = json.loads(parsed.texts[0])["@graph"]
    assert page_record.get("name", "") == text
    assert page_record.get("description", "") == text
    assert way["itemListElement"][0].get("name", "") == text
