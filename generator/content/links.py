"""Links and images of the cleaned HTML become placeholders, and what they point at becomes refs."""

import posixpath
import re
from html import unescape

from generator.content.spots import Spots
from generator.content.targets import Target, Wrong, image_target, is_external, link_target, stays_as_it_is
from generator.content.text import Ref
from generator.problems import Place, Problem

TAG = re.compile(r"<(?P<name>a|img)(?P<attributes>(?: [^>]*)?)>|</a>")
ATTRIBUTE = re.compile(r' ([^\s=]+)="([^"]*)"')
NOT_SHOWN = frozenset({"href", "src", "alt", "width", "height"})


def with_links(html: str, spots: Spots) -> tuple[str, tuple[Ref, ...], tuple[Problem, ...]]:
    """Reads cleaned HTML, where tags are well formed, nested, and have their attributes in double quotes."""
    if "<a" not in html and "<img" not in html:
        return html, (), ()
    linking = Linking(spots)
    return TAG.sub(linking.replaced, html), tuple(linking.refs), tuple(linking.problems)


class Linking:
    """One pass over one text."""

    def __init__(self, spots: Spots) -> None:
        self.spots = spots
        self.folder = posixpath.dirname(spots.path)
        self.refs: list[Ref] = []
        self.problems: list[Problem] = []
        self._ends: list[str] = []

    def replaced(self, found: re.Match[str]) -> str:
        if found["name"] is None:
            return self._ends.pop() if self._ends else ""
        if found["attributes"].startswith(' href="https://'):  # what most links are
            self._ends.append("</a>")
            return f'<a{found["attributes"]} rel="noopener">'
        attributes = {name: unescape(value) for name, value in ATTRIBUTE.findall(found["attributes"])}
        if found["name"] == "img":
            return self._image(found["attributes"], attributes)
        start, end = self._link(found["attributes"], attributes.get("href"))
        self._ends.append(end)
        return start

    def _link(self, written: str, href: str | None) -> tuple[str, str]:
        if href is None or stays_as_it_is(href):
            return f"<a{written}>", "</a>"
        if is_external(href):
            return f'<a{written} rel="noopener">', "</a>"
        number = self._ref(link_target(href, self.folder), self._place(href), written)
        return ("", "") if number is None else (f"\x02L{number}\x03", "\x02/L\x03")

    def _image(self, written: str, attributes: dict[str, str]) -> str:
        if "src" not in attributes:
            return ""  # the cleaner took it, and raw_html.py told why
        src, alt = attributes["src"], attributes.get("alt", "").strip()
        place = self._place(src)
        if not alt:
            self.problems.append(Problem(place, "an image without alt text", "say in a few words what it shows"))
        number = self._ref(image_target(src, self.folder), place, written, alt)
        return "" if number is None else f"\x02M{number}\x03"

    def _ref(self, target: Target | Wrong, place: Place, written: str, alt: str = "") -> int | None:
        if isinstance(target, Wrong):
            self.problems.append(Problem(place, target.message, target.hint))
            return None
        shown = "".join(f' {name}="{value}"' for name, value in ATTRIBUTE.findall(written) if name not in NOT_SHOWN)
        self.refs.append(Ref(target.kind, target.path, target.fragment, alt, shown, place.line, place.column))
        return len(self.refs) - 1

    def _place(self, address: str) -> Place:
        nothing = -1 if address else self.spots.search(r"(\]\(\s*(?:<>)?\s*\))")
        return self.spots.at(self.spots.target(address), nothing)
