"""Python-Markdown that pays only for what a text uses: a step whose signs do not stand in it is left out."""

import re
from collections.abc import Callable
from functools import cached_property
from typing import ClassVar, Literal, Self
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.inlinepatterns import LINK_RE
from markdown.treeprocessors import Treeprocessor
from markdown.util import ETX, STX

from generator.content.blocks import SparingBlocks
from generator.content.inline import SparingEmphasis, SparingInline, SparingLink
from generator.content.markup import SparingLayout, to_html

PREPROCESSORS = {"fenced_code_block": ("```", "~~~"), "html_block": ("<", "&")}
TREE_PROCESSORS = {
    "footnote": "^",
    "footnote-duplicate": "^",
    "alignment": "|",
    "attr_list": "{",
    "abbr": "*",
    "unescape": "\\",
}
"""The signs without one of which a step changes nothing; one that is not listed is always taken.

Those of the tree are single characters: what stands apart in the source may have come together in the tree.
"""

BLANK_LINE = re.compile(r"(?<=\n) +\n")


class SparingMarkdown(Markdown):
    """Gives for every text what Python-Markdown itself gives."""

    output_formats: ClassVar[dict[Literal["xhtml", "html"], Callable[[Element], str]]] = {"html": to_html}

    def build_parser(self) -> Self:
        super().build_parser()
        self.parser = SparingBlocks(self, self.parser.blockprocessors)
        self.treeprocessors.register(SparingInline(self), "inline", 20)
        self.treeprocessors.register(SparingLayout(self), "prettify", 10)
        emphasis = SparingEmphasis("*", "strong,em", self)
        emphasis.add("_", "strong,em", smart=True)
        self.inlinePatterns.register(emphasis, "em_strong", 60)
        self.inlinePatterns.register(SparingLink(LINK_RE, self), "link", 160)
        return self

    def convert(self, source: str) -> str:
        if not source.strip():
            return ""
        text = self._prepared(source)
        self.parser.parseDocument([text])
        html = self.serializer(self._refined(self.parser.root, text))
        html = html[html.index("<div>") + len("<div>") : html.rindex("</div>")].strip()
        for step in self.postprocessors:
            html = step.run(html)
        return html.strip()

    def _prepared(self, source: str) -> str:
        text = _normal(source, self.tab_length)
        for name, signs in PREPROCESSORS.items():
            if any(sign[0] in text and sign in text for sign in signs):
                text = "\n".join(self.preprocessors[name].run(text.split("\n")))
        return text

    def _refined(self, root: Element, text: str) -> Element:
        for sign, step in self._tree_steps:
            if sign in text:
                replaced = step.run(root)
                root = root if replaced is None else replaced
        return root

    @cached_property
    def _tree_steps(self) -> list[tuple[str, Treeprocessor]]:
        known = self.treeprocessors
        signs = {known.get_index_for_name(name): sign for name, sign in TREE_PROCESSORS.items()}
        return [(signs.get(index, ""), step) for index, step in enumerate(known)]


def _normal(source: str, tab_length: int) -> str:
    """What `normalize_whitespace` makes of a text."""
    text = source.replace(STX, "").replace(ETX, "")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    text += "\n\n"
    if "\t" in text:
        text = text.expandtabs(tab_length)
    return BLANK_LINE.sub("\n", text) if "\n " in text else text
