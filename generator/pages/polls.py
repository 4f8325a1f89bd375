"""The pages of polls: each poll, their lists by country and year, the poll of the day, and the file for programs."""

from collections.abc import Iterator

from generator.config import Config, Names
from generator.content.polls import Option, Poll, is_open, shares
from generator.content.typography import said
from generator.pages import addresses
from generator.pages.desk import Desk
from generator.pages.page import Page
from generator.pages.pagers import closed_pager, open_pager
from generator.pages.views import (
    Answer,
    Link,
    LivePollView,
    PollDataView,
    PollLine,
    PollsView,
    PollView,
    Question,
    Results,
)
from generator.site.arrange import Site
from generator.site.ballots import EVERY_POLL
from generator.site.sections import COUNTRY, PORTAL, TOPIC


def poll_page(desk: Desk, poll: Poll) -> Page:
    """The page of a poll."""
    address, results = addresses.poll_address(desk.root, poll.id), results_of(desk, poll)
    view = PollView(
        head=desk.head(
            address, results.question, results.lead, alternates=desk.everywhere(addresses.poll_address("", poll.id))
        ),
        crumbs=(desk.section_link(PORTAL), _list_link(desk)),
        poll=results,
        places=tuple(desk.place(id) for id in poll.countries),
        topics=tuple(desk.section_link((TOPIC, id)) for id in poll.topics),
    )
    return Page(address, desk.language, view)


def results_of(desk: Desk, poll: Poll) -> Results:
    """A poll with its results in the language of a desk."""
    found = zip(poll.options, _shares(poll), strict=True)
    (question, language), (lead, lead_language) = desk.said(poll.questions), desk.said(poll.leads)
    return Results(
        id=poll.id,
        href=desk.href(addresses.poll_address(desk.root, poll.id)),
        data=desk.href(addresses.poll_data_address(poll.id)),
        question=question,
        lead=lead,
        answers=tuple(_answer(desk, one, one.votes, share) for one, share in found),
        voters=poll.voters,
        several=poll.several,
        opened=poll.opened,
        closed=poll.closed,
        is_open=is_open(poll, desk.site.now),
        language=language,
        lead_language=lead_language,
    )


def _answer(desk: Desk, option: Option, votes: int = 0, share: int = 0) -> Answer:
    text, language = desk.said(option.texts)
    return Answer(option.id, text, votes, share, language)


def question_view(desk: Desk, poll: Poll) -> Question:
    """A poll as a story asks it."""
    question, language = desk.said(poll.questions)
    return Question(
        id=poll.id,
        href=desk.href(addresses.poll_address(desk.root, poll.id)),
        data=desk.href(addresses.poll_data_address(poll.id)),
        question=question,
        options=tuple(_answer(desk, option) for option in poll.options),
        several=poll.several,
        closed=poll.closed,
        language=language,
    )


def poll_of_the_day(desk: Desk) -> Results | None:
    """The poll of the day with its results."""
    poll = desk.site.ballots.of_the_day
    return results_of(desk, poll) if poll else None


def live_poll_page(desk: Desk) -> Page:
    """The poll of the day alone."""
    return Page(addresses.live_poll_address(desk.root), desk.language, LivePollView(poll_of_the_day(desk)))


def polls_page(desk: Desk, key: str) -> Page:
    """The open page of a list of polls."""
    ballots, address, shelf = desk.site.ballots, _list_address(desk, key), desk.site.ballots.shelf(key)
    alternates = desk.everywhere(addresses.polls_address(desk.site.contents, "", key))
    view = PollsView(
        head=desk.head(address, _title(desk, key), alternates=alternates),
        place=desk.place(key) if key else None,
        crumbs=_crumbs(desk, key),
        polls=_lines(desk, ballots.lists[key][shelf.open_start :]),
        pager=open_pager(desk.href(address), shelf),
        inside=() if key else _inside(desk),
    )
    return Page(address, desk.language, view)


def poll_sheet(desk: Desk, key: str, year: int, number: int) -> Page:
    """A closed page of a list of polls."""
    shelf, home = desk.site.ballots.shelf(key), _list_address(desk, key)
    at = shelf.places[year, number]
    sheet, address = shelf.sheets[at], addresses.sheet_address(home, year, number)
    title = f"{_title(desk, key)}: {desk.words.t('list.page', number=number, year=year)}"
    view = PollsView(
        head=desk.head(address, title),
        place=desk.place(key) if key else None,
        crumbs=(*_crumbs(desk, key), Link(_title(desk, key), desk.href(home))),
        polls=_lines(desk, desk.site.ballots.lists[key][sheet.start : sheet.stop]),
        pager=closed_pager(desk.href(home), shelf, at),
    )
    return Page(address, desk.language, view)


def poll_data_page(site: Site, poll: Poll) -> Page:
    """A poll for programs, in all languages."""
    config = site.contents.config
    options = zip(poll.options, _shares(poll), strict=True)
    view = PollDataView(
        id=poll.id,
        url=config.url + addresses.poll_address("/", poll.id),
        question=_texts(poll.questions, config),
        opened=poll.opened,
        closed=poll.closed,
        is_open=is_open(poll, site.now),
        several=poll.several,
        voters=poll.voters,
        options=tuple((one.id, _texts(one.texts, config), one.votes, share) for one, share in options),
    )
    return Page(addresses.poll_data_address(poll.id), config.language, view)


def poll_entries(desk: Desk) -> Iterator[tuple[str, str]]:
    """What is listed of polls for search engines: each poll and each list by an id, with its address."""
    ballots = desk.site.ballots
    yield from ((f"in {key}", _list_address(desk, key)) for key in sorted(ballots.lists))
    yield from ((poll.id, addresses.poll_address(desk.root, poll.id)) for poll in ballots.polls)


def _texts(names: Names, config: Config) -> Names:
    return tuple((language, said(names, language, config.language)[0]) for language in config.languages)


def _shares(poll: Poll) -> tuple[int, ...]:
    return shares(tuple(option.votes for option in poll.options), poll.voters, several=poll.several)


def _lines(desk: Desk, polls: list[Poll]) -> tuple[PollLine, ...]:
    """Polls, oldest first, as their list shows them."""
    return tuple(_line(desk, poll) for poll in reversed(polls))


def _line(desk: Desk, poll: Poll) -> PollLine:
    question, language = desk.said(poll.questions)
    return PollLine(
        href=desk.href(addresses.poll_address(desk.root, poll.id)),
        question=question,
        voters=poll.voters,
        opened=poll.opened,
        closed=poll.closed,
        is_open=is_open(poll, desk.site.now),
        countries=tuple(_country_link(desk, id) for id in poll.countries),
        language=language,
    )


def _country_link(desk: Desk, id: str) -> Link:
    name, language = desk.named((COUNTRY, id))
    return Link(name, desk.href(_list_address(desk, id)), language)


def _inside(desk: Desk) -> tuple[Link, ...]:
    """The lists of countries and regions that have polls, in the order of the registry."""
    registry, lists = desk.site.contents.registries.countries, desk.site.ballots.lists
    return tuple(_country_link(desk, id) for id in registry if id in lists)


def _title(desk: Desk, key: str) -> str:
    title = desk.words.t("polls.title")
    return f"{title}: {desk.section_name((COUNTRY, key))}" if key else title


def _crumbs(desk: Desk, key: str) -> tuple[Link, ...]:
    home = desk.section_link(PORTAL)
    return (home, _list_link(desk)) if key else (home,)


def _list_link(desk: Desk) -> Link:
    return Link(_title(desk, EVERY_POLL), desk.href(_list_address(desk, EVERY_POLL)))


def _list_address(desk: Desk, key: str) -> str:
    return addresses.polls_address(desk.site.contents, desk.root, key)
