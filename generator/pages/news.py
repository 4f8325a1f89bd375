"""The news sitemap: the stories of the last two days, for search engines that show news."""

from collections.abc import Iterator, Mapping
from itertools import islice

from generator.content.stories import Article
from generator.pages.articles import original_of
from generator.pages.desk import Desk
from generator.pages.page import Page
from generator.pages.views import NewsEntry, NewsSitemapView
from generator.site.arrange import Site
from generator.site.editions import rank_of
from generator.site.sections import PORTAL
from generator.site.windows import NEWS, inside

NEWS_SITEMAP = "/sitemap-news.xml"
MOST = 1_000
_CODES = {"zh": "zh-cn"}
"""Where the news sitemap wants another code of a language than its own."""


def news_page(site: Site, desks: Mapping[str, Desk]) -> Page:
    """The news sitemap of all languages; it stays where there is no news, without entries."""
    entries = (_entry(desks[story.card.language], story) for story in islice(_news(site), MOST))
    return Page(NEWS_SITEMAP, site.contents.config.language, NewsSitemapView(tuple(entries)))


def _news(site: Site) -> Iterator[Article]:
    """The stories inside the window, the newest first, without those whose canonical page is the original's."""
    recent = [edition.stories[at] for edition in site.editions.values() for at in inside(edition, NEWS, site.now)]
    return (story for story in sorted(recent, key=rank_of, reverse=True) if not original_of(site.contents, story))


def _entry(desk: Desk, story: Article) -> NewsEntry:
    card, name = story.card, desk.section_name(PORTAL)
    return NewsEntry(desk.url(card.address), name, _CODES.get(card.language, card.language), card.date, card.title)
