"""The key: what no part of it may forget, and what shows that nothing of it is there in vain."""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import get_args

import pytest
from msgspec.structs import replace

from generator.digests import digest, digest_bytes
from generator.engine import prepare as prepare_module
from generator.engine import reading as reading_module
from generator.engine import scan as scan_module
from generator.engine import scope as scope_module
from generator.engine import survey as survey_module
from generator.engine import traces as traces_module
from generator.engine.journal import Journal
from generator.engine.publish import Press
from generator.engine.stamps import Stamp
from generator.engine.traces import Part
from generator.output.make import Maker
from generator.pages import sitemaps as sitemaps_module
from generator.pages import touched as touched_module
from generator.pages import touched_by_readers as touched_by_readers_module
from generator.pages import touched_by_weeks as touched_by_weeks_module
from generator.pages.addresses import file_of
from generator.pages.keys import Key
from generator.pages.page import Page
from generator.pages.plan import Plan
from generator.pages.touched import _sitemaps as sitemap_keys
from generator.pages.touched import left_addresses, touched_rates
from generator.pages.views import (
    ArchiveView,
    ArticleView,
    CorrectionsView,
    CourseView,
    CurrencyView,
    DayView,
    DigestsView,
    DigestView,
    FeedsView,
    FeedView,
    FileView,
    FrontView,
    IndexView,
    ListView,
    MonthView,
    NoticeView,
    PollDataView,
    PollsView,
    PollView,
    RatesView,
    RedirectView,
    SearchView,
    SitemapView,
    StandingView,
    TickerView,
    VariantView,
    View,
    WriteView,
)
from generator.site import arrange as arrange_module
from generator.site import reader_changes as reader_changes_module
from generator.site.exchange import Exchange
from generator.site.reader_changes import ReaderChanges
from generator.theme import theme as theme_module
from generator.theme.theme import Theme
from tests.edits import (
    BREAKING,
    COMMENT,
    GONE,
    MIDDLE,
    NEW,
    OLD,
    RATE_FILES,
    WEEK,
    Edit,
    body,
    field,
    file,
    later,
    poll,
    publish,
    rates,
    registry,
    site,
    small_portal,
    themed,
)
from tests.newsroom import (
    DAY,
    HOUR,
    NOW,
    Newsroom,
    day,
    differences,
    link,
    photo,
    picture,
    poll_of,
    tree,
)

EARLY = [f"articles/2026/01/early-{number}.md" for number in range(8)]


def after(first: Edit, then: Edit) -> Edit:
    """An edit of what another edit has left, published in between."""

    def edit(room: Newsroom) -> None:
        first(room)
        assert room.build().problems == ()
        then(room)

    return edit


def without_rates(room: Newsroom) -> None:
    del room.site["rates"]
    room.save_site()


EDITS: list[Edit] = [
    field(NEW, title="Other words"),
    field(NEW, lead="Other words"),
    field(NEW, image=None),
    field(NEW, author="bob"),
    field(NEW, country="kg"),
    field(NEW, topic="trade"),
    field(NEW, top=day(NOW + DAY)),
    field(OLD, title="Other words"),
    field(OLD, top=day(NOW + DAY)),
    field(OLD, corrections="[{date: 2026-02-26, text: Another slip}]"),
    field(OLD, tags="[dams]"),
    field(OLD, kind=None),
    field(MIDDLE, title="Other words"),
    field(MIDDLE, aliases="[/was/, /once/]"),
    field(MIDDLE, slug="other"),
    field(MIDDLE, id="other"),
    field(MIDDLE, source="post"),
    field("articles/2026/01/early-1.md", title="Other words"),
    field("articles/2026/01/early-5.md", title="Other words"),
    field(EARLY[0], lead="Other words"),
    field(EARLY[2], title="Other words"),
    publish("articles/2026/01/kept-out.md", NOW - 38 * DAY, digest="false"),
    file("digests/2026-w08.md", WEEK.replace("Eight", "Other words")),
    file("digests/2026-w08.md", WEEK.replace("An editor.", "An editor.\n\nMore.")),
    file("digests/2026-w08.md", WEEK.replace("map.png", "dam.png")),
    file("digests/2026-w08.en.md", WEEK.replace("stories: [2026/01/early-2]\n", "")),
    file("digests/2024-w01.md", "---\ntitle: A week\n---\n"),
    field("articles/2026/01/early-0.md", series=None, tags=None, topic="trade", country="kg", source=None, author=None),
    field(GONE, title="Other words"),
    field(GONE, retracted="{date: 2026-02-28, text: Wrong}"),
    field(GONE, retracted="{date: 2026-02-27, text: All wrong}"),
    field(GONE, retracted=None, expires=day(NOW - DAY)),
    body(NEW, "Another text."),
    body(MIDDLE, "Another text."),
    body(MIDDLE, f"A text. {link(MIDDLE, OLD)}"),
    publish("articles/2026/02/newest.md", NOW - HOUR),
    publish("articles/2026/02/between.md", NOW - 5 * DAY + HOUR),
    publish("articles/2026/01/between.md", NOW - 30 * DAY, country="kg"),
    publish("articles/2024/05/ancient.md", NOW - 660 * DAY),
    publish("articles/2025/03/ancient.md", NOW - 340 * DAY),
    publish("articles/2025/03/ancient.en.md", NOW - 340 * DAY),
    lambda room: room.remove(OLD),
    lambda room: room.remove("articles/2026/01/early-3.md"),
    site(name="Testograd"),
    site(tagline="Other words"),
    site(address="https://other.example"),
    site(address="https://aryk.example/news"),
    site(time_zone="America/New_York"),
    site(language="en", languages="[en]"),
    site(countries="[kg, kz]"),
    site(page_size="3"),
    site(feeds="{size: 3, partners: {post: {exclude: {label: partner}}}}"),
    site(feeds="{size: 2, hub: 'https://hub.example/', partners: {post: {exclude: {label: partner}}}}"),
    site(feeds="{size: 2, partners: {post: {title: The post, exclude: {label: partner}}}}"),
    site(feeds="{size: 2, partners: {post: {yandex: true, exclude: {label: partner}}}}"),
    site(feeds="{size: 2, partners: {post: {include: {country: [kg]}}}}"),
    after(
        site(feeds="{size: 2, partners: {post: {yandex: true}}}"),
        site(feeds="{size: 2, partners: {post: {yandex: true, text: summary}}}"),
    ),
    registry("countries.yaml", "kz", "{slug: kazakhstan, name: Qazaqstan, flag: KZ}"),
    registry("countries.yaml", "kz", "{slug: kazakhstan, name: {ru: Казахстан, en: Kazakhstan}, flag: UZ}"),
    registry("countries.yaml", "asia", "{slug: asia, name: Asia, members: [kg]}"),
    registry("countries.yaml", "asia", "{slug: asia, name: Asia, members: [kz, kg], flag: UN}"),
    registry("countries.yaml", "kg", "{slug: kyrgyzstan, name: {ru: Кыргызстан, en: Kyrgyzstan}, members: [kz]}"),
    registry("countries.yaml", "uz", "{slug: uzbekistan, name: Uzbekistan}"),
    registry("topics.yaml", "energy", "{name: Power}"),
    registry("outlets.yaml", "times", "{name: The New Times}"),
    registry(
        "outlets.yaml", "times", "{name: The Times, country: kz, url: 'https://times.example/', canonical: original}"
    ),
    registry("authors.yaml", "ann", "{name: Ann, role: chief}"),
    registry("authors.yaml", "ann", "{name: {en: Ann}, role: editor}"),
    registry("tags.yaml", "water", "{name: Waters}"),
    file("media/dam.png", photo(2)),
    file("pages/about.md", "---\ntitle: Who we are\nmenu: 1\n---\nWe.\n"),
    file("pages/about.md", "---\ntitle: About\nmenu: 1\n---\nWe and you.\n"),
    file("pages/about.md", "---\ntitle: About\nmenu: 1\nupdated: 2026-02-27\n---\nWe.\n"),
    file("pages/about.md", "---\ntitle: About\nmenu: 1\n---\nWe.\n\nAnd you.\n"),
    file("pages/about.en.md", "---\ntitle: About\n---\nWe.\n"),
    file("countries/kz.md", "---\ntitle: Kazakhstan\n---\nA large country.\n"),
    file("countries/kz.md", "---\ntitle: Kazakhstan\n---\nA country.\n\nA large one.\n"),
    poll(0, 2),
    poll(0, question="Enough water?"),
    poll(0, lead="A lead"),
    poll(0, closed=day(NOW + DAY)),
    poll(0, closed=day(NOW - HOUR)),
    poll(0, opened=day(NOW - 12 * DAY)),
    poll(0, several="true"),
    after(poll(0, 200, 200, several="true", voters="398"), poll(0, 200, 200, several="true", voters="399")),
    after(poll(0, 1, 2), poll(0, 2, 1)),
    after(poll(0, closed=day(NOW + DAY)), later(2 * DAY)),
    poll(0, country="kg"),
    poll(1, 2),
    poll(1, country="kg"),
    poll(7, question="Enough air?"),
    poll(8, 2),
    poll(8, topic="trade"),
    poll(8, country="[kg]"),
    file("polls/newest.yaml", poll_of(day(NOW - HOUR), None, 3)),
    file("polls/older.yaml", poll_of(day(NOW - 400 * DAY), day(NOW - 390 * DAY), 3)),
    lambda room: room.drop("polls/poll-3.yaml"),
    file("comments/2026/02/new.yaml", COMMENT.replace("First", "Second")),
    file("comments/2026/02/new.yaml", COMMENT + "- {id: c2, name: Bob, date: 2026-02-28, text: No, reply: c1}\n"),
    file("comments/2026/02/old.yaml", COMMENT),
    site(inbox="{address: 'https://inbox.example', photos: 3}"),
    site(inbox="{address: 'https://inbox.example', photo_megabytes: 3}"),
    site(inbox="{address: 'https://inbox.example', keep_days: 30}"),
    themed("strings/ru.yaml", "polls-ru", "other words"),
    themed("strings/ru.yaml", "letter-ru", "other words"),
    file("front.yaml", "- 2026/02/old\n"),
    after(file("breaking.yaml", BREAKING % "One"), file("breaking.yaml", BREAKING % "Another")),
    after(without_rates, field(NEW, title="Other words")),
    themed("assets/style.css", "margin", "padding"),
    themed("assets/feed.css", "block", "inline"),
    themed("strings/ru.yaml", "full-ru", "other words"),
    themed("strings/ru.yaml", "archive-ru", "other words"),
    themed("strings/ru.yaml", "page {number}, {year}", "other {number}, {year}"),
    themed("strings/ru.yaml", "tags-ru", "other words"),
    themed("strings/ru.yaml", "feeds-ru", "other words"),
    themed("strings/ru.yaml", "missing-ru", "other words"),
    themed("strings/ru.yaml", "digests-ru", "other words"),
    themed("strings/ru.yaml", "search-ru", "other words"),
    themed("strings/ru.yaml", "corrections-ru", "other words"),
    themed("strings/ru.yaml", "retracted-ru", "other words"),
    themed("strings/ru.yaml", "press-review-ru", "other words"),
    themed("strings/ru.yaml", "rates-feed-ru", "other words"),
    rates("rates/nbkr/2026.csv", "2026-02-26,USD,1,87.1000", "2026-02-26,USD,1,87.1100"),
    rates("rates/nbkr/2026.csv", "95.1234", "95.1234000001"),
    rates("rates/nbk/2026.csv", "511.34", "512.34"),
    file("rates/nbkr/2024.csv", "date,currency,nominal,value\n2024-02-28,JPY,10,5.9\n"),
    later(10 * DAY),
]


NEVER_ALONE: dict[type[View], set[str]] = {
    FrontView: {"head"},  # says what the site view says
    ListView: {"section", "id", "heading"},  # which list it is; its title is in the head
    ArticleView: {"crumbs", "older"},  # names on its card; the first of those that it stands before
    NoticeView: {"reason"},  # its title is in the head
    ArchiveView: {"year", "crumbs"},  # which year it is; its title is in the head
    MonthView: {"head", "crumbs"},  # the calendar's title is in both
    DayView: {"head", "date"},  # which day it is
    IndexView: {"section", "crumbs"},  # which index it is; the portal's name is in the site view
    StandingView: {"title", "crumbs"},  # the same
    DigestView: {"title", "lead", "image"}  # an editor's are in the head, too
    | {"begins", "ends"},  # which week it is
    DigestsView: {"year", "crumbs"},  # which year it is; the name of the list is in the head
    CorrectionsView: {"crumbs"},  # the same
    FeedsView: {"crumbs", "opml"},  # the same, and the portal's address
    PollView: {"head"},  # its question is in both
    PollsView: {"crumbs"},  # the portal's name is in the site view
    WriteView: {"crumbs", "kind"},  # the same; which page it is
    PollDataView: {"id", "url"},  # which poll it is, and the portal's address
    SearchView: {"crumbs", "index"},  # the same, and the portal's address
    RedirectView: {"href", "url"},  # the same address twice
    FeedView: {
        "language",
        "url",
        "page_url",
        "format",
        "id",
        "current",
        "room",
    }  # which feed it is, and the portal's address
    | {"kept"},  # how many of its entries are in no document of the archive yet: these end with the newest of `older`
    SitemapView: {"index"},  # which sitemap it is
    FileView: {"root", "source"},  # which file it is
    VariantView: {"source", "bare", "width", "height", "box", "limit"},  # its address says it all
    TickerView: {"href"},  # the portal's address
    RatesView: {"crumbs", "feed", "date"},  # the same; the newest of the dates of its quotes
    CurrencyView: {
        "head",
        "crumbs",
        "code",
        "name",
        "money",
    }  # which currency it is; the title of rates is in the site view
    | {"amounts"},  # reckoned with the newest price of its history
    CourseView: {"format"},  # which file it is
}


def test_no_field_of_a_view_can_be_forgotten(room: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    """For each field of each view some edit changes nothing else of a page's trace: without the field it would go stale."""
    views: dict[str, type[View]] = {}

    pages = Plan.pages

    def noting(plan: Plan, key: Key) -> Iterator[Page]:
        for page in pages(plan, key):
            views[page.address] = type(page.view)
            yield page

    monkeypatch.setattr(Plan, "pages", noting)
    small_portal(room)
    good, alone = room.snapshot(), set()
    for edit in EDITS:
        before = tree(room.output)
        edit(room)
        report, after = room.build(), tree(room.output)
        assert report.problems == ()
        for address, reason in report.reasons:
            if file_of(address) in before and before[file_of(address)] != after[file_of(address)]:
                alone.add((views[address], reason.removesuffix(" changed")))
        room.restore(good)
        room.build()
    fields = {(view, name) for view in get_args(View) for name in view.__struct_fields__}
    assert fields - alone == {(view, name) for view, names in NEVER_ALONE.items() for name in names}


@dataclass
class Forgotten:
    """A piece of a key: `edit` shows that it is needed, `forget` takes it away."""

    edit: Edit
    forget: Callable[[pytest.MonkeyPatch], None]
    also: Callable[[pytest.MonkeyPatch], None] = lambda patch: None
    """What holds with and without the piece: another program, plain stamps."""


def theme_without(part: str) -> Callable[[pytest.MonkeyPatch], None]:
    """Forgets the strings, options or assets in the digest of a template's closure."""

    def forget(patch: pytest.MonkeyPatch) -> None:
        original = Theme.closure_digest

        def forgetful(theme: Theme, template: str, language: str) -> bytes:
            empty = {language: {}} if part == "strings" else {}
            return original(replace(theme, **{part: empty}), template, language)

        patch.setattr(Theme, "closure_digest", forgetful)

    return forget


def base_without(index: int) -> Callable[[pytest.MonkeyPatch], None]:
    """Forgets a part of what a site is made of besides its sources: program, data files, theme, drafts."""

    def forgetful(value: object) -> bytes:
        assert isinstance(value, tuple) and len(value) == 4
        return digest(value[:index] + value[index + 1 :])

    return lambda patch: patch.setattr(survey_module, "digest", forgetful)


def another_program(patch: pytest.MonkeyPatch) -> None:
    """The second build is done by a program that makes other bytes, and knows it."""
    builds: list[bytes] = []
    original = Maker.make

    def versions() -> bytes:
        builds.append(b"")
        return b"old" if len(builds) < 3 else b"new"

    patch.setattr(Maker, "make", lambda *given: original(*given) + (b"" if len(builds) < 3 else b"<!-- new -->"))
    patch.setattr(survey_module, "program_digest", versions)
    for module in (prepare_module, traces_module):
        patch.setattr(module, "program_digest", lambda: b"old" if len(builds) < 3 else b"new")


def plain_stamps(patch: pytest.MonkeyPatch) -> None:
    """A file system that tells size and modification time and nothing else."""
    patch.setattr(scan_module, "stamp_of", lambda status: Stamp(status.st_size, status.st_mtime_ns, 0, 0))


def same_size(room: Newsroom) -> None:
    room.stories[NEW].fields["title"] = room.stories[NEW].fields["title"].swapcase()
    room.save(NEW)


def same_size_and_tick(room: Newsroom) -> None:
    before = (room.content / NEW).stat()
    same_size(room)
    os.utime(room.content / NEW, ns=(before.st_atime_ns, before.st_mtime_ns))


def tamper(room: Newsroom) -> None:
    path = room.output / "2026/02/middle/index.html"
    path.write_bytes(path.read_bytes() + b"tampered")


def seen_once(patch: pytest.MonkeyPatch) -> None:
    """An output that looks as it did when it was first looked at."""
    original, seen = Press.stamp, dict[str, Stamp | None]()

    def stamp(press: Press, address: str) -> Stamp | None:
        found = seen.get(f"{press.root}{address}")
        if found is None:
            found = seen[f"{press.root}{address}"] = original(press, address)
        return found

    patch.setattr(Press, "stamp", stamp)


def without(name: str) -> Callable[..., tuple[Part, ...]]:
    """The surroundings of a page without one part."""
    original = traces_module.Surroundings.of
    return lambda self, page: tuple(part for part in original(self, page) if part[0] != name)


def named_only(values: Mapping[str, object], named: Sequence[tuple[tuple[str, int], ...] | None]) -> object:
    """The values of names that are not computed."""
    return tuple((name, values[name]) for pairs in named for name, _ in pairs or () if name in values)


FORGOTTEN = {
    "the program": Forgotten(
        lambda room: None,
        lambda patch: patch.setattr(traces_module, "program_digest", lambda: b""),
        another_program,
    ),
    "the portal's time zone": Forgotten(
        site(time_zone="America/New_York"),
        lambda patch: patch.setattr(traces_module.Surroundings, "of", without("the portal's address")),
    ),
    "the site view": Forgotten(
        site(tagline="Other words"),
        lambda patch: patch.setattr(traces_module.Surroundings, "of", without("the site")),
    ),
    "the template": Forgotten(
        themed("templates/article.html", "{{ page }}", "{{ page }}{{ page }}"),
        lambda patch: patch.setattr(traces_module.Surroundings, "of", without("the template")),
    ),
    "what a template includes": Forgotten(
        themed("templates/parts/foot.html", "footer", "div"),
        lambda patch: patch.setattr(theme_module, "closure", lambda name, uses: [name]),
    ),
    "strings": Forgotten(themed("strings/ru.yaml", "more-ru", "other words"), theme_without("strings")),
    "strings with computed names": Forgotten(
        themed("strings/ru.yaml", "news-ru", "other words"),
        lambda patch: patch.setattr(theme_module, "_used", named_only),
    ),
    "options": Forgotten(site(options="{depth: 4}"), theme_without("options")),
    "assets": Forgotten(themed("assets/style.css", "margin", "padding"), theme_without("assets")),
    "the output": Forgotten(tamper, seen_once),
    "the stamp": Forgotten(
        same_size,
        lambda patch: patch.setattr(scan_module, "stamp_of", lambda status: Stamp(status.st_size, 0, 0, 0)),
    ),
    "when a file was hashed": Forgotten(
        same_size_and_tick,
        lambda patch: patch.setattr(survey_module, "trusted", lambda stamp, looked_at: True),
        plain_stamps,
    ),
    "the digest of a source": Forgotten(
        field(NEW, title="Other words"),
        lambda patch: patch.setattr(
            reading_module, "digest_bytes", lambda data: digest_bytes(b"" if data[:3] == b"---" else data)
        ),
    ),
    "the options of reading": Forgotten(
        site(time_zone="America/New_York"),
        lambda patch: patch.setattr(prepare_module, "digest", lambda value: digest(value[0])),
    ),
    "the next change": Forgotten(
        after(lambda room: room.save(NEW), later(3 * DAY)),
        lambda patch: patch.setattr(
            arrange_module, "_next_change", lambda contents, editions, exchange, now, drafts: 0
        ),
    ),
    "the windows": Forgotten(
        after(field(NEW, date=day(NOW - DAY)), later(DAY)),
        lambda patch: patch.setattr(arrange_module, "windows_of", lambda config, language: frozenset()),
    ),
    "pages that time touches": Forgotten(
        after(field(NEW, date=day(NOW - DAY)), later(DAY)),
        lambda patch: patch.setattr(touched_module, "_touched_by_time", lambda plan: ()),
    ),
    "rates": Forgotten(
        rates("rates/nbkr/2026.csv", "87.4500", "87.4600"),
        lambda patch: patch.setattr(touched_module, "touched_rates", lambda site, files, then: ()),
    ),
    "the day of rates": Forgotten(
        later(10 * DAY),
        lambda patch: patch.setattr(
            touched_module, "touched_rates", lambda site, files, then: touched_rates(site, files, site.now)
        ),
    ),
    "the next day of rates": Forgotten(
        after(
            after(
                lambda room: room.save(NEW),
                file("rates/nbkr/2026.csv", f"{RATE_FILES['rates/nbkr/2026.csv']}2026-03-02,EUR,1,96\n"),
            ),
            later(7 * HOUR),
        ),
        lambda patch: patch.setattr(Exchange, "turns", lambda exchange: ()),
    ),
    "the ticker in pages": Forgotten(
        after(site(fragments="inline"), rates("rates/nbk/2026.csv", "511.34", "512.34")),
        lambda patch: patch.setattr(scope_module, "shown_everywhere", lambda plan, changes, files, then: False),
    ),
    "what is breaking in pages": Forgotten(
        after(site(fragments="inline"), file("breaking.yaml", BREAKING % "One")),
        lambda patch: patch.setattr(touched_module, "_breaks_anew", lambda plan, changes, files, then: False),
    ),
    "the turns of what is breaking": Forgotten(
        after(lambda room: [room.save(NEW), file("breaking.yaml", BREAKING % "One")(room)], later(DAY)),
        lambda patch: patch.setattr(arrange_module, "turns_of_lines", lambda strips, now: ()),
    ),
    "sitemaps": Forgotten(
        publish("articles/2026/02/newest.md", NOW - HOUR),
        lambda patch: patch.setattr(touched_module, "_sitemaps", lambda plan, changes, translated: ()),
    ),
    "sitemaps of translations": Forgotten(
        lambda room: room.put("articles/2026/02/early-0.en.md", translates="2026/01/early-0"),
        lambda patch: patch.setattr(
            touched_module, "_sitemaps", lambda plan, changes, translated: sitemap_keys(plan, changes, ())
        ),
    ),
    "sitemaps that stories shift into": Forgotten(
        publish("articles/2026/01/between.md", NOW - 40 * DAY + HOUR),
        lambda patch: patch.setattr(touched_module, "files_for", lambda count: 1),
        lambda patch: patch.setattr(sitemaps_module, "FILE_SIZE", 3),
    ),
    "the journal": Forgotten(
        field(NEW, title="Other words"),
        lambda patch: patch.setattr(Journal, "write", lambda journal, changes, old: True),
    ),
    "data files in the base": Forgotten(registry("topics.yaml", "energy", "{name: Power}"), base_without(1)),
    "the theme in the base": Forgotten(themed("templates/parts/foot.html", "footer", "div"), base_without(2)),
    "a story's neighbours": Forgotten(
        field(MIDDLE, title="Other words"),
        lambda patch: patch.setattr(touched_module, "_neighbours", lambda edition, versions: ()),
    ),
    "related stories": Forgotten(
        after(
            lambda room: [room.set(path, tags="[dams]", series="Dams") for path in (EARLY[0], EARLY[1], NEW)],
            field(EARLY[1], title="Other words"),
        ),
        lambda patch: patch.setattr(touched_module, "NEARNESS", {}),
    ),
    "the stretch before a story": Forgotten(
        after(
            field(EARLY[5], topic="trade", country="kg", tags=None, series=None),
            field(EARLY[5], title="Other words"),
        ),
        lambda patch: patch.setattr(touched_module, "STRETCH", 0),
    ),
    "closed pages": Forgotten(
        publish("articles/2025/03/ancient.md", NOW - 340 * DAY),
        lambda patch: patch.setattr(touched_module, "_sheets", lambda edition, key, pairs, cut: set()),
    ),
    "the ways between closed pages": Forgotten(
        publish("articles/2026/02/newest.md", NOW - HOUR),
        lambda patch: patch.setattr(touched_module, "_ways", lambda shelf: {}),
    ),
    "the calendar": Forgotten(
        publish("articles/2026/02/newest.md", NOW - HOUR),
        lambda patch: patch.setattr(touched_module, "_calendar", lambda edition, days: ()),
    ),
    "links to a story that moved": Forgotten(
        after(body(EARLY[0], link(EARLY[0], NEW)), field(NEW, slug="another")),
        lambda patch: patch.setattr(touched_module, "with_consequences", lambda site, changes, media, polls: changes),
    ),
    "translations": Forgotten(
        lambda room: room.put("articles/2026/02/old.en.md", translates="2026/02/old"),
        lambda patch: patch.setattr(touched_module, "translated_with", lambda site, changes: ()),
    ),
    "files that stories show": Forgotten(
        file("media/dam.png", picture(9, 9)),
        lambda patch: patch.setattr(scope_module, "_sorted_out", lambda old, plan: ({}, frozenset())),
    ),
    "polls that opened or closed": Forgotten(
        after(poll(0, closed=day(NOW + DAY)), later(2 * DAY)),
        lambda patch: patch.setattr(reader_changes_module, "poll_changes", lambda *given, drafts: ()),
    ),
    "the turns of polls": Forgotten(
        after(lambda room: [room.save(NEW), poll(0, closed=day(NOW + HOUR))(room)], later(2 * HOUR)),
        lambda patch: patch.setattr(arrange_module, "turns_of", lambda polls, now: ()),
    ),
    "lists of polls": Forgotten(
        after(lambda room: room.drop("polls/poll-3.yaml"), lambda room: room.drop("polls/poll-4.yaml")),
        lambda patch: patch.setattr(touched_by_readers_module, "ballots_before", lambda ballots, changes: ballots),
    ),
    "stories that ask a poll": Forgotten(
        poll(0, question="Enough water?"),
        lambda patch: patch.setattr(ReaderChanges, "questions", frozenset()),
    ),
    "votes and comments": Forgotten(
        file("comments/2026/02/new.yaml", COMMENT.replace("First", "Second")),
        lambda patch: patch.setattr(touched_module, "touched_by_readers", lambda plan, readers, changes: ()),
    ),
    "the first poll and the last": Forgotten(
        after(
            lambda room: [room.set(NEW, poll=None), *(room.drop(f"polls/poll-{number}.yaml") for number in range(9))],
            poll(0),
        ),
        lambda patch: patch.setattr(ReaderChanges, "everywhere", False),
    ),
    "pictures as they were": Forgotten(
        file("media/dam.png", photo(2)),
        lambda patch: patch.setattr(
            scope_module, "left_addresses", lambda plan, keys, changes, media: left_addresses(plan, keys, changes, {})
        ),
    ),
    "crops as they were": Forgotten(
        field(NEW, image="{file: dam.png, alt: A dam, focus: [1, 0]}"),
        lambda patch: patch.setattr(touched_module, "_old_pictures", lambda site, old, media: ()),
    ),
    "the digests of weeks": Forgotten(
        field(EARLY[5], lead="Other words"),
        lambda patch: patch.setattr(touched_module, "touched_by_weeks", lambda plan, changes, files, shown, then: ()),
    ),
    "the digests beside one that comes": Forgotten(
        file("digests/2026-w06.md", "---\ntitle: Six\n---\n"),
        lambda patch: patch.setattr(touched_by_weeks_module, "beside", lambda items, item: [item]),
    ),
    "what editors say of weeks": Forgotten(
        file("digests/2025-w05.md", "---\ntitle: Other words\n---\n"),
        lambda patch: patch.setattr(touched_by_weeks_module, "week_named", lambda path: None),
    ),
    "the stories that stand first in a digest": Forgotten(
        after(file("digests/2026-w06.md", "---\ntitle: Six\n---\n"), field(EARLY[2], title="Other words")),
        lambda patch: patch.setattr(touched_by_weeks_module, "_names", lambda text: ()),
    ),
    "pictures that a digest showed": Forgotten(
        file("digests/2026-w08.md", WEEK.replace("map.png", "dam.png")),
        lambda patch: patch.setattr(scope_module, "WeekText", type(None)),
    ),
    "weeks that are over": Forgotten(
        after(publish("articles/2026/02/third.md", NOW - 3 * DAY), later(DAY)),
        lambda patch: patch.setattr(touched_by_weeks_module, "weeks_between", lambda edition, one, other: ()),
    ),
    "the ends of weeks": Forgotten(
        after(
            lambda room: [room.save(NEW), publish("articles/2026/02/third.md", NOW - 3 * DAY)(room)], later(7 * HOUR)
        ),
        lambda patch: patch.setattr(arrange_module, "ends_of_weeks", lambda edition, written, now: ()),
    ),
    "what was left": Forgotten(
        field(OLD, slug="another"),
        lambda patch: patch.setattr(
            scope_module, "left_addresses", lambda plan, keys, changes, media: left_addresses(plan, keys, (), media)
        ),
    ),
}


def stale_after(room: Newsroom, edit: Edit) -> set[str]:
    """The files in which a build after an edit differs from a clean one."""
    small_portal(room)
    room.set(NEW, expires=day(NOW + 2 * DAY))
    room.save(NEW, fresh=True)
    room.build()
    edit(room)
    assert room.build().problems == ()
    return differences(tree(room.output), room.clean()[1])


@pytest.mark.parametrize("piece", FORGOTTEN)
def test_the_key_holds_every_piece_that_is_needed(room: Newsroom, monkeypatch: pytest.MonkeyPatch, piece: str) -> None:
    FORGOTTEN[piece].also(monkeypatch)
    assert stale_after(room, FORGOTTEN[piece].edit) == set()


@pytest.mark.parametrize(
    "words",
    [
        "{% set say = t %}{{ say('story.read') }}",
        "{% macro say(f) %}{{ f('story.read') }}{% endmacro %}{{ say(t) }}",
        "{% for name in ['read'] %}{{ t('story.' ~ name) }}{% endfor %}",
        "{{ part('parts/read.html') }}",
        "{% set show = part %}{{ show('parts/read.html') }}",
        "{{ part(name='parts/read.html') }}",
        "{% include 'parts/' ~ 'read.html' %}",
        "{% from 'parts/say.html' import say %}{{ say() }}",
    ],
)
def test_a_template_depends_on_a_string_however_it_comes_by_it(room: Newsroom, words: str) -> None:
    room.write("templates/parts/read.html", "{{ t('story.read') }}", root=room.theme)
    say = "{% macro say() %}{{ t('story.read') }}{% endmacro %}"
    room.write("templates/parts/say.html", say, root=room.theme)
    themed("templates/redirect.html", "{{ page.title }}", words)(room)
    small_portal(room)
    themed("strings/ru.yaml", "read-ru", "other words")(room)
    assert room.build().problems == ()
    assert b"other words" in (room.output / "was/index.html").read_bytes()
    assert tree(room.output) == room.clean()[1]


def test_a_part_is_printed_for_what_it_is_given_and_not_for_what_equals_it(room: Newsroom) -> None:
    """True equals 1, and a text equals the same text that is ready to print; printed they differ."""
    room.write("templates/parts/shown.html", "[{{ what }}]", root=room.theme)
    shows = "".join(
        f"{{{{ part('parts/shown.html', what={what}) }}}}" for what in ("true", "1", "'<b>'", "'<b>' | safe")
    )
    themed("templates/redirect.html", "{{ page.title }}", shows)(room)
    small_portal(room)
    assert b"[True][1][&lt;b&gt;][<b>]" in (room.output / "was/index.html").read_bytes()


@pytest.mark.parametrize("piece", FORGOTTEN)
def test_a_key_without_a_piece_leaves_stale_pages(room: Newsroom, monkeypatch: pytest.MonkeyPatch, piece: str) -> None:
    FORGOTTEN[piece].also(monkeypatch)
    FORGOTTEN[piece].forget(monkeypatch)
    assert stale_after(room, FORGOTTEN[piece].edit) != set()
