"""What the inbox takes and what it refuses, asked over HTTP of a service that really runs."""

import socket
import struct
import time
import zlib
from collections.abc import Iterator
from io import BytesIO
from itertools import count
from pathlib import Path

import pytest
from PIL import Image

from generator.config import LANGUAGES
from generator.inbox.tokens import Signer
from generator.inbox.words import strings
from tests.conftest import story
from tests.inboxes import ORIGIN, POLL, SECRET, Answer, Inbox

SIGNER = Signer(SECRET)
NUMBERS = count(1)
STORY = "2026/02/dam"
COMMENT = {"name": "Aigul", "text": "Well said."}


@pytest.fixture(scope="module")
def inbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Inbox]:
    found = Inbox(
        tmp_path_factory.mktemp("portal"),
        site=f"languages: [{', '.join(LANGUAGES)}]",
        inbox={"proxies": 1, "photos": 2, "photo_megabytes": 1, "shared_addresses": {"198.51.100.0/24": 3}},
    )
    found.write("polls/water.yaml", POLL)
    found.write("polls/past.yaml", f"{POLL}closed: 2026-02-01\n")
    found.write("polls/future.yaml", POLL.replace("2026-01-01", "2199-01-01"))
    found.write("polls/several.yaml", f"{POLL}several: true\nvoters: 0\n")
    found.write(f"articles/{STORY}.md", story())
    found.write("articles/2026/02/kept-id.md", story(id="2020/01/old-name"))
    found.write("articles/2026/02/later.md", story(date="2199-01-01"))
    found.write("articles/2026/02/drafted.md", story(draft="true"))
    found.write(f"comments/{STORY}.yaml", "- {id: c1, name: Bek, date: 2026-02-20, text: First}\n")
    with found:
        yield found


def address() -> str:
    """An address from which nobody has asked yet."""
    number = next(NUMBERS)
    return f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"


def token(use: str, age: int = 10) -> str:
    return SIGNER.token(use, int(time.time()) - age)


def vote(inbox: Inbox, poll: str = "water", *, who: str = "", **values: object) -> Answer:
    sent: dict[str, object] = {"options": ["yes"], "token": token("vote")} | values
    return inbox.send(f"/polls/{poll}/votes", sent, X_Forwarded_For=who or address())


def comment(inbox: Inbox, of: str = STORY, **values: object) -> Answer:
    sent = COMMENT | {"token": token("text")} | values
    return inbox.send(f"/comments/{of}", sent, X_Forwarded_For=address())


# ---- votes


def test_a_vote_counts_and_the_results_show_it(inbox: Inbox) -> None:
    before = inbox.results("water")["voters"]
    answer = vote(inbox)
    assert answer.status == 201
    assert answer.json["voters"] == before + 1 == inbox.results("water")["voters"]
    assert sum(option["share"] for option in answer.json["options"]) == 100


def test_several_options_of_one_vote_are_one_voter(inbox: Inbox) -> None:
    answer = vote(inbox, "several", options=["no", "yes", "no"])
    assert answer.json["voters"] == 1
    assert [option["votes"] for option in answer.json["options"]] == [1, 1]


REFUSED_VOTES = {
    "an unknown poll": ("unknown", {}, 404, "no_such_poll"),
    "a poll that leaves its folder": ("..%2Fsite", {}, 404, "no_such_page"),
    "a closed poll": ("past", {}, 409, "closed"),
    "a poll not yet open": ("future", {}, 409, "not_yet_open"),
    "an unknown option": ("water", {"options": ["perhaps"]}, 400, "no_such_option"),
    "no option": ("water", {"options": []}, 400, "nothing_chosen"),
    "two options of one choice": ("water", {"options": ["yes", "no"]}, 400, "one_choice_only"),
    "a forged token": ("water", {"token": "A" * 40}, 403, "bad_token"),
    "no token": ("water", {"token": ""}, 403, "bad_token"),
    "a token that is no base64": ("water", {"token": "!" * 40}, 403, "bad_token"),
    "a token for texts": ("water", {"token": token("text")}, 403, "bad_token"),
    "a token of last year": ("water", {"token": token("vote", 400 * 86_400)}, 403, "bad_token"),
    "a token of tomorrow": ("water", {"token": token("vote", -86_400)}, 403, "bad_token"),
    "a number for an option": ("water", {"options": 7}, 400, "unreadable"),
}


@pytest.mark.parametrize(("poll", "values", "status", "code"), REFUSED_VOTES.values(), ids=REFUSED_VOTES)
def test_a_vote_is_refused(inbox: Inbox, poll: str, values: dict[str, object], status: int, code: str) -> None:
    before = inbox.results("water")
    answer = vote(inbox, poll, **values)
    assert (answer.status, answer.code) == (status, code)
    assert inbox.results("water") == before


def test_a_token_of_another_secret_is_refused(inbox: Inbox) -> None:
    answer = vote(inbox, token=Signer("another secret, as long as the first").token("vote", int(time.time())))
    assert answer.code == "bad_token"


def test_a_reader_votes_once_in_a_poll(inbox: Inbox) -> None:
    once = token("vote")
    assert vote(inbox, token=once).status == 201
    assert vote(inbox, token=once).code == "repeated"
    assert vote(inbox, "several", token=once).status == 201


def test_an_address_votes_once_and_a_shared_one_as_often_as_is_said(inbox: Inbox) -> None:
    mine = address()
    assert vote(inbox, who=mine).status == 201
    assert vote(inbox, who=mine).code == "repeated_address"
    assert [vote(inbox, who="198.51.100.7").status for _ in range(4)] == [201, 201, 201, 409]


def test_of_an_ipv6_address_the_line_counts(inbox: Inbox) -> None:
    assert vote(inbox, who="2001:db8:1:2::1").status == 201
    assert vote(inbox, who="2001:db8:1:2::2").code == "repeated_address"
    assert vote(inbox, who="2001:db8:1:3::1").status == 201


def test_only_the_trusted_proxys_word_counts_for_the_address(inbox: Inbox) -> None:
    mine = address()
    assert vote(inbox, who=f"{address()}, {mine}").status == 201
    assert vote(inbox, who=f"{address()}, {mine}").code == "repeated_address"


def test_a_refused_address_does_not_use_up_the_token(inbox: Inbox) -> None:
    mine, kept = address(), token("vote")
    assert vote(inbox, who=mine).status == 201
    assert vote(inbox, who=mine, token=kept).code == "repeated_address"
    assert vote(inbox, token=kept).status == 201


def test_a_polls_file_is_followed_without_a_restart(inbox: Inbox) -> None:
    inbox.write("polls/moving.yaml", POLL)
    assert vote(inbox, "moving").status == 201
    inbox.write("polls/moving.yaml", f"{POLL}closed: 2026-01-02\n")
    time.sleep(1.1)
    assert vote(inbox, "moving").code == "closed"
    inbox.write("polls/moving.yaml", "question: [broken\n")
    time.sleep(1.1)
    assert inbox.results("moving")["voters"] == 1
    (inbox.content / "polls/moving.yaml").unlink()
    time.sleep(1.1)
    assert vote(inbox, "moving").code == "no_such_poll"


def test_results_are_kept_for_a_second_and_not_sent_twice(inbox: Inbox) -> None:
    answer = inbox.get("/polls/several")
    assert answer.headers["cache-control"] == "public, max-age=1"
    assert answer.headers["access-control-allow-origin"] == ORIGIN
    again = inbox.get("/polls/several", If_None_Match=answer.headers["etag"])
    assert (again.status, again.body) == (304, b"")
    assert vote(inbox, "several").status == 201
    assert inbox.get("/polls/several", If_None_Match=answer.headers["etag"]).status == 200


# ---- requests


def test_the_wrong_method_type_or_place_is_refused(inbox: Inbox) -> None:
    assert inbox.get("/letters").status == 405
    assert inbox.ask("PUT", "/polls/water/votes").headers["allow"] == "GET, POST"
    assert inbox.ask("HEAD", "/polls/water").body == b""
    for path in ("/", "/nothing", "/polls/water/voters", "/forms/novel", "/letters/1"):
        assert inbox.send(path, {}, X_Forwarded_For=address()).status in (404, 405), path
    named = {"Content-Type": "text/plain", "Origin": ORIGIN, "X-Forwarded-For": address()}
    assert inbox.ask("POST", "/polls/water/votes", b"yes", named).code == "wrong_type"
    named["Content-Type"] = "application/json"
    assert inbox.ask("POST", "/polls/water/votes", b"{", named).code == "unreadable"
    assert inbox.ask("POST", "/polls/water/votes", b"\xff\xfe", named).code == "unreadable"
    named["Content-Type"] = "application/x-www-form-urlencoded"
    assert inbox.ask("POST", "/letters", b"a=%ff", named).status == 400


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "https://test.example.evil.example"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_posts_of_other_sites_are_refused(inbox: Inbox, headers: dict[str, str]) -> None:
    named = {"Content-Type": "application/json", "X-Forwarded-For": address()} | headers
    for path in ("/polls/water/votes", "/letters", f"/comments/{STORY}", "/reports"):
        assert inbox.ask("POST", path, b"{}", named).code == "cross_site"


def test_only_the_portal_may_read_answers_by_script(inbox: Inbox) -> None:
    asked = {"Origin": "https://evil.example", "Access-Control-Request-Method": "POST"}
    answer = inbox.ask("OPTIONS", "/polls/water/votes", headers=asked)
    assert answer.headers["access-control-allow-origin"] == ORIGIN
    assert answer.status == 204


def test_bodies_over_the_limit_are_refused_before_and_while_they_come(inbox: Inbox) -> None:
    named = {"Content-Type": "application/json", "Origin": ORIGIN, "X-Forwarded-For": address()}
    assert inbox.ask("POST", "/polls/water/votes", b" " * 5000, named).code == "too_large"
    with connected(inbox) as line:
        line.sendall(head("/letters", "Transfer-Encoding: chunked") + (b"4000\r\n" + b" " * 0x4000 + b"\r\n") * 20)
        assert answered(line).startswith(b"HTTP/1.1 413 ")


def test_a_slow_body_is_given_up_and_so_is_a_slow_head(inbox: Inbox) -> None:
    with connected(inbox) as body, connected(inbox) as mute, connected(inbox) as half:
        body.sendall(head("/letters", "Content-Length: 1000") + b"{")
        half.sendall(b"POST /letters HTT")
        begun = time.monotonic()
        assert answered(body).startswith(b"HTTP/1.1 408 ")
        assert answered(mute) == answered(half) == b""
        assert time.monotonic() - begun < 30
    assert inbox.get("/health").status == 200


def connected(inbox: Inbox) -> socket.socket:
    return socket.create_connection(("127.0.0.1", inbox.port), timeout=40)


def head(path: str, length: str) -> bytes:
    lines = [f"POST {path} HTTP/1.1", "Host: inbox.example", f"Origin: {ORIGIN}", f"X-Forwarded-For: {address()}"]
    return "\r\n".join([*lines, "Content-Type: application/json", length, "", ""]).encode()


def answered(line: socket.socket) -> bytes:
    """All that comes until the other side hangs up."""
    found = b""
    try:
        while data := line.recv(65_536):
            found += data
    except ConnectionResetError:
        pass
    return found


def test_a_flood_is_told_when_to_come_again_and_the_service_stays_up(inbox: Inbox) -> None:
    mine = address()
    answers = [vote(inbox, "unknown", who=mine) for _ in range(70)]
    assert [answer.status for answer in answers].count(429) >= 10
    assert 1 <= int(answers[-1].headers["retry-after"]) <= 60
    assert answers[-1].code == "too_many"
    assert vote(inbox).status == 201


# ---- texts


def test_a_comment_is_received_once_however_often_its_form_is_sent(inbox: Inbox) -> None:
    once = token("text")
    first, again = comment(inbox, token=once), comment(inbox, token=once)
    assert (first.status, again.status) == (201, 201)
    assert first.json == again.json != comment(inbox, token=once, text="Another").json
    waiting = inbox.command("list").stdout
    assert waiting.count(first.json["received"]) == 1


REFUSED_COMMENTS = {
    "HTML": ({"text": "Look <b>here</b>"}, "has_html"),
    "a script": ({"name": "<script>"}, "has_html"),
    "an entity": ({"text": "&lt;b&gt;"}, "has_html"),
    "a control character": ({"text": "a\x07b"}, "has_controls"),
    "a turn of direction": ({"name": "a\u202eb"}, "has_controls"),
    "half a character": ({"text": "\ud800"}, "unreadable"),
    "no text": ({"text": " \n "}, "missing"),
    "no name": ({"name": ""}, "missing"),
    "a long text": ({"text": "a" * 4001}, "too_long"),
    "the trap": ({"website": "https://spam.example"}, "trap"),
    "a quick program": ({"token": token("text", 0)}, "too_quick"),
    "an old form": ({"token": token("text", 2 * 86_400)}, "bad_token"),
    "an answer to nobody": ({"reply": "c2"}, "no_such_comment"),
    "an answer to a path": ({"reply": "../../site"}, "no_such_comment"),
}


@pytest.mark.parametrize(("values", "code"), REFUSED_COMMENTS.values(), ids=REFUSED_COMMENTS)
def test_a_comment_is_refused(inbox: Inbox, values: dict[str, object], code: str) -> None:
    sent = values | ({"token": token("text", 0)} if code == "too_quick" else {})
    assert comment(inbox, **sent).code == code


@pytest.mark.parametrize(
    ("of", "status"),
    [
        (STORY, 201),
        ("2020/01/old-name", 201),
        ("2026/02/kept-id", 404),
        ("2026/02/nothing", 404),
        ("2026/02/later", 404),
        ("2026/02/drafted", 404),
        ("../site", 404),
        ("2026/02/" + "a" * 300, 404),
    ],
)
def test_comments_are_taken_on_published_stories_alone(inbox: Inbox, of: str, status: int) -> None:
    assert comment(inbox, of).status == status


def test_a_reply_to_a_published_comment_is_taken(inbox: Inbox) -> None:
    assert comment(inbox, reply="c1").status == 201


# ---- photos


def photo(form: str = "JPEG", size: tuple[int, int] = (60, 40), **more: object) -> bytes:
    written = BytesIO()
    Image.effect_noise(size, 60).convert("RGB").save(written, form, **more)  # type: ignore[arg-type]
    return written.getvalue()


def bomb(width: int, height: int) -> bytes:
    """A PNG of few bytes that says it is large, and is."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    pixels = zlib.compress(bytes((width // 8 + 1) * height), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def report(inbox: Inbox, *photos: bytes, **values: str) -> Answer:
    fields = {"token": token("text"), "title": "A flood", "text": "It rains."} | values
    parts = [f'Content-Disposition: form-data; name="{name}"\r\n\r\n{value}'.encode() for name, value in fields.items()]
    named = 'Content-Disposition: form-data; name="photos"; filename="a.jpg"\r\nContent-Type: image/jpeg\r\n\r\n'
    parts += [named.encode() + data for data in photos]
    body = b"".join(b"--limit\r\n" + part + b"\r\n" for part in parts) + b"--limit--\r\n"
    headers = {"Content-Type": "multipart/form-data; boundary=limit", "Origin": ORIGIN, "Accept": "application/json"}
    return inbox.ask("POST", "/reports", body, headers | {"X-Forwarded-For": address()})


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_photos_lose_what_the_camera_added(inbox: Inbox, tmp_path: Path, form: str) -> None:
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "A camera with a number"
    answer = report(inbox, photo(form, exif=exif))
    assert answer.status == 201, answer
    inbox.command("show", answer.json["received"], "--photos", str(tmp_path))
    (path,) = tmp_path.iterdir()
    with Image.open(path) as found:
        assert found.format == "JPEG"
        assert not found.getexif()
        assert b"camera" not in path.read_bytes()
        assert found.size == (40, 60)  # turned upright


NO_PHOTOS = {
    "a text": (b"<svg onload=alert(1)>", "not_a_photo"),
    "a broken photo": (photo()[:300], "not_a_photo"),
    "a GIF": (photo("GIF"), "not_a_photo"),
    "a bomb": (bomb(40_000, 40_000), "photo_too_large"),
    "a large file": (photo() + bytes(1_100_000), "photo_too_large"),
}


@pytest.mark.parametrize(("data", "code"), NO_PHOTOS.values(), ids=NO_PHOTOS)
def test_what_is_no_photo_is_refused(inbox: Inbox, data: bytes, code: str) -> None:
    answer = report(inbox, data)
    assert (answer.status, answer.code) == (400, code)


def test_more_photos_than_are_taken_are_refused(inbox: Inbox) -> None:
    assert report(inbox, *[photo()] * 3).code == "too_many_photos"
    assert report(inbox, bytes(9_000_000)).code == "too_large"


def test_a_form_of_parts_that_is_none_is_refused(inbox: Inbox) -> None:
    for kind in ("multipart/form-data", "multipart/form-data; boundary=other"):
        named = {"Content-Type": kind, "Origin": ORIGIN, "Accept": "application/json", "X-Forwarded-For": address()}
        assert inbox.ask("POST", "/reports", b"--limit\r\nnothing", named).status in (400, 403)


# ---- forms


def test_a_reader_without_javascript_votes_by_a_form(inbox: Inbox) -> None:
    form = inbox.get("/forms/vote/water?lang=ru", X_Forwarded_For=address())
    assert "Хватит\u00a0ли воды?" in form.text
    given = form.text.partition('name="token" value="')[2].partition('"')[0]
    sent = {"token": given, "options": "no"}
    done = inbox.submit("/polls/water/votes?lang=ru", sent, X_Forwarded_For=address())
    assert done.status == 201
    assert "Ваш голос учтён." in done.text
    again = inbox.submit("/polls/water/votes?lang=ru", sent, X_Forwarded_For=address())
    assert (again.status, "Вы уже голосовали" in again.text) == (409, True)
    assert 'href="/forms/vote/water?lang=ru"' in again.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_forms_and_refusals_speak_the_readers_language(inbox: Inbox, language: str) -> None:
    for path, key in (("letter", "title.letter"), ("report", "title.report"), (f"comment/{STORY}", "title.comment")):
        page = inbox.get(f"/forms/{path}?lang={language}", X_Forwarded_For=address())
        assert f'<html lang="{language}">' in page.text
        assert strings()[key][language] in page.text
    page = inbox.submit(f"/letters?lang={language}", {"token": "x"}, X_Forwarded_For=address())
    assert strings()["refused.bad_token"][language] in page.text
    refusal = vote(inbox, "unknown").json
    assert refusal["error"]["message"] == strings()["refused.no_such_poll"]["en"]
    preferring = inbox.get("/polls/unknown", Accept_Language=f"de, {language};q=0.9, en;q=0.1")
    assert preferring.json["error"]["message"] == strings()["refused.no_such_poll"][language]


def test_every_text_is_there_in_every_language() -> None:
    assert len(strings()) > 50
    for key, texts in strings().items():
        assert set(texts) == set(LANGUAGES), key


def test_pages_of_the_inbox_load_nothing_and_are_framed_by_nobody(inbox: Inbox) -> None:
    page = inbox.get("/forms/letter", X_Forwarded_For=address())
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert "frame-ancestors 'none'" in page.headers["content-security-policy"]
    assert "set-cookie" not in page.headers
    assert inbox.get("/style.css").headers["content-type"] == "text/css"


def test_what_a_portal_calls_its_poll_is_escaped(inbox: Inbox) -> None:
    inbox.write("polls/odd.yaml", POLL.replace("Is there enough water?", "<script>alert(1)</script>"))
    page = inbox.get("/forms/vote/odd?lang=en", X_Forwarded_For=address())
    assert "&lt;script&gt;" in page.text
    assert "<script" not in page.text


# ---- privacy


def test_no_address_and_no_token_lies_in_the_inbox_in_the_clear(inbox: Inbox) -> None:
    mine, once = "203.0.113.77", token("vote")
    assert vote(inbox, who=mine, token=once).status == 201
    data = b"".join(path.read_bytes() for path in inbox.folder.glob("inbox.sqlite*"))
    nonce = SIGNER.read(once, "vote", int(time.time()), 86_400).nonce
    assert mine.encode() not in data
    assert socket.inet_aton(mine) not in data
    assert nonce not in data
    assert (inbox.folder / ".gitignore").read_text() == "*\n"
    assert inbox.folder.stat().st_mode & 0o077 == 0


def test_nothing_was_our_mistake(inbox: Inbox) -> None:
    assert "Traceback" not in inbox.log
