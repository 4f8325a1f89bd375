"""What is fresh on every page, by whom it is put there: the browser, the server, the build."""

import re

import pytest

from generator.engine.build import build
from tests.conftest import MakeSite, story
from tests.edits import RATE_FILES, RATES

SITE = "name: Testograd\naddress: https://test.example/news\ntime_zone: Asia/Bishkek\nlanguage: en\n"
LINK = '<a href="/news/rates/">Exchange rates</a>'


@pytest.mark.parametrize(
    ("fragments", "said"),
    [
        ("client", f'<aryk-live class="live place-ticker" src="/news/live/ticker.html">{LINK}</aryk-live>'),
        ("ssi", '<aryk-live class="live place-ticker"><!--#include virtual="/news/live/ticker.html" --></aryk-live>'),
        ("inline", '<aryk-live class="live place-ticker"><section class="ticker"'),
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
    assert "KZT/USD" in ticker
    assert (ticker in (request.output / "2026/02/a/index.html").read_text()) == (fragments == "inline")


def test_a_portal_without_rates_has_none_of_it(make_site: MakeSite) -> None:
    request = make_site({"site.yaml": SITE, "articles/2026/02/a.md": story(), **RATE_FILES})
    assert build(request).problems == ()
    assert "aryk-live" not in (request.output / "index.html").read_text()
    assert not (request.output / "live").exists()
    assert not (request.output / "rates").exists()
