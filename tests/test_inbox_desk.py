"""The editor's side: what is accepted stands in files as an editor would write it, and votes are tallied exactly once."""

import sqlite3
import time
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from PIL import Image

from generator.config import Config, read_config
from generator.content.articles import ReadingOptions, read_article
from generator.content.comments import read_comments
from generator.content.polls import Poll, read_poll, shares
from generator.inbox.counts import counts_between, number_from
from generator.inbox.database import FILE, connect, copy, inbox_id, prepare
from generator.inbox.marks import DAY, SLICES, sweep_marks, sweep_texts
from generator.inbox.messages import Message, add, messages
from generator.inbox.poll_edits import with_tally
from generator.inbox.publishing import publish_comment, publish_report
from tests.conftest import story
from tests.inboxes import POLL, Inbox, python
from tests.test_polls import ZONE, poll_of

KILLING = str(Path(__file__).parent / "killing.py")
STORY = "2026/02/dam"
SENT = 1_771_551_360


@pytest.fixture
def inbox(tmp_path: Path) -> Inbox:
    """An inbox that nobody serves at the moment."""
    found = Inbox(tmp_path)
    prepare(found.folder)
    found.write("polls/water.yaml", POLL)
    found.write(f"articles/{STORY}.md", story())
    return found


def opened(inbox: Inbox) -> sqlite3.Connection:
    return connect(inbox.folder / FILE)


def give(inbox: Inbox, poll: str = "water", **votes: int) -> None:
    """Puts votes into the box."""
    db = opened(inbox)
    for options, count in votes.items():
        chosen = options.replace("_", " ")
        db.execute("insert or ignore into choices (poll, options) values (?,?)", (poll, chosen))
        (number,) = db.execute("select number from choices where poll = ? and options = ?", (poll, chosen)).fetchone()
        db.executemany("insert into votes (choice) values (?)", [(number,)] * count)
    db.close()


def receive(inbox: Inbox, message: Message, *photos: bytes) -> None:
    db = opened(inbox)
    add(db, message, photos)
    db.close()


def poll(inbox: Inbox, id: str = "water") -> Poll:
    found, problems = read_poll(inbox.read(f"polls/{id}.yaml").encode(), f"polls/{id}.yaml", ZONE)
    assert found is not None, problems
    return found


def votes(inbox: Inbox, id: str = "water") -> list[int]:
    return [option.votes for option in poll(inbox, id).options]


# ---- tallying


def test_a_tally_adds_the_votes_once_and_keeps_what_the_author_wrote(inbox: Inbox) -> None:
    give(inbox, yes=3, no=2)
    assert inbox.command("tally").stdout == "water: 5 voters added, 5 in all\n"
    inbox_of = inbox_id(opened(inbox))
    wanted = POLL.replace("votes: 0", "votes: 3").replace("ru: Нет}}", "ru: Нет}, votes: 2}")
    assert inbox.read("polls/water.yaml") == f'{wanted}tallied: {{"{inbox_of}": 5}}\n'
    assert inbox.command("tally").stdout == ""
    give(inbox, no=1)
    inbox.command("tally", "water")
    assert votes(inbox) == [3, 3]


def test_votes_that_editors_write_themselves_stay(inbox: Inbox) -> None:
    inbox.write("polls/water.yaml", POLL.replace("votes: 0", "votes: 1492"))
    give(inbox, yes=8)
    inbox.command("tally")
    assert votes(inbox) == [1500, 0]


def test_a_poll_of_several_choices_counts_voters(inbox: Inbox) -> None:
    inbox.write("polls/water.yaml", f"several: true\n{POLL}")
    give(inbox, yes=2, no_yes=3)
    inbox.command("tally")
    assert (votes(inbox), poll(inbox).voters) == ([5, 3], 5)


def test_an_older_file_is_counted_again_from_what_it_says(inbox: Inbox) -> None:
    give(inbox, yes=3)
    inbox.command("tally")
    older = inbox.read("polls/water.yaml")
    give(inbox, no=4)
    inbox.command("tally")
    inbox.write("polls/water.yaml", older)
    inbox.command("tally")
    assert votes(inbox) == [3, 4]


def test_two_inboxes_count_into_one_file(inbox: Inbox, tmp_path: Path) -> None:
    other = Inbox(tmp_path / "other")
    prepare(other.folder)
    give(inbox, yes=3)
    give(other, yes=5)
    for number in range(2):
        inbox.command("tally")
        other.write("polls/water.yaml", inbox.read("polls/water.yaml"))
        other.command("tally")
        inbox.write("polls/water.yaml", other.read("polls/water.yaml"))
        assert votes(inbox) == [8, number]
        give(inbox, no=1)


def test_an_older_copy_of_the_inbox_counts_nothing_twice_and_loses_nothing_new(inbox: Inbox) -> None:
    give(inbox, yes=3)
    db = opened(inbox)
    copy(db, inbox.root / "copy")
    db.close()
    give(inbox, yes=4)
    inbox.command("tally")
    for path in inbox.folder.glob(f"{FILE}*"):
        path.unlink()
    (inbox.root / "copy").rename(inbox.folder / FILE)
    inbox.command("tally")
    assert votes(inbox) == [7, 0]
    with inbox:
        assert inbox.results("water")["voters"] == 7  # the service looks at the file before it takes a vote
    give(inbox, no=2)
    inbox.command("tally")
    assert votes(inbox) == [7, 2]


def test_the_results_stay_while_votes_move_into_the_file(inbox: Inbox) -> None:
    give(inbox, yes=3, no=2)
    with inbox:
        before = inbox.results("water")
        inbox.command("tally")
        time.sleep(1.1)
        assert inbox.results("water") == before
        assert before["voters"] == 5


def test_what_cannot_be_counted_waits_and_is_told(inbox: Inbox) -> None:
    give(inbox, yes=1, gone=1)
    assert "“gone”" in inbox.command("tally", status=1).stderr
    assert inbox.read("polls/water.yaml") == POLL
    inbox.write("polls/water.yaml", POLL.replace("id: no", "id: gone"))
    inbox.command("tally")
    assert votes(inbox) == [1, 1]
    (inbox.content / "polls/water.yaml").unlink()
    assert "no file" in inbox.command("tally", status=1).stderr
    inbox.write("polls/water.yaml", "question: [\n")
    assert "polls/water.yaml:1" in inbox.command("tally", status=1).stderr


WAYS_OF_WRITING = {
    "a line for each key": POLL.replace(
        '  - {id: no, text: {en: "No", ru: Нет}}\n', "  - id: no\n    text: Нет   # short\n  # the end\n"
    ),
    "options first": "options:\n- {id: yes, text: a}\n- id: no\n  text:\n    ru: Нет\nquestion: Q\nopened: 2026-01-01\n",
    "one line": "{question: Q, opened: 2026-01-01, options: [{id: yes, text: a}, {id: no, text: b, votes: 4}]}\n",
    "no line end": POLL.removesuffix("\n"),
    "line ends of Windows": POLL.replace("\n", "\r\n"),
    "a text in lines of its own": f"{POLL}lead: |\n  First\n  second\n\n",
    "a folded text before options": f"lead: >-\n  First\n  second\n\n{POLL}",
    "voters": f"voters: 0   # all of them\n{POLL}",
    "several": f"{POLL}several: true\n",
    "marks of another inbox": f"{POLL}tallied: {{0a1b2c3d: 17}}\n",
    "marks in lines": f"{POLL}tallied:\n  0a1b2c3d: 17\n",
    "marks in lines above other keys": f"tallied:\n  0a1b2c3d: 17  # by hand\n\n{POLL}",
    "letters outside the plane": POLL.replace("Is there", "💧 Is there"),
}


@pytest.mark.parametrize("text", WAYS_OF_WRITING.values(), ids=WAYS_OF_WRITING)
def test_a_polls_file_is_edited_however_it_is_written(text: str) -> None:
    before = poll_of(text)
    numbers = tuple(option.votes + 7 for option in before.options)
    voters = before.voters + (7 if before.several else 14)
    found = with_tally(text.encode(), before, numbers, voters, "ffffffff", 99, ZONE)
    assert found is not None
    kept = [line for line in text.splitlines() if "#" in line]
    assert all(line.partition("#")[2] in found.decode() for line in kept)
    assert ("\r\n" in text) == (b"\r\n" in found)
    assert found.count(b"\r") == (found.count(b"\n") if "\r" in text else 0)


# ---- killed at every step


def interrupted(inbox: Inbox, *command: str) -> Iterator[int]:
    """Runs a command again and again, killed before the first thing that it does to the system, the second, …, until it
    comes to its end; yields after each."""
    for step in range(1, 10_000):
        words = [str(step), "inbox", *command, "--content", str(inbox.content)]
        done = python(KILLING, *words, timeout=60)
        assert done.returncode in (0, -9), done
        yield step
        if done.returncode == 0:
            return


def test_a_tally_that_is_killed_at_any_step_counts_every_vote_once(inbox: Inbox) -> None:
    total = steps = 0
    for step in interrupted(inbox, "tally"):
        assert votes(inbox)[0] in range(total + 1)
        give(inbox, yes=1)
        total, steps = total + 1, step
    inbox.command("tally")
    assert votes(inbox) == [total, 0]
    assert steps > 8
    assert [path.name for path in (inbox.content / "polls").iterdir() if not path.name.startswith(".")] == [
        "water.yaml"
    ]


def test_an_acceptance_that_is_killed_at_any_step_publishes_every_message_once(inbox: Inbox) -> None:
    receive(inbox, Message("c1", "comment", STORY, "en", SENT, name="Bek", text="One"))
    receive(inbox, Message("r1", "report", "", "en", SENT, title="A flood", text="It rains."), jpeg(), jpeg())
    steps = max(interrupted(inbox, "accept", "c1", "r1"))
    assert steps > 16
    found, _ = read_comments(inbox.read(f"comments/{STORY}.yaml").encode(), f"comments/{STORY}.yaml", ZONE)
    assert found is not None
    assert [comment.id for comment in found.comments] == ["c1"]
    assert len(list((inbox.content / "articles").rglob("report-*.md"))) == 1
    assert len(list((inbox.content / "media").rglob("r1-*.jpg"))) == 2
    assert inbox.command("list").stdout == ""


def jpeg() -> bytes:
    written = BytesIO()
    Image.new("RGB", (60, 40), "teal").save(written, "JPEG")
    return written.getvalue()


# ---- accepting


def test_an_accepted_comment_stands_below_the_others(inbox: Inbox) -> None:
    before = "# moderated by Aigul\n- {id: old, name: A, date: 2026-02-20, text: First}  # the first\n"
    inbox.write(f"comments/{STORY}.yaml", before)
    receive(inbox, Message("c1", "comment", STORY, "en", SENT, name='B "b"', text="One\n\n  two: [", reply="old"))
    inbox.command("accept", "c1")
    assert inbox.read(f"comments/{STORY}.yaml") == (
        f'{before}- id: c1\n  name: "B \\"b\\""\n  date: 2026-02-20 07:36\n  reply: old\n'
        "  text: |\n    One\n\n      two: [\n"
    )
    assert "before" in inbox.command("accept", "c1").stdout


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.just("\n"), min_size=1, max_size=80))
def test_every_comment_can_be_written_down_and_is_read_again(text: str) -> None:
    said = "\n".join(line.rstrip() for line in text.split("\n")).strip()
    assume(said and not any(code in said for code in "\ufffe\uffff\u2028\u2029\x85"))
    with TemporaryDirectory() as folder:
        site = Inbox(Path(folder))
        for id in ("c1", "c2"):
            publish_comment(
                site.content, Message(id, "comment", STORY, "en", SENT, name="A", text=said), config_of(site)
            )
        data = site.read(f"comments/{STORY}.yaml").encode()
    found, problems = read_comments(data, f"comments/{STORY}.yaml", ZONE)
    assert found is not None, problems
    assert [comment.text for comment in found.comments] == [said, said]


def config_of(inbox: Inbox) -> Config:
    config = read_config(inbox.read("site.yaml"), [])
    assert config is not None
    return config


def test_a_file_that_is_not_edited_here_is_left_alone(inbox: Inbox) -> None:
    receive(inbox, Message("c1", "comment", STORY, "en", SENT, name="A", text="One"))
    for text in ("[{id: old, name: A, date: 2026-02-20, text: First}]\n", "- {id: 1, text: wrong}\n", "a: b\n"):
        inbox.write(f"comments/{STORY}.yaml", text)
        assert inbox.command("accept", "c1", status=1).stderr
        assert inbox.read(f"comments/{STORY}.yaml") == text
    assert "c1" in inbox.command("list").stdout


HOSTILE = "# A heading\n\n- a list\n1. more\n\n[a link](javascript:x) ![x](y.png)\n\n    code\n\n{{ x }} *b* `c` <b> --- | a | b"


def test_an_accepted_report_is_a_draft_with_its_photos(inbox: Inbox) -> None:
    sent = Message(
        "r1", "report", "", "en", SENT, name="Bek: a", contact="+996", title='A "flood"', place="Osh", text=HOSTILE
    )
    receive(inbox, sent, jpeg(), jpeg())
    inbox.command("accept", "r1", "--topic", "energy")
    data = inbox.read("articles/2026/02/report-r1.md").encode()
    article, _, problems = read_article(
        data, "articles/2026/02/report-r1.md", ReadingOptions("Asia/Bishkek", "en", ("en",))
    )
    assert not problems
    assert article is not None
    assert (article.draft, article.card.title, article.card.topics) == (True, "A “flood”", ("energy",))
    assert article.card.picture is not None
    assert article.card.picture.file == "media/reports/r1-1.jpg"
    assert (inbox.content / "media/reports/r1-2.jpg").read_bytes() == jpeg()
    assert [ref.kind for ref in article.refs] == ["media"]
    assert not article.headings
    assert "+996" not in data.decode()


@given(
    st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\n[]()!`*#<>&\\|~:-+1. "), max_size=80)
)
def test_no_report_can_break_its_draft(text: str) -> None:
    with TemporaryDirectory() as folder:
        site = Inbox(Path(folder))
        message = Message("r1", "report", "", "en", SENT, title="A", text=text.strip() or "x")
        publish_report(site.content, message, [], config_of(site), "kz", "energy")


def test_letters_are_shown_and_done_with_and_what_is_rejected_is_gone_from_the_list(inbox: Inbox) -> None:
    receive(inbox, Message("l1", "letter", "", "ru", SENT, name="A", contact="a@b.example", text="Hello"))
    receive(inbox, Message("c1", "comment", STORY, "en", SENT, name="A", text="One"))
    assert "a@b.example" in inbox.command("show", "l").stdout
    inbox.command("accept", "l1")
    inbox.command("reject", "c1")
    assert inbox.command("list").stdout == ""
    assert inbox.command("list", "--all", "--json").stdout.count("\n") == 2
    assert "there is no message" in inbox.command("show", "x", status=1).stderr
    assert not (inbox.content / "comments").exists()


# ---- what is forgotten


def test_texts_and_marks_are_forgotten_in_time(inbox: Inbox) -> None:
    receive(inbox, Message("c1", "comment", STORY, "en", SENT, name="A", text="One"), jpeg())
    db = opened(inbox)
    db.executemany("insert into ballots values (?, 1, ?)", [(mark, SENT) for mark in (-(2**63), -1, 0, 2**63 - 1)])
    db.execute("insert into salts values ('water', x'00', ?)", (SENT,))

    def left() -> list[int]:
        return [db.execute(f"select count(*) from {name}").fetchone()[0] for name in TABLES]

    for now, wanted in ((SENT + 90 * DAY, [1, 1, 0, 0]), (SENT + 90 * DAY + 1, [0, 0, 0, 0])):
        sweep_texts(db, now, 90)
        for part in range(SLICES):
            sweep_marks(db, now, part)
        assert left() == wanted
    assert messages(db, decided=True) == []
    db.close()


TABLES = ("messages", "photos", "ballots", "salts")


def test_numbers_of_votes_only_grow(inbox: Inbox) -> None:
    db = opened(inbox)
    number_from(db, 100)
    number_from(db, 50)
    db.close()
    give(inbox, yes=1)
    db = opened(inbox)
    assert counts_between(db, "water", 100, 101) == {"yes": 1}
    db.close()
    assert shares((1, 0), 1, several=False) == (100, 0)


def test_commands_without_an_inbox_or_a_key_say_what_is_missing(tmp_path: Path) -> None:
    bare = Inbox(tmp_path)
    for words in (("list",), ("tally",), ("accept", "c1"), ("copy", str(tmp_path / "x"))):
        assert "there is no inbox here" in bare.command(*words, status=3).stderr
    assert "ARYK_INBOX_KEY" in bare.command("serve", status=2).stderr
    assert not bare.folder.exists()
