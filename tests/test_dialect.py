"""The sparing inline processor gives what Python-Markdown's own gives, for every text."""

from hypothesis import given, settings
from hypothesis import strategies as st
from markdown import Markdown
from markdown.treeprocessors import InlineProcessor

from generator.content.dialect import SIGNS, new_markdown

SPARING = new_markdown()
STOCK = new_markdown()
STOCK.treeprocessors.register(InlineProcessor(STOCK), "inline", 20)
SCRAPS = [
    *"\\`*_[]()<>&!^:#|{}\n ",
    "  \n",
    "![",
    "[^1]",
    "[a](b)",
    "](",
    "**",
    "<b>",
    "</b>",
    "<a@b.kz>",
    "<http://a.kz>",
]
SCRAPS += [
    "&amp;",
    "\n\n",
    "слово",
    "word",
    "[^1]: note\n",
    "[a]: /b\n",
    "*[word]: long\n",
    "| - |\n",
    "- ",
    "> ",
    "`x`",
    '"t"',
]


def html(parser: Markdown, text: str) -> str:
    """The HTML of a text by a parser, or that it has too many levels."""
    try:
        return parser.reset().convert(text)
    except RecursionError:
        return "too deep"


@settings(max_examples=600, deadline=None)
@given(st.lists(st.sampled_from(SCRAPS), max_size=40).map("".join))
def test_sparing_and_stock_processors_agree(text: str) -> None:
    assert html(SPARING, text) == html(STOCK, text)


def test_every_pattern_has_its_signs() -> None:
    assert len(SPARING.inlinePatterns) == len(SIGNS)
    assert all(name in SPARING.inlinePatterns for name in SIGNS)
