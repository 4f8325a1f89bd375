"""Readers in a real browser: they vote, comment and write in where they read, and without scripts by the inbox's own forms."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.town import Town, complaints
from tests.conftest import story
from tests.newsroom import picture

pytestmark = pytest.mark.browser
STORY = "/2026/02/dam/"
POLL = """\
question: {en: Is there enough water?, ru: "Хватит ли воды?"}
opened: 2026-01-01
options:
  - {id: yes, text: {en: "Yes", ru: Да}, votes: 1}
  - {id: no, text: {en: "No", ru: Нет}, votes: 2}
"""


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    """A portal with a poll, a story that asks it, and an inbox that is served."""
    found = Town(tmp_path)
    found.inbox.write("polls/water.yaml", POLL)
    found.inbox.write("articles/2026/02/dam.md", story(title="A dam", poll="water"))
    found.build()
    with found.inbox:
        yield found
    found.close()


@pytest.fixture
def page(browser: Browser, town: Town) -> Iterator[Page]:
    """A page with scripts, which must give no cause for complaint."""
    context = browser.new_context(base_url=town.address, locale="en")
    found = context.new_page()
    said = complaints(found)
    yield found
    context.close()
    assert said == []


def shares(page: Page, poll: str = "main .poll") -> dict[str, str]:
    """The shares that a poll shows."""
    rows = page.locator(f"{poll} tbody tr")
    return {row.locator("th").inner_text().strip(): row.locator(".share").inner_text() for row in rows.all()}


def vote(page: Page, name: str, answer: str, button: str) -> None:
    """Opens the form of a poll, chooses, and sends."""
    poll = page.locator("main .poll")
    poll.get_by_role("link", name=name).click()
    poll.get_by_label(answer).check()
    poll.get_by_role("button", name=button).click()


def test_a_vote_shows_the_new_shares_at_once_and_on_every_page_that_is_opened_then(page: Page, town: Town) -> None:
    page.goto("/polls/water/")
    assert shares(page) == {"Yes": "33%", "No": "67%"}
    vote(page, "Vote", "Yes", "Vote")
    expect(page.get_by_role("status")).to_have_text("Your vote is counted.")
    expect(page.get_by_role("status")).to_be_focused()
    assert shares(page) == {"Yes": "50%", "No": "50%"}
    expect(page.locator(".voters")).to_have_text("4")
    assert page.locator("rect").first.get_attribute("width") == "50%"

    page.goto("/")  # built before the vote
    expect(page.locator(".poll-day .voters")).to_have_text("4")
    assert shares(page, ".poll-day") == {"Yes": "50%", "No": "50%"}

    page.goto("/ru/polls/water/")
    vote(page, "Проголосовать", "Да", "Проголосовать")
    expect(page.locator(".refused [role=status]")).to_contain_text("уже")
    expect(page.locator("main").get_by_role("button")).to_be_focused()

    town.inbox.command("tally")
    town.build()
    data = page.request.get("/polls/water.json").json()
    assert [(option["votes"], option["share"]) for option in data["options"]] == [(2, 50), (2, 50)]


def test_a_poll_in_a_story_gives_its_results_for_a_vote(page: Page) -> None:
    page.goto(STORY)
    expect(page.locator("main .poll li")).to_have_text(["Yes", "No"])
    with page.expect_response("**/polls/water"):
        page.reload()
    vote(page, "Go to the poll", "No", "Vote")
    expect(page.locator("main .poll [role=status]")).to_have_text("Your vote is counted.")
    assert shares(page) == {"Yes": "25%", "No": "75%"}


def test_without_scripts_the_form_of_the_inbox_takes_the_vote(browser: Browser, town: Town) -> None:
    context = browser.new_context(base_url=town.address, java_script_enabled=False)
    page = context.new_page()
    page.goto(STORY)
    page.get_by_role("link", name="Go to the poll").click()
    assert shares(page) == {"Yes": "33%", "No": "67%"}
    page.locator("main .poll").get_by_role("link", name="Vote").click()
    assert page.url.startswith(town.inbox_address)
    page.get_by_label("Yes").check()
    page.locator("main").get_by_role("button").click()
    expect(page.get_by_role("status")).to_have_text("Your vote is counted.")
    assert page.locator("td").all_inner_texts() == ["50 %", "2", "50 %", "2"]
    context.close()


@pytest.mark.parametrize("script", [True, False])
def test_a_browser_may_fill_in_the_readers_name(browser: Browser, town: Town, script: bool) -> None:
    with browser.new_context(base_url=town.address, java_script_enabled=script) as reader:
        page = reader.new_page()
        page.goto(STORY)
        page.get_by_role("link", name="Write a comment").click()
        expect(page.get_by_label("Name")).to_have_attribute("autocomplete", "name")


def test_a_comment_is_on_the_page_once_an_editor_accepted_it(page: Page, town: Town) -> None:
    def comment(opener: str, text: str) -> None:
        page.locator("#comments").get_by_role("link", name=opener, exact=True).click()
        page.get_by_label("Name").fill("Asel")
        page.get_by_label("Text").fill(text)
        page.locator("#comments").get_by_role("button").click()
        said = page.locator("#comments [role=status]").filter(has_text="once an editor has read it")
        expect(said).to_be_visible()

    page.goto(STORY)
    comment("Write a comment", "First & last\n\nof all.")
    page.reload()
    expect(page.locator(".comment")).to_have_count(0)
    town.accept_all()
    page.reload()
    expect(page.locator("#comments > ol > li > .comment .words")).to_have_text(["First & last", "of all."])

    comment("Reply", "An answer.")
    town.accept_all()
    page.reload()
    expect(page.locator("#comments > ol > li > ol > li .words")).to_have_text("An answer.")
    page.goto("/kazakhstan/")
    expect(page.locator("a.talk")).to_have_text("Comments: 2")


def test_whoever_has_written_can_write_again_and_answer_several(page: Page, town: Town) -> None:
    thread = page.locator("#comments")

    def send(place: Locator, text: str) -> None:
        place.get_by_label("Name").fill("Asel")
        place.get_by_label("Text").fill(text)
        place.get_by_role("button", name="Send").click()
        expect(place.get_by_role("status")).to_contain_text("Thank you")
        expect(place.get_by_role("status")).to_be_focused()

    page.goto(STORY)
    below = thread.locator("> .take")
    for text in ("First.", "Second."):
        below.get_by_role("link", name="Write a comment").click()
        send(below, text)
    town.accept_all()
    page.reload()
    first, second = thread.locator(".comment").all()
    below.get_by_role("link", name="Write a comment").click()
    below.get_by_label("Text").fill("Half written")
    for comment, text in ((first, "A"), (second, "B"), (first, "C")):
        comment.get_by_role("link", name="Reply").click()
        expect(comment.get_by_label("Name")).to_be_focused()
        send(comment, text)
        expect(comment.get_by_role("link", name="Write a comment")).to_be_hidden()
    expect(below.get_by_label("Text")).to_have_value("Half written")
    send(below, "Third.")
    town.accept_all()
    page.reload()
    expect(thread.locator("> ol > li > .comment .words")).to_have_text(["First.", "Second.", "Third."])
    expect(thread.locator("> ol > li > ol .words")).to_have_text(["A", "C", "B"])


def test_a_report_is_sent_with_its_photo_from_the_page_of_the_portal(page: Page, town: Town, tmp_path: Path) -> None:
    (tmp_path / "seen.png").write_bytes(picture(40, 30))
    page.goto("/")
    page.locator("main").get_by_role("link", name="Citizen reporter").click()
    page.get_by_role("link", name="Open the form").click()
    page.get_by_label("Title").fill("A flood")
    page.get_by_label("Text").fill("The street is under water.")
    page.get_by_label("Photos").set_input_files(tmp_path / "seen.png")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("status")).to_have_text("Thank you, the newsroom has it.")
    town.accept_all()
    assert list(town.inbox.content.glob("media/reports/*"))


def test_what_cannot_be_sent_stays_in_the_form_and_is_told_beside_it(page: Page, town: Town) -> None:
    page.goto("/write/letter/")
    page.get_by_role("link", name="Open the form").click()
    page.get_by_label("Text").fill("A letter.")
    town.inbox.stop()
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("status")).to_contain_text("no connection")
    assert page.get_by_label("Text").input_value() == "A letter."
    expect(page.get_by_role("button", name="Send")).to_be_focused()
