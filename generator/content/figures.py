"""An image alone in its paragraph becomes a figure, with the image's title as its caption."""

import re

FIGURE = re.compile(r"<p(?P<attributes>(?: [^>]*)?)>\s*(?P<image><img [^>]*>)\s*</p>")
TITLE = re.compile(r' title="([^"]*)"')


def with_figures(html: str) -> str:
    """Reads cleaned HTML, where `<` and `>` stand for tags alone and attributes are in double quotes."""
    return FIGURE.sub(_figure, html) if "<img " in html else html


def _figure(found: re.Match[str]) -> str:
    title = TITLE.search(found["image"])
    image = TITLE.sub("", found["image"], count=1)
    return f"<figure{found['attributes']}>{image}{_caption(title.group(1)) if title else ''}</figure>"


def _caption(text: str) -> str:
    return f"<figcaption>{text.strip()}</figcaption>" if text.strip() else ""
