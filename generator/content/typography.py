"""Each language's own typography: quotation marks, dashes, apostrophes, and blanks at which no line may break.

Straight quotes, hyphens between blanks and three points are set; what an author typed with care stays as it is.
"""

import re
from collections.abc import Callable
from functools import cache
from html import escape, unescape

from msgspec import Struct

from generator.config import Names, name_in
from generator.content.quotes import BREAK, LINE, OPENERS, STILL, WORD, quoted
from generator.fields.values import Value


class Rule(Struct, frozen=True, gc=False):
    """What is replaced in a text that holds `sign`. Most patterns begin with a sign and look back from it: that is fast."""

    sign: str
    pattern: re.Pattern[str]
    better: str | Callable[[re.Match[str]], str]


class Convention(Struct, frozen=True, gc=False):
    """How a language is set: its quotation marks (outer pair, inner pair), its apostrophe, and what is replaced in turn."""

    quotes: str
    apostrophe: str
    rules: tuple[Rule, ...]


def _rules(*triples: tuple[str, str, str | Callable[[re.Match[str]], str]]) -> tuple[Rule, ...]:
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
    ("-", r"-(?<=[^\w./=&?#-][12]\d{3}-)(?=[12]\d{3}(?![\w/-]|\.\w))", "–"),  # 1941-1945, and no part of an address
    (" ", r" (?<=\d )(?=[^\W\d_]|[%‰°€₽₸$]|\d{3}(?!\d))", "\u00a0"),  # 20 февраля, 1 800
    ("№", r"№ ?(?=\d)", "№\u00a0"),
    ("§", r"§ ?(?=\d)", "§\u00a0"),
)
_CAPITAL = "[A-ZÄÇÖÜÝŇŞŽА-ЯЁІҒҚҢҮҰҲҶҺӘӢӨӮ]"
_INITIALS = _rules(  # А. С. Пушкин, А.С. Пушкин
    (". ", rf"\. (?:(?<=[^\w.]{_CAPITAL}\. )|(?<=[^\w.]{_CAPITAL}\.{_CAPITAL}\. ))(?={_CAPITAL})", ".\u00a0"),
)
_RUSSIAN = _rules(
    (" ", r"[ \n](?<=[^\w-][вксуоиаяВКСУОИАЯ].)(?=\S)", "\u00a0"),
    (" ", r"[ \n](?<=[^\w-](?:[ВвСсКк]о|[Оо][бт]|[Ии]з|[Нн][аеио]|[Зз]а|[Дд]о|[Пп]о).)(?=\S)", "\u00a0"),
    (" ", r" (?=(?:же|ж|ли|ль|бы|б)(?![\w-]))", "\u00a0"),
    (". ", r"\. (?:(?<=[^\w.][гднпст]\. )|(?<=[^\w.](?:гг|ул|пр|пл|им)\. ))(?=\w)", ".\u00a0"),  # г. Алматы, т. е.
)
_UZBEK = _rules(  # a ‘ after these letters is one of theirs; a ’ may also end what a ‘ began
    ("", r"(?<=[OoGg])['‘`](?=[^\W\d_])", "ʻ"),
    ("’", r"‘[^\x01]*|(?<=[OoGg])’(?=[^\W\d_])", lambda found: "ʻ" if found[0] == "’" else found[0]),
)
_EAST = (*_COMMON, *_INITIALS, *_dashes("—"))
_CONVENTIONS = {
    "ru": Convention("«»„“", "’", (*_EAST, *_RUSSIAN)),
    "kk": Convention("«»“”", "’", _EAST),
    "ky": Convention("«»„“", "’", _EAST),
    "tg": Convention("«»„“", "’", _EAST),
    "uz": Convention("“”‘’", "ʼ", (*_EAST, *_UZBEK)),
    "tk": Convention("“”‘’", "’", _EAST),
    "en": Convention("“”‘’", "’", (*_COMMON, *_INITIALS, *_dashes("–"))),
    "zh": Convention("“”‘’", "’", _rules(("...", r"\.{3}(?<!\.{4})(?!\.)", "……"))),
}
_APOSTROPHE = re.compile(r"(?<=[^\W\d_])'(?=[^\W\d_])")
_SINGLE = re.compile(rf"(?:^|(?<=[\s{re.escape(OPENERS)}]))'(?=[^\W\d_])")
_NO_PRIME = re.compile(r"(?<!°\d)(?<!°\d\d)'(?!(?<=\d') ?\d)")
_ADDRESS = re.compile(r"https?://[^\s<\"«»„“”]+", re.ASCII)
_MARKUP = re.compile(
    rf"<(pre|code|kbd|samp)\b.*?</\1>|</?(\w+)[^>]*>|\x02[^\x03]*\x03|{_ADDRESS.pattern}", re.DOTALL | re.ASCII
)
_SAID = re.compile(r'(?<= )(alt|title)="([^"]*)"(?=[^<>]*>)')
_APART = re.compile(r"\x02F(\d+)\x03")
_INLINE = frozenset(
    "a abbr b bdi bdo cite del dfn em i ins mark q rp rt ruby s small span strong sub sup time u var wbr".split()
)


def typeset(text: str, language: str) -> str:
    """A plain text as its language is set; setting it again changes nothing. Addresses stay as they are."""
    return _around(text, _ADDRESS, lambda _: WORD, language) if "://" in text else _set(text, language)


def typeset_line(value: Value | None, language: str) -> str:
    """A line of a file as its language is set, empty where there is none."""
    return typeset((value.line_text() or "") if value else "", language)


def said(names: Names, language: str, plain: str = "") -> tuple[str, str]:
    """What a file says in a language, as that is set; and the language in which it says it, empty where that is the wanted
    one or nobody knows. `plain` is that of a text for all languages."""
    text, code = name_in(names, language)
    own = code or plain
    return typeset(text, own or language), "" if own == language else own


def typeset_html(html: str, language: str) -> str:
    """Cleaned HTML as its language is set, and an element in another language (`lang`) as that is; code, addresses, tags
    and placeholders stay as they are, but for what tags say to readers (`alt`, `title`)."""
    html, apart = html.replace("&nbsp;", "\u00a0"), list[str]()
    if ' lang="' in html:
        html = _foreign(language).sub(lambda found: _set_apart(found, apart), html)
    html = _around(_said(html, language), _MARKUP, _mark, language)
    return _APART.sub(lambda found: apart[int(found[1])], html) if apart else html


def _around(text: str, markup: re.Pattern[str], mark: Callable[[re.Match[str]], str], language: str) -> str:
    """A text that is set around its markup, in the place of which marks stand meanwhile."""
    texts, kept, end = list[str](), list[str](), 0
    for found in markup.finditer(text):
        texts += (text[end : found.start()], mark(found))
        kept.append(found[0])
        end = found.end()
    parts = re.split(f"[{STILL}-{WORD}]", _set("".join(texts) + text[end:], language))
    return parts[0] + "".join([one + part for one, part in zip(kept, parts[1:], strict=True)])


def _mark(markup: re.Match[str]) -> str:
    """What stands in the place of markup."""
    read, tag = markup.groups()
    if tag in _INLINE:
        return STILL
    if tag == "br":
        return LINE
    return WORD if tag == "img" or (not tag and read != "pre") else BREAK


@cache
def _foreign(language: str) -> re.Pattern[str]:
    """An element in another language than this one, with none inside it of its own name; or code, which is in none."""
    start = rf'(?P<start><(?P<tag>\w+)\b[^>]* lang="(?!{language}["-])(?P<code>\w+)[^>]*>)'
    inside = r"(?P<inside>(?:(?!<(?P=tag)\b).)*?)(?P<end></(?P=tag)>)"
    return re.compile(rf"<(pre|code|kbd|samp)\b.*?</\1>|{start}{inside}", re.DOTALL | re.ASCII)


def _set_apart(element: re.Match[str], apart: list[str]) -> str:
    """Sets an element in its own language; a placeholder stands for it meanwhile."""
    if not element["code"]:
        return element[0]
    code = element["code"]
    apart.append(f"{_said(element['start'], code)}{typeset_html(element['inside'], code)}{element['end']}")
    return f"\x02F{len(apart) - 1}\x03"


def _said(html: str, language: str) -> str:
    """HTML in which what tags say to readers is set."""
    if ' alt="' not in html and ' title="' not in html:
        return html
    return _SAID.sub(lambda found: f'{found[1]}="{_attribute(found[2], language)}"', html)


def _attribute(value: str, language: str) -> str:
    return escape(typeset(unescape(value), language), quote=False).replace('"', "&quot;")


def _set(text: str, language: str) -> str:
    convention = _CONVENTIONS.get(language)
    if convention is None:
        return text
    text = BREAK + text
    for rule in convention.rules:
        if rule.sign in text:
            text = rule.pattern.sub(rule.better, text)
    text = text[1:]
    if '"' in text:
        text = "".join(quoted(text, convention.quotes, spaced=language != "zh"))
    if "'" in text:
        text = _APOSTROPHE.sub(convention.apostrophe, text)
        if convention.quotes[2] == "‘":
            text = _NO_PRIME.sub("’", _SINGLE.sub("‘", text))
    return text
