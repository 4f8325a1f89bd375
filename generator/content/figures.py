"""Images alone in their paragraph become a figure, several of them a gallery, with their titles as captions."""

import re

FIGURE = re.compile(r"<p(?P<attributes>(?: [^>]*)?)>\s*(?P<images><img [^>]*>(?:(?:\s|<br>)*<img [^>]*>)*)\s*</p>")
IMAGE = re.compile(r"<img [^>]*>")
TITLE = re.compile(r' title="([^"]*)"')


def with_figures(html: str) -> str:
    """Reads cleaned HTML, where `<` and `>` stand for tags alone and attributes are in double quotes."""
    return FIGURE.sub(_figures, html) if "<img " in html else html


def _figures(found: re.Match[str]) -> str:
    images = IMAGE.findall(found["images"])
    if len(images) == 1:
        return _figure(images[0], found["attributes"])
    gallery = f'<div class="gallery">{"".join(_figure(image, "") for image in images)}</div>'
    return f"<div{found['attributes']}>{gallery}</div>" if found["attributes"] else gallery


def _figure(image: str, attributes: str) -> str:
    title = TITLE.search(image)
    image = TITLE.sub("", image, count=1)
    return f"<figure{attributes}>{image}{_caption(title.group(1)) if title else ''}</figure>"


def _caption(title: str) -> str:
    text = title.replace("&quot;", '"')  # as it stands in a text, where it is set
    return f"<figcaption>{text.strip()}</figcaption>" if text.strip() else ""
