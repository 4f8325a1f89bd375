"""Fan-out: the pages that an edit touches, as exact sets."""

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from generator.pages.addresses import file_of
from tests.edits import RATE_FILES, RATES
from tests.newsroom import (
    DAY,
    HOUR,
    NOW,
    Newsroom,
    day,
    files_of,
    photo,
    poll_of,
    stamps,
    tree,
)

Edit = Callable[[Newsroom], object]


def written(room: Newsroom, edit: Edit) -> set[str]:
    """The files that a build writes or deletes after an edit, which must leave what a clean build makes; none is made in
    vain, without being written."""
    before = stamps(room.output)
    edit(room)
    report = room.build()
    assert report.problems == ()
    assert tree(room.output) == room.clean()[1]
    after = stamps(room.output)
    changed = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
    assert report.written == len([name for name in changed if name in after])
    assert {address for address, _ in report.reasons if file_of(address) not in changed} == set()
    assert report.deleted == len(changed - after.keys())
    return changed


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
    room.site |= {"page_size": "5", "feeds": "{size: 50}"}
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


def feeds(*sections: str) -> set[str]:
    """The feeds of sections: in three formats, as RSS alone where a country and a topic meet."""
    one = {f"{section}feed.xml" for section in sections}
    return one | {f"{section}feed.{end}" for section in sections if section in RICH for end in ("atom", "json")}


def archives(*sections: str) -> set[str]:
    """The documents that hold the stories of 2025, the oldest year of which any is closed."""
    return {f"{section}feeds/2025/1.xml" for section in sections}


RICH = {"/", "/asia/", "/kazakhstan/", "/kyrgyzstan/", "/topic/energy/", "/topic/trade/"}
KAZAKH_FEEDS = feeds("/", "/asia/", *KAZAKH)
KYRGYZ_FEEDS = feeds("/", "/asia/", *KYRGYZ)
SITEMAPS = {"/sitemap-2026-03.xml", "/sitemap.xml", "/sitemap-news.xml"}
"""Of a story of the last two days, in March."""
CARDS_OF_30 = (
    articles(29, 30, 31, 32, 33, 34, 35, 36, 38)
    | {f"{section}2025/page/7/" for section in ALL}
    | {f"{section}2025/page/4/" for section in KAZAKH}
    | {day_page(30)}
    | KAZAKH_FEEDS
    | archives("/", "/asia/", "/kazakhstan/")
)
"""Neighbours, those that it stands before or is related to, the closed list pages that hold it, its day, its feeds."""


def test_publishing_touches_the_open_pages_the_calendar_the_feeds_and_one_neighbour(archive: Newsroom) -> None:
    path, when = "articles/2026/03/newest.md", day(NOW - HOUR)
    assert written(archive, lambda room: room.put(path, country="kz", topic="energy", date=when)) == files_of(
        {"/2026/03/newest/", address(59), "/live/breaking.html"}
        | {*ALL, *KAZAKH, *KAZAKH_FEEDS}
        | {"/archive/", "/archive/2026/", "/archive/2026/03/", "/archive/2026/03/01/"}
        | {"/archive/2026/02/", day_page(59)}
        | {"/topic/", "/kind/", *SITEMAPS}
    )


def test_a_story_costs_its_own_pictures_and_a_picture_the_pages_that_show_it(archive: Newsroom) -> None:
    archive.write("media/dam.png", photo(1, 400, 300))
    archive.write("media/map.png", photo(2, 400, 300))
    archive.set(story_path(30), image="{file: map.png, alt: A map}")
    archive.build()
    path, when = "articles/2026/03/newest.md", day(NOW - HOUR)
    image = "{file: dam.png, alt: A dam}"
    files = written(archive, lambda room: room.put(path, country="kz", topic="energy", date=when, image=image))
    assert {name.split("/")[2] if "/-/" in name else name for name in files if name.startswith("media/")} == {
        *("media/dam.png", "dam.png")
    }
    files = written(archive, lambda room: room.write("media/map.png", photo(3, 400, 300)))
    pages = {name for name in files if not name.startswith("media/")}
    assert pages <= files_of(CARDS_OF_30) and address(30).strip("/") + "/index.html" in pages
    assert len(files - pages) == 1 + 2 * 4  # the file, its variants and those that were


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

    assert written(archive, edit) == files_of({address(30)} | KAZAKH_FEEDS | archives("/", "/asia/", "/kazakhstan/"))


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

    assert written(archive, edit) == files_of({"/", address(59), "/source/times/feed.xml"} | KYRGYZ_FEEDS)


def test_a_tag_touches_its_page_and_the_younger_stories_that_it_is_now_related_to(archive: Newsroom) -> None:
    pages = {address(30), address(40), "/tag/water/", "/tag/water/2025/page/1/", "/tag/"}
    files = files_of(pages | KAZAKH_FEEDS | archives("/", "/asia/", "/kazakhstan/"))
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
        | {*ALL, *KAZAKH, *feeds(*KAZAKH), *archives("/", "/asia/", "/kazakhstan/")}
        | {"/archive/", "/archive/2025/", "/archive/2025/09/", day_page(4)}
        | {"/topic/", "/kind/", "/sitemap-2025-09.xml", "/sitemap.xml", "/digest/2025-w40/"}
    )


def test_removing_a_story_shifts_the_later_lists_of_its_year_alone(archive: Newsroom) -> None:
    month = day_page(30)[:17]
    assert written(archive, lambda room: room.remove(story_path(30))) == files_of(
        articles(29, 30, 31, 32, 33, 34, 35, 36, 38)
        | {f"{section}2025/page/{number}/" for section in ALL for number in (7, 8)}
        | {f"{section}2025/page/4/" for section in KAZAKH}
        | {*ALL, *KAZAKH, *KAZAKH_FEEDS, *archives("/", "/asia/", "/kazakhstan/")}
        | {"/archive/", "/archive/2025/", month, day_page(29), day_page(30), day_page(31)}
        | {"/topic/", "/kind/", f"/sitemap-{month[9:13]}-{month[14:16]}.xml"}
    )


def test_the_name_of_an_outlet_touches_the_pages_that_show_its_stories(archive: Newsroom) -> None:
    def rename(room: Newsroom) -> None:
        room.registries["outlets.yaml"]["times"] = "{name: The New Times, country: kz, url: 'https://times.example/'}"
        room.save_registry("outlets.yaml")

    assert written(archive, rename) == files_of(
        {"/source/", "/source/times/", "/source/times/2025/page/1/", "/search/"}
        | {*articles(58, 59), *ALL, *KYRGYZ, day_page(59)}
        | {*articles(9, 10, 11, 12, 13, 14, 15, 16, 18), day_page(10), "/digest/2025-w42/"}
        | {f"{section}2025/page/3/" for section in ALL}
        | {f"{section}2025/page/2/" for section in KAZAKH}
        | {*KAZAKH_FEEDS, *KYRGYZ_FEEDS, "/source/times/feed.xml", *archives("/", "/asia/", "/kazakhstan/")}
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

    names = (
        "uzbekistan/",
        *(f"uzbekistan/feed.{end}" for end in ("xml", "atom", "json")),
        "feeds/",
        "feeds/all.opml",
        "search/",
    )
    new = {f"{root}{name}" for root in ("/", "/en/") for name in names}
    assert written(archive, add) == files_of(new | {"/sitemap-sections.xml"})


def test_a_language_of_its_own_is_touched_by_its_own_stories_alone(archive: Newsroom) -> None:
    archive.put("articles/2026/02/english.en.md", date=day(NOW - DAY))
    archive.build()
    files = written(archive, lambda room: room.put("articles/2026/02/other.en.md", date=day(NOW - HOUR)))
    assert {name for name in files if not name.startswith("en/")} == files_of(SITEMAPS)


POLLED = ("/", "/live/poll.html", "/polls/", "/polls/in/kazakhstan/", "/polls/in/asia/", "/polls/now/")
"""What shows an open poll of Kazakhstan, in each language; the front page because it is the poll of the day."""


def polled(*languages: str) -> set[str]:
    """Its pages and its file for programs."""
    return {f"{language}{address}" for language in languages for address in POLLED} | {"/polls/now.json"}


@pytest.fixture
def asking(archive: Newsroom) -> Newsroom:
    """The same portal with seven polls, which a story and a text ask, and with a comment."""
    for number in range(6):
        opened = NOW - (300 - number) * DAY
        archive.write(f"polls/old-{number}.yaml", poll_of(day(opened), day(opened + DAY), 1, country="kg"))
    archive.write("polls/now.yaml", poll_of(day(NOW - DAY), day(NOW + DAY), 1, country="kz"))
    archive.set(story_path(30), poll="now")
    archive.stories[story_path(31)].body = "Text 31.\n\nPoll: now"
    archive.save(story_path(31))
    archive.write(comments_on(10), COMMENT)
    assert archive.build().problems == ()
    return archive


COMMENT = "- {id: c1, name: Ann, date: 2026-02-28, text: First}\n"


def comments_on(number: int) -> str:
    """The file of the comments on a story."""
    return f"comments{address(number).rstrip('/')}.yaml"


def test_a_tally_touches_the_poll_and_the_lists_that_show_it_and_no_story(asking: Newsroom) -> None:
    votes = poll_of(day(NOW - DAY), day(NOW + DAY), 2, 3, country="kz", tallied="{0a1b2c3d: 5}")
    assert written(asking, lambda room: room.write("polls/now.yaml", votes)) == files_of(polled("", "/en"))


def test_votes_of_an_old_poll_touch_its_closed_list_page(asking: Newsroom) -> None:
    opened = NOW - 300 * DAY
    votes = poll_of(day(opened), day(opened + DAY), 9, country="kg")
    pages = ("/polls/old-0/", "/polls/2025/page/1/", "/polls/in/kyrgyzstan/", "/polls/in/asia/2025/page/1/")
    files = files_of({f"{language}{page}" for language in ("", "/en") for page in pages} | {"/polls/old-0.json"})
    assert written(asking, lambda room: room.write("polls/old-0.yaml", votes)) == files


def test_a_mark_of_a_tally_alone_touches_nothing(asking: Newsroom) -> None:
    marked = poll_of(day(NOW - DAY), day(NOW + DAY), 1, country="kz", tallied="{0a1b2c3d: 5}")
    assert written(asking, lambda room: room.write("polls/now.yaml", marked)) == set()


def test_a_poll_that_closes_by_itself_touches_what_shows_it_and_no_story(asking: Newsroom) -> None:
    assert asking.build().next_change_at == NOW + DAY

    def wait(room: Newsroom) -> None:
        room.now += DAY

    gone = {"/", "/live/poll.html", "/en/", "/en/live/poll.html"}  # nothing is asked any more
    assert written(asking, wait) == files_of(polled("", "/en") | gone)


def test_a_question_touches_the_stories_that_ask_it(asking: Newsroom) -> None:
    other = poll_of(day(NOW - DAY), day(NOW + DAY), 1, country="kz", question="What else?")
    pages = polled("", "/en") | articles(30, 31)
    assert written(asking, lambda room: room.write("polls/now.yaml", other)) == files_of(pages)


def test_a_comment_touches_its_story_the_counts_of_its_month_and_the_feed_of_comments(asking: Newsroom) -> None:
    month = address(10)[1:8].replace("/", "-")
    more = COMMENT + "- {id: c2, name: Bob, date: 2026-03-01, text: No, reply: c1}\n"
    assert written(asking, lambda room: room.write(comments_on(10), more)) == files_of(
        {address(10), f"/live/comments/{month}.json", "/feeds/comments.xml"}
    )


def test_the_first_comment_on_a_story_touches_no_more(asking: Newsroom) -> None:
    month = address(20)[1:8].replace("/", "-")
    assert written(asking, lambda room: room.write(comments_on(20), COMMENT)) == files_of(
        {address(20), f"/live/comments/{month}.json", "/feeds/comments.xml"}
    )


def test_publishing_where_readers_comment_costs_a_count_at_most(asking: Newsroom) -> None:
    path, when = "articles/2026/03/newest.md", day(NOW - HOUR)
    files = written(asking, lambda room: room.put(path, country="kz", topic="energy", date=when))
    assert {name for name in files if name.startswith(("live/", "polls/", "feeds/"))} == {
        "live/breaking.html",
        "live/comments/2026-03.json",
    }


@pytest.fixture
def with_rates(archive: Newsroom) -> Newsroom:
    """The same portal with rates, published."""
    archive.site["rates"] = RATES
    archive.save_site()
    for name, text in RATE_FILES.items():
        archive.write(name, text)
    archive.build()
    return archive


NBKR, NBK = RATE_FILES
LANGUAGES = ("/", "/en/")
OF_CURRENCIES = {f"{root}rates/{code}/" for root in LANGUAGES for code in ("usd", "kgs", "kzt", "eur")}
TICKER = {f"{root}live/{file}" for root in LANGUAGES for file in ("breaking.html", "ticker.html", "ticker.json")}


def more(name: str, *lines: str) -> Edit:
    """More lines of a file of rates."""
    return lambda room: room.write(name, "".join((RATE_FILES[name], *(f"{line}\n" for line in lines))))


def test_a_new_rate_touches_the_pages_on_rates_alone(with_rates: Newsroom) -> None:
    """The pair of the portal's page on rates, which is not in its ticker; what the dollar costs is on the page of each."""
    assert written(with_rates, more(NBKR, "2026-03-01,USD,1,87.6000")) == files_of(
        {f"{root}rates/{name}" for root in LANGUAGES for name in ("", "feed.xml")}
        | OF_CURRENCIES
        | {f"/rates/{code}/history.{format}" for code in ("usd", "kgs") for format in ("csv", "json")}
        | {"/rates/nbkr/2026.csv"}
    )


def test_a_new_rate_of_the_ticker_touches_it_and_no_page_that_shows_it(with_rates: Newsroom) -> None:
    assert written(with_rates, more(NBK, "2026-03-01,USD,1,512")) == files_of(
        TICKER
        | {f"{root}rates/" for root in LANGUAGES}
        | {f"{root}rates/{code}/" for root in LANGUAGES for code in ("usd", "kzt")}
        | {f"/rates/kzt/history.{format}" for format in ("csv", "json")}
        | {"/rates/nbk/2026.csv"}
    )


def test_the_rate_of_tomorrow_waits_for_its_day(with_rates: Newsroom) -> None:
    assert written(with_rates, more(NBKR, "2026-03-02,EUR,1,96")) == files_of({"/rates/nbkr/2026.csv"})

    def tomorrow(room: Newsroom) -> None:
        room.now += 6 * HOUR

    assert written(with_rates, tomorrow) == files_of(
        TICKER
        | {f"{root}rates/" for root in LANGUAGES}
        | OF_CURRENCIES
        | {f"/rates/eur/history.{format}" for format in ("csv", "json")}
    )


def test_a_rate_that_grows_old_is_marked_and_the_build_says_when(with_rates: Newsroom) -> None:
    """The rates are of 28 February; five days later they are still fresh, and at midnight in Bishkek they are not."""
    assert with_rates.build().next_change_at == datetime(2026, 3, 6, tzinfo=ZoneInfo("Asia/Bishkek")).timestamp()

    def turn(room: Newsroom) -> None:
        room.now = with_rates.build().next_change_at

    assert written(with_rates, turn) == files_of({f"{root}rates/" for root in LANGUAGES} | OF_CURRENCIES | TICKER)


STRIP = files_of({f"{root}live/breaking.html" for root in LANGUAGES})


def test_what_is_breaking_touches_its_place_alone(with_rates: Newsroom) -> None:
    """It comes, is worded anew, ends by itself, comes back, loses its story, and goes."""
    line = f"- {{text: {{ru: %s, en: It broke}}, story: {address(59).strip('/')}, until: {day(NOW + HOUR)}}}\n"
    assert written(with_rates, lambda room: room.write("breaking.yaml", line % "One")) == STRIP
    assert with_rates.build().next_change_at == NOW + HOUR
    assert written(with_rates, lambda room: room.write("breaking.yaml", line % "Two")) == {"live/breaking.html"}
    assert written(with_rates, lambda room: setattr(room, "now", NOW + HOUR)) == STRIP
    assert written(with_rates, lambda room: setattr(room, "now", NOW)) == STRIP
    assert written(with_rates, lambda room: room.set(story_path(59), retracted="{date: 2026-03-01, text: No}")) > STRIP
    assert written(with_rates, lambda room: room.drop("breaking.yaml")) == set()


def test_pages_that_hold_the_ticker_themselves_change_with_it(with_rates: Newsroom) -> None:
    with_rates.site["fragments"] = "inline"
    with_rates.save_site()
    with_rates.build()
    files = written(with_rates, more(NBK, "2026-03-01,USD,1,512"))
    assert files > files_of({"/", address(0), "/archive/2025/"})


def test_a_file_of_rates_that_is_gone_leaves_the_portal(with_rates: Newsroom) -> None:
    with_rates.write("rates/nbkr/2024.csv", "date,currency,nominal,value\n2024-02-28,JPY,10,5.9\n")
    with_rates.build()
    pages = files_of({f"{root}rates/" for root in LANGUAGES})
    assert written(with_rates, lambda room: room.drop("rates/nbkr/2024.csv")) == pages | {"rates/nbkr/2024.csv"}


MONDAY = int(datetime(2026, 3, 2, tzinfo=ZoneInfo("Asia/Bishkek")).timestamp())
"""The end of the week of now, which has stories 57, 58 and 59."""


def test_a_week_that_is_over_appears_by_itself(archive: Newsroom) -> None:
    """The week before it has two stories, and no digest; the one before that leads to the new one."""
    archive.put("articles/2026/02/more.md", date=day(moment(59) - HOUR), country="kz", topic="energy")
    assert archive.build().next_change_at == MONDAY

    def wait(room: Newsroom) -> None:
        room.now = MONDAY

    before = max(path.name for path in (archive.output / "digest").glob("2026-w*"))
    assert written(archive, wait) == files_of(
        {"/digest/2026-w09/", f"/digest/{before}/", "/digest/2026/", "/digest/", "/", "/sitemap-sections.xml"}
    )


def test_a_headline_of_an_old_week_touches_its_digest_and_no_list_of_digests(archive: Newsroom) -> None:
    assert {
        name for name in written(archive, lambda room: room.set(story_path(9), title="New")) if "digest" in name
    } == {"digest/2025-w42/index.html"}


def test_a_retracted_story_touches_the_digest_of_its_week(archive: Newsroom) -> None:
    archive.put("articles/2025/10/more.md", date=day(moment(9) + HOUR))
    archive.build()
    wrong = "{date: 2026-02-27, text: Wrong}"
    files = written(archive, lambda room: room.set(story_path(9), retracted=wrong))
    assert {name for name in files if name.startswith("digest/")} == {"digest/2025-w42/index.html"}


def test_what_an_editor_says_of_a_week_touches_its_digest_and_the_lists_that_name_it(archive: Newsroom) -> None:
    text = "---\ntitle: A week\nstories: [%s]\n---\nA text.\n"
    said = [file_of(f"/digest/{page}") for page in ("2025-w42/", "2025/", "")]
    write = lambda room: room.write("digests/2025-w42.md", text % address(9).strip("/"))  # noqa: E731
    assert written(archive, write) == set(said)
    more = lambda room: room.write("digests/2025-w42.md", (text % address(9).strip("/")) + "More.\n")  # noqa: E731
    assert written(archive, more) == {said[0]}
    assert written(archive, lambda room: room.drop("digests/2025-w42.md")) == set(said)
