"""The Markdown of this portal: Python-Markdown with its extensions, and small changes to three of them."""

import threading
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.abbr import AbbrExtension
from markdown.extensions.attr_list import AttrListExtension
from markdown.extensions.def_list import DefListExtension
from markdown.extensions.fenced_code import FencedCodeExtension
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableExtension
from markdown.extensions.toc import TocExtension, TocTreeprocessor, slugify_unicode
from markdown.inlinepatterns import Pattern
from markdown.treeprocessors import InlineProcessor, Treeprocessor
from markdown.util import AtomicString

from generator.content.embeds import Embeds

CONTENTS = "[TOC]"
SIGNS = {
    "backtick": ("`",),
    "escape": ("\\",),
    "footnote": ("[^",),
    "reference": ("[",),
    "link": ("[",),
    "image_link": ("![",),
    "image_reference": ("![",),
    "short_reference": ("[",),
    "short_image_ref": ("![",),
    "autolink": ("<",),
    "automail": ("<",),
    "linebreak": ("  \n",),
    "html": ("<",),
    "entity": ("&",),
    "em_strong": ("*", "_"),
}


class Footnotes(FootnoteExtension):
    """The way back is a sign without words, so that it needs no language."""

    def makeFootnotesDiv(self, root: Element) -> Element | None:
        notes = super().makeFootnotesDiv(root)
        for link in notes.iter("a") if notes is not None else ():
            link.attrib.pop("title", None)
        return notes


class HeadingIds(TocTreeprocessor):
    """The title of the page is its only `<h1>`; a table of contents is made where one is asked for."""

    def run(self, doc: Element) -> None:
        for heading in doc.iter("h1"):
            heading.tag = "h2"
        wanted = any(paragraph.text and paragraph.text.strip() == CONTENTS for paragraph in doc.iter("p"))
        self.marker = CONTENTS if wanted else ""
        if wanted or any(True for level in range(2, 7) for _ in doc.iter(f"h{level}")):
            super().run(doc)


class Headings(TocExtension):
    TreeProcessorClass = HeadingIds


class AlignedCells(Treeprocessor):
    """A class in place of a style, which the Content-Security-Policy would not let through."""

    def run(self, root: Element) -> None:
        for tag in ("td", "th"):
            for cell in root.iter(tag):
                style = cell.attrib.pop("style", "")
                if style:
                    cell.set("class", style.removeprefix("text-align: ").rstrip(";"))


class SparingInline(InlineProcessor):
    """Tries an inline pattern only on text that holds a sign without which it cannot match: half of all time is saved.

    A pattern that is not listed in `SIGNS` is always tried.
    """

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        self._patterns: list[tuple[Pattern, tuple[str, ...]]] | None = None

    def _InlineProcessor__handleInline(self, data: str, first: int = 0) -> str:
        """Python-Markdown's own loop over patterns, which it hides from subclasses by the two underscores."""
        if isinstance(data, AtomicString):
            return data
        if self._patterns is None:
            patterns = self.md.inlinePatterns
            by_index = {patterns.get_index_for_name(name): needed for name, needed in SIGNS.items()}
            self._patterns = [(pattern, by_index.get(at, ("",))) for at, pattern in enumerate(patterns)]
        for index in range(first, len(self._patterns)):
            pattern, signs = self._patterns[index]
            if any(sign in data for sign in signs):
                data = self._apply(pattern, data, index)
        return data

    def _apply(self, pattern: Pattern, data: str, index: int) -> str:
        matched, start = True, 0
        while matched:
            data, matched, start = self._InlineProcessor__applyPattern(  # type: ignore[attr-defined]
                pattern, data, index, start
            )
        return data


class Refinements(Extension):
    def extendMarkdown(self, md: Markdown) -> None:
        md.treeprocessors.register(SparingInline(md), "inline", 20)
        md.treeprocessors.register(AlignedCells(md), "alignment", 9)  # before attr_list, at 8, adds the author's own


def new_markdown() -> Markdown:
    extensions = [
        TableExtension(),
        Footnotes(BACKLINK_TITLE="", BACKLINK_TEXT="↩"),
        FencedCodeExtension(),
        AttrListExtension(),
        DefListExtension(),
        AbbrExtension(),
        SaneListExtension(),
        Headings(slugify=slugify_unicode, toc_depth="2-4"),
        Embeds(),
        Refinements(),
    ]
    return Markdown(extensions=extensions, output_format="html")


class Dialect(threading.local):
    """One reusable parser for each thread: building one takes as long as reading a text, and none is thread-safe."""

    def __init__(self) -> None:
        self.markdown = new_markdown()

    def convert(self, source: str) -> tuple[str, dict[str, tuple[str, str]]]:
        """HTML that is not yet safe, and the definitions of links. A failure leaves nothing behind."""
        try:
            html = self.markdown.convert(source)
            definitions = dict(self.markdown.references)
            self.markdown.reset()
        except BaseException:
            self.markdown = new_markdown()
            raise
        return html, definitions


DIALECT = Dialect()
