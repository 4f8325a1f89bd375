"""`comments/<article id>.yaml`: what readers said about a story, as far as an editor accepted it; it stays as they typed it,
for nobody knows in which language they did."""

import re
from zoneinfo import ZoneInfo

from msgspec import Struct

from generator.fields.sources import decode
from generator.fields.values import Value, read_yaml
from generator.problems import Place, Problem

FOLDER = "comments/"
COMMENT_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_STORY = re.compile(r"[a-z0-9-]+(?:/[a-z0-9-]+)*")
_EXAMPLE = "{id: c1, name: A Name, date: 2026-02-20 07:36, text: What was said}"


class Comment(Struct, frozen=True, gc=False, array_like=True):
    """What a reader said; `date` in seconds since 1970 (UTC), `reply` is the id of the comment that it answers."""

    id: str
    name: str
    date: int
    text: str
    reply: str = ""


class Comments(Struct, frozen=True, tag=True, gc=False, array_like=True):
    """The comments on a story, by its id, in the order of the file."""

    path: str
    story: str
    comments: tuple[Comment, ...]


def comments_path(story: str) -> str:
    """The file of the comments on a story, relative to the content folder."""
    return f"{FOLDER}{story}.yaml"


def read_comments(data: bytes, path: str, zone: ZoneInfo) -> tuple[Comments | None, list[Problem]]:
    """The comments of a file, and the problems; where there are some, there are no comments."""
    problems: list[Problem] = []
    story = path.removeprefix(FOLDER).removesuffix(".yaml")
    if not _STORY.fullmatch(story):
        problems.append(Problem(Place(path), f"“{story}” is no id of a story", "name the file 2026/02/name.yaml"))
    text = decode(data, path, problems)
    root = read_yaml(text, path, problems) if text is not None else None
    items = root.sequence() if root else None
    found: dict[str, Comment] = {}
    for item in items or []:
        comment = _comment(item, found, zone)
        if comment is not None:
            found[comment.id] = comment
    return (None if problems else Comments(path, story, tuple(found.values()))), problems


def _comment(value: Value, before: dict[str, Comment], zone: ZoneInfo) -> Comment | None:
    fields = value.fields(_EXAMPLE)
    if fields is None:
        return None
    id, name, date, text = (fields.need(key) for key in ("id", "name", "date", "text"))
    word = (id.word(COMMENT_ID, "id of a comment") or "") if id else ""
    if id and word in before:
        id.wrong(f"another comment has the id “{word}” already", "give each its own")
    reply = fields.get("reply")
    answered = (reply.text() or "") if reply else ""
    if reply and answered and answered not in before:
        reply.wrong(f"no comment above has the id “{answered}”", "a reply stands below what it answers")
    fields.done()
    return Comment(
        word,
        (name.line_text() or "") if name else "",
        (date.moment(zone) or 0) if date else 0,
        (text.text() or "") if text else "",
        answered,
    )
