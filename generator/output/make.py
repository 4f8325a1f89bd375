"""`Page → bytes`: one maker for each kind of view, in a process that keeps its templates between batches."""

from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from generator.content.texts import Body
from generator.output.feeds import FeedPrinter
from generator.output.html import Printer
from generator.output.outlines import outline
from generator.output.rates import course_file, rate_file, ticker_json
from generator.output.reader_data import poll_data, talk_counts
from generator.output.sitemaps import news_sitemap, sitemap
from generator.pages.page import Page
from generator.pages.views import (
    CourseView,
    FeedView,
    FileView,
    NewsSitemapView,
    OutlineView,
    PlainView,
    PollDataView,
    RateFileView,
    SitemapView,
    SiteView,
    TalkCountsView,
    TickerDataView,
    VariantView,
)
from generator.theme.theme import Theme


class Kit(Struct, frozen=True, gc=False):
    """What every page is made with: the theme, the site views by language, the address of the portal."""

    theme: Theme
    sites: dict[str, SiteView]
    origin: str
    base: str
    time_zone: str
    template_cache: str = ""


class Maker:
    """Makes pages with a kit."""

    def __init__(self, kit: Kit) -> None:
        self.kit = kit
        self._printers: dict[str, Printer] = {}
        self._feeds = FeedPrinter(kit.origin, kit.time_zone)

    def make(self, page: Page, bodies: Mapping[bytes, Body]) -> bytes:
        """The bytes of a page; `bodies` holds the texts that its view names. Raises BrokenTemplate."""
        view = page.view
        if isinstance(view, FeedView):
            return self._feeds.print(view, bodies)
        if isinstance(view, OutlineView):
            return outline(view)
        if isinstance(view, SitemapView):
            return sitemap(view, self.kit.time_zone)
        if isinstance(view, NewsSitemapView):
            return news_sitemap(view, self.kit.time_zone)
        if isinstance(view, PollDataView):
            return poll_data(view, self.kit.time_zone)
        if isinstance(view, TalkCountsView):
            return talk_counts(view)
        if isinstance(view, TickerDataView):
            return ticker_json(view, self.kit.time_zone)
        if isinstance(view, CourseView):
            return course_file(view)
        if isinstance(view, RateFileView):
            return rate_file(view)
        if isinstance(view, PlainView):
            return view.text.encode("utf-8")
        if isinstance(view, (FileView, VariantView)):
            raise TypeError(f"{view.source} is no page to be printed")
        return self._printer(page.language).print(page, bodies)

    def _printer(self, language: str) -> Printer:
        found = self._printers.get(language)
        if found is None:
            kit = self.kit
            cache = Path(kit.template_cache) if kit.template_cache else None
            found = self._printers[language] = Printer(kit.theme, kit.sites[language], kit.origin, kit.base, cache)
        return found
