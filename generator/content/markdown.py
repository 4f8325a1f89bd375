"""Markdown becomes a text: safe HTML with placeholders, what it points at, and its plain words."""

import re
from collections.abc import Iterator

from generator.content.allowed import clean, printable
from generator.content.dialect import DIALECT
from generator.content.embeds import with_embeds
from generator.content.figures import with_figures
from generator.content.limits import FEWER_LEVELS, TOO_DEEP, too_much
from generator.content.links import with_links
from generator.content.plain import count_words, excerpt, headings
from generator.content.polls import poll_path
from generator.content.raw_html import refused
from generator.content.spots import Spots
from generator.content.text import Embed, Ref, Text
from generator.content.typography import typeset_html
from generator.problems import Place, Problem

_OPTIONS = re.compile(r"^(?:`{3,}|~{3,})[^\n]*?(\{[^}\n]*=[^}\n]*\})", re.MULTILINE)


def read_text(source: str, path: str, first_line: int = 1, language: str = "") -> tuple[Text, tuple[Problem, ...]]:
    """Reads the body of a file: `path` is relative to content/, `first_line` the line on which the body begins; it is set
    as its language is, and stays as it is typed where that is not known.

    Control characters are refused where files are read; without them no caller can make a placeholder.
    """
    spots = Spots(printable(source), path, first_line)
    if problems := too_much(spots):
        return Text(""), problems
    try:
        return _read(spots, language)
    except RecursionError:
        return Text(""), (Problem(spots.place(0), TOO_DEEP, FEWER_LEVELS),)
    except TypeError:  # Python-Markdown fails on options of highlighters: ```{.python linenums=true}
        fence = _OPTIONS.search(spots.source)
        if fence is None:
            raise
        return Text(""), (Problem(spots.place(fence.start(1)), "a fence of code has no such options", "delete them"),)


def _read(spots: Spots, language: str) -> tuple[Text, tuple[Problem, ...]]:
    markup, definitions = DIALECT.convert(spots.source)
    dropped = refused(markup, spots, definitions)
    html, embeds = with_embeds(clean(markup), spots)
    html, refs, mislinked = with_links(typeset_html(with_figures(html), language), spots)
    refs = (*refs, *(_poll(embed) for embed in embeds if embed.service == "poll"))
    text = Text(html, refs, embeds, headings(html), excerpt(html), count_words(html))
    return text, tuple(sorted({*dropped, *mislinked, *_lost(html, spots)}))


def _poll(embed: Embed) -> Ref:
    return Ref("poll", poll_path(embed.id), line=embed.line, column=embed.column)


def _lost(html: str, spots: Spots) -> Iterator[Problem]:
    """Python-Markdown's own placeholders stay behind where signs of emphasis and links cross, as in `*[**a*[b](c)`."""
    for mark in ("klzzwxh:", "wzxhzdk:"):
        if mark in html and mark not in spots.source:
            hint = "look for *, _, [ or < without its partner"
            yield Problem(Place(spots.path), "a part of the text is lost to signs that do not pair", hint)
