"""`Page → bytes`: one maker for each kind of view, in a process that keeps its templates between batches."""

from jinja2 import Environment, FileSystemBytecodeCache
from msgspec import Struct

from generator.content.texts import Body
from generator.output.feeds import rss
from generator.output.html import environment_for, render
from generator.output.sitemaps import sitemap
from generator.pages.page import Page
from generator.pages.views import FeedView, FileView, PlainView, SitemapView, SiteView
from generator.theme.theme import Theme


class Kit(Struct, frozen=True):
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
        self._environments: dict[str, Environment] = {}

    def make(self, page: Page, bodies: dict[bytes, Body]) -> bytes:
        """The bytes of a page; `bodies` holds the texts that its view names. Raises BrokenTemplate."""
        view = page.view
        if isinstance(view, FeedView):
            return rss(view, bodies, self.kit.origin, self.kit.time_zone)
        if isinstance(view, SitemapView):
            return sitemap(view, self.kit.time_zone)
        if isinstance(view, PlainView):
            return view.text.encode("utf-8")
        if isinstance(view, FileView):
            raise TypeError(f"{view.source} is copied, not made")
        return render(self._environment(page.language), page, bodies)

    def _environment(self, language: str) -> Environment:
        found = self._environments.get(language)
        if found is None:
            kit = self.kit
            cache = FileSystemBytecodeCache(kit.template_cache) if kit.template_cache else None
            found = environment_for(kit.theme, kit.sites[language], kit.base, cache)
            self._environments[language] = found
        return found
