"""Fields of front matter and data files: every value keeps its place, and no type is guessed."""

import re
from collections.abc import Iterator
from zoneinfo import ZoneInfo

import yaml

from generator.fields.moments import read_moment
from generator.fields.sources import FORBIDDEN
from generator.fields.yaml_nodes import NULL, compose
from generator.problems import Place, Problem, did_you_mean

ID = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,78}[a-z0-9])?")
LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z]{2,8})?")
_TRUE, _FALSE = ("true", "yes", "on"), ("false", "no", "off")
_LONGEST_MESSAGE, _BEGINNING = 300, 100
_LANGUAGE_HINT = "a language by its code, such as ru or en"
_ID_HINT = "small Latin letters, digits and hyphens"


def shortened(text: str) -> str:
    """A message without the middle of a long text that somebody wrote in the wrong place."""
    return text if len(text) <= _LONGEST_MESSAGE else f"{text[:_BEGINNING]} … {text[_BEGINNING - _LONGEST_MESSAGE :]}"


class Value:
    """One value of a file, with readers for the types that fields have; a reader that fails reports and gives None."""

    __slots__ = ("first_line", "node", "path", "problems")

    def __init__(self, node: yaml.Node, path: str, first_line: int, problems: list[Problem]) -> None:
        self.node, self.path, self.first_line, self.problems = node, path, first_line, problems

    @property
    def place(self) -> Place:
        """Where the value begins."""
        return Place(self.path, self.first_line + self.node.start_mark.line, self.node.start_mark.column + 1)

    def wrong(self, message: str, hint: str = "") -> None:
        """Reports a problem at this value."""
        self.problems.append(Problem(self.place, shortened(" ".join(message.split())), hint))

    def inner(self, node: yaml.Node) -> "Value":
        """A value inside this one."""
        return Value(node, self.path, self.first_line, self.problems)

    @property
    def is_map(self) -> bool:
        """Whether a map stands here."""
        return isinstance(self.node, yaml.MappingNode)

    @property
    def is_list(self) -> bool:
        """Whether a list stands here."""
        return isinstance(self.node, yaml.SequenceNode)

    @property
    def empty(self) -> bool:
        """Whether nothing is written (`key:` alone, `~`, `null`, or a text that YAML took for a comment)."""
        return isinstance(self.node, yaml.ScalarNode) and self.node.tag == NULL

    @property
    def kind(self) -> str:
        """What stands here, in an author's words."""
        if isinstance(self.node, yaml.ScalarNode):
            return "a text"
        return "a list" if isinstance(self.node, yaml.SequenceNode) else "a map"

    def text(self) -> str | None:
        """A text; also a number or a word that YAML would take for something else."""
        if not isinstance(self.node, yaml.ScalarNode):
            hint = "write one value; a text that has brackets, braces or colons goes in quotes"
            return self.wrong(f"a text is needed here, not {self.kind}", hint)
        if self.empty:
            return self.wrong("the value is empty", "write it, or delete it; a text that begins with # goes in quotes")
        text: str = self.node.value.strip()
        if not text.isprintable() and (found := FORBIDDEN.search(text)):
            return self.wrong(f"a control character (U+{ord(found.group()):04X}) in a text", "delete it")
        return text or self.wrong("the value is empty", "write it, or delete it")

    def line_text(self) -> str | None:
        """A text of one line: line breaks become spaces."""
        text = self.text()
        return " ".join(text.split()) if text else None

    def word(self, pattern: re.Pattern[str], what: str, hint: str = _ID_HINT) -> str | None:
        """A text that matches the whole pattern."""
        text = self.text()
        if text is not None and not pattern.fullmatch(text):
            return self.wrong(f"“{text}” is no {what}", hint)
        return text

    def choice(self, words: tuple[str, ...]) -> str | None:
        """One of some words."""
        text = self.text()
        if text is not None and text not in words:
            return self.wrong(f"“{text}” is not known here", did_you_mean(text, words))
        return text

    def integer(self, low: int, high: int) -> int | None:
        """A whole number between two bounds."""
        text = self.text()
        if text is None:
            return None
        if not re.fullmatch(r"-?\d{1,12}", text) or not low <= int(text) <= high:
            return self.wrong(f"a whole number from {low} to {high} is needed here, not “{text}”")
        return int(text)

    def share(self) -> float | None:
        """A number from 0 to 1."""
        text = self.text()
        if text is None:
            return None
        if not re.fullmatch(r"[01](?:\.\d{1,6})?|\.\d{1,6}", text) or float(text) > 1:
            return self.wrong(f"a number from 0 to 1 is needed here, not “{text}”")
        return float(text)

    def yes_no(self) -> bool | None:
        """true or false (also yes, no, on, off)."""
        text = self.text()
        if text is None or text.lower() in _TRUE:
            return None if text is None else True
        return False if text.lower() in _FALSE else self.wrong(f"true or false is needed here, not “{text}”")

    def moment(self, zone: ZoneInfo) -> int | None:
        """A date with or without a time, as seconds since 1970 (UTC)."""
        text = self.text()
        if text is None:
            return None
        result = read_moment(text, zone)
        return self.wrong(*result) if isinstance(result, tuple) else result

    def items(self) -> list["Value"]:
        """The values of a list; a single value counts as a list of one."""
        if isinstance(self.node, yaml.SequenceNode):
            return [self.inner(node) for node in self.node.value]
        return [] if self.empty else [self]

    def sequence(self) -> list["Value"] | None:
        """The values of what must be a list."""
        if not isinstance(self.node, yaml.SequenceNode):
            return self.wrong("a list is needed here", "write [a, b] or lines that begin with “- ”")
        return self.items()

    def texts(self) -> tuple[str, ...]:
        """Texts of a list, or the one text that stands there."""
        return tuple(text for item in self.items() if (text := item.line_text()) is not None)

    def fields(self, example: str = "") -> "Fields | None":
        """The fields of a map; `example` is what an author could write here."""
        if not isinstance(self.node, yaml.MappingNode):
            hint = f"write {example}" if example else "write lines such as `key: value`"
            return self.wrong(f"a map (key: value) is needed here, not {self.kind}", hint)
        return Fields(self)

    def names(self) -> tuple[tuple[str, str], ...]:
        """A text, or a text for each language, as pairs (language, text); the language of a plain text is empty."""
        if not isinstance(self.node, yaml.MappingNode):
            text = self.line_text()
            return (("", text),) if text else ()
        if not self.node.value:
            self.wrong("the map is empty", "write a text, or {ru: …, en: …}")
        named = Fields(self).each(LANGUAGE, "language", _LANGUAGE_HINT)
        return tuple((key, text) for key, value in named if (text := value.line_text()))


class Fields:
    """The fields of a map; whoever reads them asks for each by name and says `done` at the end."""

    def __init__(self, value: Value) -> None:
        self.value = value
        self._asked: set[str] = set()
        self._found: dict[str, Value] = {}
        self._keys: dict[str, Value] = {}
        for key_node, value_node in value.node.value:
            key = value.inner(key_node)
            name = key.text()
            if name is None:
                continue
            if name in self._found:
                value.problems.append(
                    Problem(key.place, f"the key “{name}” stands here twice", "keep one", (self._keys[name].place,))
                )
                continue
            self._found[name], self._keys[name] = value.inner(value_node), key

    def get(self, name: str, way_out: str = "write it after the colon, or delete the key") -> Value | None:
        """The value of a key, or None where it is missing or left empty."""
        self._asked.add(name)
        value = self._found.get(name)
        if value is not None and value.empty:
            value.wrong(f"“{name}” is empty", f"{way_out}; a text that begins with # goes in quotes")
            return None
        return value

    def __contains__(self, name: str) -> bool:
        return name in self._found

    def need(self, name: str, hint: str = "") -> Value | None:
        """The value of a key that must be there; `hint` says what to write."""
        if name not in self._found:
            inline = isinstance(self.value.node, yaml.MappingNode) and self.value.node.flow_style
            where = "add" if inline else "add a line"
            self.value.wrong(f"“{name}” is missing", hint or f"{where} `{name}: …`")
        return self.get(name, "write it after the colon")

    def each(self, pattern: re.Pattern[str], what: str, hint: str = _ID_HINT) -> Iterator[tuple[str, Value]]:
        """All keys with their values, for maps whose keys are ids or languages."""
        for name, value in self._found.items():
            if not pattern.fullmatch(name):
                self._keys[name].wrong(f"“{name}” is no {what}", hint)
            elif value.empty:
                value.wrong(f"“{name}” is empty", "write its value, or delete the key")
            else:
                yield name, value

    def all(self) -> Iterator[tuple[str, Value]]:
        """All keys with their values, whatever the keys are."""
        yield from self._found.items()

    def place_of(self, name: str) -> Place:
        """Where a key stands (the map itself where it is missing)."""
        return self._keys[name].place if name in self._keys else self.value.place

    def done(self) -> None:
        """Reports the keys that nobody asked for."""
        for name, key in self._keys.items():
            if name not in self._asked:
                known = f"one of: {', '.join(sorted(self._asked))}"
                key.wrong(f"the key “{name}” is not known here", did_you_mean(name, self._asked) or known)


def read_yaml(text: str, path: str, problems: list[Problem], first_line: int = 1) -> Value | None:
    """The root value of a YAML text; None where it is empty or broken (the latter is reported)."""
    node = compose(text, path, first_line, problems)
    return None if node is None else Value(node, path, first_line, problems)


def no_fields(path: str) -> Fields:
    """The fields of an empty map that nobody wrote; what it lacks is not reported."""
    mark = yaml.Mark(path, 0, 0, 0, None, 0)
    return Fields(Value(yaml.MappingNode("tag:yaml.org,2002:map", [], mark, mark), path, 1, []))


def read_fields(text: str, path: str, problems: list[Problem], first_line: int = 1) -> Fields | None:
    """The fields of a YAML text that must be a map."""
    value = read_yaml(text, path, problems, first_line)
    return value.fields() if value is not None else None
