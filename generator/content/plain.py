"""The plain words of a text: what a card shows of it, how many there are, and its headings."""

import re
from html import unescape
from itertools import filterfalse

from generator.content.text import Heading
from generator.fields.sources import has_any

EXCERPT = 300
MARKUP = re.compile(r"<[^>]*>")
PLACEHOLDER = re.compile(r"\x02[^\x03]*\x03")
NOTE = re.compile(r'<sup id="fnref[^>]*>.*?</sup>', re.DOTALL)
SPLIT = re.compile(r"  |[\t\n]")
BLANKS = re.compile(r"[ \t\n]+")
BLOCK = re.compile(r"<(/?)(p|ul|ol|dl|blockquote|table|div|figure|details|pre|h[2-6])\b[^>]*>")
HEADING = re.compile(r"<h(?P<level>[2-4])(?P<attributes>[^>]*)>(?P<inner>.*?)</h(?P=level)>", re.DOTALL)
ANCHOR = re.compile(r' id="([^"]*)"')
WORD = re.compile(r"\w+(?:[-’'.,]\w+)*")
# Han and kana are written without blanks: two characters make a word, near enough.
EASTERN = bytes({*range(0xE3, 0xEA), 0xEF})  # with one of these begins each of them in UTF-8
UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")


def plain(html: str) -> str:
    """Without markup, placeholders and the numbers of footnotes, in one line."""
    text = _unmarked(html)
    return (BLANKS.sub(" ", text) if SPLIT.search(text) else text).strip()


def count_words(html: str) -> int:
    text, unspaced = _unmarked(html), 0
    if has_any(text, EASTERN):
        text, unspaced = UNSPACED.subn(" ", text)
    parts = text.split()
    odd = list(filterfalse(str.isalnum, parts))  # those of letters alone are words as they are
    return len(parts) - len(odd) + len(WORD.findall(" ".join(odd))) + (unspaced + 1) // 2


def _unmarked(html: str) -> str:
    text = MARKUP.sub("", NOTE.sub("", html) if "fnref" in html else html)
    return unescape(PLACEHOLDER.sub("", text) if "\x02" in text else text)


def excerpt(html: str) -> str:
    """The first paragraph that stands by itself and has words; a list, a quotation or an image is none."""
    depth = 0
    start = 0
    for found in BLOCK.finditer(html):
        closing, tag = found.groups()
        if tag == "p" and not depth and not closing:
            start = found.end()
        elif tag == "p" and not depth and (text := plain(html[start : found.start()])):
            return shortened(text)
        elif tag != "p":
            depth += -1 if closing else 1
    return ""


def shortened(text: str, length: int = EXCERPT) -> str:
    """At most so many characters, cut between words."""
    if len(text) <= length:
        return text
    cut = text[: length - 1]
    whole = cut if text[length - 1] == " " else cut.rpartition(" ")[0] or cut
    return whole.rstrip(" ,;:–—-") + "…"


def headings(html: str) -> tuple[Heading, ...]:
    """The headings of level 2 to 4 that can be linked to: those that have words for it."""
    found = (_heading(one) for one in HEADING.finditer(html) if ANCHOR.search(one["attributes"]))
    return tuple(heading for heading in found if heading.text)


def _heading(found: re.Match[str]) -> Heading:
    anchor = ANCHOR.search(found["attributes"])
    return Heading(int(found["level"]), unescape(anchor.group(1)) if anchor else "", plain(found["inner"]))
