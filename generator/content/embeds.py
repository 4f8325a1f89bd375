"""Addresses and polls on a line of their own, which become players, posts and polls of this portal."""

import re
from html import unescape
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.extensions import Extension
from markdown.util import AtomicString

from generator.content.spots import Spots
from generator.content.text import Embed

YOUTUBE = re.compile(
    r"(?:https?://)?(?:(?:www|m)\.)?(?:youtu\.be/|youtube\.com/(?:watch/?\?(?:\S*?&)?v=|(?:shorts|live|embed)/))"
    r"(?P<id>[\w-]{11})(?![\w-])\S*",
    re.ASCII,
)
TELEGRAM = re.compile(
    r"(?:https?://)?(?:t|telegram)\.me/(?:s/)?(?P<id>[A-Za-z]\w{3,31}/[0-9]+)/?(?:[?#]\S*)?", re.ASCII
)
POLL = re.compile(r"[Pp]oll:[ \t]*(?P<id>[a-z0-9][a-z0-9_-]*)")
PARAGRAPH = re.compile(r"<p>([^<\s]+|[Pp]oll:[^<\n]*)</p>")
CAN_EMBED = re.compile(r"youtu|t\.me/|telegram\.me/|[Pp]oll:")


def embed_of(line: str) -> Embed | None:
    """What a line stands for, its address in the one form that the service itself gives out."""
    if found := YOUTUBE.fullmatch(line):
        return Embed("youtube", found["id"], f"https://www.youtube.com/watch?v={found['id']}")
    if found := TELEGRAM.fullmatch(line):
        return Embed("telegram", found["id"], f"https://t.me/{found['id']}")
    if found := POLL.fullmatch(line):
        return Embed("poll", found["id"])
    return None


def with_embeds(html: str, spots: Spots) -> tuple[str, tuple[Embed, ...]]:
    """Puts a placeholder for each paragraph of the cleaned HTML that is an embed."""
    embeds: list[Embed] = []

    def placed(found: re.Match[str]) -> str:
        line = unescape(found.group(1))
        embed = embed_of(line)
        if embed is None:
            return found.group()
        place = spots.at(spots.line(line))
        embeds.append(Embed(embed.service, embed.id, embed.url, place.line, place.column))
        return f"\x02E{len(embeds) - 1}\x03"

    if not PARAGRAPH.search(html) or not CAN_EMBED.search(spots.source):
        return html, ()
    return PARAGRAPH.sub(placed, html), tuple(embeds)


class EmbedBlock(BlockProcessor):
    """Keeps the line as it is: the underscores of `youtu.be/_a_b` are no emphasis."""

    def test(self, parent: Element, block: str) -> bool:
        if "/" not in block and ":" not in block:
            return False
        return not self.parser.state.isstate("list") and embed_of(block.strip()) is not None

    def run(self, parent: Element, blocks: list[str]) -> None:
        SubElement(parent, "p").text = AtomicString(blocks.pop(0).strip())


class Embeds(Extension):
    def extendMarkdown(self, md: Markdown) -> None:
        md.parser.blockprocessors.register(EmbedBlock(md.parser), "embed", 12)
