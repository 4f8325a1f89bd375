"""The elements of a text become markup: first the line breaks between blocks, then the text itself."""

from collections.abc import Iterable
from xml.etree.ElementTree import HTML_EMPTY, Element

from markdown import Markdown
from markdown.serializers import BOOLEAN_ATTRIBUTES, RE_AMP  # type: ignore[attr-defined]
from markdown.treeprocessors import PrettifyTreeprocessor


class SparingLayout(PrettifyTreeprocessor):
    """Python-Markdown's own line breaks, without looking every tag up in a list of sixty."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        self._blocks = frozenset(md.block_level_elements)

    def _prettifyETree(self, elem: Element) -> None:
        if len(elem) and elem.tag != "pre":
            if _blank(elem.text) and elem[0].tag in self._blocks:
                elem.text = "\n"
            for child in elem:
                if child.tag in self._blocks:
                    self._prettifyETree(child)
        if _blank(elem.tail):
            elem.tail = "\n"


def to_html(root: Element) -> str:
    """The markup of elements that Markdown made: among them is no comment, script or style."""
    written: list[str] = []
    left: list[Element | str] = [root]
    while left:
        part = left.pop()
        if isinstance(part, str):
            written.append(part)
            continue
        tag, items = part.tag, part.items()
        end = _escaped(part.tail) if tag in HTML_EMPTY else f"</{tag}>{_escaped(part.tail)}"
        written.append(f"<{tag}{_attributes(items) if items else ''}>{_escaped(part.text)}")
        if len(part):
            left.append(end)
            left.extend(reversed(part))
        else:
            written.append(end)
    return "".join(written)


def _attributes(items: Iterable[tuple[str, str | None]]) -> str:
    return "".join([_attribute(name, value) for name, value in sorted(items)])


def _attribute(name: str, value: str | None) -> str:
    if value is None or (name == value and name in BOOLEAN_ATTRIBUTES["html"]):
        return f" {name}"
    quoted = _escaped(value).replace('"', "&quot;")
    return f' {name}="{quoted}"'


def _escaped(text: str | None) -> str:
    """Entities stay as they are."""
    if not text:
        return ""
    if "&" in text:
        text = RE_AMP.sub("&amp;", text)
    if "<" in text:
        text = text.replace("<", "&lt;")
    return text.replace(">", "&gt;") if ">" in text else text


def _blank(text: str | None) -> bool:
    return not text or not text.strip()
