"""Stories that trip feeds: strange titles, a huge text, no lead, a moment shared, an edit, a new name, an embargo."""

from pathlib import Path

import pytest

from generator.engine.build import build
from generator.engine.request import Request
from tests.conftest import COMMON, NOW, MakeSite, story, tree
from tests.feed_rules.check import FORMATS, feeds_of, violations
from tests.feed_rules.documents import Document
from tests.newsreaders import READS, assert_same, read_by_feedparser, read_by_newsboat, served
from tests.newsroom import picture

ROOT = "https://test.example"
LONG, HUGE = 180, 680
"""Paragraphs of 400 letters: the most that a feed carries in full, and the most that a story may have."""


def long_text(paragraphs: int) -> str:
    return "\n\n".join(f"Paragraph {number}: " + "long words " * 38 for number in range(paragraphs))


TITLES = {
    "emoji": "Вода 💧 пришла 👩‍🌾🇰🇿",
    "cdata": "What ]]> ends, <![CDATA[ begins",
    "ampersands": "Oil & gas &amp; &lt;coal&gt; &#8;",
    "tags": "A <b>bold</b> <script>go()</script> title",
    "marks": "שלום \u200fright\u200e \u202eto left\u202c and \u2067isolated\u2069",
    "quotes": 'A 27" screen, “b” ‘c’ «d»',
}
STORIES = {
    "huge": story(long_text(HUGE), title="Huge", date="2026-02-19 10:00"),
    "long": story(long_text(LONG), title="Long", date="2026-02-19 09:00"),
    "bare": story("- 1\n", title="Without lead, paragraph and picture", date="2026-02-18 10:00"),
    "leads": story(title="A lead with marks", lead="'Less ]]> & more'", date="2026-02-17 10:00"),
    "pictured": story(image="{file: dam.png, alt: 'A \"dam\" <b> ]]>'}", date="2026-02-16 10:00"),
    "rooted": story(
        '<p><a href="/2026/02/b/">A link</a>, <img src="/media/dam.png" alt="A dam"></p>', date="2026-02-15 11:00"
    ),
    "linked": story("A [link](b.md#x), [mail](mailto:a@b.example), [^1].\n\n[^1]: Note.", date="2026-02-15 10:00"),
    "b": story("## X\n\n| a |\n|--:|\n| 1 |\n\nhttps://youtu.be/dQw4w9WgXcQ\n", date="2026-02-14 10:00"),
}
for name, title in TITLES.items():
    quoted = title.replace("'", "''")
    STORIES[name] = story(f"Text of {name} ]]> & <b>bold</b>.", title=f"'{quoted}'")
SECRET = ("Zanzibarium", "quokkas dance", "whisperlead", "hushpicture", "mumblealt", "sotto-voce", "Ghostwriter")
EMBARGOED = story(
    f"The {SECRET[1]} at midnight.\n\n![{SECRET[4]}](../../../media/{SECRET[3]}.png)",
    title=SECRET[0],
    lead=SECRET[2],
    date="2026-03-01 18:01",  # a minute after NOW, in Bishkek
    image=f"{{file: {SECRET[3]}.png, alt: {SECRET[4]}}}",
    author=f"[{{guest: {SECRET[6]}}}]",
)


SITE = (
    (COMMON / "site.yaml").read_text()
    + """feeds:
  hub: https://hub.example/
  partners:
    brief: {text: summary, image: no}
    search: {yandex: yes, exclude: {topic: [trade]}}
"""
)


def files(stories: dict[str, str]) -> dict[str, str | bytes]:
    return {f"articles/2026/02/{name}.md": text for name, text in stories.items()} | {
        "media/dam.png": picture(8, 6),
        "site.yaml": SITE,
    }


@pytest.fixture
def hostile(make_site: MakeSite) -> Request:
    """A built portal of hostile stories; those that name no date have the same one."""
    request = make_site(files(STORIES))
    report = build(request)
    assert [problem.text() for problem in report.problems] == []
    return request


def read(request: Request) -> list[Document]:
    """Every feed of a portal, each of which keeps every rule."""
    found = list(feeds_of(request.output, ROOT, NOW))
    wrong = [(at.address, violation) for format, at in found for violation in violations(format, at)]
    assert (wrong, len(found) > 3) == ([], True)
    return [FORMATS[format].read(at) for format, at in found if format in ("rss", "atom", "json")]


def portal_feeds(request: Request) -> list[Document]:
    """The feeds of the whole portal, in every format."""
    return [feed for feed in read(request) if feed.at.address.startswith(f"{ROOT}/feed.")]


def test_every_feed_keeps_every_rule(hostile: Request) -> None:
    assert [len(feed.entries) for feed in portal_feeds(hostile)] == [len(STORIES)] * 3
    assert {f"{ROOT}/feeds/{name}.xml" for name in ("brief", "search")} <= {feed.at.address for feed in read(hostile)}


def test_titles_arrive_as_they_were_written(hostile: Request) -> None:
    for feed in portal_feeds(hostile):
        found = {entry.url.split("/")[-2]: entry.title for entry in feed.entries}

        assert {name: found[name] for name in TITLES} == TITLES, feed.at.address


def test_a_text_arrives_as_a_whole(hostile: Request) -> None:
    """`]]>` does not cut it, nor its length; of one that would fill a feed alone there is a summary, and a link."""
    for feed in portal_feeds(hostile):
        found = {entry.url.split("/")[-2]: entry.content for entry in feed.entries}

        assert found["cdata"] == "<p>Text of cdata ]]&gt; &amp; <b>bold</b>.</p>"
        assert found["long"].count("<p>Paragraph") == LONG, feed.at.address
        assert f'<a href="{ROOT}/2026/02/huge/">' in found["huge"]
        assert len(found["huge"]) < 10_000


def test_stories_of_one_second_have_one_order_everywhere(hostile: Request) -> None:
    """That of their ids, the greatest first as on the portal's lists, in every format and section."""
    wanted = sorted(TITLES, reverse=True)

    for feed in read(hostile):
        names = [entry.url.split("/")[-2] for entry in feed.entries]
        assert [name for name in names if name in TITLES] == [name for name in wanted if name in names]


def test_newsreaders_see_hostile_stories_alike(hostile: Request, tmp_path: Path) -> None:
    with served(hostile.output) as address:
        for number, name in enumerate(
            f"feed{ending}" for ending in READS if (hostile.output / f"feed{ending}").is_file()
        ):
            by_newsboat = read_by_newsboat(f"{address}/{name}", tmp_path / str(number))
            by_feedparser = read_by_feedparser((hostile.output / name).read_bytes())

            assert_same(by_newsboat, by_feedparser)
            assert {item.title for item in by_newsboat} >= set(TITLES.values())


def test_an_edited_old_story_keeps_its_id_date_and_place(hostile: Request, make_site: MakeSite) -> None:
    before = portal_feeds(hostile)
    make_site(files({"b": story("Corrected.", title="Edited", date="2026-02-14 10:00", updated="2026-03-01 17:00")}))
    assert not build(hostile).problems

    for old, new in zip(before, portal_feeds(hostile), strict=True):
        assert [(one.id, one.published) for one in old.entries] == [(one.id, one.published) for one in new.entries]
        assert new.entries[-1].title == "Edited"
        assert new.entries[-1].content == "<p>Corrected.</p>"
        assert new.changed == old.changed == "" or new.changed != old.changed


def test_a_renamed_story_keeps_its_id(hostile: Request, make_site: MakeSite) -> None:
    """As `aryk rename` leaves it, with its old id and address."""
    before = portal_feeds(hostile)
    text = STORIES["leads"].replace("---\n", "---\nid: 2026/02/leads\naliases: [/2026/02/leads/]\n", 1)
    make_site({"site.yaml": SITE, "articles/2026/02/leads.md": None, "articles/2026/02/moved.md": text})
    assert not build(hostile).problems

    for old, new in zip(before, portal_feeds(hostile), strict=True):
        assert [one.id for one in old.entries] == [one.id for one in new.entries]
        moved = [one.url for one in new.entries if one.url not in {other.url for other in old.entries}]
        assert moved == [f"{ROOT}/2026/02/moved/"]


def test_nothing_of_an_embargoed_story_leaks(hostile: Request, make_site: MakeSite) -> None:
    """Not a byte of the output changes; at its moment it stands first."""
    before = tree(hostile.output)
    make_site(
        {"site.yaml": SITE, "articles/2026/02/sotto-voce.md": EMBARGOED, f"media/{SECRET[3]}.png": picture(12, 7)}
    )
    report = build(hostile)

    assert [held.path for held in report.held_back] == ["articles/2026/02/sotto-voce.md"]
    after = tree(hostile.output)
    assert [(word, path) for word in SECRET for path, data in after.items() if word.encode() in data] == []
    assert [(word, path) for word in SECRET for path in after if word in path] == []
    assert after == before

    assert not build(make_site({"site.yaml": SITE}, now=NOW + 60)).problems
    for format, at in feeds_of(hostile.output, ROOT, NOW + 60):
        assert violations(format, at) == []
        if at.address.startswith(f"{ROOT}/feed."):
            assert FORMATS[format].read(at).entries[0].title == SECRET[0]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (story(title='"A \\b bell"'), ":2:8: a control character (U+0008) in a text (delete it)"),
        (story(title="A \x1f mark"), ":2:10: a control character (U+001F) (delete it)"),
        (story("A \x07 bell."), ":7:3: a control character (U+0007) (delete it)"),
        (
            story(image="{file: none.png, alt: None}"),
            ":6:15: the image media/none.png does not exist (put it into content/media and write its name)",
        ),
        (
            story(source="{outlet: post, url: 'https://post.example/a b'}"),
            ":6:29: “https://post.example/a b” has a character that no address has"
            " (write the address as a browser shows it when copied)",
        ),
        (
            story(source="{outlet: post, url: 'https://[post/'}"),
            ":6:29: “https://[post/” is no address that can be read (write it as a browser shows it when copied)",
        ),
    ],
)
def test_what_no_feed_can_hold_is_told_to_its_author(text: str, problem: str, make_site: MakeSite) -> None:
    """Nothing is published then: feeds neither lose characters in silence nor name a picture that is not there."""
    report = build(make_site({"articles/2026/02/wrong.md": text, "outlets.yaml": "post: {name: Post}\n"}))

    assert [found.text() for found in report.problems] == [f"articles/2026/02/wrong.md{problem}"]
    assert not (make_site({}).output / "feed.xml").exists()


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("address: https://тест.example", "no address of a portal (write https://xn--e1aybc.example)"),
        ("address: https://test.example/a/../b", "no address of a portal (write https://example.org,"),
        ("feeds: {hub: 'https://hub.example/<a>'}", "has a character that no address has"),
    ],
)
def test_an_address_that_no_aggregator_could_read_is_told(line: str, problem: str, make_site: MakeSite) -> None:
    name = line.partition(":")[0]
    site = [one for one in (COMMON / "site.yaml").read_text().splitlines() if not one.startswith(f"{name}:")]
    report = build(make_site({"site.yaml": "\n".join([*site, line])}))

    assert [problem in found.text() for found in report.problems] == [True]


def test_an_address_with_a_strange_host_stops_no_feed(make_site: MakeSite) -> None:
    """Python and browsers do not agree about which hosts can be read."""
    request = make_site({"articles/2026/02/odd.md": story("[A link](//[a@odd.example/).")})
    assert not build(request).problems

    assert "https://[a@odd.example/" in (request.output / "feed.xml").read_text()


def test_archives_of_long_stories_lose_none(make_site: MakeSite) -> None:
    """Beyond what a document has room for, the oldest of its stories are told short."""
    files = {
        f"articles/2026/02/long-{number:02}.md": story(long_text(60), date=f"2026-02-20 10:{number:02}")
        for number in range(57)
    }
    request = make_site(files)
    assert not build(request).problems

    for name, count in (("feeds/2026/1.xml", 50), ("feed.xml", 7)):
        data = (request.output / name).read_bytes()
        assert data.count(b"<item>") >= count
        assert len(data) < 512 * 1024


def test_a_feed_of_stories_with_many_tags_is_not_too_large(make_site: MakeSite) -> None:
    tags = ", ".join(f"Tag {number} {'é' * 40}" for number in range(200))
    files = {
        f"articles/2026/02/tagged-{number:02}.md": story(date=f"2026-02-20 10:{number:02}", tags=f"[{tags}]")
        for number in range(49)
    }
    request = make_site(files)
    assert not build(request).problems

    for name in ("feed.xml", "feed.atom", "feed.json"):
        data = (request.output / name).read_bytes()
        assert len(data) < 512 * 1024
    assert (request.output / "feed.xml").read_bytes().count(b"<item>") == 49
