"""Sections: the lists that a story stands in, each by a key (kind of section, id)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any
from zoneinfo import ZoneInfo

from generator.content.registries import Registries
from generator.content.slugs import slugify
from generator.content.stories import Article

SectionKey = tuple[str, str]

PORTAL: SectionKey = ("portal", "")
COUNTRY, TOPIC, COUNTRY_TOPIC = "country", "topic", "country-topic"
OUTLET, AUTHOR, TAG, SERIES, KIND = "outlet", "author", "tag", "series", "kind"

RICH = (PORTAL[0], COUNTRY, TOPIC)
"""Sections that are there without stories, and whose feed comes in all formats."""
FED = (*RICH, COUNTRY_TOPIC, OUTLET, AUTHOR, SERIES)
"""Sections that have a feed."""


def regions_of(registries: Registries) -> dict[str, tuple[str, ...]]:
    """For each country the regions that it is a member of."""
    found: dict[str, tuple[str, ...]] = {}
    for region in registries.countries.values():
        for member in region.members:
            found[member] = (*found.get(member, ()), region.id)
    return found


def with_regions(countries: Iterable[str], regions: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Countries, and after them the regions that they are members of."""
    own = tuple(countries)
    return tuple(dict.fromkeys((*own, *(region for id in own for region in regions.get(id, ())))))


def term_id(word: str, language: str) -> str:
    """The id of a tag or series that no registry spells: its slug, else (Chinese) a short digest of it."""
    return slugify(word, language) or blake2b(word.encode(), digest_size=4).hexdigest()


Part = tuple[Any, ...]
"""Those fields of a story that some of its keys are made of: many stories have the same."""


@dataclass(frozen=True)
class Sections:
    """How stories are sorted into sections by the registries."""

    registries: Registries
    regions: dict[str, tuple[str, ...]]
    zone: ZoneInfo
    _known: dict[Part, tuple[SectionKey, ...]] = field(default_factory=dict)

    def of(self, story: Article) -> tuple[SectionKey, ...]:
        """The keys of all sections that list a story, the portal's own list first."""
        return tuple(key for part in self.parts(story) for key in self.keys(part))

    def parts(self, story: Article) -> list[Part]:
        """What a story's keys are made of, a part at a time."""
        card = story.card
        parts: list[Part] = [("", card.kind, card.countries, card.topics)]
        if card.outlets:
            parts.append((OUTLET, card.outlets))
        if story.authors:
            parts.append((AUTHOR, story.authors))
        if story.tags:
            parts.append((TAG, card.language, story.tags))
        if story.series:
            parts.append((SERIES, card.language, (story.series,)))
        return parts

    def keys(self, part: Part) -> tuple[SectionKey, ...]:
        """The keys that are made of a part."""
        found = self._known.get(part)
        if found is None:
            found = self._known[part] = tuple(dict.fromkeys(self._make(*part)))
        return found

    def _make(self, what: str, *fields: Any) -> list[SectionKey]:
        if what == OUTLET:
            return [(OUTLET, outlet) for outlet in fields[0]]
        if what == AUTHOR:
            return [(AUTHOR, author.id) for author in fields[0] if author.id]
        if what in (TAG, SERIES):
            registry = self.registries.tags if what == TAG else self.registries.series
            return [(what, word if registry is not None else term_id(word, fields[0])) for word in fields[1]]
        return self._places(*fields)

    def _places(self, kind: str, own: tuple[str, ...], topics: tuple[str, ...]) -> list[SectionKey]:
        """The portal, the kind, the countries with the regions that they belong to, and the topics."""
        countries = with_regions(own, self.regions)
        keys = [PORTAL, (KIND, kind)]
        keys += [(COUNTRY, country) for country in countries]
        keys += [(TOPIC, topic) for topic in topics]
        return keys + [(COUNTRY_TOPIC, f"{country}/{topic}") for country in countries for topic in topics]


def sorting_of(registries: Registries, zone: ZoneInfo) -> Sections:
    """How stories of a portal are sorted."""
    return Sections(registries, regions_of(registries), zone)
