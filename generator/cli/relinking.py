"""Links between Markdown files, rewritten where one of the files moves to another path."""

import re
from html import unescape
from posixpath import dirname, relpath
from urllib.parse import quote

from msgspec import Struct

from generator.content.targets import Target, link_target
from generator.content.verbatim import without_code

_FRONT = re.compile(r"-{3,}[^\S\n]*\n.*?^-{3,}[^\S\n]*$", re.DOTALL | re.MULTILINE)
_LINK = re.compile(
    r"""(?:\]\(\s*|^[ ]{0,3}\[[^\]\n]+\]:[ ]*)(?:<(?P<angled>[^<>\n]+)>|(?P<plain>(?:[^()<>\n"']|\([^()\n]*\))+?))
        (?=\s*(?:["'(][^\n]*)?(?:\)|$))
      | \bhref\s*=\s*(?:"(?P<double>[^"\n]+)"|'(?P<single>[^'\n]+)'|(?P<bare>[^\s>"']+))""",
    re.MULTILINE | re.IGNORECASE | re.VERBOSE,
)
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_UNSAFE = re.compile(r"[\s()<>%\"'\\]")


class Move(Struct, frozen=True):
    """A file that goes from one path to another, both relative to content/."""

    old: str
    new: str


def relinked(text: str, path: str, move: Move) -> tuple[str, int]:
    """The text of the file at `path` with its links as they must be after the move, and how many of them changed.

    Links to the moved file are rewritten, and in that file itself, where its folder changes, those to others.
    """
    front = _FRONT.match(text)
    start = front.end() if front else 0
    seen = without_code(text[start:].replace("\r", " "))
    parts, at, count = [text[:start]], 0, 0
    for found in _LINK.finditer(seen):
        group = next(name for name, value in found.groupdict().items() if value)
        address = _readdressed(found[group].rstrip(), path, move)
        if address is not None:
            parts += [text[start + at : start + found.start(group)], address]
            at = found.start(group) + len(found[group].rstrip())
            count += 1
    return "".join([*parts, text[start + at :]]), count


def _readdressed(written: str, path: str, move: Move) -> str | None:
    """What must be written instead; None where the link stays as it is."""
    plain = _ESCAPE.sub(r"\1", unescape(written))
    target = link_target(plain, dirname(path))
    if not isinstance(target, Target) or target.kind == "address" or ":" in plain.partition("/")[0]:
        return None
    home = dirname(move.new if path == move.old else path)
    goal = move.new if target.path == move.old else target.path
    stays = goal == target.path and home == dirname(path)
    if stays or not (target.kind == "page" or plain.startswith((".", "%2E"))):
        return None
    rest = re.search(r"[?#].*", written)
    way = relpath(goal, home)
    dot = "./" if written.startswith("./") and not way.startswith("../") else ""
    return dot + _UNSAFE.sub(lambda found: quote(found[0]), way) + (rest[0] if rest else "")
