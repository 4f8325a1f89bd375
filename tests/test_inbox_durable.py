"""No vote, comment or report that was acknowledged is ever lost, whatever happens to the service, its disk or its file."""

import random
import signal
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Barrier, Event, Thread

import pytest

from generator.inbox.tokens import Signer
from tests.conftest import story
from tests.disks import disk, full
from tests.inboxes import POLL, SECRET, Inbox

SIGNER = Signer(SECRET)
STORY = "2026/02/dam"
READERS = 8


@pytest.fixture
def inbox(tmp_path: Path) -> Iterator[Inbox]:
    found = Inbox(tmp_path, inbox={"proxies": 1, "votes_per_address": 100_000})
    found.write("polls/water.yaml", POLL)
    found.write(f"articles/{STORY}.md", story())
    yield found
    found.stop()


class Reader(Thread):
    """Somebody who votes, and now and then comments, until the service is gone; notes what was acknowledged."""

    def __init__(self, inbox: Inbox, number: int, gone: Event, begin: Barrier) -> None:
        super().__init__(daemon=True)
        self._inbox, self._number, self._gone, self._begin = inbox, number, gone, begin
        self.votes: list[str] = []
        self.sent = 0
        self.texts: list[str] = []

    def run(self) -> None:
        self._begin.wait()
        for number in range(100_000):
            if self._gone.is_set():
                return
            try:
                self._act(number)
            except OSError:
                return

    def _act(self, number: int) -> None:
        now, who = int(time.time()), f"10.{self._number}.{number >> 8}.{number & 255}"
        if number % 7:
            token = SIGNER.token("vote", now)
            self.sent += 1
            sent = {"options": ["yes"], "token": token}
            if self._inbox.send("/polls/water/votes", sent, X_Forwarded_For=who).status == 201:
                self.votes.append(token)
        else:
            sent = {"name": "A", "text": f"{self._number} {number}", "token": SIGNER.token("text", now - 10)}
            answer = self._inbox.send(f"/comments/{STORY}", sent, X_Forwarded_For=who)
            if answer.status == 201:
                self.texts.append(answer.json["received"])


def load(inbox: Inbox, gone: Event) -> list[Reader]:
    """Readers who have begun."""
    begin = Barrier(READERS + 1)
    readers = [Reader(inbox, number, gone, begin) for number in range(READERS)]
    for reader in readers:
        reader.start()
    begin.wait()
    return readers


def acknowledged(readers: list[Reader]) -> tuple[list[str], list[str]]:
    for reader in readers:
        reader.join(30)
        assert not reader.is_alive()
    return [one for reader in readers for one in reader.votes], [one for reader in readers for one in reader.texts]


def assert_all_there(inbox: Inbox, votes: list[str], texts: list[str], sent: int) -> None:
    """What was acknowledged is there, and nothing that nobody sent."""
    assert len(votes) <= inbox.results("water")["voters"] <= sent
    listed = inbox.command("list").stdout
    assert [one for one in texts if one not in listed] == []
    for token in random.Random(1).sample(votes, min(20, len(votes))):
        again = inbox.send("/polls/water/votes", {"options": ["yes"], "token": token}, X_Forwarded_For="192.0.2.1")
        assert again.code == "repeated"


def test_killed_under_load_it_keeps_what_it_acknowledged(inbox: Inbox) -> None:
    votes: list[str] = []
    texts: list[str] = []
    sent = 0
    for after in (0.3, 0.8, 1.3):
        gone = Event()
        inbox.start()
        readers = load(inbox, gone)
        time.sleep(after)
        inbox.stop(signal.SIGKILL)
        gone.set()
        more_votes, more_texts = acknowledged(readers)
        votes, texts, sent = votes + more_votes, texts + more_texts, sent + sum(reader.sent for reader in readers)
        inbox.start()
        assert_all_there(inbox, votes, texts, sent)
        inbox.stop(signal.SIGKILL)
    assert votes
    assert texts
    before = len(votes)
    inbox.command("tally")
    counted = int(inbox.read("polls/water.yaml").partition("votes: ")[2].partition("}")[0])
    assert before <= counted <= sent
    inbox.start()
    assert inbox.results("water")["voters"] == counted


def test_asked_to_end_it_answers_what_it_has_taken(inbox: Inbox) -> None:
    gone = Event()
    inbox.start()
    readers = load(inbox, gone)
    time.sleep(0.5)
    inbox.stop(signal.SIGTERM)
    gone.set()
    votes, texts = acknowledged(readers)
    inbox.start()
    assert_all_there(inbox, votes, texts, sum(reader.sent for reader in readers))
    assert "Traceback" not in inbox.log


def test_a_full_disk_acknowledges_nothing_and_loses_nothing(inbox: Inbox) -> None:
    inbox.write("polls/fresh.yaml", POLL)
    with disk(inbox.folder, "size=4m") as folder:
        inbox.start()
        assert cast(inbox, 998) == 201
        with full(folder, but=100_000):
            answers = [cast(inbox, number) for number in range(60)]
            assert answers[0] == 201
            assert answers[-1] == 503
            given = answers.count(201) + 1
            assert inbox.results("water")["voters"] == given
            assert inbox.get("/health").status == 200
            assert cast(inbox, 999, "fresh") == 503
        token = SIGNER.token("vote", int(time.time()))
        assert cast(inbox, 1000) == cast(inbox, 1001, "fresh", token) == 201
        inbox.stop(signal.SIGKILL)
        inbox.start()
        assert inbox.results("water")["voters"] == given + 1
        assert inbox.results("fresh")["voters"] == 1
        assert cast(inbox, 1002, "fresh", token) == 409
        assert "Traceback" not in inbox.log
        inbox.stop()


def cast(inbox: Inbox, number: int, poll: str = "water", token: str = "") -> int:
    sent = {"options": ["yes"], "token": token or SIGNER.token("vote", int(time.time()))}
    return inbox.send(f"/polls/{poll}/votes", sent, X_Forwarded_For=f"10.9.{number >> 8}.{number & 255}").status


def test_a_copy_of_a_running_inbox_is_whole_and_has_all_that_was_acknowledged_before(inbox: Inbox) -> None:
    gone = Event()
    inbox.start()
    readers = load(inbox, gone)
    for number in range(3):
        time.sleep(0.3)
        before = sum(len(reader.votes) for reader in readers)
        inbox.command("copy", str(inbox.root / f"copy-{number}"))
        after = sum(reader.sent for reader in readers)
        db = sqlite3.connect(inbox.root / f"copy-{number}")
        assert db.execute("pragma integrity_check").fetchone() == ("ok",)
        assert before <= db.execute("select count(*) from votes").fetchone()[0] <= after
        db.close()
    gone.set()
    acknowledged(readers)
    assert "already" in inbox.command("copy", str(inbox.root / "copy-0"), status=2).stderr
    assert [path.name for path in inbox.root.glob(".copy*")] == []


def test_an_inbox_is_served_once_at_a_time(inbox: Inbox) -> None:
    inbox.start()
    other = Inbox(inbox.root, inbox={"proxies": 1})
    with pytest.raises(AssertionError, match="another `aryk inbox serve`"):
        other.start()
    other.stop()


def test_results_and_marks_outlive_a_restart(inbox: Inbox) -> None:
    inbox.start()
    token = SIGNER.token("vote", int(time.time()))
    sent = {"options": ["no"], "token": token}
    assert inbox.send("/polls/water/votes", sent, X_Forwarded_For="10.9.9.9").status == 201
    inbox.stop(signal.SIGKILL)
    inbox.start()
    assert [option["votes"] for option in inbox.results("water")["options"]] == [0, 1]
    assert inbox.send("/polls/water/votes", sent, X_Forwarded_For="10.9.9.9").code == "repeated"
