"""A text's parts in order: HTML with its placeholders resolved, and what stands between."""

import re
from collections.abc import Mapping
from html import escape

from markupsafe import Markup
from msgspec import Struct
from msgspec.structs import replace

from generator.content.polls import poll_path
from generator.content.text import Embed
from generator.content.texts import Body
from generator.pages.views import PlacedLink, TextView

_EMBED = re.compile("\x02E(\\d+)\x03")
_PLACED = re.compile("\x02(/?)([LM])(\\d*)\x03")


class Piece(Struct, frozen=True, gc=False):
    """A stretch of HTML, or where `embed` is set a player, a post or a poll to be drawn by the theme."""

    html: Markup = Markup("")
    embed: Embed | None = None


def pieces_of(view: TextView, body: Body, prefix: str = "", sizes: str = "100vw") -> list[Piece]:
    """The parts of a text, for a page; `prefix` (scheme and host) makes the portal's own addresses absolute, for a feed.
    `sizes` says how wide its images are shown, as the attribute of that name does."""
    html = _resolve(body, view.links, prefix, sizes) if view.links else body.html
    if not prefix:
        html = _reached_by_keyboard(html)
    if not body.embeds:
        return [Piece(Markup(html))]
    parts = _EMBED.split(html)
    polls = {ref.target: link.href for ref, link in zip(body.refs, view.links, strict=True) if ref.kind == "poll"}
    made = [
        Piece(Markup(part)) if at % 2 == 0 else _embedded(body.embeds[int(part)], polls, prefix)
        for at, part in enumerate(parts)
    ]
    return [piece for piece in made if piece.embed or piece.html.strip()]


def _embedded(embed: Embed, polls: Mapping[str, str], prefix: str) -> Piece:
    """A poll leads to its page; one that is not open yet is nothing."""
    if embed.service != "poll":
        return Piece(embed=embed)
    href = polls[poll_path(embed.id)]
    return Piece(embed=replace(embed, url=prefix + href)) if href else Piece()


def _reached_by_keyboard(html: str) -> str:
    """What is wider than a narrow screen scrolls, and not every browser lets the keyboard do that by itself."""
    return html.replace("<table", '<table tabindex="0"').replace("<pre", '<pre tabindex="0"')


def _resolve(body: Body, links: tuple[PlacedLink, ...], prefix: str, sizes: str) -> str:
    """The HTML with its links and images; a link that leads nowhere leaves its words, an image nothing."""
    opened: list[bool] = []

    def place(found: re.Match[str]) -> str:
        closing, kind, number = found.groups()
        if closing:
            return "</a>" if opened.pop() else ""
        ref, link = body.refs[int(number)], links[int(number)]
        if kind == "L":
            opened.append(bool(link.href))
            return f'<a href="{escape(prefix + link.href)}"{ref.attributes}>' if link.href else ""
        if not link.href:
            return ""
        size = f' width="{link.width}" height="{link.height}"' if link.width else ""
        if link.srcset and not prefix:  # what a feed carries is read by programs that know `src` alone
            size += f' srcset="{escape(link.srcset)}" sizes="{escape(sizes)}"'
        source = escape(prefix + link.href)
        return f'<img src="{source}" alt="{escape(ref.alt)}"{size} loading="lazy" decoding="async"{ref.attributes}>'

    return _PLACED.sub(place, body.html)
