"""What a build does: which pages an edit touches, what no part of the key may forget, the order of publishing, crashes."""

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import mkdtemp
from threading import Thread
from time import monotonic
from typing import get_args
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from generator.digests import digest, digest_bytes
from generator.engine import build as build_module
from generator.engine import prepare as prepare_module
from generator.engine import reading as reading_module
from generator.engine import scan as scan_module
from generator.engine import store as store_module
from generator.engine.build import build
from generator.engine.lock import locked
from generator.engine.publish import Press
from generator.engine.stamps import Stamp
from generator.engine.store import BrokenStore, Trace, open_store
from generator.output.make import Maker
from generator.pages.addresses import file_of
from generator.pages.page import Page
from generator.pages.plan import plan
from generator.pages.views import (
    ArchiveView,
    ArticleView,
    CorrectionsView,
    DayView,
    FeedsView,
    FeedView,
    FileView,
    FrontView,
    IndexView,
    ListView,
    MonthView,
    NoticeView,
    RedirectView,
    SitemapView,
    StandingView,
    View,
)
from generator.site import arrange as arrange_module
from generator.theme import theme as theme_module
from generator.theme.theme import Theme
from tests.newsroom import (
    DAY,
    HOUR,
    NOW,
    SCRATCH,
    Newsroom,
    assert_whole,
    day,
    differences,
    files_of,
    fill,
    killed_at,
    link,
    picture,
    stamps,
    tree,
)

ROOT = Path(__file__).parent.parent
SOAK = bool(os.environ.get("ARYK_SOAK"))
Edit = Callable[[Newsroom], object]


@pytest.fixture
def room() -> Iterator[Newsroom]:
    """An empty portal."""
    root = Path(mkdtemp(dir=SCRATCH))
    yield Newsroom(root)
    shutil.rmtree(root)


def written(room: Newsroom, edit: Edit) -> set[str]:
    """The files that a build writes or deletes after an edit, which must leave what a clean build makes.

    What is made without being written is made in vain: only feeds are, whose entries hold more of a story than they show.
    """
    before = stamps(room.output)
    edit(room)
    report = room.build()
    assert report.problems == ()
    assert tree(room.output) == room.clean()[1]
    after = stamps(room.output)
    changed = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
    assert report.written == len([name for name in changed if name in after])
    in_vain = {address for address, _ in report.reasons if file_of(address) not in changed}
    assert all(address.endswith("/feed.xml") for address in in_vain), in_vain
    assert report.deleted == len(changed - after.keys())
    return changed


# ---- fan-out: the pages that an edit touches, as exact sets

LAST, STEP = NOW - 2 * DAY - 4 * HOUR, 66 * HOUR  # 2026-02-27 08:00 UTC


def moment(number: int) -> int:
    """Story 59 is of 27 February 2026, each older one of 66 hours before: 21 of the 60 stories are of 2026."""
    return LAST - (59 - number) * STEP


def story_path(number: int) -> str:
    """The file of a story."""
    when = day(moment(number))
    return f"articles/{when[:4]}/{when[5:7]}/story-{number}.md"


def address(number: int) -> str:
    """The address of a story's page."""
    return story_path(number).removeprefix("articles").removesuffix(".md") + "/"


@pytest.fixture
def archive(room: Newsroom) -> Newsroom:
    """A portal of 60 stories, five a page, published: even ones from Kazakhstan on energy, odd ones from Kyrgyzstan on trade.

    Story 40 has a tag; stories 10 and 59 were taken from The Times.
    """
    room.site |= {"page_size": "5"}
    room.save_site()
    for number in range(60):
        country, topic = ("kz", "energy") if number % 2 == 0 else ("kg", "trade")
        fields = {"title": f"Title {number}", "lead": f"Lead {number}", "country": country, "topic": topic}
        fields |= {"tags": "[water]"} if number == 40 else {}
        fields |= {"source": "times"} if number in (10, 59) else {}
        room.put(story_path(number), f"Text {number}.", date=day(moment(number)), **fields)
    assert room.build().written > 200
    return room


def articles(*numbers: int) -> set[str]:
    """The addresses of stories."""
    return {address(number) for number in numbers}


def day_page(number: int) -> str:
    """The calendar's page of a story's day in the portal's time zone."""
    return f"{datetime.fromtimestamp(moment(number), ZoneInfo('Asia/Bishkek')):/archive/%Y/%m/%d/}"


ALL = ["/", "/asia/", "/kind/news/"]
KAZAKH = ["/kazakhstan/", "/topic/energy/", "/kazakhstan/energy/", "/asia/energy/"]
KYRGYZ = ["/kyrgyzstan/", "/topic/trade/", "/kyrgyzstan/trade/", "/asia/trade/"]
KAZAKH_FEEDS = {"/feed.xml", "/kazakhstan/feed.xml", "/asia/feed.xml", "/topic/energy/feed.xml"}
KYRGYZ_FEEDS = {"/feed.xml", "/kyrgyzstan/feed.xml", "/asia/feed.xml", "/topic/trade/feed.xml"}
CARDS_OF_30 = (
    articles(29, 30, 31, 32, 33, 34, 35, 36, 38)
    | {f"{section}2025/page/7/" for section in ALL}
    | {f"{section}2025/page/4/" for section in KAZAKH}
    | {day_page(30)}
    | KAZAKH_FEEDS
)
"""Neighbours, those that it stands before or is related to, the closed list pages that hold it, its day, its feeds."""


def test_publishing_touches_the_open_pages_the_calendar_the_feeds_and_one_neighbour(archive: Newsroom) -> None:
    path, when = "articles/2026/03/newest.md", day(NOW - HOUR)
    assert written(archive, lambda room: room.put(path, country="kz", topic="energy", date=when)) == files_of(
        {"/2026/03/newest/", address(59)}
        | {*ALL, *KAZAKH, *KAZAKH_FEEDS}
        | {"/archive/", "/archive/2026/", "/archive/2026/03/", "/archive/2026/03/01/"}
        | {"/archive/2026/02/", day_page(59)}
        | {"/topic/", "/kind/", "/sitemap-2026-03.xml", "/sitemap.xml"}
    )


def test_a_story_that_fills_a_page_closes_it_and_links_it_from_the_one_before(archive: Newsroom) -> None:
    for number in range(3):
        archive.put(f"articles/2026/02/next-{number}.md", date=day(NOW - DAY + number))
    archive.build()
    files = written(archive, lambda room: room.put("articles/2026/02/next-3.md", date=day(NOW - HOUR)))
    closed = {name for name in files if "/page/" in f"/{name}"}
    assert closed == files_of({f"{section}2026/page/{number}/" for section in ALL for number in (3, 4)})


@pytest.mark.parametrize("field", ["title", "lead"])
def test_a_headline_or_lead_touches_the_pages_that_show_the_card(archive: Newsroom, field: str) -> None:
    assert written(archive, lambda room: room.set(story_path(30), **{field: "New words"})) == files_of(CARDS_OF_30)


def test_a_text_touches_its_page_and_the_feeds_that_carry_it(archive: Newsroom) -> None:
    archive.set(story_path(30), lead=None)
    archive.build()

    def edit(room: Newsroom) -> None:
        room.stories[story_path(30)].body = "Text 30.\n\nA second paragraph."
        room.save(story_path(30))

    assert written(archive, edit) == files_of({address(30)} | KAZAKH_FEEDS)


def test_a_text_whose_lead_is_derived_touches_the_pages_that_show_the_card(archive: Newsroom) -> None:
    archive.set(story_path(30), lead=None)
    archive.build()

    def edit(room: Newsroom) -> None:
        room.stories[story_path(30)].body = "Another text."
        room.save(story_path(30))

    assert written(archive, edit) == files_of(CARDS_OF_30)


def test_the_text_of_the_story_of_the_day_touches_the_front_page_too(archive: Newsroom) -> None:
    def edit(room: Newsroom) -> None:
        room.stories[story_path(59)].body = "Text 59.\n\nA second paragraph."
        room.save(story_path(59))

    assert written(archive, edit) == files_of({"/", address(59)} | KYRGYZ_FEEDS)


def test_a_tag_touches_its_page_and_the_younger_stories_that_it_is_now_related_to(archive: Newsroom) -> None:
    files = files_of({address(30), address(40), "/tag/water/", "/tag/water/2025/page/1/", "/tag/"})
    assert written(archive, lambda room: room.set(story_path(30), tags="[water]")) == files


def test_a_backdated_story_shifts_the_lists_of_its_year_alone(archive: Newsroom) -> None:
    """In the lists that get one more page, the first page of the next year follows another one than before."""
    path, when = "articles/2025/09/forgotten.md", day(moment(4) + 60)
    assert written(archive, lambda room: room.put(path, country="kz", topic="energy", date=when)) == files_of(
        {"/2025/09/forgotten/"}
        | articles(4, 5, 6, 7, 8, 9, 10, 12)
        | {f"{section}2025/page/{number}/" for section in ALL for number in range(2, 9)}
        | {f"{section}2025/page/{number}/" for section in KAZAKH for number in range(1, 6)}
        | {f"{section}2026/page/1/" for section in KAZAKH}
        | {*ALL, *KAZAKH, "/kazakhstan/feed.xml", "/topic/energy/feed.xml"}
        | {"/archive/", "/archive/2025/", "/archive/2025/09/", day_page(4)}
        | {"/topic/", "/kind/", "/sitemap-2025-09.xml", "/sitemap.xml"}
    )


def test_removing_a_story_shifts_the_later_lists_of_its_year_alone(archive: Newsroom) -> None:
    month = day_page(30)[:17]
    assert written(archive, lambda room: room.remove(story_path(30))) == files_of(
        articles(29, 30, 31, 32, 33, 34, 35, 36, 38)
        | {f"{section}2025/page/{number}/" for section in ALL for number in (7, 8)}
        | {f"{section}2025/page/4/" for section in KAZAKH}
        | {*ALL, *KAZAKH, *KAZAKH_FEEDS}
        | {"/archive/", "/archive/2025/", month, day_page(29), day_page(30), day_page(31)}
        | {"/topic/", "/kind/", f"/sitemap-{month[9:13]}-{month[14:16]}.xml"}
    )


def test_the_name_of_an_outlet_touches_the_pages_that_show_its_stories(archive: Newsroom) -> None:
    def rename(room: Newsroom) -> None:
        room.registries["outlets.yaml"]["times"] = "{name: The New Times, country: kz, url: 'https://times.example/'}"
        room.save_registry("outlets.yaml")

    assert written(archive, rename) == files_of(
        {"/source/", "/source/times/", "/source/times/2025/page/1/"}
        | {*articles(58, 59), *ALL, *KYRGYZ, day_page(59)}
        | {*articles(9, 10, 11, 12, 13, 14, 15, 16, 18), day_page(10)}
        | {f"{section}2025/page/3/" for section in ALL}
        | {f"{section}2025/page/2/" for section in KAZAKH}
    )


def test_a_profile_touches_the_page_of_its_country(archive: Newsroom) -> None:
    archive.write("countries/kz.md", "---\ntitle: Kazakhstan\n---\nA country.\n")
    archive.build()
    edited = "---\ntitle: Kazakhstan\n---\nA large country.\n"
    assert written(archive, lambda room: room.write("countries/kz.md", edited)) == files_of({"/kazakhstan/"})


def test_a_country_outside_the_masthead_touches_no_page_of_a_story(archive: Newsroom) -> None:
    def add(room: Newsroom) -> None:
        room.registries["countries.yaml"]["uz"] = "{slug: uzbekistan, name: Uzbekistan}"
        room.save_registry("countries.yaml")

    new = {f"{root}{name}" for root in ("/", "/en/") for name in ("uzbekistan/", "uzbekistan/feed.xml", "feeds/")}
    assert written(archive, add) == files_of(new | {"/sitemap-sections.xml"})


def test_a_language_of_its_own_is_touched_by_its_own_stories_alone(archive: Newsroom) -> None:
    archive.put("articles/2026/02/english.en.md", date=day(NOW - DAY))
    archive.build()
    files = written(archive, lambda room: room.put("articles/2026/02/other.en.md", date=day(NOW - HOUR)))
    assert {name for name in files if not name.startswith("en/")} == {"sitemap-2026-03.xml", "sitemap.xml"}


# ---- the key: what no part of it may forget

OLD, MIDDLE, NEW, GONE = (f"articles/2026/02/{name}.md" for name in ("old", "middle", "new", "gone"))


def small_portal(room: Newsroom) -> None:
    """A published portal in which every kind of view has a page that shows something in every field."""
    room.site |= {"page_size": "4", "countries": "[kg]"}
    room.save_site()
    rich = {"tags": "[water]", "series": "Rivers", "author": "ann", "source": "times"}
    for number in range(8):
        when = day(NOW - (40 - number) * DAY)
        room.put(f"articles/2026/01/early-{number}.md", f"Early {number}.", date=when, **rich)
    room.set("articles/2026/01/early-1.md", kind="press-review")
    room.put("articles/2024/01/first.md", "First.", date=day(NOW - 780 * DAY), **rich)
    room.put(OLD, "An old text.", date=day(NOW - 9 * DAY), lead="Old", kind="press-review", **rich)
    room.put(MIDDLE, "A text.", date=day(NOW - 5 * DAY), lead="Middle", aliases="[/was/]", **rich)
    room.put(NEW, "A new text.", date=day(NOW - 2 * DAY), lead="New", image="{file: dam.png, alt: A dam}", **rich)
    room.set(NEW, source="{outlet: times, url: 'https://times.example/1'}")
    room.put(GONE, date=day(NOW - 3 * DAY), retracted="{date: 2026-02-27, text: Wrong}")
    room.set(OLD, corrections="[{date: 2026-02-25, text: A slip}]")
    room.write("pages/about.md", "---\ntitle: About\nmenu: 1\n---\nWe.\n")
    room.write("countries/kz.md", "---\ntitle: Kazakhstan\n---\nA country.\n")
    assert room.build().problems == ()


def field(path: str, **fields: str | None) -> Edit:
    return lambda room: room.set(path, **fields)


def body(path: str, text: str) -> Edit:
    def edit(room: Newsroom) -> None:
        room.stories[path].body = text
        room.save(path)

    return edit


def site(**values: str) -> Edit:
    def edit(room: Newsroom) -> None:
        room.site |= values
        room.save_site()

    return edit


def registry(name: str, id: str, record: str) -> Edit:
    def edit(room: Newsroom) -> None:
        room.registries.setdefault(name, {})[id] = record
        room.save_registry(name)

    return edit


def file(name: str, text: str | bytes) -> Edit:
    return lambda room: room.write(name, text)


def themed(name: str, old: str, new: str) -> Edit:
    def edit(room: Newsroom) -> None:
        text = (room.theme / name).read_text()
        assert old in text
        room.write(name, text.replace(old, new), root=room.theme)

    return edit


def publish(path: str, when: int, **fields: str) -> Edit:
    return lambda room: room.put(path, date=day(when), **fields)


def later(seconds: int) -> Edit:
    def edit(room: Newsroom) -> None:
        room.now += seconds

    return edit


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
    registry("tags.yaml", "water", "{name: Waters}"),
    file("media/dam.png", picture(9, 9)),
    file("pages/about.md", "---\ntitle: Who we are\nmenu: 1\n---\nWe.\n"),
    file("pages/about.md", "---\ntitle: About\nmenu: 1\n---\nWe and you.\n"),
    file("pages/about.md", "---\ntitle: About\nmenu: 1\nupdated: 2026-02-27\n---\nWe.\n"),
    file("pages/about.md", "---\ntitle: About\nmenu: 1\n---\nWe.\n\nAnd you.\n"),
    file("pages/about.en.md", "---\ntitle: About\n---\nWe.\n"),
    file("countries/kz.md", "---\ntitle: Kazakhstan\n---\nA large country.\n"),
    file("countries/kz.md", "---\ntitle: Kazakhstan\n---\nA country.\n\nA large one.\n"),
    file("front.yaml", "- 2026/02/old\n"),
    themed("assets/style.css", "margin", "padding"),
    themed("strings/ru.yaml", "archive-ru", "other words"),
    themed("strings/ru.yaml", "page {number}, {year}", "other {number}, {year}"),
    themed("strings/ru.yaml", "tags-ru", "other words"),
    themed("strings/ru.yaml", "feeds-ru", "other words"),
    themed("strings/ru.yaml", "missing-ru", "other words"),
    themed("strings/ru.yaml", "corrections-ru", "other words"),
    themed("strings/ru.yaml", "retracted-ru", "other words"),
    themed("strings/ru.yaml", "press-review-ru", "other words"),
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
    CorrectionsView: {"crumbs"},  # the same
    FeedsView: {"crumbs"},  # the same
    RedirectView: {"href", "url"},  # the same address twice
    FeedView: {"language", "url", "page_url"},  # which feed it is, and the portal's address
    SitemapView: {"index"},  # which sitemap it is
    FileView: {"root", "source"},  # which file it is
}


def test_no_field_of_a_view_can_be_forgotten(room: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    """For each field of each view some edit changes nothing else of a page's trace: without the field it would go stale."""
    views: dict[str, type[View]] = {}

    def planned(*arguments: object) -> Iterator[Page]:
        for page in plan(*arguments):  # type: ignore[arg-type]
            views[page.address] = type(page.view)
            yield page

    monkeypatch.setattr(build_module, "plan", planned)
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


def inputs_without(index: int) -> Callable[[pytest.MonkeyPatch], None]:
    """Forgets a part of what tells that nothing has to be done: program, sources, data files, theme, drafts."""

    def forgetful(value: object) -> bytes:
        assert isinstance(value, tuple) and len(value) == 5
        return digest(value[:index] + value[index + 1 :])

    return lambda patch: patch.setattr(prepare_module, "digest", forgetful)


def another_program(patch: pytest.MonkeyPatch) -> None:
    """The second build is done by a program that makes other bytes, and knows it."""
    builds: list[bytes] = []
    original = Maker.make

    def versions() -> bytes:
        builds.append(b"")
        return b"old" if len(builds) < 3 else b"new"

    patch.setattr(Maker, "make", lambda *given: original(*given) + (b"" if len(builds) < 3 else b"<!-- new -->"))
    patch.setattr(prepare_module, "program_digest", versions)
    patch.setattr(build_module, "program_digest", lambda: b"old" if len(builds) < 3 else b"new")


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
    path = room.output / "2026/02/new/index.html"
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


def without(name: str) -> Callable[..., Trace]:
    """The surroundings of a page without one part."""
    original = build_module.Surroundings.of
    return lambda self, page: tuple(part for part in original(self, page) if part[0] != name)


def named_only(values: Mapping[str, object], named: Sequence[tuple[tuple[str, int], ...] | None]) -> object:
    """The values of names that are not computed."""
    return tuple((name, values[name]) for pairs in named for name, _ in pairs or () if name in values)


FORGOTTEN = {
    "the program": Forgotten(
        lambda room: None,
        lambda patch: patch.setattr(build_module, "program_digest", lambda: b""),
        another_program,
    ),
    "the portal's time zone": Forgotten(
        site(time_zone="America/New_York"),
        lambda patch: patch.setattr(build_module.Surroundings, "of", without("the portal's address")),
    ),
    "the site view": Forgotten(
        site(tagline="Other words"),
        lambda patch: patch.setattr(build_module.Surroundings, "of", without("the site")),
    ),
    "the template": Forgotten(
        themed("templates/article.html", "{{ page }}", "{{ page }}{{ page }}"),
        lambda patch: patch.setattr(build_module.Surroundings, "of", without("the template")),
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
        lambda patch: patch.setattr(reading_module, "trusted", lambda old, new, at: old.size == new.size),
    ),
    "when a file was hashed": Forgotten(
        same_size_and_tick,
        lambda patch: patch.setattr(reading_module, "trusted", lambda old, new, at: old == new),
        plain_stamps,
    ),
    "the digest of a source": Forgotten(
        field(NEW, title="Other words"),
        lambda patch: patch.setattr(reading_module, "_key", lambda base, mark, path: digest((base, path))),
    ),
    "the options of reading": Forgotten(
        site(time_zone="America/New_York"),
        lambda patch: patch.setattr(
            reading_module, "digest", lambda value: digest(value if isinstance(value[1], bytes) else value[0])
        ),
    ),
    "the next change": Forgotten(
        later(3 * DAY),
        lambda patch: patch.setattr(arrange_module, "_next_change", lambda contents, now, drafts: 0),
    ),
    "sources in the inputs": Forgotten(field(NEW, title="Other words"), inputs_without(1)),
    "data files in the inputs": Forgotten(registry("topics.yaml", "energy", "{name: Power}"), inputs_without(2)),
    "the theme in the inputs": Forgotten(themed("templates/parts/foot.html", "footer", "div"), inputs_without(3)),
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


# ---- publishing


def renames(room: Newsroom, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files that a build puts into their places and, with a minus, deletes; in the order in which it does so."""
    done: list[str] = []
    replaced, unlinked = os.replace, os.unlink

    def name(path: object) -> str:
        return Path(str(path)).relative_to(room.output).as_posix()

    def replace(old: object, new: object) -> None:
        if Path(str(new)).is_relative_to(room.output):
            done.append(name(new))
        replaced(old, new)  # type: ignore[arg-type]

    def unlink(path: object, **more: object) -> None:
        unlinked(path, **more)  # type: ignore[arg-type]
        if Path(str(path)).is_relative_to(room.output):
            done.append(f"-{name(path)}")

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", replace)
        patch.setattr(os, "unlink", unlink)
        assert room.build().problems == ()
    return done


def group(name: str, new: set[str]) -> int:
    """The place of a file in the order of publishing."""
    if name.startswith("-"):
        return 4
    if name.startswith(("assets/", "media/")):
        return 0
    if not name.endswith(".html"):
        return 3
    return 1 if name in new else 2


def test_assets_come_first_then_new_pages_changed_pages_and_feeds_and_deletions_last(
    room: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    small_portal(room)
    before = stamps(room.output)
    room.remove(OLD)
    room.put("articles/2026/02/newest.md", date=day(NOW - HOUR), image="{file: map.png, alt: A map}", tags="[dams]")
    themed("assets/style.css", "margin", "padding")(room)
    done = renames(room, monkeypatch)
    new = {name for name in done if name not in before}
    groups = [group(name, new) for name in done]
    assert set(groups) == {0, 1, 2, 3, 4}
    assert groups == sorted(groups)
    changed = [name for name in done if group(name, new) == 2]
    assert changed[-1] == "index.html"
    assert {"-2026/02/old/index.html"} < {name for name in done if group(name, new) == 4}


def test_the_first_front_page_comes_after_all_other_new_pages(room: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    room.put(NEW)
    pages = [name for name in renames(room, monkeypatch) if name.endswith(".html")]
    assert pages[-1] == "index.html"


def test_a_template_that_fails_publishes_nothing(room: Newsroom) -> None:
    small_portal(room)
    before = tree(room.output), stamps(room.output)
    room.put("articles/2026/02/newest.md", date=day(NOW - HOUR))
    themed("templates/notice.html", "{% extends", "{% set x = 1 // 0 %}{% extends")(room)
    report = room.build()
    assert [problem.place.path for problem in report.problems] == ["themes/bare/templates/notice.html"]
    assert not report.published
    assert (tree(room.output), stamps(room.output)) == before


def test_keep_going_publishes_the_rest_and_leaves_the_page_whose_template_fails(room: Newsroom) -> None:
    small_portal(room)
    notice = room.output / "2026/02/gone/index.html"
    before = notice.read_bytes()
    room.put("articles/2026/02/newest.md", date=day(NOW - HOUR))
    room.remove(OLD)
    themed("templates/notice.html", "{% extends", "{% set x = 1 // 0 %}{% extends")(room)
    report = room.build(keep_going=True)
    assert report.published and len(report.problems) == 1 and report.deleted == 0
    assert notice.read_bytes() == before
    assert (room.output / "2026/02/newest/index.html").exists()
    assert (room.output / "2026/02/old/index.html").exists(), "a problem somewhere is no moment to delete"
    themed("templates/notice.html", "{% set x = 1 // 0 %}", "")(room)
    assert room.build().problems == ()
    assert tree(room.output) == room.clean()[1]


BROKEN = ["---\ntitle: [\n---\n", "no fence", ""]
WRONG = [
    {"country": "narnia"},
    {"source": "nobody"},
    {"id": "2026/02/old"},
    {"image": "{file: lost.png, alt: Lost}"},
    {"translates": "2026/02/lost"},
]


def breaking(room: Newsroom, how: str | dict[str, str]) -> None:
    """Breaks the story `MIDDLE`: its file, or a field that only all files together show to be wrong."""
    if isinstance(how, str):
        room.write(MIDDLE, how)
    else:
        room.set(MIDDLE, title="Never published", **how)


@pytest.mark.parametrize("how", [*BROKEN, *WRONG], ids=str)
def test_keep_going_keeps_the_last_good_version_of_a_broken_story(room: Newsroom, how: str | dict[str, str]) -> None:
    small_portal(room)
    room.set(MIDDLE, title="Last good")
    room.build()
    fields = dict(room.stories[MIDDLE].fields)
    before = stamps(room.output)
    breaking(room, how)
    assert not room.build().published
    room.put("articles/2026/02/newest.md", date=day(NOW - HOUR))
    report = room.build(keep_going=True)
    assert report.published and report.problems and report.deleted == 0
    assert before.keys() <= stamps(room.output).keys()
    for name in ("2026/02/middle/index.html", "2026/02/new/index.html", "kazakhstan/index.html"):
        assert "Last good" in (room.output / name).read_text(), name
    room.stories[MIDDLE].fields = fields
    room.save(MIDDLE)
    assert room.build().problems == ()
    assert tree(room.output) == room.clean()[1]


def test_keep_going_tells_of_a_story_that_broke_although_nothing_else_changed(room: Newsroom) -> None:
    small_portal(room)
    assert room.build().rendered == 0
    room.write(MIDDLE, "no fence")
    assert [problem.place.path for problem in room.build(keep_going=True).problems] == [MIDDLE]


def test_what_was_published_by_keep_going_is_the_last_good_version_from_then_on(room: Newsroom) -> None:
    small_portal(room)
    room.write(OLD, "no fence")
    room.set(MIDDLE, title="Published while another story was broken")
    room.build(keep_going=True)
    room.write(MIDDLE, "no fence")
    room.build(keep_going=True)
    assert "Published while another" in (room.output / "2026/02/middle/index.html").read_text()


def test_a_story_in_a_language_that_is_gone_has_no_last_good_version(room: Newsroom) -> None:
    room.put("articles/2026/02/english.en.md", expires=day(NOW - DAY))
    room.put(NEW)
    room.build()
    site(languages="[ru]")(room)
    report = room.build(keep_going=True)
    assert report.published and len(report.problems) == 1


def test_only_what_is_in_a_file_now_is_told_of_it(room: Newsroom) -> None:
    room.put(NEW, country="narnia")
    assert "narnia" in room.build().problems[0].message
    room.write(NEW, "no fence")
    report = room.build()
    assert len(report.problems) == 1 and "narnia" not in report.problems[0].message
    assert report.problems == room.clean()[0].problems


def test_an_image_that_cannot_be_read_is_one_problem(room: Newsroom) -> None:
    small_portal(room)
    room.write("media/dam.png", b"no image")
    for report in (room.build(), room.clean()[0]):
        assert [problem.place.path for problem in report.problems] == ["media/dam.png"]


def test_an_old_address_may_become_a_folder_and_a_folder_an_old_address(room: Newsroom) -> None:
    for aliases in ("[/old.x]", "[/old.x/story/]", "[/old.x]", "[/old.x/story/more.html]", "[/old.x/story.html]", None):
        room.put(NEW)
        room.set(NEW, aliases=aliases)
        assert room.build().problems == ()
        assert tree(room.output) == room.clean()[1]


def test_what_is_not_ours_is_not_deleted_and_told_where_it_stands_in_the_way(room: Newsroom) -> None:
    small_portal(room)
    (room.output / "CNAME").write_text("aryk.example")
    (room.output / "once").write_text("not ours")
    room.set(MIDDLE, aliases="[/once/]")
    report = room.build()
    assert [problem.place.path for problem in report.problems] == [str(room.output / "once/index.html")]
    assert (room.output / "once").read_text() == "not ours"
    (room.output / "once").unlink()
    assert room.build().problems == ()
    assert differences(tree(room.output), room.clean()[1]) == {"CNAME"}


def test_the_second_of_two_builds_waits_for_the_first(room: Newsroom) -> None:
    small_portal(room)
    room.put("articles/2026/02/newest.md", date=day(NOW - HOUR))
    said: list[str] = []
    with locked(room.store, lambda: None):
        waiting = Thread(target=lambda: build(room.request(), progress=lambda stage, count: said.append(stage)))
        waiting.start()
        while "waiting for another build" not in said:
            waiting.join(0.01)
        waiting.join(0.3)
        assert waiting.is_alive() and "reading" not in said
    waiting.join()
    assert "publishing" in said
    assert tree(room.output) == room.clean()[1]


def test_two_processes_that_build_at_once_leave_what_one_would(room: Newsroom) -> None:
    fill(room, 30)
    processes = [aryk(room) for _ in range(2)]
    assert [process.wait() for process in processes] == [0, 0]
    assert tree(room.output) == room.clean()[1]
    assert room.build().written == 0


def test_verify_finds_a_page_that_was_kept_and_is_stale(room: Newsroom) -> None:
    small_portal(room)
    with open_store(room.store) as store:
        key = room.request().output_key
        page = store.pages(key)["/2026/02/new/"]
        path = room.output / "2026/02/new/index.html"
        path.write_bytes(b"<html>another</html>")
        stamp = Press(room.output).stamp("/2026/02/new/")
        assert stamp is not None
        store.remember_pages(key, [replace(page, digest=digest_bytes(path.read_bytes()), stamp=stamp)])
        store.commit()
    assert room.build().problems == ()
    report = room.build(verify=1000)
    assert [problem.place.path for problem in report.problems] == ["build/2026/02/new/"]
    assert room.build(clean=True).written == 1
    assert room.build(verify=1000).problems == ()


# ---- the store


def test_what_was_deleted_is_no_longer_ours(room: Newsroom) -> None:
    small_portal(room)
    room.remove(OLD)
    assert room.build().deleted == 2
    path = room.output / "2026/02/old/index.html"
    path.parent.mkdir()
    path.write_text("somebody else's")
    room.set(NEW, title="Other words")
    assert room.build().deleted == 0
    assert path.read_text() == "somebody else's"


def test_texts_that_nothing_names_any_more_are_forgotten(room: Newsroom) -> None:
    small_portal(room)
    with open_store(room.store) as store:
        before = len(store.known_texts())
    for number in range(3):
        body(NEW, f"Text {number}.")(room)
        room.build()
    with open_store(room.store) as store:
        assert len(store.known_texts()) == before


def test_a_file_that_was_touched_is_compared_once(room: Newsroom) -> None:
    """The second build after it trusts the stamps again, and has nothing to look into."""
    small_portal(room)
    for path in room.output.rglob("*"):
        os.utime(path)
    first, second = room.build(), room.build()
    assert first.rendered == second.rendered == 0
    assert "checking the output" not in first.seconds
    assert "checking the output" in second.seconds


def test_a_store_that_is_damaged_anywhere_is_noticed_or_does_no_harm(room: Newsroom) -> None:
    fill(room, 4)
    room.build()
    room.set(min(room.stories), title="Other words")
    room.build()
    saved = room.root / "saved"
    shutil.copytree(room.store, saved)
    wanted, size = tree(room.output), (saved / "store.sqlite").stat().st_size
    noticed = 0
    for seed in range(1000 if SOAK else 25):
        dice = random.Random(seed)
        shutil.rmtree(room.store)
        shutil.copytree(saved, room.store)
        with open(room.store / "store.sqlite", "r+b") as file:
            file.seek(dice.randrange(size))
            file.write(dice.randbytes(dice.randrange(1, 40)))
        room.set(min(room.stories), title=f"Words {seed % 2}")
        reports = [room.build(verify=verify) for verify in (0, 0, 9)]
        noticed += any("made anew" in advice.message for report in reports for advice in report.advice)
        assert [report.written for report in reports[1:]] == [0, 0], seed
        assert tree(room.output).keys() == wanted.keys(), seed
        assert not any(report.problems for report in reports), seed
    room.set(min(room.stories), title="Other words")
    room.build()
    assert tree(room.output) == wanted
    assert noticed > 3


def test_a_damaged_name_of_a_table_is_noticed(room: Newsroom) -> None:
    """SQLite tells of it in bytes that are no UTF-8."""
    small_portal(room)
    path = room.store / "store.sqlite"
    path.write_bytes(path.read_bytes().replace(b"CREATE TABLE texts", b"CREATE T\x9bBLE texts"))
    report = room.build()
    assert "made anew" in report.advice[0].message and report.written == 0


def test_files_with_trusted_stamps_are_not_read(room: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    small_portal(room)
    read: list[str] = []
    original = reading_module._read

    def noting(job: object, *options: object) -> object:
        read.append(job.path)  # type: ignore[attr-defined]
        return original(job, *options)  # type: ignore[arg-type]

    monkeypatch.setattr(reading_module, "_read", noting)
    room.set(NEW, title="Other words")
    room.build()
    assert read == [NEW]


@pytest.mark.parametrize("keys", ["ba", "aa", "acb"])
def test_rows_in_disorder_are_noticed(keys: str) -> None:
    """As they come where a pointer between the pages of the database is damaged."""
    rows = [store_module._sealed((key, "a value")) for key in keys]
    with pytest.raises(BrokenStore, match="disorder"):
        list(store_module._in_order(rows, 1))


@pytest.mark.parametrize("words", ["Unmistakable title", "Unmistakable text"])
def test_a_letter_that_changes_inside_the_store_is_noticed(room: Newsroom, words: str) -> None:
    """SQLite does not notice it, and the page would say what nobody has written."""
    small_portal(room)
    room.put(
        "articles/2026/02/rare.md", "Unmistakable text", title="Unmistakable title", lead="L", date=day(NOW - HOUR)
    )
    room.build()
    path = room.store / "store.sqlite"
    damaged = path.read_bytes().replace(words.encode(), words.replace("s", "z").encode())
    assert damaged != path.read_bytes()
    path.write_bytes(damaged)
    themed("templates/parts/foot.html", "footer", "div")(room)
    assert "made anew" in room.build().advice[0].message
    assert tree(room.output) == room.clean()[1]


@pytest.mark.parametrize("damage", ["", "no database", "an older version"])
def test_a_store_that_is_none_or_of_another_version_is_made_anew(room: Newsroom, damage: str) -> None:
    small_portal(room)
    if damage == "an older version":
        with sqlite3.connect(room.store / "store.sqlite") as database:
            database.execute("pragma user_version = 999")
        database.close()
    else:
        (room.store / "store.sqlite").write_text(damage)
    report = room.build()
    assert report.problems == () and report.written == 0
    assert damage == "" or "made anew" in report.advice[0].message
    assert room.build().rendered == 0


def test_a_store_that_lost_a_text_is_made_anew(room: Newsroom) -> None:
    small_portal(room)
    with open_store(room.store) as store:
        store.forget_texts(store.known_texts())
        store.commit()
    themed("templates/parts/foot.html", "footer", "div")(room)
    report = room.build()
    assert report.problems == () and "made anew" in report.advice[0].message
    assert tree(room.output) == room.clean()[1]


def test_the_template_cache_may_vanish_between_two_builds_of_one_process(room: Newsroom) -> None:
    small_portal(room)
    themed("templates/parts/foot.html", "footer", "div")(room)
    room.build()
    shutil.rmtree(room.store)
    assert room.build().problems == ()


def test_a_preview_with_drafts_and_the_published_site_do_not_evict_each_other(room: Newsroom) -> None:
    small_portal(room)
    room.set(OLD, draft="true")
    room.build()
    preview = room.root / "preview"
    assert room.build(output=preview, drafts=True).rendered > 0
    assert (preview / "2026/02/old/index.html").exists()
    assert room.build().rendered == 0
    assert room.build(output=preview, drafts=True).rendered == 0


def test_the_end_of_a_draft_is_a_change_of_a_preview(room: Newsroom) -> None:
    room.put(NEW, draft="true", expires=day(NOW + DAY))
    assert room.build(drafts=True).next_change_at == NOW + DAY
    assert room.build().next_change_at == 0
    room.build(drafts=True)
    room.now += 2 * DAY
    room.build(drafts=True)
    assert tree(room.output) == room.clean(drafts=True)[1]


def test_what_changes_by_itself_is_foretold(room: Newsroom) -> None:
    """Building at each `next_change_at` and at no other moment leaves what a clean build at the end makes."""
    fill(room, 10)
    room.put(NEW, date=day(NOW + HOUR), expires=day(NOW + 3 * DAY))
    room.put(OLD, top=day(NOW + 2 * DAY))
    room.write("front.yaml", f"- {{story: 2026/02/old, until: {day(NOW + DAY)}}}\n")
    moments = []
    while (report := room.build()).next_change_at:
        assert tree(room.output) == room.clean()[1]
        moments.append(report.next_change_at)
        room.now = report.next_change_at - 1
        assert room.build().written == 0
        room.now += 1
    assert moments == sorted(set(moments)) and len(moments) >= 4
    room.now += 400 * DAY
    assert room.build().written == 0


# ---- the same bytes everywhere


def aryk(room: Newsroom, *options: str, output: Path | None = None, **environment: str) -> subprocess.Popen[bytes]:
    """A real build in a process of its own; another output has a store beside it."""
    store = output.with_suffix(".store") if output else room.store
    folders = {"--content": room.content, "--output": output or room.output, "--store": store}
    words = [word for name, folder in folders.items() for word in (name, str(folder))]
    command = [sys.executable, "-m", "generator.cli.main", "build", *words, "--now", str(room.now), *options]
    with open(room.root / "said", "ab") as said:
        return subprocess.Popen(command, cwd=ROOT, env=os.environ | environment, stdout=said, stderr=said)


VARIANTS: list[tuple[tuple[str, ...], dict[str, str]]] = [
    (("--jobs", "1"), {"PYTHONHASHSEED": "0"}),
    (("--jobs", "2"), {"PYTHONHASHSEED": "1"}),
    (("--jobs", "1"), {"LC_ALL": "C", "TZ": "America/New_York", "PYTHONUTF8": "0"}),
    (("--jobs", "2"), {"LC_ALL": "ru_RU.UTF-8", "LANGUAGE": "ru", "TZ": "Asia/Tokyo"}),
]


def test_processes_hash_seeds_locales_and_time_zones_make_no_difference(room: Newsroom) -> None:
    fill(room, 90)
    outputs = [room.root / f"variant-{number}" for number in range(len(VARIANTS))]
    for output, (options, environment) in zip(outputs, VARIANTS, strict=True):
        assert aryk(room, *options, output=output, **environment).wait() == 0, (room.root / "said").read_text()
    first, *others = [tree(output) for output in outputs]
    assert len(first) > 500
    for number, other in enumerate(others, 1):
        assert differences(first, other) == set(), VARIANTS[number]


class Backwards(list[os.DirEntry[str]]):
    """Entries of a folder, as `os.scandir` gives them."""

    def __enter__(self) -> Iterator[os.DirEntry[str]]:
        return iter(self)

    def __exit__(self, *error: object) -> None:
        pass


def test_the_order_in_which_a_folder_is_read_makes_no_difference(
    room: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    small_portal(room)
    wanted, scandir = tree(room.output), os.scandir
    monkeypatch.setattr(os, "scandir", lambda path: Backwards(list(scandir(path))[::-1]))
    assert room.clean()[1] == wanted


# ---- power cuts


@pytest.mark.parametrize("point", ["stage", "rename", "delete", "commit", "remember"])
def test_a_build_that_ends_before_any_step_is_mended_by_the_next(room: Newsroom, point: str) -> None:
    small_portal(room)
    for count in (1, 2, 3, 5, 8, 13, 21):
        room.set(NEW, title=f"Title {count}")
        room.put(f"articles/2026/02/night-{count}.md", date=day(NOW - DAY), tags="[night]")
        with killed_at(point, count):
            room.build()
        assert_whole(room.output)
        if count % 2:
            room.remove(f"articles/2026/02/night-{count}.md")
        assert room.build().problems == ()
        assert tree(room.output) == room.clean()[1]


def test_whatever_moment_a_build_is_killed_at_the_next_one_mends_it(room: Newsroom) -> None:
    """Real processes, really killed: each file is whole at any time, and the last build leaves the clean tree."""
    fill(room, 150)
    dice, killed, wanted = random.Random(7), 0, 100 if SOAK else 10
    started = monotonic()
    assert aryk(room).wait() == 0
    whole = monotonic() - started
    for number in range(6 * wanted):  # a build that ends before its moment comes is no kill: try again
        if killed == wanted:
            break
        edited = dice.choice(sorted(room.stories))
        room.set(edited, title=f"Title of edit {number}", country=dice.choice(["kz", "kg", "asia"]))
        if number % 3 == 0:
            themed("templates/parts/foot.html", "</footer>", f"{number}</footer>")(room)
            room.put(f"articles/2026/02/night-{number}.md", date=day(NOW - DAY))
            room.remove(dice.choice(sorted(path for path in room.stories if "night" not in path and alone(room, path))))
        process = aryk(room, "--jobs", "2")
        try:
            process.wait(dice.uniform(0.05, 0.7) * whole)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.wait()
            killed += 1
        assert_whole(room.output)
    assert aryk(room).wait() == 0, (room.root / "said").read_text()
    assert tree(room.output) == room.clean()[1]
    assert room.build().written == 0
    assert killed == wanted


def alone(room: Newsroom, path: str) -> bool:
    """Whether no story links to this one."""
    return not any(Path(path).name in story.body for story in room.stories.values())
