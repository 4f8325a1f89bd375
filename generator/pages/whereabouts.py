"""Where the pages of a key are, also of one that is gone."""

from generator.pages import addresses
from generator.pages.desk import Desk, formats_of
from generator.pages.discovery import REDIRECTS, ROBOTS
from generator.pages.keys import Key
from generator.pages.media import medium_addresses
from generator.pages.news import NEWS_SITEMAP
from generator.pages.rates import Desks, rate_addresses
from generator.pages.sitemaps import INDEX, month_address, sections_address
from generator.site.arrange import Site

_FIXED = {
    "sitemap": INDEX,
    "news sitemap": NEWS_SITEMAP,
    "robots": ROBOTS,
    "redirects": REDIRECTS,
}
_IN_LANGUAGE = {
    "front": "",
    "corrections": "corrections/",
    "search": addresses.search_address(""),
    "digests": addresses.digests_address(""),
    "missing": "404.html",
    "breaking": addresses.breaking_address(""),
    "feeds": addresses.feeds_address(""),
    "outline": addresses.outline_address(""),
    "live poll": addresses.live_poll_address(""),
    "talk feed": addresses.talk_feed_address(""),
}


def key_addresses(site: Site, desks: Desks, key: Key) -> tuple[str, ...]:
    """Where the pages of a key are, or were; none for keys that do not say so (stories, aliases, assets, IndexNow)."""
    kind, *rest = key
    if kind == "feed":
        section, own = (str(rest[1]), str(rest[2])), desks[str(rest[0])]
        return tuple(addresses.feed_address(own.section_address(section), format) for format in formats_of(section))
    if kind == "medium":
        return tuple(medium_addresses(site, str(rest[0]), (), ()))
    return rate_addresses(site, key, desks) or tuple(filter(None, (_address(site, desks, str(kind), rest),)))


def _address(site: Site, desks: Desks, kind: str, rest: list[str | int]) -> str:
    if kind in _FIXED:
        return _FIXED[kind]
    if kind == "partner feed":
        partner = site.contents.config.feeds.partner(str(rest[0]))
        return addresses.partner_address(desks[partner.language].root, partner.name)
    if kind == "poll data":
        return addresses.poll_data_address(str(rest[0]))
    if kind == "talk counts":
        return addresses.talk_address(*(int(part) for part in rest))
    if kind == "sitemap of a month":
        return month_address(*(int(part) for part in rest))
    if kind == "sitemap of sections":
        return sections_address(int(rest[0]))
    if kind in ("story", "aliases", "assets", "standing", "indexnow"):
        return ""
    return _desk_address(site, desks[str(rest[0])], kind, rest[1:])


def _desk_address(site: Site, desk: Desk, kind: str, rest: list[str | int]) -> str:
    root, contents = desk.root, site.contents
    if kind in _IN_LANGUAGE:
        return root + _IN_LANGUAGE[kind]
    if kind in ("archive", "year", "month", "day"):
        return addresses.archive_address(root, *(int(part) for part in rest))
    if kind == "digest":
        return addresses.digest_address(root, (int(rest[0]), int(rest[1])))
    if kind == "digest year":
        return addresses.digests_address(root, int(rest[0]))
    if kind == "poll":
        return addresses.poll_address(root, str(rest[0]))
    if kind in ("polls", "poll sheet"):
        home = addresses.polls_address(contents, root, str(rest[0]))
        return addresses.sheet_address(home, int(rest[1]), int(rest[2])) if kind == "poll sheet" else home
    if kind == "write":
        return addresses.write_address(root, str(rest[0]))
    if kind == "index":
        return addresses.index_address(root, str(rest[0]))
    section = addresses.section_address(contents, desk.language, (str(rest[0]), str(rest[1])))
    if kind == "sheet":
        return addresses.sheet_address(section, int(rest[2]), int(rest[3]))
    if kind == "feed archive":
        return addresses.feed_archive_address(section, int(rest[2]), int(rest[3]))
    return section
