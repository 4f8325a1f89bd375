"""The Markdown of this portal: Python-Markdown with its extensions, and small changes to three of them."""

import threading
from typing import Any
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
from markdown.treeprocessors import Treeprocessor

from generator.content.embeds import Embeds
from generator.content.sparing import SparingMarkdown

CONTENTS = "[TOC]"
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


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
        headings = [element for element in doc.iter() if element.tag in HEADINGS]
        for heading in headings:
            heading.tag = heading.tag.replace("h1", "h2")
        wanted = any(paragraph.text and paragraph.text.strip() == CONTENTS for paragraph in doc.iter("p"))
        self.marker = CONTENTS if wanted else ""
        if wanted or headings:
            super().run(doc)

    def build_toc_div(self, toc_list: list[Any]) -> Element:
        """One that nobody asked for stays empty."""
        return super().build_toc_div(toc_list) if self.marker else Element("div")


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


class Alignment(Extension):
    def extendMarkdown(self, md: Markdown) -> None:
        md.treeprocessors.register(AlignedCells(md), "alignment", 9)  # before attr_list, at 8, adds the author's own


def extensions() -> list[Extension]:
    return [
        TableExtension(),
        Footnotes(BACKLINK_TITLE="", BACKLINK_TEXT="↩"),
        FencedCodeExtension(),
        AttrListExtension(),
        DefListExtension(),
        AbbrExtension(),
        SaneListExtension(),
        Headings(slugify=slugify_unicode, toc_depth="2-4"),
        Embeds(),
        Alignment(),
    ]


def new_markdown() -> Markdown:
    return SparingMarkdown(extensions=extensions(), output_format="html")


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
