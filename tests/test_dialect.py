"""The sparing parser gives what Python-Markdown's own gives, for every text; and it spares nothing that is needed."""

import ast
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.content import blocks, inline, sparing
from generator.content.dialect import new_markdown
from tests.conftest import ROOT
from tests.stock import Converter, stock_markdown

SPARING, STOCK = Converter(new_markdown), Converter(stock_markdown)

SCRAPS = (
    "\\¦`¦*¦_¦[¦]¦(¦)¦<¦>¦&¦!¦^¦:¦#¦|¦{¦}¦=¦~¦+¦-¦.¦\"¦'¦/¦;¦0¦\n¦ ¦\t¦  \n¦\n\n¦    ¦\r\n¦\x02¦\x03¦\u2028¦"
    "\xa0¦٣¦word¦слово¦HTML¦a¦b.kz¦新¦javascript:¦klzzwxh:0000¦wzxhzdk:0¦http://¦www.¦amp¦**¦__¦***¦``¦`x`¦"
    "*a*¦_a_¦**a**¦a_b_c¦![¦](¦[a](b)¦[a](<b> \"t\")¦![a](b 't')¦[^1]¦[a]¦[a][]¦[b][a]¦![a][a]¦<a@b.kz>¦"
    "<http://a.kz>¦<b>¦</b>¦<br>¦<!-- c -->¦<?x?>¦&amp;¦&#2;¦&#65¦&copy¦&¦\\*¦\\[¦\\\\¦{#i}¦{: .c }¦{x=y}¦{¦"
    '}¦"t"¦AT&T¦<![CDATA[x]]>¦<img src=x>¦<script>¦</script>¦</div>¦///Footnotes Go Here///'
).split("¦")
BEGINNINGS = (
    "¦¦¦# ¦#¦## ¦###### ¦    ¦  ¦\t¦ ¦> ¦>¦> > ¦- ¦* ¦+ ¦-¦1. ¦3. ¦٣. ¦10. ¦: ¦:   ¦| ¦|¦[^1]: ¦[^b]: ¦[a]: ¦"
    "[b]: <c> ¦*[HTML]: ¦*[a]: ¦~~~¦```¦``` {.a #b}¦~~~~¦<div>¦<p>¦</div>¦<hr>¦<!--¦-->¦<!-- c -->¦<?¦\\# ¦"
    "\\- ¦«¦— "
).split("¦")
LINES = (
    "---¦- - -¦***¦* * *¦_ _ _¦__¦===¦=¦-¦--¦|---|---|¦:-:|-¦-|-¦a|b¦|a|¦|-¦[TOC]¦[TOC] a¦poll: a¦"
    "https://youtu.be/dQw4w9WgXcQ¦https://t.me/abcd/1¦[a]: /b¦[a]: /b 't'¦[^1]: note¦*[word]: long¦"
    '*[word]: ""¦```¦~~~¦<div>¦</div>¦<table>¦# a #¦a {#b}¦{: .c }'
).split("¦")
ENDS = ["\n", "\n", "\n", "\n\n", "\n\n", "\n\n\n", "  \n", " \n", "\n \n", "\n    \n", "\t\n", "\r\n", "\r", " #\n"]

scraps = st.sampled_from(SCRAPS)
begun = st.lists(st.sampled_from(BEGINNINGS), max_size=3).map("".join)
lines = st.one_of(st.sampled_from(LINES), st.builds("{}{}".format, begun, st.lists(scraps, max_size=5).map(" ".join)))
pages = st.lists(st.builds("{}{}".format, lines, st.sampled_from(ENDS)), max_size=12).map("".join)
heaps = st.lists(scraps, max_size=40).map("".join)


@settings(max_examples=2000, deadline=None)
@given(st.one_of(pages, heaps))
@example("<div></div>[<!-- c -->^1]\n\n<div></div>[<!-- c -->^1]: a")
@example("[^1]: a\n\n<div>\nb\r")
@example("****a*    *a*__")
@example("****a*\\****")
@example("****a*<http://a\\*b>*a*")
@example("[[a](b)](b)")
@example("____***<b>****__*a*")
@example("_\\**  \n*a**a*  \n_")
def test_sparing_and_stock_parsers_agree(text: str) -> None:
    assert SPARING(text) == STOCK(text)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=200))
def test_they_agree_on_any_characters(text: str) -> None:
    assert SPARING(text) == STOCK(text)


@pytest.mark.parametrize("path", sorted((ROOT / "content").rglob("*.md")), ids=lambda path: path.name)
def test_they_agree_on_the_sample(path: Path) -> None:
    text = path.read_text().split("---\n", 2)[-1]
    assert SPARING(text) == STOCK(text)


TEXTS = ROOT / ".venv" / "markdown-texts"
FILES = sorted(path for path in TEXTS.glob("*/tests/**/*") if path.suffix in (".txt", ".py"))


def test_the_texts_of_python_markdown_are_there() -> None:
    assert len(FILES) > 100, f"the texts of Python-Markdown's own tests are missing: `make {TEXTS.relative_to(ROOT)}`"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(TEXTS).as_posix())
def test_they_agree_on_the_texts_of_python_markdown(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    for text in [source] if path.suffix == ".txt" else _strings(source):
        assert SPARING(text) == STOCK(text)


def _strings(source: str) -> Iterator[str]:
    """The texts inside the tests that are programs, with the indentation of the program and without it."""
    with warnings.catch_warnings(action="ignore"):
        tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
            yield "\n".join(line.removeprefix(" " * 12).removeprefix("    ") for line in node.value.split("\n"))


WITNESSES = (
    "- a\n\n    b¦a\n:   b\n\n    c¦    a¦    a\n\n\n\n    b¦a|b\n-|-\nc|d¦a|b\n:-|-\nc|d¦a\n# b¦a\n==¦a\n--¦"
    "***¦---¦ ---¦a\n___¦1. a¦ 1. a¦* a¦+ a¦- a¦ - a¦a\n: b¦a\n : b¦> a¦ > a¦[^1]\n\n[^1]: a¦"
    "[^1]\n\n [^1]: a¦[^1] [^1]\n\n[^1]: a¦*[a]: b\n\na¦[a]\n\n[a]: b¦[a]\n\n [a]: b¦`a`¦\\*¦[a](b)¦![a](b)¦"
    "![a][b]\n\n[b]: c¦[a][b]\n\n[b]: c¦![b]\n\n[b]: c¦<http://a.kz>¦<a@b.kz>¦a  \nb¦<b>¦*[amp]: b\n\n&amp;¦"
    "&#65 b¦*a*¦_a_¦a\n{: .b }¦```\na\n```¦~~~\na\n~~~¦<div>\n*a*\n</div>"
).split("¦")
RULES = {
    "block": blocks.BEGINNINGS,
    "pattern": inline.SIGNS,
    "tree": sparing.TREE_PROCESSORS,
    "source": sparing.PREPROCESSORS,
}
NEEDED = [
    (rule, name, sign)
    for rule, signs_by_name in RULES.items()
    for name, signs in signs_by_name.items()
    for sign in signs
    if name != "indent"  # the next one, `defindent`, does the same and more
]


@pytest.mark.parametrize(("rule", "name", "sign"), NEEDED)
def test_no_sign_may_be_forgotten(rule: str, name: str, sign: str, monkeypatch: pytest.MonkeyPatch) -> None:
    left = [other for other in RULES[rule][name] if other != sign]
    monkeypatch.setitem(RULES[rule], name, left if rule == "source" else "".join(left) or "\x00")
    forgetful = Converter(new_markdown)
    assert any(forgetful(text) != STOCK(text) for text in WITNESSES)


def test_every_step_is_known() -> None:
    parser = new_markdown()
    assert len(parser.inlinePatterns) == len(inline.SIGNS)
    assert len(parser.preprocessors) == 1 + len(sparing.PREPROCESSORS)
    assert not any(pattern.ANCESTOR_EXCLUDES for pattern in parser.inlinePatterns)
