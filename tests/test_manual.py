"""The manual of themes says what is, and each of its examples does what it says."""

import re
from pathlib import Path

import pytest

from generator.engine.build import build
from tests.conftest import COMMON, MakeSite, lay_out, story
from tests.manual import MANUAL, manual

TEXT = MANUAL.read_text("utf-8")
EXAMPLES = {
    part.partition("\n")[0]: re.findall(r"(?s)`((?:content|themes)/[\w./-]+)`\n```\w+\n(.*?)```", part)
    for part in re.split(r"(?m)^### ", TEXT[: TEXT.index("## Options")])[1:]
}
ARTICLE, MISSING, SECTION = "2026/02/a/index.html", "404.html", "kazakhstan/index.html"
SHOWN: dict[str, dict[str, tuple[str, ...]]] = {
    "Choose": {
        "assets/colours.*.css": ("--accent-light: #7a3e00", "--accent-dark: #ffb870"),
        MISSING: ('href="/assets/colours.',),
    },
    "Change a string": {MISSING: ("To the first page",), SECTION: ("1 piece<",)},
    "Add a style": {MISSING: ('<link rel="stylesheet" href="/assets/extra.',)},
    "Change one block": {
        ARTICLE: ("In short: A lead.", "Written for Testograd", "Since 1998", 'class="headline"'),
        MISSING: ("Since 1998",),
    },
    "Change a part": {
        ARTICLE: ("Free to reprint", '<footer class="foot">', '<div class="way"><nav class="crumbs"'),
        MISSING: ("Free to reprint", '<footer class="foot">'),
    },
    "Begin a theme of your own": {MISSING: ("All the wind", "Testograd</a>")},
}


def test_the_manual_is_current() -> None:
    assert manual(TEXT) == TEXT, "make manual"


def test_every_part_of_the_manual_has_an_example() -> None:
    assert EXAMPLES.keys() == SHOWN.keys()
    assert all(EXAMPLES.values())


@pytest.mark.parametrize("name", SHOWN)
def test_example(name: str, make_site: MakeSite, tmp_path: Path) -> None:
    site = (COMMON / "site.yaml").read_text().replace("theme: plain\n", "")
    request = make_site({"site.yaml": site, "articles/2026/02/a.md": story(lead="A lead.")})
    lay_out(tmp_path, dict(EXAMPLES[name]))

    report = build(request)

    assert [problem.text() for problem in (*report.problems, *report.advice)] == []
    for path, words in SHOWN[name].items():
        (found,) = request.output.glob(path)
        page = re.sub(r">\s+<", "><", found.read_text("utf-8"))
        assert [word for word in words if word not in page] == []
