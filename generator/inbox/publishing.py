"""What an editor accepts becomes files: a comment stands below its story, a report is a draft with its photos.

Each file says whose message it holds, so that accepting again what was interrupted adds nothing.
"""

import re
from datetime import datetime
from pathlib import Path

import yaml

from generator.config import Config
from generator.content.articles import ReadingOptions, read_article
from generator.content.comments import Comment, Comments, comments_path, read_comments
from generator.engine.replacing import replace
from generator.fields.lines import Lines
from generator.fields.values import read_yaml
from generator.fields.writing import quoted, written_moment
from generator.inbox.messages import Message
from generator.problems import Problem, blocking

_MARKUP = re.compile(r"([\\`*_\[\]{}<>#|~^=$@:&!])")
_LIST = re.compile(r"^(\s*)([-+]|\d+[.)])(?=\s|$)")


class Unwritable(Exception):
    """A file is not edited here; the message says why."""

    def __init__(self, message: str, problems: tuple[Problem, ...] = ()) -> None:
        super().__init__(message)
        self.problems = problems


def publish_comment(content: Path, message: Message, config: Config) -> Path:
    """Writes a comment below its story, once. Raises Unwritable, OSError."""
    name = comments_path(message.story)
    path = content / name
    data = path.read_bytes() if path.exists() else b""
    before, problems = read_comments(data, name, config.zone)
    if before is None:
        raise Unwritable(f"{path} has problems", tuple(problems))
    if any(comment.id == message.id for comment in before.comments):
        return path
    comment = _comment(message, before)
    for block in (True, False):
        found = _appended(data.decode("utf-8"), comment, config, block=block).encode()
        after, _ = read_comments(found, name, config.zone)
        if after is not None and after.comments == (*before.comments, comment):
            replace(path, found)
            return path
    raise Unwritable(f"{path} is written in a way that is not edited here; begin each comment with “- ”")


def _comment(message: Message, before: Comments) -> Comment:
    """The comment; one that answers what was taken down since stands by itself."""
    known = {comment.id for comment in before.comments}
    reply = message.reply if message.reply in known else ""
    return Comment(message.id, message.name, message.sent - message.sent % 60, message.text, reply)


def _appended(text: str, comment: Comment, config: Config, *, block: bool) -> str:
    """The file with a comment at its end, its text in lines of its own or in quotes."""
    lines = Lines(text)
    root = read_yaml(text.replace("\r\n", "\n").replace("\r", "\n"), "", [])
    column = root.node.start_mark.column if root and isinstance(root.node, yaml.SequenceNode) else 0
    written = ["- id: " + comment.id, f"  name: {quoted(comment.name)}"]
    written += [f"  date: {written_moment(comment.date, config.zone)}"]
    written += [f"  reply: {comment.reply}"] if comment.reply else []
    if block:
        written += ["  text: |", *(f"    {line}".rstrip() for line in comment.text.split("\n"))]
    else:
        written += [f"  text: {quoted(comment.text)}"]
    added = "".join(f"{' ' * column if line else ''}{line}{lines.end}" for line in written)
    return text + lines.fresh(len(text)) + added


def publish_report(
    content: Path, message: Message, photos: list[bytes], config: Config, country: str, topic: str
) -> Path:
    """Writes a report as a draft, the photos first; a draft that is there already stays as it is.
    Raises Unwritable, OSError."""
    local = datetime.fromtimestamp(message.sent, config.zone)
    suffix = "" if message.language == config.language else f".{message.language}"
    name = f"articles/{local:%Y}/{local:%m}/report-{message.id}{suffix}.md"
    path = content / name
    if path.exists():
        return path
    files = [f"reports/{message.id}-{number}.jpg" for number in range(1, len(photos) + 1)]
    text = _draft(message, files, config, country, topic).encode()
    _, _, problems = read_article(text, name, ReadingOptions.of(config))
    if blocking(problems):
        raise Unwritable("the draft would have problems", tuple(blocking(problems)))
    for file, photo in zip(files, photos, strict=True):
        replace(content / "media" / file, photo)
    replace(path, text)
    return path


def _draft(message: Message, files: list[str], config: Config, country: str, topic: str) -> str:
    front = [
        f"title: {quoted(message.title)}",
        f"date: {written_moment(message.sent, config.zone)}",
        f"country: {country}",
        f"topic: {topic}",
        *([f"author: {{guest: {quoted(message.name)}}}"] if message.name else []),
        *([f"image: {{file: {files[0]}, alt: {quoted(message.title)}}}"] if files else []),
        "draft: true",
    ]
    body = [_plain(text) for text in (message.place, message.text) if text]
    body += [f"![{_plain(message.title)}](/media/{file})" for file in files[1:]]
    return "\n".join(["---", *front, "---", "\n\n".join(body), ""])


def _plain(text: str) -> str:
    """A text whose signs mean nothing in Markdown."""
    lines = (_MARKUP.sub(r"\\\1", line.strip()) for line in text.split("\n"))
    return "\n".join(_LIST.sub(_harmless, line) for line in lines)


def _harmless(found: re.Match[str]) -> str:
    sign = found[2]
    return f"{found[1]}\\{sign}" if sign in "-+" else f"{found[1]}{sign[:-1]}\\{sign[-1]}"
