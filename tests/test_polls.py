"""Polls and comments as data: what their files become, every mistake by its place, and shares that add up."""

from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.content.comments import Comment, read_comments
from generator.content.polls import Option, Poll, is_open, read_poll, shares

ZONE = ZoneInfo("Asia/Bishkek")
POLL = """\
# asked by the desk of water
question: {ru: Хватит ли воды?, en: Is there enough water?}
lead: A lead
opened: 2026-02-01
closed: 2026-03-01 12:00
country: [kg, kz]
topic: water
front: true
options:
  - {id: yes, text: {ru: Да, en: Yes}, votes: 3}
  - {id: no, text: {ru: Нет, en: No}, votes: 5}
"""
COMMENTS = """\
- {id: c1, name: Асель, date: 2026-02-20 07:36, text: "First\\nSecond"}
- id: c2
  name: Bek
  date: 2026-02-20 08:00
  reply: c1
  text: |
    A line.
    Another.
"""


def poll_of(text: str) -> Poll:
    poll, problems = read_poll(text.encode(), "polls/water.yaml", ZONE)
    assert poll is not None, problems
    return poll


def test_a_poll_is_read_with_all_its_fields() -> None:
    assert poll_of(POLL) == Poll(
        "polls/water.yaml",
        "water",
        questions=(("ru", "Хватит ли воды?"), ("en", "Is there enough water?")),
        options=(
            Option("yes", (("ru", "Да"), ("en", "Yes")), 3),
            Option("no", (("ru", "Нет"), ("en", "No")), 5),
        ),
        opened=1769882400,
        closed=1772344800,
        leads=(("", "A lead"),),
        countries=("kg", "kz"),
        topics=("water",),
        front=True,
        voters=8,
    )


def test_marks_of_a_tally_are_read() -> None:
    assert poll_of(f"{POLL}tallied: {{0a1b2c3d: 17}}\n").tallied == (("0a1b2c3d", 17),)


WRONG = {
    "an unknown key": (POLL.replace("lead:", "leed:"), "3:1: the key “leed” is not known here"),
    "no question": (POLL.replace("question", "title"), "2:1: “question” is missing"),
    "no options": (POLL.partition("options")[0], "2:1: “options” is missing"),
    "one option": (POLL.rpartition("  - ")[0], "10:3: a poll needs two options or more"),
    "double ids": (POLL.replace("id: no", "id: yes"), "11:10: another option has the id “yes” already"),
    "an id that is none": (POLL.replace("id: no", "id: No!"), "11:10: “No!” is no id of an option"),
    "an option without text": (POLL.replace("text: {ru: Нет, en: No}, ", ""), "11:5: “text” is missing"),
    "an option that is a text": (POLL.replace("{id: no, text: {ru: Нет, en: No}, votes: 5}", "no"), "11:5: a map"),
    "negative votes": (POLL.replace("votes: 5", "votes: -5"), "11:46: a whole number from 0"),
    "closed before opened": (POLL.replace("2026-03-01 12:00", "2026-01-01"), "5:9: the poll closes before it opens"),
    "an impossible date": (POLL.replace("2026-02-01", "2026-02-31"), "4:9: “2026-02-31” is no date"),
    "voters that are not the sum": (f"{POLL}voters: 9\n", "12:9: 9 voters gave 8 votes, but each has one"),
    "fewer voters than votes of an option": (f"{POLL}several: true\nvoters: 4\n", "13:9: there cannot be 4 voters"),
    "more voters than votes": (f"{POLL}several: true\nvoters: 9\n", "13:9: there cannot be 9 voters"),
    "an unknown key of an option": (POLL.replace("votes: 5", "vote: 5"), "11:39: the key “vote” is not known here"),
    "a mark that is none": (f"{POLL}tallied: {{mine: 17}}\n", "12:11: “mine” is no id of an inbox"),
    "nothing": ("# nothing\n", "1:1: the file is empty"),
}


@pytest.mark.parametrize(("text", "said"), WRONG.values(), ids=WRONG)
def test_a_mistake_in_a_poll_is_told_by_its_place(text: str, said: str) -> None:
    poll, problems = read_poll(text.encode(), "polls/water.yaml", ZONE)
    assert poll is None
    assert [one.text() for one in problems if one.text().startswith(f"polls/water.yaml:{said}")], problems


def test_the_name_of_a_polls_file_is_its_id() -> None:
    _, problems = read_poll(POLL.encode(), "polls/Вода.yaml", ZONE)
    assert [str(one.place) for one in problems] == ["polls/Вода.yaml"]


def test_several_choices_take_voters_between_the_greatest_option_and_all_votes() -> None:
    assert poll_of(f"{POLL}several: true\nvoters: 6\n").voters == 6
    assert poll_of(f"{POLL}several: true\n").voters == 5


def test_a_poll_is_open_from_its_opening_to_the_moment_before_its_closing() -> None:
    poll = poll_of(POLL)
    asked = (poll.opened - 1, poll.opened, poll.closed - 1, poll.closed)
    assert [is_open(poll, now) for now in asked] == [False, True, True, False]
    assert is_open(poll_of(POLL.replace("closed: 2026-03-01 12:00\n", "")), 4_000_000_000)


# ---- shares

COUNTS = st.lists(st.integers(0, 10**9), min_size=2, max_size=30).map(tuple)


@given(COUNTS)
def test_shares_of_one_choice_add_up_to_a_hundred_and_are_near_the_truth(votes: tuple[int, ...]) -> None:
    total = sum(votes)
    found = shares(votes, total, several=False)
    assert sum(found) == (100 if total else 0)
    for count, share in zip(votes, found, strict=True):
        assert abs(share * total - 100 * count) < total or not total
        assert share >= 0


@given(COUNTS)
def test_who_has_more_votes_has_no_smaller_share(votes: tuple[int, ...]) -> None:
    pairs = sorted(zip(votes, shares(votes, sum(votes), several=False), strict=True))
    assert all(share <= more for (few, share), (many, more) in pairwise(pairs) if few < many)


@given(COUNTS, st.integers(0, 10**9))
def test_shares_of_several_choices_are_each_rounded_to_the_nearest(votes: tuple[int, ...], others: int) -> None:
    voters = max(votes) + others
    for count, share in zip(votes, shares(votes, voters, several=True), strict=True):
        assert 0 <= share <= 100
        assert 2 * abs(share * voters - 100 * count) <= voters


def test_the_shares_of_a_poll_in_the_paper_add_up() -> None:
    assert shares((1, 1, 1), 3, several=False) == (34, 33, 33)
    assert shares((0, 0), 0, several=False) == (0, 0)


# ---- comments


def test_comments_are_read_in_their_order() -> None:
    found, problems = read_comments(COMMENTS.encode(), "comments/2026/02/dam.yaml", ZONE)
    assert not problems
    assert found is not None
    assert found.story == "2026/02/dam"
    assert found.comments == (
        Comment("c1", "Асель", 1771551360, "First\nSecond"),
        Comment("c2", "Bek", 1771552800, "A line.\nAnother.", "c1"),
    )


WRONG_COMMENTS = {
    "a map": ("a: b\n", "1:1: a list is needed here"),
    "no name": (COMMENTS.replace("name: Асель, ", ""), "1:3: “name” is missing"),
    "double ids": (COMMENTS.replace("id: c2", "id: c1"), "2:7: another comment has the id “c1” already"),
    "a reply to nobody": (COMMENTS.replace("reply: c1", "reply: c3"), "5:10: no comment above has the id “c3”"),
    "an unknown key": (COMMENTS.replace("reply", "replay"), "5:3: the key “replay” is not known here"),
    "an empty text": ("- {id: c1, name: A, date: 2026-02-20, text: }\n", "1:45: “text” is empty"),
}


@pytest.mark.parametrize(("text", "said"), WRONG_COMMENTS.values(), ids=WRONG_COMMENTS)
def test_a_mistake_in_comments_is_told_by_its_place(text: str, said: str) -> None:
    found, problems = read_comments(text.encode(), "comments/2026/02/dam.yaml", ZONE)
    assert found is None
    assert [one.text() for one in problems if one.text().startswith(f"comments/2026/02/dam.yaml:{said}")], problems
