"""The rules of an item's HTML, which strangers' readers show: complete addresses, nothing that acts, tags that match."""

import re
from collections.abc import Iterator

from tests.feed_rules.documents import Document, Found, Rule, is_absolute
from tests.feed_rules.fragments import Tag, read_fragment

_SCHEME = re.compile(r"[\x00-\x20]*([a-z][a-z0-9+.\s-]*):", re.IGNORECASE)
PARTNER = re.compile(r"/feeds/[a-z0-9-]+\.xml$")
"""The address of a feed that a partner ordered."""
HARMLESS = frozenset({"http", "https", "mailto", "tel"})
ACTIVE = frozenset(
    "script style iframe frame frameset object embed applet portal form input button textarea select "
    "base meta link template svg math".split()
)


def items_have_content(feed: Document) -> Found:
    """RSS content module; RFC 4287 section 4.1.3; JSON Feed 1.1, `content_html`: the full text, not the summary
    alone; only partners may order less."""
    if not PARTNER.search(feed.at.address):
        yield from ((entry.number, "it has no content") for entry in feed.entries if not entry.content.strip())


def tags_match(feed: Document) -> Found:
    """The content is a whole piece of HTML: a cut one, or one torn at `]]>`, swallows what a reader shows after it."""
    for entry in feed.entries:
        for fault in read_fragment(entry.content).faults:
            yield entry.number, fault


def addresses_are_absolute(feed: Document) -> Found:
    """RSS profile, relative addresses: readers do not know against what to resolve them; `srcset`, `poster` too."""
    for number, tag in _tags(feed):
        for address in tag.addresses:
            if not _scheme(address) or (_scheme(address) in ("http", "https") and not is_absolute(address)):
                yield number, f"<{tag.name}>: “{address}”"


def addresses_are_harmless(feed: Document) -> Found:
    """RFC 4287 section 8.1, HTML and XHTML content: no `javascript:`, nor anything else that a click may start."""
    for number, tag in _tags(feed):
        for address in tag.addresses:
            if (_scheme(address) or "https") not in HARMLESS:
                yield number, f"<{tag.name}>: “{address[:40]}”"


def content_holds_nothing_active(feed: Document) -> Found:
    """RFC 4287 section 8.1; W3C feed validator, SecurityRisk: no script, style, frame, object, form."""
    return ((number, f"<{tag.name}>") for number, tag in _tags(feed) if tag.name in ACTIVE)


def content_listens_to_nothing(feed: Document) -> Found:
    """RFC 4287 section 8.1; W3C feed validator, SecurityRiskAttr: no `onclick` and the like."""
    for number, tag in _tags(feed):
        for name, _ in tag.attributes:
            if name.startswith("on"):
                yield number, f"<{tag.name} {name}>"


RULES: tuple[Rule, ...] = (
    items_have_content,
    tags_match,
    addresses_are_absolute,
    addresses_are_harmless,
    content_holds_nothing_active,
    content_listens_to_nothing,
)


def _tags(feed: Document) -> Iterator[tuple[int, Tag]]:
    return ((entry.number, tag) for entry in feed.entries for tag in read_fragment(entry.content).tags)


def _scheme(address: str) -> str:
    """The scheme as a browser reads it: tabs and line ends count for nothing."""
    found = _SCHEME.match(address)
    return re.sub(r"\s", "", found[1]).lower() if found else ""
