"""The dialect by Python-Markdown's own parser, which spares nothing: what the sparing one must give."""

from collections.abc import Callable
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions.toc import TocTreeprocessor

from generator.content.dialect import CONTENTS, Headings, extensions
from generator.content.embeds import EmbedBlock, embed_of


class EveryHeading(TocTreeprocessor):
    """Runs, with its table of contents, whether there are headings or not."""

    def run(self, doc: Element) -> None:
        for heading in doc.iter("h1"):
            heading.tag = "h2"
        wanted = any(paragraph.text and paragraph.text.strip() == CONTENTS for paragraph in doc.iter("p"))
        self.marker = CONTENTS if wanted else ""
        super().run(doc)


class EveryBlock(EmbedBlock):
    """Looks at every block as a whole."""

    def test(self, parent: Element, block: str) -> bool:
        return not self.parser.state.isstate("list") and embed_of(block.strip()) is not None


def stock_markdown() -> Markdown:
    """A new parser."""
    parser = Markdown(extensions=extensions(), output_format="html")
    headings = next(extension for extension in parser.registeredExtensions if isinstance(extension, Headings))
    parser.treeprocessors.register(EveryHeading(parser, headings.getConfigs()), "toc", 5)
    parser.parser.blockprocessors.register(EveryBlock(parser.parser), "embed", 12)
    return parser


Converted = tuple[str, dict[str, tuple[str, str]]]


class Converter:
    """One parser for many texts; a failure leaves nothing behind."""

    def __init__(self, new: Callable[[], Markdown]) -> None:
        self.new = new
        self.parser = new()

    def __call__(self, text: str) -> Converted | type[Exception]:
        """HTML and definitions, or what was raised: a text may have too many levels."""
        try:
            html = self.parser.reset().convert(text)
        except (RecursionError, TypeError, ValueError) as error:
            self.parser = self.new()
            return type(error)
        return html, dict(self.parser.references)
