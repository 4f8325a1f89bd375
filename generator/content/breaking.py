"""`breaking.yaml`: what is breaking, in a line each, until it ends by itself."""

from collections.abc import Iterable, Iterator
from zoneinfo import ZoneInfo

from msgspec import Struct

from generator.config import Names
from generator.fields.sources import decode
from generator.fields.values import LANGUAGE, Value, read_yaml
from generator.problems import Problem, did_you_mean
from generator.settings.addresses import web_address

FILE = "breaking.yaml"
LONGEST = 100
"""Characters that a narrow phone shows in the three lines that every page keeps free."""
MOST = 4
_EXAMPLE = "- {text: What happened, story: 2026/02/name, until: 2026-02-20 12:00}"


class Urgent(Struct, frozen=True, gc=False, array_like=True):
    """A line of the strip, shown from the moment `begins` (0: at once) until the moment before `until`, and where it names
    a story, as long as that is published. `url` is an address on the web instead of one. The place is that of the story."""

    texts: Names
    until: int
    begins: int = 0
    story: str = ""
    url: str = ""
    line: int = 0
    column: int = 0


class Breaking(Struct, frozen=True, tag=True, gc=False, array_like=True):
    """The strip as its file has it, the most important line first."""

    path: str
    lines: tuple[Urgent, ...]


def lines_at(strips: Iterable[Breaking], now: int) -> Iterator[Urgent]:
    """The lines whose time it is."""
    yield from (line for strip in strips for line in strip.lines if line.begins <= now < line.until)


def turns_of(strips: Iterable[Breaking], now: int) -> Iterator[int]:
    """The moments after `now` at which a line begins or ends by itself."""
    for strip in strips:
        for line in strip.lines:
            yield from (moment for moment in (line.begins, line.until) if now < moment <= line.until)


def read_breaking(
    data: bytes, path: str, zone: ZoneInfo, languages: tuple[str, ...]
) -> tuple[Breaking | None, list[Problem]]:
    """The strip of a file, and the problems; where there are some, there is no strip."""
    problems: list[Problem] = []
    text = decode(data, path, problems)
    root = read_yaml(text, path, problems) if text is not None else None
    items = root.items() if root else []
    lines = [line for item in items if (line := _line(item, zone, languages)) is not None]
    if len(items) > MOST:
        items[MOST].wrong(f"there are {len(items)} lines; more than {MOST} are news no longer", "delete the oldest")
    return (None if problems else Breaking(path, tuple(lines))), problems


def _line(value: Value, zone: ZoneInfo, languages: tuple[str, ...]) -> Urgent | None:
    fields = value.fields(_EXAMPLE)
    if fields is None:
        return None
    text, until = (
        fields.need("text"),
        fields.need("until", "say when it is no news any more: `until: 2026-02-20 12:00`"),
    )
    story, url, begins = fields.get("story"), fields.get("url"), fields.get("from")
    line = Urgent(
        texts=_texts(text, languages) if text else (),
        until=(until.moment(zone) or 0) if until else 0,
        begins=(begins.moment(zone) or 0) if begins else 0,
        story=(story.line_text() or "") if story else "",
        url=web_address(url),
        line=story.place.line if story else 0,
        column=story.place.column if story else 0,
    )
    if until and line.until and begins and line.begins >= line.until:
        until.wrong("it ends before it begins", "write a later moment")
    if story and url:
        url.wrong("a line leads to a story or to an address, not to both", "keep one")
    fields.done()
    return line


def _texts(value: Value, languages: tuple[str, ...]) -> Names:
    fields = value.fields() if value.is_map else None
    named = list(fields.each(LANGUAGE, "language", "a language of the portal, such as ru")) if fields else [("", value)]
    if not named:
        value.wrong("the map is empty", "write a text, or {ru: …, en: …}")
    found = []
    for language, one in named:
        if language and language not in languages:
            one.wrong(f"the portal is not in the language “{language}”", did_you_mean(language, languages))
        elif text := one.line_text():
            found.append((language, text))
            if len(text) > LONGEST:
                said = f"a line of {len(text)} characters does not fit into the strip"
                one.wrong(said, f"write {LONGEST} at most, and the rest in the story")
    return tuple(found)
