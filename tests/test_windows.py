"""Windows of time: which stories are inside, when the next one leaves, and what a build does about it."""

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from generator.content.registries import Registries
from generator.content.stories import Article, Card
from generator.pages.addresses import file_of
from generator.pages.news import NEWS_SITEMAP
from generator.site.editions import make_edition
from generator.site.sections import sorting_of
from generator.site.shelves import Cut
from generator.site.windows import NEWS, inside, leavings
from tests.newsroom import DAY, HOUR, NOW, Newsroom, day, tree

SORTING = sorting_of(Registries({}, {}, {}, {}, None, None), ZoneInfo("UTC"))


def edition(*dates: int, language: str = "ru"):  # type: ignore[no-untyped-def]
    cards = (Card(f"id-{date}", f"/{date}/", language, "A title", "", date, (), ()) for date in dates)
    return make_edition(language, [Article(card.address, card, b"") for card in cards], SORTING, Cut(20))


@pytest.mark.parametrize(
    ("now", "within", "leaves"),
    [
        (1_000, [1_000], 1_100),
        (1_099, [1_000, 1_050], 1_100),
        (1_100, [1_050], 1_150),
        (1_149, [1_050], 1_150),
        (1_150, [], None),
    ],
)
def test_a_story_is_inside_from_its_date_until_it_is_as_old_as_the_window(
    now: int, within: list[int], leaves: int | None
) -> None:
    one = edition(*(date for date in (10, 1_000, 1_050) if date <= now))
    assert [one.stories[at].card.date for at in inside(one, 100, now)] == within
    assert min(leavings(one, [100], now), default=None) == leaves


def test_the_oldest_inside_leaves_each_window_first() -> None:
    assert sorted(leavings(edition(980, 1_000), [100, 500], 1_000)) == [1_080, 1_480]
    assert list(leavings(edition(), [100, 500], 1_000)) == []


def told(output: Path) -> list[str]:
    """The titles in the news sitemap."""
    text = (output / file_of(NEWS_SITEMAP)).read_text()
    return [part.partition("<")[0] for part in text.split("<news:title>")[1:]]


def test_news_leave_by_themselves_and_come_back_where_the_clock_does(room: Newsroom) -> None:
    ages = {"first": NEWS - HOUR, "second": HOUR, "third": NEWS}
    for name, age in ages.items():
        room.put(f"articles/2026/02/{name}.md", title=name, date=day(NOW - age), digest="false")
    report = room.build()
    assert told(room.output) == ["second", "first"]
    assert report.next_change_at == NOW + HOUR
    for offset, titles, leaves in (
        (HOUR - 1, ["second", "first"], NOW + HOUR),
        (HOUR, ["second"], NOW - HOUR + NEWS),
        (NEWS - HOUR, [], 0),
        (-1, ["second", "first", "third"], NOW),
        (30 * DAY, [], 0),
        (0, ["second", "first"], NOW + HOUR),
    ):
        room.now = NOW + offset
        report = room.build()
        assert (told(room.output), report.next_change_at) == (titles, leaves)
        assert tree(room.output) == room.clean()[1]


def test_a_moment_at_which_nothing_leaves_costs_no_page(room: Newsroom) -> None:
    room.put("articles/2026/02/one.md", date=day(NOW - DAY))
    room.build()
    room.now = NOW + HOUR
    assert room.build().rendered == 0
    room.now = NOW + DAY
    report = room.build()
    assert [address for address, _ in report.reasons] == [NEWS_SITEMAP]


def test_the_feed_of_a_partner_who_asked_for_days_forgets_older_stories_by_itself(room: Newsroom) -> None:
    room.site["feeds"] = "{partners: {post: {days: 1}, english: {days: 3, language: en}}}"
    room.save_site()
    room.put("articles/2026/02/first.md", title="first", date=day(NOW - DAY + HOUR))
    room.put("articles/2026/02/second.en.md", title="second", date=day(NOW - 3 * DAY + 2 * HOUR))
    assert room.build().next_change_at == NOW + HOUR
    for hours, told in ((1, (False, True)), (2, (False, False)), (0, (True, True))):
        room.now = NOW + hours * HOUR
        report = room.build()
        feeds = [(room.output / name).read_text() for name in ("feeds/post.xml", "en/feeds/english.xml")]
        assert ("first" in feeds[0], "second" in feeds[1]) == told
        assert report.next_change_at == (NOW + min([1, 2, 25][hours:]) * HOUR)
        assert tree(room.output) == room.clean()[1]
