"""The words of schema.org that pages say of themselves: one record for each type, written as JSON-LD has it.

A field that holds its default is not written. `id` is what other records of a page may point to by a `Reference`.
A field of the type Raw holds what is written already (see `ready`).
"""

from msgspec import Raw, Struct, field
from msgspec.json import Encoder

encode = Encoder().encode


def ready(value: object) -> Raw:
    """A record, or several, as it is written wherever it stands."""
    return Raw(encode(value))


class Reference(Struct, frozen=True, gc=False):
    """Points to a record by its id."""

    id: str = field(name="@id")


class Thing(
    Struct, frozen=True, gc=False, kw_only=True, omit_defaults=True, rename="camel", tag_field="@type", tag=True
):
    """What every record may say; its type is the name of its class. An `id` and a `url` are absolute addresses."""

    id: str = field(default="", name="@id")
    name: str = ""
    description: str = ""
    url: str = ""


class ImageObject(Thing, frozen=True, kw_only=True, tag=True):
    """A picture with its size in pixels, 0 where that is not known."""

    width: int = 0
    height: int = 0
    caption: str = ""
    credit_text: str = ""


class Person(Thing, frozen=True, kw_only=True, tag=True):
    """An author or translator."""

    job_title: str = ""


class Organization(Thing, frozen=True, kw_only=True, tag=True):
    """The portal as a publisher, or an outlet."""

    logo: ImageObject | None = None


class Place(Thing, frozen=True, kw_only=True, tag=True):
    """A region."""


class Country(Place, frozen=True, kw_only=True, tag=True):
    """A country; `identifier` is its code of ISO 3166-1, two letters."""

    identifier: str = ""


class CreativeWorkSeries(Thing, frozen=True, kw_only=True, tag=True):
    """A series of stories."""


class ListItem(Thing, frozen=True, kw_only=True, tag=True):
    """A line of a list: `url` is the page of an `ItemList`, `item` that of a `BreadcrumbList`."""

    position: int
    item: str = ""


class ItemList(Thing, frozen=True, kw_only=True, tag=True):
    """What a page lists."""

    number_of_items: int
    item_list_element: tuple[ListItem, ...] = ()


class BreadcrumbList(Thing, frozen=True, kw_only=True, tag=True):
    """The way from the front page to a page."""

    item_list_element: tuple[ListItem, ...]


class WebPage(Thing, frozen=True, kw_only=True, tag=True):
    """A page."""

    in_language: str = ""
    is_part_of: Reference | None = None
    breadcrumb: Reference | None = None


class CollectionPage(WebPage, frozen=True, kw_only=True, tag=True):
    """A page that lists others."""

    main_entity: ItemList


class EntryPoint(Thing, frozen=True, kw_only=True, tag=True):
    """An address with a gap in it."""

    url_template: str


class SearchAction(Thing, frozen=True, kw_only=True, tag=True):
    """How to search the portal; the field's name is Google's own."""

    target: EntryPoint
    query_input: str = field(name="query-input")


class WebSite(Thing, frozen=True, kw_only=True, tag=True):
    """The portal in one language."""

    in_language: str
    publisher: Reference
    potential_action: SearchAction | None = None


class CorrectionComment(Thing, frozen=True, kw_only=True, tag=True):
    """What was corrected in a story, and when."""

    text: str
    date_published: str


class CreativeWork(Thing, frozen=True, kw_only=True, tag=True):
    """The original of a story, at an outlet."""

    author: Person | None = None
    date_published: str = ""
    in_language: str = ""
    publisher: Organization | None = None


class Article(Thing, frozen=True, kw_only=True, tag=True):
    """A story. Moments are RFC 3339 with the portal's offset."""

    headline: str
    image: tuple[ImageObject, ...] = ()
    date_published: str
    date_modified: str
    expires: str = ""
    author: Raw
    translator: Raw | None = None
    publisher: Raw
    main_entity_of_page: str
    in_language: str
    is_accessible_for_free: bool
    is_part_of: CreativeWorkSeries | None = None
    article_section: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    content_location: Raw
    is_based_on: tuple[CreativeWork, ...] = ()
    citation: tuple[str, ...] = ()
    correction: tuple[CorrectionComment, ...] = ()
    typical_age_range: str = ""
    word_count: int = 0


class NewsArticle(Article, frozen=True, kw_only=True, tag=True):
    """News, and every kind of story for which schema.org has no word of its own."""


class AnalysisNewsArticle(NewsArticle, frozen=True, kw_only=True, tag=True):
    """An analysis."""


class BackgroundNewsArticle(NewsArticle, frozen=True, kw_only=True, tag=True):
    """An explainer."""


class OpinionNewsArticle(NewsArticle, frozen=True, kw_only=True, tag=True):
    """An opinion."""


class AdvertiserContentArticle(Article, frozen=True, kw_only=True, tag=True):
    """A text that somebody paid for."""


class Graph(Struct, frozen=True, gc=False):
    """All records of a page."""

    context: str = field(name="@context")
    graph: tuple[Thing | Raw, ...] = field(name="@graph")
