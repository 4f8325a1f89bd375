"""The portal as its pages tell machines of it: absolute addresses, moments, and who publishes it."""

from collections.abc import Callable

from msgspec import Struct

from generator.output.schema_org import ImageObject, Organization, Reference
from generator.pages.views import SiteView


def absolute(href: str, origin: str) -> str:
    """The absolute address of an `href`, where `origin` is scheme and host; one that leads elsewhere, or nowhere, stays."""
    return origin + href if href.startswith("/") else href


class Portal(Struct, frozen=True, gc=False):
    """The portal in one language. `origin` is scheme and host; `iso` writes a moment with the portal's offset."""

    site: SiteView
    origin: str
    iso: Callable[[int], str]

    def url(self, href: str) -> str:
        """The absolute address of an `href`."""
        return absolute(href, self.origin)

    @property
    def home(self) -> str:
        """The absolute address of the portal in its main language, which is the same on every page."""
        return self.site.languages[0].url if self.site.languages else self.site.url

    @property
    def publisher(self) -> Reference:
        """Points to the publisher, which `organization` describes."""
        return Reference(f"{self.home}#organization")

    @property
    def website(self) -> Reference:
        """Points to the portal in this language, which its front page describes."""
        return Reference(f"{self.site.url}#website")

    def organization(self, logo: str) -> Organization:
        """The publisher; `logo` is the address of a picture, or empty."""
        picture = ImageObject(url=self.url(logo)) if logo else None
        return Organization(id=self.publisher.id, name=self.site.name, url=self.home, logo=picture)
