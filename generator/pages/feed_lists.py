"""Which feeds there are: the sections that have one, the page that names them for people, the list for feed readers."""

from collections.abc import Iterator

from generator.pages import addresses
from generator.pages.desk import Desk
from generator.pages.page import Page
from generator.pages.views import FeedRow, FeedsView, OutlineView
from generator.site.sections import COUNTRY, FED, PORTAL, RICH, TOPIC, SectionKey
from generator.theme.words import own_name

Groups = tuple[tuple[str, tuple[FeedRow, ...]], ...]


def fed_sections(desk: Desk) -> Iterator[SectionKey]:
    """The sections that have a feed of their own: the portal, every country, region and topic; others that have stories."""
    yield PORTAL
    yield from desk.lasting_sections
    yield from (key for key in sorted(desk.edition.sections) if key[0] in FED and key[0] not in RICH)


def feeds_page(desk: Desk) -> Page:
    """The page that names all feeds for people."""
    address = addresses.feeds_address(desk.root)
    alternates = desk.everywhere(addresses.feeds_address(""))
    head = desk.head(address, desk.words.t("feeds.title"), alternates=alternates, feeds=desk.feeds(PORTAL))
    outline = desk.href(addresses.outline_address(desk.root))
    return Page(address, desk.language, FeedsView(head, (desk.section_link(PORTAL),), _groups(desk), outline))


def outline_page(desk: Desk) -> Page:
    """The list that feed readers import: every feed of the page for people."""
    t = desk.words.t
    groups = tuple((t(f"feeds.{name}"), rows) for name, rows in _groups(desk) if name != "languages")
    view = OutlineView(f"{desk.section_name(PORTAL)}: {t('feeds.title')}", groups)
    return Page(addresses.outline_address(desk.root), desk.language, view)


def _groups(desk: Desk) -> Groups:
    """The feeds in all formats: the portal's, those of its other languages, of countries, of topics."""
    config, registries = desk.site.contents.config, desk.site.contents.registries
    others = [code for code in config.languages if code != desk.language]
    groups = {
        "portal": (_row(desk, desk.section_name(PORTAL), desk.root),),
        "languages": tuple(_row(desk, own_name(code), addresses.language_root(config, code), code) for code in others),
        "countries": tuple(_section(desk, (COUNTRY, id)) for id in registries.countries),
        "topics": tuple(_section(desk, (TOPIC, id)) for id in registries.topics),
    }
    return tuple((name, rows) for name, rows in groups.items() if rows)


def _section(desk: Desk, key: SectionKey) -> FeedRow:
    name, language = desk.named(key)
    return _row(desk, name, desk.section_address(key), language)


def _row(desk: Desk, name: str, section: str, language: str = "") -> FeedRow:
    rss, atom, json = (desk.url(addresses.feed_address(section, format)) for format in ("rss", "atom", "json"))
    return FeedRow(name, rss, atom, json, language)
