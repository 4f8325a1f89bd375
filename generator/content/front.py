"""`front.yaml`: the order of the front page by hand, each place until its end."""

from msgspec import Struct

from generator.config import Config
from generator.fields.values import Value, read_yaml
from generator.problems import Problem

FILE = "front.yaml"


class Pin(Struct, frozen=True, gc=False):
    """A story held at its place on the front page `until` a moment (0: until the line is deleted)."""

    story: str
    until: int = 0
    line: int = 0
    column: int = 0


def read_front(text: str, config: Config, problems: list[Problem]) -> tuple[Pin, ...]:
    """The pins in their order."""
    root = read_yaml(text, FILE, problems)
    items = root.sequence() if root else None
    return tuple(pin for item in items or [] if (pin := _pin(item, config)) is not None)


def _pin(value: Value, config: Config) -> Pin | None:
    if not value.is_map:
        text = value.line_text()
        return Pin(text, 0, value.place.line, value.place.column) if text else None
    fields = value.fields()
    assert fields is not None
    story, until = fields.need("story"), fields.get("until")
    text = story.line_text() if story else None
    end = (until.moment(config.zone) or 0) if until else 0
    fields.done()
    return Pin(text, end, story.place.line, story.place.column) if story and text else None
