"""Which pages stand for each kind of page, so that every check looks at all of them."""

from generator.output.html import TEMPLATES
from generator.pages.views import VIEWS

PIECES = {"breaking", "livepoll", "ticker"}
"""What stands inside other pages (`/live/`) and is looked at there."""

ELSEWHERE = {"write"}
"""Pages that there are only beside a running inbox: `test_voting.py` opens them."""

SHOWN = {kind for kind, view in VIEWS.items() if view in TEMPLATES} - PIECES - ELSEWHERE
"""The kinds of pages that templates show, as reports call them."""

PASSING = {"redirect"}
"""Kinds that no reader stays on: they are checked as documents, and the browser must pass through them."""

SAMPLE: dict[str, tuple[str, ...]] = {
    "front": ("/", "/en/"),
    "list": (
        "/kazakhstan/",
        "/kazakhstan/2025/page/1/",
        "/central-asia/",
        "/kazakhstan/energy/",
        "/source/silk-road-review/",
        "/author/aigul/",
    ),
    "article": (
        "/2026/03/poezd-v-hivu-voprosy/",
        "/2026/03/kulma-pereval-torgovyi-sezon/",
        "/2026/03/aral-fap-videosvyaz/",
        "/en/2026/04/byurakan-open-nights/",
    ),
    "archive": ("/archive/", "/archive/2026/"),
    "month": ("/archive/2026/11/",),
    "day": ("/archive/2026/11/12/",),
    "index": ("/source/", "/tag/"),
    "standing": ("/page/about/",),
    "corrections": ("/corrections/",),
    "feeds": ("/feeds/",),
    "polls": ("/polls/", "/en/polls/"),
    "poll": ("/polls/night-trains/", "/polls/lake-sun/", "/polls/saving-water/"),
    "digest": ("/digest/2026-w47/", "/digest/2024-w08/"),
    "digests": ("/digest/", "/digest/2026/", "/en/digest/"),
    "rates": ("/rates/", "/en/rates/"),
    "currency": ("/rates/usd/", "/rates/tmt/"),
    "search": ("/search/",),
    "missing": ("/404.html",),
}
"""Pages of the sample portal by their kind; whoever adds a kind of page names one here, or in HOSTILE."""

HOSTILE: dict[str, tuple[str, ...]] = {
    "front": ("/",),
    "list": ("/long/", "/none/", "/one/", "/asia/", "/source/long/", "/author/long/", "/kind/news/"),
    "article": tuple(
        f"/2026/02/{name}/" for name in ("word", "headline", "arabic", "emoji", "markup", "review", "pictured")
    ),
    "notice": ("/2026/02/withdrawn/", "/2026/02/expired/"),
    "redirect": ("/old/moved.html",),
    "archive": ("/archive/", "/archive/2026/"),
    "month": ("/archive/2026/02/",),
    "day": ("/archive/2026/02/20/",),
    "index": ("/source/", "/topic/", "/tag/"),
    "standing": ("/page/about/",),
    "digest": ("/digest/2026-w08/",),
    "digests": ("/digest/", "/digest/2026/"),
    "corrections": ("/corrections/",),
    "feeds": ("/feeds/",),
    "polls": ("/polls/",),
    "poll": ("/polls/many/",),
    "missing": ("/404.html",),
}
"""Pages of the hostile portal by their kind, the worst first: it is the one that axe-core reads."""


def all_of(portal: dict[str, tuple[str, ...]]) -> list[str]:
    """The addresses of a portal's pages that a reader stays on."""
    return sorted({address for kind, found in portal.items() if kind not in PASSING for address in found})
