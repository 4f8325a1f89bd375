"""The image of a story: from the front matter, else the first one of its text."""

from pathlib import PurePosixPath

from generator.content.allowed import scheme
from generator.content.stories import Picture
from generator.content.text import Text
from generator.content.typography import typeset_line
from generator.fields.sources import inside
from generator.fields.values import Value

IMAGES = {
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".gif": "image/gif",
}
"""Media types by the end of a file's name."""


def read_picture(value: Value | None, path: str, language: str) -> Picture | None:
    """The `image` of a front matter: a map with file and alt, which is required."""
    fields = value.fields("{file: dam.jpg, alt: What it shows}") if value else None
    if fields is None:
        return None
    file, alt = fields.need("file"), fields.need("alt", "say in a few words what the image shows: `alt: …`")
    caption, credit, focus = fields.get("caption"), fields.get("credit"), fields.get("focus")
    picture = Picture(
        _file(file, path) if file else "",
        typeset_line(alt, language),
        typeset_line(caption, language),
        typeset_line(credit, language),
        _focus(focus) if focus else (0.5, 0.5),
    )
    fields.done()
    return picture if picture.file else None


def _file(value: Value, path: str) -> str:
    """The image's file under content/; empty where it can be none."""
    name = value.text() or ""
    target = media_path(name, path)
    if scheme(name):
        value.wrong("an image from another site", "put the file into content/media and write its name")
    elif name and PurePosixPath(target).suffix.lower() not in IMAGES:
        hint = "write dam.jpg for content/media/dam.jpg; jpg, png, webp, avif or gif"
        value.wrong(f"“{name}” is no image of content/media", hint)
    else:
        return target
    return ""


def body_picture(text: Text) -> Picture | None:
    """The first image of a text."""
    ref = next(
        (ref for ref in text.refs if ref.kind == "media" and PurePosixPath(ref.target).suffix.lower() in IMAGES), None
    )
    return Picture(ref.target, ref.alt) if ref else None


def media_path(name: str, path: str) -> str:
    """The file under content/ that an author means: `dam.jpg`, `media/dam.jpg`, `/media/dam.jpg` or `../../media/dam.jpg`;
    empty where it leaves content/media."""
    if name.startswith(("./", "../")):
        parts: list[str] = list(PurePosixPath(path).parent.parts)
        for part in PurePosixPath(name).parts:
            if part == ".." and not parts:
                return ""
            if part == "..":
                parts.pop()
            elif part != ".":
                parts.append(part)
        name = "/".join(parts)
    else:
        name = name.lstrip("/")
        name = name if name.startswith("media/") else f"media/{name}"
    return name if inside(name) and name.startswith("media/") else ""


def _focus(value: Value) -> tuple[float, float]:
    if len(value.items()) != 2:
        value.wrong(
            "the focus is two numbers from 0 to 1: how far from the left, how far from the top", "focus: [0.5, 0.3]"
        )
        return (0.5, 0.5)
    numbers = [number for item in value.items() if (number := item.share()) is not None]
    return (numbers[0], numbers[1]) if len(numbers) == 2 else (0.5, 0.5)
