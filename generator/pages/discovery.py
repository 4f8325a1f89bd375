"""What machines read besides feeds and sitemaps: robots.txt, the key of IndexNow, the table of redirects."""

from generator.content.aliases import parameters
from generator.content.stories import Article
from generator.pages.news import NEWS_SITEMAP
from generator.pages.page import Page
from generator.pages.sitemaps import INDEX
from generator.pages.views import PlainView
from generator.site.arrange import Site

ROBOTS, REDIRECTS = "/robots.txt", "/_redirects"


def robots_page(site: Site) -> Page:
    """robots.txt."""
    url = site.contents.config.url
    sitemaps = "".join(f"Sitemap: {url}{address}\n" for address in (INDEX, NEWS_SITEMAP))
    text = f"User-agent: *\nAllow: /\n\n{sitemaps}"
    return Page(ROBOTS, site.contents.config.language, PlainView(text))


def indexnow_page(site: Site) -> Page | None:
    """The file by which search engines know the portal's key of IndexNow again; none where there is no key."""
    key, language = site.contents.config.indexnow, site.contents.config.language
    return Page(f"/{key}.txt", language, PlainView(key)) if key else None


def redirects_page(site: Site) -> Page | None:
    """The table of old addresses; none where there are none. What asks for more comes first: the first line that fits wins."""
    moved = sorted((story for story in site.by_path.values() if story.aliases), key=lambda story: story.card.id)
    pairs = [(alias, story) for story in moved for alias in story.aliases]
    pairs.sort(key=lambda pair: -len(parameters(pair[0])))
    table = "".join(_line(site.contents.config.base, alias, story) for alias, story in pairs)
    return Page(REDIRECTS, site.contents.config.language, PlainView(table)) if table else None


def _line(base: str, alias: str, story: Article) -> str:
    """`/old/ name=value name=value /new/ 301`, as several hosts and the deploy command read it."""
    asked = (f"{_plain(name).replace('/', '%2F')}={_plain(value)}" for name, value in parameters(alias))
    old = base + alias.partition("?")[0].replace("*", "%2A").replace("/:", "/%3A")
    return " ".join((old, *asked, base + story.card.address, "301")) + "\n"


def _plain(word: str) -> str:
    """A name or value that no host takes for an address, for a placeholder (`:id`) or for anything at all (`*`)."""
    return word.replace(":", "%3A").replace("*", "%2A")
