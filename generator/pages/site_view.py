"""The site view: what every page of a language shows alike; nothing here changes when a story is published."""

from generator.pages import addresses
from generator.pages.breaking import lasting_strip
from generator.pages.desk import Desk
from generator.pages.views import Link, SectionLink, SiteView
from generator.site.sections import PORTAL, TOPIC


def site_view(desk: Desk) -> SiteView:
    """The site view of a language."""
    contents = desk.site.contents
    config, registries = contents.config, contents.registries
    exchange = desk.site.exchange
    menu = sorted(
        (page for page in contents.pages if page.menu and page.language == desk.language),
        key=lambda page: (page.menu, page.name),
    )
    return SiteView(
        name=desk.section_name(PORTAL),
        tagline=desk.tagline[0],
        language=desk.language,
        home=desk.href(desk.root),
        url=desk.url(desk.root),
        countries=tuple(desk.place(id) for id in config.countries or registries.countries),
        topics=tuple(_topic(desk, id) for id in registries.topics),
        languages=desk.everywhere(),
        menu=tuple(Link(page.title, desk.href(addresses.standing_address(desk.root, page.name))) for page in menu),
        feed=desk.href(addresses.feed_address(desk.root)),
        hub=config.feeds.hub,
        feeds_page=desk.href(addresses.feeds_address(desk.root)),
        archive=desk.href(addresses.archive_address(desk.root)),
        corrections=desk.href(f"{desk.root}corrections/"),
        time_zone=config.time_zone,
        polls=desk.href(addresses.polls_address(contents, desk.root)) if desk.site.ballots.polls else "",
        talk=desk.href(addresses.TALK) if desk.site.talks else "",
        talk_feed=desk.href(addresses.talk_feed_address(desk.root)) if desk.site.talks else "",
        inbox=config.inbox.url if config.inbox else "",
        letters=desk.href(addresses.write_address(desk.root, "letter")) if config.inbox else "",
        reports=desk.href(addresses.write_address(desk.root, "report")) if config.inbox else "",
        fragments=config.fragments,
        search=desk.href(addresses.search_address(desk.root)),
        rates=Link(desk.words.t("rates.title"), desk.href(addresses.rates_address(desk.root))) if exchange else None,
        breaking=desk.href(addresses.breaking_address(desk.root)),
        strip=lasting_strip(desk) if config.fragments == "inline" else None,
        digests=desk.href(addresses.digests_address(desk.root)),
        tagline_language=desk.tagline[1],
    )


def _topic(desk: Desk, id: str) -> SectionLink:
    link = desk.section_link((TOPIC, id))
    return SectionLink(id, link.name, link.href, language=link.language)
