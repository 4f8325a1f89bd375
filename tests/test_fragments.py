"""What is fresh on every page, by whom it is put there: the browser, the server, the build."""

import re

import pytest
from msgspec.structs import replace

from generator.engine.build import build
from tests.conftest import NOW, MakeSite, story, tree
from tests.edits import RATE_FILES, RATES

SITE = "name: Testograd\naddress: https://test.example/news\ntime_zone: Asia/Bishkek\nlanguage: en\n"
LINK = '<a href="/news/rates/">Exchange rates</a>'


@pytest.mark.parametrize(
    ("fragments", "said"),
    [
        ("client", f'<aryk-live class="live place-strip" src="/news/live/breaking.html">{LINK}</aryk-live>'),
        ("ssi", '<aryk-live class="live place-strip"><!--#include virtual="/news/live/breaking.html" --></aryk-live>'),
        ("inline", '<aryk-live class="live place-strip"><section class="ticker"'),
    ],
)
def test_a_page_has_the_ticker_as_the_portal_wants_it(make_site: MakeSite, fragments: str, said: str) -> None:
    request = make_site(
        {
            "site.yaml": f"{SITE}rates: {RATES}\nfragments: {fragments}\n",
            "articles/2026/02/a.md": story(),
            **RATE_FILES,
        }
    )
    assert build(request).problems == ()
    for page in ("index.html", "2026/02/a/index.html", "rates/index.html"):
        text = (request.output / page).read_text()
        assert said in text, page
        assert len(re.findall(r"<aryk-live", text)) == 1
    ticker = (request.output / "live/ticker.html").read_text().strip()
    assert (request.output / "live/breaking.html").read_text().strip() == ticker
    assert "KZT/USD" in ticker
    assert (ticker in (request.output / "2026/02/a/index.html").read_text()) == (fragments == "inline")


BREAKING = """\
- {text: {ru: Мост закрыт, en: 'The bridge <is> closed'}, story: 2026/02/a, until: 2026-03-01 20:00}
- {text: {ru: Только по-русски}, until: 2026-03-02}
- {text: To come, from: 2026-03-01 19:00, until: 2026-03-02}
- {text: Over, until: 2026-02-28}
- {text: Elsewhere, url: 'https://elsewhere.example/1', until: 2026-03-02}
"""


@pytest.mark.parametrize("fragments", ["client", "ssi", "inline"])
def test_what_is_breaking_stands_in_the_place_of_the_ticker(make_site: MakeSite, fragments: str) -> None:
    """In the language of the page and with its story's translation; only where it is baked in, pages know of it."""
    request = make_site(
        {
            "site.yaml": f"{SITE}languages: [en, ru]\nrates: {RATES}\nfragments: {fragments}\n",
            "articles/2026/02/a.md": story(),
            "articles/2026/02/a.ru.md": story(translates="2026/02/a"),
            "breaking.yaml": "\n".join(BREAKING.splitlines()[:4]),
            **RATE_FILES,
        }
    )
    report = build(request)
    assert (report.problems, report.advice, report.next_change_at) == ((), (), NOW + 3600)
    for root, href, text in (
        ("", "/news/2026/02/a/", "The bridge &lt;is&gt; closed"),
        ("ru/", "/news/ru/2026/02/a/", "Мост закрыт"),
    ):
        piece = (request.output / root / "live/breaking.html").read_text()
        assert re.findall(r'<a href="([^"]+)">', piece) == [href]
        assert text in piece
        assert ("Только по-русски" in piece) == (root == "ru/")
        assert "To come" not in piece and "Over" not in piece and "ticker" not in piece
        page = (request.output / root / "2026/02/a/index.html").read_text()
        assert (text in page) == (fragments == "inline")
    before = tree(request.output)
    (request.content / "breaking.yaml").unlink()
    build(request)
    changed = {path for path, data in tree(request.output).items() if data != before[path]}
    if fragments != "inline":
        assert changed == {"live/breaking.html", "ru/live/breaking.html"}
    else:
        assert changed > {"index.html", "2026/02/a/index.html", "live/breaking.html"}


def test_a_line_on_a_story_that_is_not_published_waits_and_its_author_is_told(make_site: MakeSite) -> None:
    line = "text: To come, story: 2026/03/b, until: 2026-03-05"
    request = make_site(
        {
            "site.yaml": SITE,
            "articles/2026/03/b.md": story(date="2026-03-02 10:00"),
            "breaking.yaml": f"{{{line}}}\n",
        }
    )
    report = build(request)
    said = "breaking.yaml:1:24: advice: this line waits until 2026/03/b is published (embargoed)"
    assert [one.text() for one in report.advice] == [said]
    assert "To come" not in (request.output / "live/breaking.html").read_text()
    build(replace(request, now=NOW + 86400))
    assert "To come" in (request.output / "live/breaking.html").read_text()
    retracted = story(date="2026-03-02 10:00", retracted="{date: 2026-03-02, text: Wrong}")
    (request.content / "articles/2026/03/b.md").write_text(retracted)
    build(replace(request, now=NOW + 86400))
    assert "To come" not in (request.output / "live/breaking.html").read_text()


def test_a_portal_without_rates_shows_its_newest_stories_there(make_site: MakeSite) -> None:
    request = make_site({"site.yaml": SITE, "articles/2026/02/a.md": story(), **RATE_FILES})
    assert build(request).problems == ()
    page = (request.output / "index.html").read_text()
    place = '<aryk-live class="live place-strip" src="/news/live/breaking.html"><a href="/news/">Latest news</a></aryk-live>'
    assert place in page
    assert 'href="/news/2026/02/a/"' in (request.output / "live/breaking.html").read_text()
    assert not (request.output / "live/ticker.html").exists()
    assert not (request.output / "rates").exists()


def test_pages_that_hold_everything_themselves_hold_nothing_that_publishing_changes(make_site: MakeSite) -> None:
    request = make_site({"site.yaml": f"{SITE}fragments: inline\n", "articles/2026/02/a.md": story()})
    assert build(request).problems == ()
    assert "aryk-live" not in (request.output / "index.html").read_text()
