"""Sections: the lists that a story stands in, each by a key (kind of section, id)."""

from dataclasses import dataclass, field
from hashlib import blake2b
from zoneinfo import ZoneInfo

from generator.content.registries import Registries
from generator.content.slugs import slugify
from generator.content.stories import Article

SectionKey = tuple[str, str]

PORTAL: SectionKey = ("portal", "")
COUNTRY, TOPIC, COUNTRY_TOPIC = "country", "topic", "country-topic"
OUTLET, AUTHOR, TAG, SERIES, KIND = "outlet", "author", "tag", "series", "kind"


def regions_of(registries: Registries) -> dict[str, tuple[str, ...]]:
    """For each country the regions that it is a member of."""
    found: dict[str, tuple[str, ...]] = {}
    for region in registries.countries.values():
        for member in region.members:
            found[member] = (*found.get(member, ()), region.id)
    return found


def term_id(word: str, language: str) -> str:
    """The id of a tag or series that no registry spells: its slug, else (Chinese) a short digest of it."""
    return slugify(word, language) or blake2b(word.encode(), digest_size=4).hexdigest()


@dataclass(frozen=True)
class Sections:
    """How stories are sorted into sections by the registries; the same keys are the same objects wherever they can be."""

    registries: Registries
    regions: dict[str, tuple[str, ...]]
    zone: ZoneInfo
    _known: dict[tuple[object, ...], tuple[SectionKey, ...]] = field(default_factory=dict)

    def of(self, story: Article) -> tuple[SectionKey, ...]:
        """The keys of all sections that list a story, the portal's own list first."""
        card = story.card
        group = (card.kind, card.countries, card.topics)
        keys = self._known.get(group)
        if keys is None:
            keys = self._known[group] = self._of_group(*group)
        if not (card.outlets or story.authors or story.tags or story.series):
            return keys
        return tuple(dict.fromkeys((*keys, *self._others(story))))

    def countries_of(self, countries: tuple[str, ...]) -> tuple[str, ...]:
        """Countries in their order, then the regions that they belong to."""
        return tuple(
            dict.fromkeys((*countries, *(region for one in countries for region in self.regions.get(one, ()))))
        )

    def _of_group(self, kind: str, own: tuple[str, ...], topics: tuple[str, ...]) -> tuple[SectionKey, ...]:
        countries = self.countries_of(own)
        keys = [PORTAL, (KIND, kind)]
        keys += [(COUNTRY, country) for country in countries]
        keys += [(TOPIC, topic) for topic in topics]
        keys += [(COUNTRY_TOPIC, f"{country}/{topic}") for country in countries for topic in topics]
        return tuple(dict.fromkeys(keys))

    def _others(self, story: Article) -> list[SectionKey]:
        registries, language = self.registries, story.card.language
        keys = [(OUTLET, outlet) for outlet in story.card.outlets]
        keys += [(AUTHOR, author.id) for author in story.authors if author.id]
        keys += [(TAG, tag if registries.tags is not None else term_id(tag, language)) for tag in story.tags]
        if story.series:
            keys.append((SERIES, story.series if registries.series is not None else term_id(story.series, language)))
        return keys


def sorting_of(registries: Registries, zone: ZoneInfo) -> Sections:
    """How stories of a portal are sorted."""
    return Sections(registries, regions_of(registries), zone)
