"""Each language's own typography: quotation marks, dashes, apostrophes, and blanks at which no line may break.

Straight quotes, hyphens between blanks and three points are set; what an author typed with care stays as it is.
"""

import re
from collections.abc import Iterator

from msgspec import Struct

from generator.fields.values import Value

STILL, BREAK, LINE, WORD = "\x00", "\x01", "\x02", "\x03"
"""Stand in the place of markup inside a line, which is seen through; of markup after which another paragraph begins, or
another line of it; and of what is itself read, as code."""


class Rule(Struct, frozen=True, gc=False):
    """What is replaced in a text that holds `sign`. Most patterns begin with a sign and look back from it: that is fast."""

    sign: str
    pattern: re.Pattern[str]
    better: str


class Convention(Struct, frozen=True, gc=False):
    """How a language is set: its quotation marks (outer pair, inner pair), its apostrophe, and what is replaced in turn."""

    quotes: str
    apostrophe: str
    rules: tuple[Rule, ...]


def _rules(*triples: tuple[str, str, str]) -> tuple[Rule, ...]:
    return tuple(Rule(sign, re.compile(pattern), better) for sign, pattern, better in triples)


def _dashes(dash: str) -> tuple[Rule, ...]:
    """A hyphen between blanks is a dash, which never begins a line; between two numbers it may be a minus and stays."""
    return _rules(
        (" -", r" (?:(?<=[^\s\x01\x02\d] )-{1,3}(?=[ \n])|(?<=\d )-{1,3}(?=[ \n](?!\d)))", f"\u00a0{dash}"),
        ("\x01-", r"\x01-{1,3} (?=[^\W\d])", f"\x01{dash} "),
        (f" {dash}", rf" (?<=[^\s\x01\x02] )(?={dash}[ \n])", "\u00a0"),
    )


_COMMON = _rules(
    ("...", r"\.{3}(?<!\.{4})(?!\.)", "…"),
    ("-", r"-(?<=[^\w-][12]\d{3}-)(?=[12]\d{3}(?![\w-]))", "–"),  # 1941-1945
    (" ", r" (?<=\d )(?=[^\W\d_]|[%‰°]|\d{3}(?!\d))", "\u00a0"),  # 20 февраля, 1 800
    ("№", r"№ ?(?=\d)", "№\u00a0"),
    ("§", r"§ ?(?=\d)", "§\u00a0"),
)
_RUSSIAN = _rules(
    (" ", r"[ \n](?<=[^\w-][вксуоиаяВКСУОИАЯ].)(?=\S)", "\u00a0"),
    (" ", r"[ \n](?<=[^\w-](?:[ВвСсКк]о|[Оо][бт]|[Ии]з|[Нн][аеио]|[Зз]а|[Дд]о|[Пп]о).)(?=\S)", "\u00a0"),
    (" ", r" (?=(?:же|ж|ли|ль|бы|б)(?![\w-]))", "\u00a0"),
    (". ", r"\. (?:(?<=[^\w.][гдстA-ZА-ЯЁ]\. )|(?<=[^\w.](?:гг|ул|пр|пл|им)\. ))(?=\w)", ".\u00a0"),  # г. Алматы, И. О.
)
_EAST = (*_COMMON, *_dashes("—"))
_CONVENTIONS = {
    "ru": Convention("«»„“", "’", (*_EAST, *_RUSSIAN)),
    "kk": Convention("«»“”", "’", _EAST),
    "ky": Convention("«»„“", "’", _EAST),
    "tg": Convention("«»„“", "’", _EAST),
    "uz": Convention("“”‘’", "ʼ", (*_EAST, *_rules(("", r"(?<=[OoGg])['’‘`](?=[^\W\d_])", "ʻ")))),
    "tk": Convention("“”‘’", "’", _EAST),
    "en": Convention("“”‘’", "’", (*_COMMON, *_dashes("–"))),
    "zh": Convention("“”‘’", "’", _rules(("...", r"\.{3}(?<!\.{4})(?!\.)", "……"))),
}
_OPENERS = "([{«„“‘—–-/" + BREAK + LINE
_APOSTROPHE = re.compile(r"(?<=[^\W\d_])'(?=[^\W\d_])")
_SINGLE = re.compile(rf"(?:^|(?<=[\s{re.escape(_OPENERS)}]))'(?=[^\W\d_])")
_MARKUP = re.compile(
    r"<(pre|code|kbd|samp)\b.*?</\1>|</?(\w+)[^>]*>|\x02[^\x03]*\x03|https?://[^\s<\"]+", re.DOTALL | re.ASCII
)
_INLINE = frozenset(
    "a abbr b bdi bdo cite del dfn em i ins mark q rp rt ruby s small span strong sub sup time u var wbr".split()
)


def typeset(text: str, language: str) -> str:
    """A plain text as its language is set; setting it again changes nothing."""
    convention = _CONVENTIONS.get(language)
    if convention is None:
        return text
    text = BREAK + text
    for rule in convention.rules:
        if rule.sign in text:
            text = rule.pattern.sub(rule.better, text)
    text = text[1:]
    if '"' in text:
        text = "".join(_quoted(text, convention.quotes, spaced=language != "zh"))
    if "'" in text:
        text = _APOSTROPHE.sub(convention.apostrophe, text)
        if convention.quotes[2] == "‘":
            text = _SINGLE.sub("‘", text).replace("'", "’")
    return text


def typeset_line(value: Value | None, language: str) -> str:
    """A line of a file as its language is set, empty where there is none."""
    return typeset((value.line_text() or "") if value else "", language)


def typeset_html(html: str, language: str) -> str:
    """Cleaned HTML as its language is set; code, addresses, tags and placeholders stay as they are."""
    html = html.replace("&nbsp;", "\u00a0")
    texts, markup, end = list[str](), list[str](), 0
    for found in _MARKUP.finditer(html):
        texts += (html[end : found.start()], _mark(found))
        markup.append(found[0])
        end = found.end()
    parts = re.split(f"[{STILL}-{WORD}]", typeset("".join(texts) + html[end:], language))
    return parts[0] + "".join([mark + part for mark, part in zip(markup, parts[1:], strict=True)])


def _mark(markup: re.Match[str]) -> str:
    """What stands in the place of markup."""
    read, tag = markup.groups()
    if tag in _INLINE:
        return STILL
    if tag == "br":
        return LINE
    return WORD if tag == "img" or (not tag and read != "pre") else BREAK


def _quoted(text: str, marks: str, *, spaced: bool) -> Iterator[str]:
    """Straight double quotes become the language's own, inner ones inside outer ones; `5"` are inches and stay."""
    depth, opened, end = 0, False, 0
    for found in re.finditer('"', text):
        between = text[end : found.start()]
        if BREAK in between:
            depth = 0
        before = between.rstrip(STILL)[-1:] or ("" if not end else '"')
        after = text[found.end() :].lstrip(STILL)[:1]
        may_open = bool(after) and not after.isspace() and after != BREAK
        if not spaced:
            opened = not depth
        elif before != '"':
            opened = may_open and (not before or before.isspace() or before in _OPENERS)
        depth += opened
        mark = marks[2 * (depth > 1) + (not opened)] if depth else '"'
        depth -= not opened and depth > 0
        yield between + mark
        end = found.end()
    yield text[end:]
