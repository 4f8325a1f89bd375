"""Sections: the lists that a story stands in, each by a key (kind of section, id)."""

from hashlib import blake2b

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


def countries_of(article: Article, regions: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    """A story's countries in its order, then the regions that they belong to."""
    own = article.card.countries
    return tuple(dict.fromkeys((*own, *(region for country in own for region in regions.get(country, ())))))


def sections_of(
    article: Article, regions: dict[str, tuple[str, ...]], registries: Registries
) -> tuple[SectionKey, ...]:
    """The keys of all sections that list a story, the portal's own list first."""
    card = article.card
    countries = countries_of(article, regions)
    keys = [PORTAL, (KIND, card.kind)]
    keys += [(COUNTRY, country) for country in countries]
    keys += [(TOPIC, topic) for topic in card.topics]
    keys += [(COUNTRY_TOPIC, f"{country}/{topic}") for country in countries for topic in card.topics]
    keys += [(OUTLET, outlet) for outlet in card.outlets]
    keys += [(AUTHOR, author.id) for author in article.authors if author.id]
    keys += [(TAG, tag if registries.tags is not None else term_id(tag, card.language)) for tag in article.tags]
    if article.series:
        keys.append(
            (SERIES, article.series if registries.series is not None else term_id(article.series, card.language))
        )
    return tuple(dict.fromkeys(keys))
