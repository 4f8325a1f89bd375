"""What a portal changes of a theme: only the pages that show it are made anew, and nothing else of them differs."""

import re
from io import BytesIO
from itertools import product

import msgspec
import pytest
import yaml
from PIL import Image

from generator.engine.build import build
from generator.engine.request import Request
from generator.theme.contrast import ENOUGH, contrast, least, parts, readable
from generator.theme.pictures import picture_size
from tests.conftest import COMMON, ROOT, MakeSite, lay_out, story, tree

SHIPPED = ROOT / "themes" / "news-asia"
SITE = (COMMON / "site.yaml").read_text().replace("theme: plain\n", "")
OWN = "themes/news-asia/"
LEAD = '{% extends "inherited/article.html" %}{% block lead %}<p>changed</p>{% endblock %}'


@pytest.fixture
def portal(make_site: MakeSite) -> Request:
    """A published portal with the shipped theme, of three stories."""
    stories = {f"articles/2026/02/{name}.md": story(title=name, lead="Lead.") for name in "abc"}
    request = make_site({"site.yaml": SITE, **stories})
    assert not build(request).problems
    return request


STORIES = {f"/2026/02/{name}/" for name in "abc"}


def made_by(request: Request, path: str, text: str) -> set[str]:
    """The pages that are made when a file beside `content/` is written; a clean build makes the same of all."""
    lay_out(request.content.parent, {path: text})
    report = build(request)
    assert [problem.text() for problem in (*report.problems, *report.advice)] == []
    assert len(report.reasons) == report.rendered
    before = tree(request.output)
    assert not build(msgspec.structs.replace(request, clean=True)).problems
    assert tree(request.output) == before
    return {address for address, _ in report.reasons}


def test_a_block_of_one_template_costs_its_pages(portal: Request) -> None:
    assert made_by(portal, OWN + "templates/article.html", LEAD) == STORIES
    assert made_by(portal, OWN + "templates/article.html", LEAD.replace("changed", "again")) == STORIES


def test_a_change_below_an_override_is_seen(portal: Request) -> None:
    """The override stands in the theme of the portal, what it begins from in another of its themes."""
    lay_out(
        portal.content.parent,
        {
            "content/site.yaml": SITE + "theme: mine\n",
            "themes/mine/theme.yaml": "extends: middle\n",
            "themes/mine/templates/article.html": LEAD,
            "themes/middle/theme.yaml": "extends: news-asia\n",
            "themes/middle/templates/article.html": LEAD.replace("lead", "turn"),
        },
    )
    assert not build(portal).problems

    changed = LEAD.replace("lead", "turn").replace("changed", "below")
    assert made_by(portal, "themes/middle/templates/article.html", changed) == STORIES
    page = (portal.output / "2026/02/a/index.html").read_text()
    assert ("<p>changed</p>" in page, "<p>below</p>" in page) == (True, True)


def test_a_layer_that_is_taken_away_leaves_nothing_behind(portal: Request) -> None:
    before = tree(portal.output)
    layer = {
        "theme.yaml": "extends: news-asia\noptions: {shade: {type: colour, default: '#fff'}}\n",
        "templates/article.html": LEAD,
        "templates/parts/footer.html": '{% include "inherited/parts/footer.html" %}{{ t("story.before") }}',
        "strings/en.yaml": "story.before: Earlier\n",
        "assets/colours.css": "p { color: #333 }",
        "assets/feed.css.jinja": "{# in the place of one that is not printed #}item {}",
        "assets/extra.css.jinja": "{% if option('flags') %}p {}{% endif %} h1 { color: {{ option('shade') }} }",
    }
    lay_out(portal.content.parent, {f"themes/mine/{name}": text for name, text in layer.items()})
    chosen = SITE + "theme: mine\noptions: {shade: '#000', front: [newest], flags: no}\n"
    assert made_by(portal, "content/site.yaml", chosen) >= {*STORIES, "/", "/404.html"}
    changed = {path for path, data in tree(portal.output).items() if before.get(path) != data}
    assets = {path.partition(".")[0] for path in changed if path.startswith("assets/")}
    assert assets == {"assets/colours", "assets/extra", "assets/feed"}

    lay_out(portal.content.parent, {f"themes/mine/{name}": None for name in layer} | {"content/site.yaml": SITE})
    assert not build(portal).problems
    assert tree(portal.output) == before


def test_a_string_changes_the_pages_that_say_it(portal: Request) -> None:
    before = tree(portal.output)
    assert made_by(portal, OWN + "strings/en.yaml", "story.before: Earlier\n") >= STORIES
    changed = {path for path, data in tree(portal.output).items() if before.get(path) != data}
    assert changed == {"2026/02/b/index.html", "2026/02/c/index.html"}  # what stands before the first story is nothing


def test_a_logo_of_the_media_folder_is_followed(portal: Request) -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} 40"></svg>'
    lay_out(
        portal.content, {"media/logo.svg": svg.format(300), "site.yaml": SITE + "options: {logo: media/logo.svg}\n"}
    )
    assert not build(portal).problems
    assert 'width="300" height="40" alt="Testograd"' in (portal.output / "index.html").read_text()

    assert made_by(portal, "content/media/logo.svg", svg.format(200)) >= {*STORIES, "/", "/404.html"}
    (href, width) = re.findall(r'<img src="([^"]+)" width="(\d+)"', (portal.output / "index.html").read_text())[0]
    assert width == "200"
    assert (portal.output / href.lstrip("/")).read_text() == svg.format(200)


def test_a_logo_says_nothing_of_the_camera(portal: Request) -> None:
    file, exif = BytesIO(), Image.Exif()
    exif[0x010E] = "Home, sweet home"
    Image.new("RGB", (90, 30)).save(file, "JPEG", exif=exif)
    (portal.content / "media").mkdir(exist_ok=True)
    (portal.content / "media/logo.jpg").write_bytes(file.getvalue())
    lay_out(portal.content, {"site.yaml": SITE + "options: {logo: media/logo.jpg}\n"})
    assert not build(portal).problems
    (logo,) = (portal.output / "assets/media").iterdir()
    assert b"sweet home" not in logo.read_bytes()
    with Image.open(logo) as image:
        assert image.size == (90, 30)


@pytest.mark.parametrize("path", ["media/logo.svg/", "media/./logo.svg", "media/../media/logo.svg"])
def test_a_logo_has_one_name(portal: Request, path: str) -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 40"></svg>'
    lay_out(portal.content, {"media/logo.svg": svg, "site.yaml": SITE + f"options: {{logo: {path}}}\n"})
    (problem,) = build(portal).problems
    assert problem.message == f"there is no file “{path}”"


@pytest.mark.parametrize(
    ("order", "shown"),
    [
        ("[leads, newest]", ["leads", "newest"]),
        ("[newest, countries]", ["newest", "block-kz"]),
        ("[countries, newest, leads]", ["leads", "block-kz", "newest"]),
        ("[countries]", ["block-kz"]),
        ("[]", []),
    ],
)
def test_the_front_page_has_the_blocks_that_are_chosen(portal: Request, order: str, shown: list[str]) -> None:
    more = "countries: [kz]\noptions: {front: " + order + "}\n"
    lay_out(
        portal.content,
        {"site.yaml": SITE + more}
        | {f"articles/2026/01/{n}.md": story(date=f"2026-01-0{n} 08:00") for n in range(1, 9)},
    )
    assert not build(portal).problems
    page = (portal.output / "index.html").read_text()
    assert re.findall('<h2 id="(leads|newest|poll-day|press|block-kz)"', page) == shown
    assert ('class="side"' in page) == ("leads" in order)


def test_a_colour_is_read_on_the_papers_of_the_style_sheet() -> None:
    style = (SHIPPED / "assets/style.css").read_text()
    papers, washes = (
        re.findall(rf"--{name}: var.--light, (#\w+). var.--dark, (#\w+).", style) for name in ("paper", "wash")
    )
    options = yaml.safe_load((SHIPPED / "theme.yaml").read_text())["options"]
    against = {tuple(options[name]["against"]) for name in ("accent_light", "accent_dark")}
    assert set(zip(*papers, *washes, strict=True)) == against


def test_contrast_is_what_wcag_reckons() -> None:
    assert contrast(parts("#000"), parts("#ffffff")) == 21
    assert least("#777", ["#fff"]) == 4.47  # the well-known grey that is not quite enough
    assert least("#767676", ["#fff"]) == 4.54
    for colour, ground in product(
        ("#ffcc00", "#0a6870", "#808080", "#fff"), (("#fff",), ("#000",), ("#faf7f0", "#f2ecdf"))
    ):
        assert least(readable(colour, ground), ground) >= ENOUGH
    assert readable("#808080", ("#000", "#fff", "#777")) == ""


@pytest.mark.parametrize(
    ("svg", "size"),
    [
        ('<svg width="30" height="20px" viewBox="0 0 3 2">', (30, 20)),
        ('<?xml version="1.0"?><svg\nviewBox="-1,-1 30.4,20">', (30, 20)),
        ("<svg width='100%' height='20' viewBox='0 0 30 20'>", (30, 20)),
        ("<svg>", None),
        ('<svg width="0" height="9">', None),
        ('<svg width="1.2.3" height="9">', None),
        ("no drawing", None),
    ],
)
def test_size_of_a_drawing(svg: str, size: tuple[int, int] | None) -> None:
    assert picture_size(svg.encode(), "a.svg", []) == size
