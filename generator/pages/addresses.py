"""Addresses of everything but stories, whose address is on their card. All begin and most end with a slash."""

from generator.config import Config
from generator.content.contents import Contents
from generator.content.weeks import Week
from generator.site.sections import COUNTRY, COUNTRY_TOPIC, PORTAL, TOPIC, SectionKey

_SEGMENTS = {"outlet": "source"}


def language_root(config: Config, language: str) -> str:
    """`/` for the main language, `/en/` for another."""
    return "/" if language == config.language else f"/{language}/"


def section_address(contents: Contents, language: str, key: SectionKey) -> str:
    """`/kazakhstan/`, `/topic/energy/`, `/kazakhstan/energy/`, `/source/the-diplomat/`, …"""
    root = language_root(contents.config, language)
    kind, id = key
    if key == PORTAL:
        return root
    if kind == COUNTRY:
        return f"{root}{contents.registries.countries[id].slug}/"
    if kind == TOPIC:
        return f"{root}topic/{contents.registries.topics[id].slug}/"
    if kind == COUNTRY_TOPIC:
        country, topic = id.split("/")
        return f"{root}{contents.registries.countries[country].slug}/{contents.registries.topics[topic].slug}/"
    return f"{root}{_SEGMENTS.get(kind, kind)}/{id}/"


def sheet_address(section: str, year: int, number: int) -> str:
    """A closed page of a section: `/kazakhstan/2026/page/12/`."""
    return f"{section}{year:04}/page/{number}/"


def archive_address(root: str, *date: int) -> str:
    """The calendar: `/archive/`, `/archive/2026/`, `/archive/2026/02/`, `/archive/2026/02/20/`."""
    return f"{root}archive/" + "".join(f"{part:04}/" if at == 0 else f"{part:02}/" for at, part in enumerate(date))


def index_address(root: str, kind: str) -> str:
    """The list of all outlets, authors, tags, series, topics or kinds: `/source/`, `/author/`, …"""
    return f"{root}{_SEGMENTS.get(kind, kind)}/"


def feed_address(section: str, format: str = "rss") -> str:
    """The feed of a section: `/kazakhstan/feed.xml`, `feed.atom` or `feed.json`."""
    return f"{section}feed.{'xml' if format == 'rss' else format}"


def feed_archive_address(section: str, year: int, number: int) -> str:
    """A closed document of a feed's archive: `/kazakhstan/feeds/2026/3.xml`."""
    return f"{section}feeds/{year:04}/{number}.xml"


def feeds_address(root: str) -> str:
    """The page about all feeds."""
    return f"{root}feeds/"


def search_address(root: str) -> str:
    """The page that searches."""
    return f"{root}search/"


def index_of_search_address(language: str) -> str:
    """The folder of what `aryk search` makes for a language; no page of a build lies in it."""
    return f"/search/{language}/"


def partner_address(root: str, name: str) -> str:
    """The feed of a partner: `/feeds/dzen.xml`."""
    return f"{root}feeds/{name}.xml"


def outline_address(root: str) -> str:
    """The list of all feeds that feed readers import."""
    return f"{root}feeds/all.opml"


def polls_address(contents: Contents, root: str, country: str = "") -> str:
    """The list of all polls, or of those of a country or region: `/polls/`, `/polls/in/kazakhstan/`."""
    return f"{root}polls/in/{contents.registries.countries[country].slug}/" if country else f"{root}polls/"


def poll_address(root: str, id: str) -> str:
    """A poll: `/polls/water/`."""
    return f"{root}polls/{id}/"


def poll_data_address(id: str) -> str:
    """A poll for programs, in all languages: `/polls/water.json`."""
    return f"/polls/{id}.json"


def live_poll_address(root: str) -> str:
    """The poll of the day."""
    return f"{root}live/poll.html"


TALK = "/live/comments/"


def talk_address(year: int, month: int) -> str:
    """The counts of comments on the stories whose address is of this month: `/live/comments/2026-02.json`."""
    return f"{TALK}{year:04}-{month:02}.json"


def talk_feed_address(root: str) -> str:
    """The feed of comments."""
    return f"{root}feeds/comments.xml"


def write_address(root: str, kind: str) -> str:
    """The page on which readers send a `letter` or a `report`."""
    return f"{root}write/{kind}/"


def standing_address(root: str, name: str) -> str:
    """A standing page: `/page/about/`."""
    return f"{root}page/{name}/"


def digests_address(root: str, year: int = 0) -> str:
    """The list of all weekly digests, or of those of a year: `/digest/`, `/digest/2026/`."""
    return f"{root}digest/{year:04}/" if year else f"{root}digest/"


def digest_address(root: str, week: Week) -> str:
    """The digest of a week: `/digest/2026-w08/`."""
    return f"{root}digest/{week[0]:04}-w{week[1]:02}/"


def rates_address(root: str) -> str:
    """The page on rates."""
    return f"{root}rates/"


def currency_address(root: str, code: str) -> str:
    """The page of a currency: `/rates/kzt/`."""
    return f"{root}rates/{code.lower()}/"


def course_address(root: str, code: str, format: str) -> str:
    """The history of a currency as a file: `/rates/kzt/history.csv` or `.json`."""
    return f"{currency_address(root, code)}history.{format}"


def rate_file_address(root: str, source: str, year: int | str) -> str:
    """All rates of a source in a year: `/rates/nbkr/2026.csv`."""
    return f"{root}rates/{source}/{year}.csv"


def ticker_address(root: str, format: str = "html") -> str:
    """The ticker: `/live/ticker.html` or `ticker.json`."""
    return f"{root}live/ticker.{format}"


def breaking_address(root: str) -> str:
    """What is breaking, or what stands in its place: `/live/breaking.html`."""
    return f"{root}live/breaking.html"


def file_of(address: str) -> str:
    """The file in the output folder that a server answers an address with."""
    path = address.lstrip("/")
    return f"{path}index.html" if address.endswith("/") else path
