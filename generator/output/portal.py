"""The portal as its pages tell machines of it: absolute addresses, moments, and what many pages say alike."""

from collections.abc import Callable
from functools import lru_cache

from msgspec import Raw
from msgspec.structs import replace

from generator.output.schema_org import (
    BreadcrumbList,
    Country,
    ImageObject,
    ListItem,
    Organization,
    Person,
    Place,
    Reference,
    ready,
)
from generator.pages.views import Link, SectionLink, SiteView
from generator.pages.views import Person as PersonView

_KEPT = 10_000


def absolute(href: str, origin: str) -> str:
    """The absolute address of an `href`, where `origin` is scheme and host; one that leads elsewhere, or nowhere, stays."""
    return origin + href if href.startswith("/") else href


def absolute_from(origin: str) -> Callable[[str], str]:
    """The word `absolute` of templates."""

    def word(href: str) -> str:
        """The absolute address of an `href`; one that leads elsewhere, or nowhere, stays."""
        return absolute(href, origin)

    return word


class Portal:
    """The portal in one language. `origin` is scheme and host; `iso` writes a moment with the portal's offset.

    What many pages say alike is written once, and kept as it was written: it would be most of the work.
    """

    def __init__(self, site: SiteView, origin: str, iso: Callable[[int], str]) -> None:
        self.site, self.origin, self.iso = site, origin, iso
        home = site.languages[0].url if site.languages else site.url  # in every language the same publisher
        self.publisher, self.website = Reference(f"{home}#organization"), Reference(f"{site.url}#website")
        self._publisher = Organization(id=self.publisher.id, name=site.name, url=home)
        self._unsigned = ready([self._publisher])
        self.organization = lru_cache(self._organization)
        self.people = lru_cache(_KEPT)(self._people)
        self.places = lru_cache(_KEPT)(self._places)
        self.way = lru_cache(_KEPT)(self._way)

    def url(self, href: str) -> str:
        """The absolute address of an `href`."""
        return absolute(href, self.origin)

    def authors(self, people: tuple[PersonView, ...]) -> Raw:
        """The authors of a story; where nobody signed it, the publisher."""
        return self.people(people) or self._unsigned

    def _organization(self, logo: str) -> Raw:
        """The publisher; `logo` is the address of a picture, or empty."""
        picture = ImageObject(url=self.url(logo)) if logo else None
        return ready(replace(self._publisher, logo=picture))

    def _people(self, people: tuple[PersonView, ...]) -> Raw | None:
        found = [Person(name=one.name, url=self.url(one.href), job_title=one.role) for one in people]
        return ready(found) if found else None

    def _places(self, places: tuple[SectionLink, ...]) -> Raw:
        """Countries with their codes, and regions."""
        return ready(
            [Place(name=one.name) if one.region else Country(name=one.name, identifier=one.flag) for one in places]
        )

    def _way(self, crumbs: tuple[Link, ...]) -> Raw:
        """The way to a story, which is not a step of it: many stories share it."""
        return ready(BreadcrumbList(item_list_element=self.steps(crumbs)))

    def steps(self, crumbs: tuple[Link, ...]) -> tuple[ListItem, ...]:
        """The steps from the front page."""
        steps = enumerate(crumbs, 1)
        return tuple(ListItem(position=at, name=one.name, item=self.url(one.href)) for at, one in steps)
