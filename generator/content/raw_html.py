"""What the cleaner will drop from a text is told to its author: tags, attributes and schemes, each with its place."""

import re
from collections.abc import Iterator, Mapping

from generator.content.allowed import HOST, TAGS, allows, refused_scheme, survives
from generator.content.spots import TAG, Spots
from generator.problems import Problem

COMMON = "|".join(sorted(TAGS - {"img"}, key=lambda tag: (tag not in ("p", "li", "em", "strong", "ul"), tag)))
LINK = rf'a href="(?-i:{HOST.pattern}(?:[/?#][^"<>]*)?)"'
# What Markdown makes most, and nothing can be wrong with, is passed over here already.
SOMETHING = re.compile(
    rf"<(?!(?:{COMMON}|h[2-6] id=\"[^\"<>]*\"|{LINK})>)(?:!--.*?(?:-->|\Z)|(?P<odd>[?!])[^>]*+|{TAG.pattern.removeprefix('<')})",
    re.IGNORECASE | re.DOTALL,
)
ATTRIBUTE = re.compile(r"""([^\s/>=][^\s/>=]*+)(?:\s*+=\s*+("[^"]*+"|'[^']*+'|[^\s>]++))?""")
CAN_BE_REFUSED = re.compile(r"[<{\]]")
ADDRESSES = frozenset({"href", "src"})
RAW_TEXT = frozenset({"script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes", "noscript"})

PLAYER = "put the address of the video on a line of its own"
ADDRESS = "use https:, mailto: or tel:, or name a file"
PICTURE = "write an image as ![what it shows](file.jpg “caption”)"
WAY_OUT_OF_TAG = {
    "iframe": PLAYER,
    "embed": PLAYER,
    "object": PLAYER,
    "video": PLAYER,
    "audio": "link to the recording",
    "picture": PICTURE,
    "source": PICTURE,
    "svg": "save the drawing in content/media and use it as an image",
    "script": "leave it out; a text holds no programs",
    "style": "leave it out; the look belongs to the theme",
    "font": "leave it out; the look belongs to the theme",
    "center": "leave it out; the look belongs to the theme",
    "h1": "write ## and a subheading",
    "form": "link to the form",
    "input": "link to the form",
    "strike": "use <s> or <del>",
    "big": "use <strong>",
    "tt": "use <code>",
}
WAY_OUT_OF_ATTRIBUTE = {
    "style": "give it a class; the look belongs to the theme",
    "align": "give it a class; the look belongs to the theme",
    "bgcolor": "give it a class; the look belongs to the theme",
    "rel": "leave it out; links to other sites get it by themselves",
    "target": "leave it out; readers choose where a link opens",
    "srcset": "leave it out; sizes are made by themselves",
    "name": "use id",
}


def refused(html: str, spots: Spots, definitions: Mapping[str, tuple[str, str]]) -> tuple[Problem, ...]:
    """Problems in the HTML that Markdown made: there code is already escaped, and disguises are undone.

    Reading what Markdown made, not the source, is exact: what is told here and what the cleaner drops are the same.
    The source is then asked for the place alone. `definitions` are Markdown's, used or not.
    """
    if not CAN_BE_REFUSED.search(spots.source):
        return ()
    problems = {*_in_html(html, spots), *_in_definitions(spots, definitions)}
    return tuple(sorted(problems))


def _in_html(html: str, spots: Spots) -> Iterator[Problem]:
    found = SOMETHING.search(html)
    while found:
        name = (found["name"] or "").lower()
        if found["odd"]:
            yield _odd(found[0], spots)
        elif name and name not in TAGS:
            yield _tag(name, found[0], spots)
        elif name and (found["inside"] or name == "img"):
            yield from _attributes(name, found[0], found["inside"], spots)
        found = SOMETHING.search(html, _after(html, name, found.end()))


def _after(html: str, name: str, end: int) -> int:
    """Past the content of a script and its like, which is no HTML."""
    if name not in RAW_TEXT:
        return end
    closing = re.compile(f"</{name}", re.IGNORECASE).search(html, end)
    return closing.start() if closing else len(html)


def _odd(text: str, spots: Spots) -> Problem:
    place = spots.at(spots.source.find(text[:20]), spots.source.find(text[:2]))
    return Problem(place, f"“{text[:2]}” is not allowed in a text", "to show a “<” write &lt;")


def _tag(name: str, text: str, spots: Spots) -> Problem:
    place = spots.at(spots.tag(text), spots.search(rf"(<{re.escape(name)})"))
    hint = WAY_OUT_OF_TAG.get(name, "leave it out; to show a “<” write &lt;")
    return Problem(place, f"<{name}> is not allowed in a text", hint)


def _attributes(tag: str, text: str, inside: str, spots: Spots) -> Iterator[Problem]:
    names = set()
    for found in ATTRIBUTE.finditer(inside):
        name, value = found[1].lower(), (found[2] or "").strip("\"'")
        names.add(name)
        if not allows(tag, name):
            yield _attribute(tag, name, text, spots)
        elif name in ADDRESSES and (scheme := refused_scheme(value)):
            yield _scheme(scheme, _address(text, value, spots), spots, PICTURE if tag == "img" else ADDRESS)
        elif name in ADDRESSES and not survives(value):
            yield Problem(spots.at(_address(text, value, spots)), f"“{value}” is no address that can be read")
    if tag == "img" and "src" not in names:
        yield Problem(spots.at(spots.tag(text)), "an image without a file", PICTURE)


def _attribute(tag: str, name: str, text: str, spots: Spots) -> Problem:
    listed = rf"\{{[^}}\n]*?({re.escape(name)})"
    place = spots.at(_inside(text, name, spots), spots.search(listed), spots.search(rf"(<{re.escape(tag)}\b)"))
    hint = "leave it out; a text holds no programs" if name.startswith("on") else WAY_OUT_OF_ATTRIBUTE.get(name, "")
    return Problem(place, f"the attribute “{name}” is not allowed on <{tag}>", hint or "leave it out")


def _scheme(scheme: str, offset: int, spots: Spots, hint: str) -> Problem:
    return Problem(spots.at(offset), f"an address may not begin with “{scheme}:”", hint)


def _inside(text: str, part: str, spots: Spots) -> int:
    """The offset of a part of a tag that the author wrote; -1 where Markdown made the tag."""
    start = spots.tag(text)
    return max(start, spots.search(f"({re.escape(part)})", start)) if start >= 0 else -1


def _address(text: str, value: str, spots: Spots) -> int:
    """The offset of an address, be it in a tag of the author's or in Markdown."""
    offset = _inside(text, value, spots)
    return offset if offset >= 0 else spots.target(value)


def _in_definitions(spots: Spots, definitions: Mapping[str, tuple[str, str]]) -> Iterator[Problem]:
    for address, _title in definitions.values():
        if scheme := refused_scheme(address):
            yield _scheme(scheme, spots.target(address), spots, ADDRESS)
