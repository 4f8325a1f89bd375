"""The plain words of a text: what a card shows of it, how many there are, and its headings."""

import re
from html import unescape

from generator.content.text import Heading

EXCERPT = 300
MARKUP = re.compile(r"<[^>]*>|\x02[^\x03]*\x03")
NOTE = re.compile(r'<sup id="fnref[^>]*>.*?</sup>', re.DOTALL)
BLANKS = re.compile(r"[ \t\n]+")
BLOCK = re.compile(r"<(/?)(p|ul|ol|dl|blockquote|table|div|figure|details|pre|h[2-6])\b[^>]*>")
HEADING = re.compile(r"<h(?P<level>[2-4])(?P<attributes>[^>]*)>(?P<inner>.*?)</h(?P=level)>", re.DOTALL)
ANCHOR = re.compile(r' id="([^"]*)"')
WORD = re.compile(r"\w+(?:[-’'.,]\w+)*")
# Han and kana are written without blanks: two characters make a word, near enough.
UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")


def plain(html: str) -> str:
    """Without markup, placeholders and the numbers of footnotes, in one line."""
    return BLANKS.sub(" ", _unmarked(html)).strip()


def count_words(html: str) -> int:
    text = _unmarked(html)
    unspaced = len(UNSPACED.findall(text))
    return len(WORD.findall(UNSPACED.sub(" ", text) if unspaced else text)) + (unspaced + 1) // 2


def _unmarked(html: str) -> str:
    return unescape(MARKUP.sub("", NOTE.sub("", html) if "fnref" in html else html))


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
    """The headings of level 2 to 4 that can be linked to."""
    return tuple(_heading(found) for found in HEADING.finditer(html) if ANCHOR.search(found["attributes"]))


def _heading(found: re.Match[str]) -> Heading:
    anchor = ANCHOR.search(found["attributes"])
    return Heading(int(found["level"]), unescape(anchor.group(1)) if anchor else "", plain(found["inner"]))
