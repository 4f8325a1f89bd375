"""What HTML a text may hold: tags, attributes, schemes of addresses, and the one cleaner that enforces them."""

import re
from html import escape, unescape

import nh3

from generator.fields.sources import CONTROLS, has_any

SCHEMES = frozenset({"http", "https", "mailto", "tel"})

TAGS = frozenset(
    re.findall(
        r"\w+",
        "a abbr b bdi bdo blockquote br caption cite code col colgroup dd del details dfn div dl dt em figcaption "
        "figure h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q rp rt ruby s samp small span strong sub summary "
        "sup table tbody td tfoot th thead time tr u ul var wbr",
    )
)

# `cite` of a quotation is not here: the cleaner does not look at its scheme, and no browser shows it.
EVERYWHERE = frozenset({"class", "dir", "id", "lang", "title"})
ATTRIBUTES = {
    "a": frozenset({"href", "hreflang"}),
    "img": frozenset({"src", "alt", "width", "height"}),
    "ol": frozenset({"start", "reversed", "type"}),
    "li": frozenset({"value"}),
    "td": frozenset({"colspan", "rowspan", "headers"}),
    "th": frozenset({"colspan", "rowspan", "headers", "scope", "abbr"}),
    "col": frozenset({"span"}),
    "colgroup": frozenset({"span"}),
    "time": frozenset({"datetime"}),
    "del": frozenset({"datetime"}),
    "ins": frozenset({"datetime"}),
    "details": frozenset({"open"}),
}

CLEANER = nh3.Cleaner(
    tags=set(TAGS),
    attributes={"*": set(EVERYWHERE), **{tag: set(names) for tag, names in ATTRIBUTES.items()}},
    url_schemes=set(SCHEMES),
    link_rel=None,  # set by links.py on external links only
    strip_comments=True,
)

SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
EDGES = "".join(map(chr, range(0x21)))
IGNORED_BY_BROWSERS = re.compile(r"[\t\n\r]")
# Whatever follows such a host can be read; of other hosts (`1.2.3.4.5`, `xn--a`) only the cleaner knows.
HOST = re.compile(r"https?://(?:[a-z0-9]+(?:-[a-z0-9]+)*\.)+[a-z]{2,}")
READABLE = re.compile(HOST.pattern + r"(?:[/?#]|\Z)")
WITH_HOST = re.compile(r"\s*https?://[^/\\]", re.IGNORECASE)
INVISIBLE = re.compile(r"[\x00-\x20\x7f-\x9f\xa0\xad\u200b-\u200f\u2028-\u202f\u2060\ufeff]")
DISGUISED = re.compile(r"(javascript|vbscript|data):", re.IGNORECASE)
# What XML cannot hold (a text goes into feeds too), and the marks of placeholders.
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def clean(html: str) -> str:
    """The HTML without whatever is not allowed; an entity such as `&#2;` cannot make a placeholder either."""
    cleaned = CLEANER.clean(html)
    if not has_any(cleaned, CONTROLS) or not UNPRINTABLE.search(cleaned):
        return cleaned
    return CLEANER.clean(printable(cleaned))  # again: `java&#3;script:` was no scheme, and without the character it is


def printable(text: str) -> str:
    return UNPRINTABLE.sub("", text) if has_any(text, CONTROLS) else text


def survives(address: str) -> bool:
    """Whether the cleaner can read an address at all: it drops `http://[` without a word, and does not look into `//[`. One
    that has a scheme and no host (`https:/a`) leads elsewhere on each page that shows it."""
    whole = f"https:{address}" if address.startswith("//") else address
    if READABLE.match(whole):
        return True
    if scheme(unescape(whole)) in ("http", "https") and not WITH_HOST.match(unescape(whole)):
        return False
    return " href=" in CLEANER.clean(f'<a href="{escape(unescape(whole))}">')


def allows(tag: str, attribute: str) -> bool:
    return attribute in EVERYWHERE or attribute in ATTRIBUTES.get(tag, ())


def scheme(address: str) -> str:
    """The scheme as a browser would read it, in lower case; empty where the address has none."""
    if address.startswith("https://"):
        return "https"
    found = SCHEME.match(IGNORED_BY_BROWSERS.sub("", address.strip(EDGES)))
    return found.group(1).lower() if found else ""


def refused_scheme(written: str) -> str:
    """The scheme that may not stand in a text, also where entities, blanks or invisible characters disguise it."""
    if written.startswith("https://"):
        return ""
    address = unescape(written)
    disguised = DISGUISED.match(INVISIBLE.sub("", address))
    name = disguised.group(1).lower() if disguised else scheme(address)
    return "" if name in SCHEMES else name
