"""What a page says of itself to machines: schema.org as JSON-LD, made of its view and the site view."""

from collections.abc import Callable, Iterable

from markupsafe import Markup
from msgspec import Raw

from generator.output.linked_story import article
from generator.output.portal import Portal
from generator.output.schema_org import (
    BreadcrumbList,
    CollectionPage,
    EntryPoint,
    Graph,
    ItemList,
    ListItem,
    Reference,
    SearchAction,
    Thing,
    WebPage,
    WebSite,
    encode,
)
from generator.pages.views import (
    ArchiveView,
    ArticleView,
    CorrectionsView,
    CurrencyView,
    DayView,
    DigestsView,
    DigestView,
    FeedsView,
    FrontView,
    Head,
    IndexView,
    Link,
    ListView,
    MonthView,
    PollsView,
    PollView,
    RatesView,
    SiteView,
    StandingView,
    View,
    WriteView,
)
from generator.theme.words import language_tag

_OPEN, _CLOSE = b'<script type="application/ld+json">', b"</script>"
_ESCAPES = {mark.encode(): b"\\u%04x" % ord(mark) for mark in "<>&\u2028\u2029"}
_Listing = (
    ListView | PollsView | DayView | DigestView | DigestsView | CorrectionsView | IndexView | ArchiveView | MonthView
)


def linked_data(site: SiteView, origin: str, iso: Callable[[int], str]) -> Callable[..., Markup]:
    """The word `linked_data(page, logo)` of templates: the script element of a page, empty where it has nothing to say.

    `logo` is the address of a picture that stands for the publisher.
    """
    portal = Portal(site, origin, iso)

    def word(page: View, logo: str = "") -> Markup:
        """What the page tells machines of itself (JSON-LD); `logo` is the address of a picture that stands for the publisher."""
        things = things_of(page, portal, logo)
        if not things:
            return Markup()
        return Markup(b"".join((_OPEN, script_text(Graph("https://schema.org", things)), _CLOSE)), "utf-8")

    return word


def script_text(value: object) -> bytes:
    """A value as JSON that means the same inside a script element, whatever its texts hold (HTML, section 4.12.1.3)."""
    text = encode(value)
    for mark, escape in _ESCAPES.items():
        if mark[0] in text:  # one byte is found at once, a whole mark takes long
            text = text.replace(mark, escape)
    return text


def things_of(view: View, portal: Portal, logo: str) -> tuple[Thing | Raw, ...]:
    """What a page is: a story, a list, the portal itself, each with the way that leads to it."""
    if isinstance(view, ArticleView):
        return (article(view, portal, portal.organization(logo)), portal.way(view.crumbs))
    if isinstance(view, FrontView):
        return (_website(view.head, portal), portal.organization(logo))
    if isinstance(view, _Listing):
        return (_collection(view, portal), _way(view.head, view.crumbs, portal))
    if isinstance(view, StandingView | FeedsView | PollView | WriteView | RatesView | CurrencyView):
        return (_page(WebPage, view.head, portal), _way(view.head, view.crumbs, portal))
    return ()


def _page(kind: type[WebPage], head: Head, portal: Portal, **more: ItemList) -> WebPage:
    return kind(
        id=head.url,
        url=head.url,
        name=head.title,
        description=head.description,
        in_language=language_tag(portal.site.language),
        is_part_of=portal.website,
        breadcrumb=_way_of(head),
        **more,
    )


def _collection(view: _Listing, portal: Portal) -> WebPage:
    pages = [portal.url(href) for href in _listed(view)]
    items = tuple(ListItem(position=at, url=url) for at, url in enumerate(pages, 1))
    return _page(
        CollectionPage, view.head, portal, main_entity=ItemList(number_of_items=len(items), item_list_element=items)
    )


def _listed(view: _Listing) -> Iterable[str]:
    """Where the lines of a list lead, in their order."""
    if isinstance(view, ListView | DayView):
        return (card.href for card in view.cards)
    if isinstance(view, DigestView):
        return (card.href for cards in (view.stories, *(group.cards for group in view.groups)) for card in cards)
    if isinstance(view, DigestsView):
        return (*(week.href for week in view.weeks), *(year.href for year in view.years))
    if isinstance(view, PollsView):
        return (poll.href for poll in view.polls)
    if isinstance(view, CorrectionsView):
        return (story.card.href for story in view.stories)
    if isinstance(view, IndexView):
        return (entry.link.href for entry in view.entries)
    if isinstance(view, ArchiveView):
        return (*(year.href for year, _ in view.years), *(month.href for month in view.months))
    return (day.href for week in view.month.weeks for day in week if day and day.href)


def _way_of(head: Head) -> Reference:
    return Reference(f"{head.url}#breadcrumb")


def _way(head: Head, crumbs: tuple[Link, ...], portal: Portal) -> BreadcrumbList:
    last = ListItem(position=len(crumbs) + 1, name=head.title, item=head.url)
    return BreadcrumbList(id=_way_of(head).id, item_list_element=(*portal.steps(crumbs), last))


def _website(head: Head, portal: Portal) -> WebSite:
    site = portal.site
    return WebSite(
        id=portal.website.id,
        name=site.name,
        description=site.tagline,
        url=head.url,
        in_language=language_tag(site.language),
        publisher=portal.publisher,
        potential_action=_search(portal.url(site.search)) if site.search else None,
    )


def _search(address: str) -> SearchAction:
    """The address of the search page takes the words as `q`."""
    target = EntryPoint(url_template=f"{address}?q={{search_term_string}}")
    return SearchAction(target=target, query_input="required name=search_term_string")
