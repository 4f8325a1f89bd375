"""Texts that would keep Markdown busy for minutes or exhaust its stack are told from their source, in linear time.

Python-Markdown searches the end of every bracket and tag anew, and copies what is left of a paragraph after each
heading in it. The sum of those distances is its work; no text that a person wrote comes near these limits.
"""

import re
from collections.abc import Iterator
from itertools import chain, islice

from generator.content.nesting import too_deep
from generator.content.spots import Spots
from generator.problems import Problem

TOO_DEEP = "the text is nested too deeply"
FEWER_LEVELS = "use fewer levels of lists, quotations or tags"

LONGEST = 300_000
MOST_WORK = 2_000_000
MOST_NOTES = 1_000
MOST_ABBREVIATIONS = 300
MOST_CONTENTS = 9

BRACKET = re.compile(r"""\]\([^()"'\[\]\n]*+["']?|["'][ ]*+\)|[\[\])]|\n[ \t]*\n""")
CLOSED_BY = {"]": "[", ")": "(", '"': '"', "'": '"'}
MARKUP = re.compile(r"<!\[CDATA\[|<!--|<\?|<(?=[A-Za-z/!])")
CLOSING = {"<![CDATA[": "]]>", "<!--": "-->", "<?": "?>", "<": ">"}
COPYING_LINE = re.compile(r"^(?:#|=+[ ]*$|[ ]{0,3}(?:[-*_][ ]*+)++$)", re.MULTILINE)
FENCE = re.compile(r"^(`{3,}|~{3,})([^\n]*)$", re.MULTILINE)
ROW_WITH_CODE = re.compile(r"^[^\n`]*`[^\n]*$", re.MULTILINE)
PARAGRAPH = re.compile(r"(?:[^\n]+\n?)+")

Work = tuple[int, int]
"""Where something begins, and over how many characters its end is searched."""


def too_much(spots: Spots) -> tuple[Problem, ...]:
    """The first reason not to read this text, if there is one."""
    return tuple(islice(chain(_numbers(spots), _work(spots), _depth(spots), _length(spots)), 1))


def _length(spots: Spots) -> Iterator[Problem]:
    if len(spots.source) > LONGEST:
        yield Problem(spots.place(0), f"the text is longer than {LONGEST:,} characters", "divide it")


def _numbers(spots: Spots) -> Iterator[Problem]:
    if spots.source.count("[") <= MOST_CONTENTS:
        return
    if spots.source.count("[^") > MOST_NOTES:
        yield Problem(spots.at(spots.source.find("[^")), f"more than {MOST_NOTES:,} footnotes", "divide the text")
    if spots.source.count("*[") > MOST_ABBREVIATIONS:
        yield Problem(spots.at(spots.source.find("*[")), f"more than {MOST_ABBREVIATIONS} abbreviations")
    if spots.source.count("[TOC]") > MOST_CONTENTS:
        yield Problem(spots.at(spots.source.find("[TOC]")), f"more than {MOST_CONTENTS} tables of contents")


def _work(spots: Spots) -> Iterator[Problem]:
    source = spots.source
    for what, opens, works in (
        ("“[” or “(” that are not closed", source.count("["), _brackets),
        ("“<” that are not closed", source.count("<"), _markup),
        ("blocks of code that are not closed", _count(source, "```") + _count(source, "~~~"), _fences),
        ("“|” and “`” in one line", source.count("|"), _cells),
        ("headings or rules without a blank line between them", source.count("\n"), _copies),
    ):
        if opens * len(source) > MOST_WORK and (offset := _exhausted(works(source))) >= 0:
            yield Problem(spots.place(offset), f"too many {what}")


def _count(source: str, mark: str) -> int:
    """A single character is looked for much faster, and mostly it is not there."""
    return source.count(mark) if mark[0] in source else 0


def _depth(spots: Spots) -> Iterator[Problem]:
    yield from (Problem(spots.place(offset), TOO_DEEP, FEWER_LEVELS) for offset in too_deep(spots))


def _exhausted(works: Iterator[Work]) -> int:
    done = 0
    for offset, work in works:
        done += work
        if done > MOST_WORK:
            return offset
    return -1


def _brackets(source: str) -> Iterator[Work]:
    """`[` ends at its `]`, `](` at the next `)`, and `](address "` only where the title does, at `")`."""
    opened: dict[str, list[int]] = {"[": [], "(": [], '"': []}
    for found in BRACKET.finditer(source):
        mark, offset = found.group(), found.start()
        if mark.startswith("\n"):
            yield from _left_open(opened, offset)
        for opening in CLOSED_BY.get(mark[0], ""):
            yield from _closed(opened[opening], offset)
        if mark[0] == "[":
            opened["["].append(offset)
        elif mark.startswith("]("):
            opened['"' if mark[-1] in "\"'" else "("].append(offset)
    yield from _left_open(opened, len(source))


def _closed(opened: list[int], end: int) -> Iterator[Work]:
    if opened:
        start = opened.pop()
        yield start, end - start


def _left_open(opened: dict[str, list[int]], end: int) -> Iterator[Work]:
    for starts in opened.values():
        yield from ((start, end - start) for start in starts)
        starts.clear()


def _markup(source: str) -> Iterator[Work]:
    ends = dict.fromkeys(CLOSING.values(), -1)
    for found in MARKUP.finditer(source):
        closing = CLOSING[found.group()]
        if ends[closing] < found.start():
            end = source.find(closing, found.end())
            ends[closing] = end if end >= 0 else len(source)
        yield found.start(), ends[closing] - found.start()


def _fences(source: str) -> Iterator[Work]:
    opened: dict[str, list[int]] = {}
    for found in FENCE.finditer(source):
        starts = opened.setdefault(found.group(1), [])
        if not found.group(2).strip() and starts:
            starts.clear()
        else:
            starts.append(found.start())
    return ((start, (len(source) - start) // 8) for starts in opened.values() for start in starts)


def _cells(source: str) -> Iterator[Work]:
    """Every `|` is looked for in every span of code of its row."""
    for row in ROW_WITH_CODE.finditer(source):
        yield row.start(), row.group().count("|") * row.group().count("`") // 8


def _copies(source: str) -> Iterator[Work]:
    for paragraph in PARAGRAPH.finditer(source):
        lines = COPYING_LINE.finditer(paragraph.group())
        yield from ((paragraph.start() + line.start(), (len(paragraph.group()) - line.start()) // 8) for line in lines)
