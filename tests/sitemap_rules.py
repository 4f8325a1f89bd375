"""The rules of sitemaps: sitemaps.org's schemas 0.9 and Google's extensions for pictures, news and languages.

Each rule is told by a sentence; `broken` gives the sentences of those that a set of files breaks, each with its file.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from lxml import etree

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
IMAGE = "{http://www.google.com/schemas/sitemap-image/1.1}"
NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"
MOST_ADDRESSES, MOST_BYTES, LONGEST = 50_000, 50 * 1024 * 1024, 2_047
MOST_PICTURES, MOST_NEWS, NEWS_SECONDS = 1_000, 1_000, 2 * 24 * 60 * 60

_DATE = r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])"
_ZONE = r"(Z|[+-]([01]\d|2[0-3]):[0-5]\d)"
_MOMENT = re.compile(rf"{_DATE}(T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d+)?)?{_ZONE})?")
_ADDRESS = re.compile(r"[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=%-]+")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?|x-default")
_NEWS_LANGUAGE = re.compile(r"[a-z]{2,3}|zh-cn|zh-tw")
_IN_URL = [f"{SITEMAP}{name}" for name in ("loc", "lastmod", "changefreq", "priority")]
_IN_URL += [f"{IMAGE}image", f"{NEWS}news", f"{XHTML}link"]

Files = Mapping[str, bytes]
Element = etree._Element


@dataclass(frozen=True)
class Portal:
    """Where the files lie (`https://aryk.example/news`, without a slash at its end), and what time it is."""

    root: str
    now: int


def broken(files: Files, portal: Portal) -> list[str]:
    """What is wrong with sitemaps, by their paths under the portal (`sitemap.xml`): `file: rule`."""
    trees: dict[str, Element] = {}
    told: list[str] = []
    for name, data in files.items():
        try:
            trees[name] = etree.fromstring(data, etree.XMLParser(resolve_entities=False, huge_tree=True))
        except etree.XMLSyntaxError:
            told.append(f"{name}: a sitemap is well-formed XML")
            continue
        told += (f"{name}: {rule}" for rule in dict.fromkeys(_broken_in(data, trees[name], portal)))
    told += (f"{name}: {rule}" for name, rule in dict.fromkeys(_between(trees, portal)))
    return told


def _broken_in(data: bytes, root: Element, portal: Portal) -> Iterator[str]:
    if len(data) > MOST_BYTES:
        yield "a file has no more than 50 MB"
    if root.getroottree().docinfo.encoding != "UTF-8":
        yield "a sitemap is in UTF-8"
    if len(root) > MOST_ADDRESSES:
        yield "a file has no more than 50,000 entries"
    if root.tag == f"{SITEMAP}urlset":
        yield from _broken_in_urlset(root, portal)
    elif root.tag == f"{SITEMAP}sitemapindex":
        yield from _broken_in_index(root, portal)
    else:
        yield "a sitemap is a urlset or a sitemapindex of sitemaps.org"


def _broken_in_index(root: Element, portal: Portal) -> Iterator[str]:
    for entry in root:
        if entry.tag != f"{SITEMAP}sitemap" or any(one.tag not in _IN_URL[:2] for one in entry):
            yield "an index holds nothing but sitemaps with loc and lastmod"
        yield from _broken_entry(entry, portal)
    if not len(root):
        yield "an index names a sitemap"


def _broken_in_urlset(root: Element, portal: Portal) -> Iterator[str]:
    news = root.findall(f"{SITEMAP}url/{NEWS}news")
    if len(news) > MOST_NEWS:
        yield "a news sitemap has no more than 1,000 stories"
    if not len(root) and "http://www.google.com/schemas/sitemap-news/0.9" not in root.nsmap.values():
        yield "a urlset holds a url, unless it is for news"
    for url in root:
        if url.tag != f"{SITEMAP}url" or any(one.tag not in _IN_URL for one in url):
            yield "a urlset holds nothing but what the schemas know"
        yield from _broken_entry(url, portal)
        yield from _broken_pictures(url)
        yield from _broken_news(url, portal)
        yield from _broken_links(url)


def _broken_entry(entry: Element, portal: Portal) -> Iterator[str]:
    locs, changes = entry.findall(f"{SITEMAP}loc"), entry.findall(f"{SITEMAP}lastmod")
    if len(locs) != 1 or len(changes) > 1:
        yield "an entry has one loc and no more than one lastmod"
    for loc in locs:
        yield from _broken_address(loc.text or "")
        if not (loc.text or "").startswith(f"{portal.root}/"):
            yield "a loc lies on the host of the sitemap, and not above its folder"
    for change in changes:
        yield from _broken_moment(change.text or "", "lastmod")


def _broken_address(address: str) -> Iterator[str]:
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        yield "an address is absolute"
    if len(address) > LONGEST:
        yield "an address has fewer than 2,048 characters"
    if not _ADDRESS.fullmatch(address):
        yield "an address is escaped as RFC 3986 has it"


def _broken_moment(text: str, what: str) -> Iterator[str]:
    if not _MOMENT.fullmatch(text):
        yield f"{what} is a W3C date, and with a time it has a zone"
        return
    try:
        datetime.fromisoformat(text.replace("Z", "+00:00"))
    except ValueError:
        yield f"{what} is a date of the calendar"


def _broken_pictures(url: Element) -> Iterator[str]:
    images = url.findall(f"{IMAGE}image")
    if len(images) > MOST_PICTURES:
        yield "an entry has no more than 1,000 pictures"
    for image in images:
        if [one.tag for one in image] != [f"{IMAGE}loc"]:
            yield "a picture has a loc and nothing else"
        for loc in image.findall(f"{IMAGE}loc"):
            yield from _broken_address(loc.text or "")


def _broken_news(url: Element, portal: Portal) -> Iterator[str]:
    stories = url.findall(f"{NEWS}news")
    if len(stories) > 1:
        yield "an entry has one story"
    for story in stories:
        for path in (
            "publication",
            f"publication/{NEWS}name",
            f"publication/{NEWS}language",
            "publication_date",
            "title",
        ):
            found = story.findall(f"{NEWS}{path}")
            if len(found) != 1 or (not len(found[0]) and not (found[0].text or "").strip()):
                yield f"a story has one {path.rpartition('}')[2]}"
        language = story.findtext(f"{NEWS}publication/{NEWS}language") or ""
        if not _NEWS_LANGUAGE.fullmatch(language) or language == "zh":
            yield "the language of a story is ISO 639's, and for Chinese zh-cn or zh-tw"
        yield from _broken_age(story.findtext(f"{NEWS}publication_date") or "", portal)


def _broken_age(text: str, portal: Portal) -> Iterator[str]:
    wrong = list(_broken_moment(text, "publication_date"))
    yield from wrong
    if not wrong and "T" not in text:
        yield "a story says the hour of its publication"
    elif not wrong:
        age = portal.now - datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp()
        if age > NEWS_SECONDS:
            yield "a story is not older than two days"
        if age < 0:
            yield "a story is published"


def _broken_links(url: Element) -> Iterator[str]:
    links = url.findall(f"{XHTML}link")
    if not links:
        return
    for link in links:
        if link.get("rel") != "alternate" or set(link.attrib) != {"rel", "hreflang", "href"}:
            yield "a link is an alternate with hreflang and href"
        if not _LANGUAGE.fullmatch(link.get("hreflang", "")):
            yield "hreflang is a language, with a hyphen before script and region"
        yield from _broken_address(link.get("href", ""))
    languages = [link.get("hreflang") for link in links]
    if len(set(languages)) < len(languages):
        yield "each language has one alternate"
    if url.findtext(f"{SITEMAP}loc") not in [link.get("href") for link in links]:
        yield "a page is among its own alternates"


def _between(trees: Mapping[str, Element], portal: Portal) -> Iterator[tuple[str, str]]:
    """What shows only in all files together."""
    for name, root in trees.items():
        for loc in root.findall(f"{SITEMAP}sitemap/{SITEMAP}loc"):
            if (loc.text or "").removeprefix(f"{portal.root}/") not in trees:
                yield name, "an index names files that are there"
    pages = [(name, url) for name, root in trees.items() for url in root.iter(f"{SITEMAP}url")]
    plain = [(name, url) for name, url in pages if url.find(f"{NEWS}news") is None]
    addresses = [url.findtext(f"{SITEMAP}loc") for _, url in plain]
    if len(set(addresses)) < len(addresses):
        yield "all", "an address stands in one sitemap"
    alternates = {url.findtext(f"{SITEMAP}loc"): _alternates(url) for _, url in plain}
    for name, url in plain:
        if any(alternates.get(href) != _alternates(url) for _, href in _alternates(url)):
            yield name, "alternates name each other"


def _alternates(url: Element) -> frozenset[tuple[str, str]]:
    return frozenset((link.get("hreflang", ""), link.get("href", "")) for link in url.findall(f"{XHTML}link"))
