"""What a page is made of and whether a build would make it anew, found out without making or writing any page."""

from collections.abc import Iterable
from concurrent.futures import Executor
from difflib import get_close_matches

from msgspec import Struct
from msgspec.structs import replace

from generator.engine.lock import locked
from generator.engine.prepare import Prepared, news_since, prepare
from generator.engine.publish import Press
from generator.engine.request import Request
from generator.engine.scope import Known, everything_known
from generator.engine.stacks import BrokenStore
from generator.engine.store import discard_store, open_store
from generator.engine.survey import survey
from generator.engine.traces import Surroundings, differences, reason_to_make, traced
from generator.output.html import template_of
from generator.output.make import Kit
from generator.pages.addresses import digest_address
from generator.pages.desk import Desk
from generator.pages.page import Page
from generator.pages.plan import Plan
from generator.pages.site_view import site_view
from generator.pages.views import FileView
from generator.problems import Problem
from generator.site.arrange import Site
from generator.site.presence import Held
from generator.theme.templates import closure
from generator.theme.theme import Theme


class Explanation(Struct, frozen=True):
    """A page with what it is made of. `made_because` is empty where it was never published, `reason` where it is kept;
    `changed` are the parts of its trace that differ from the published one; `problems` those of its source, whose last
    good version is then explained."""

    page: Page
    source: str
    template: str
    closure: tuple[str, ...]
    made_because: str
    reason: str
    changed: frozenset[str]
    problems: tuple[Problem, ...] = ()


class Unknown(Struct, frozen=True):
    """There is no such page: held back, or addresses that are near to it, or problems that stand in the way."""

    held: Held | None = None
    near: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


def explain(request: Request, wanted: str, executor: Executor | None = None) -> Explanation | Unknown:
    """Explains the page at an address, or the page of a source file; `wanted` is written as people write it."""
    with locked(request.store, lambda: None):
        try:
            return _explain(request, wanted, executor)
        except BrokenStore:
            discard_store(request.store)
            return _explain(request, wanted, executor)


def _explain(request: Request, wanted: str, executor: Executor | None) -> Explanation | Unknown:
    with open_store(request.store) as store:
        seen = survey(request)
        prepared = prepare(request, seen, news_since(request, seen, store), store, executor)
        known = everything_known(request.output_key, store)
    if prepared.site is None or prepared.theme is None:
        return Unknown(problems=tuple(prepared.problems))
    site, theme = prepared.site, prepared.theme
    plan = Plan(site, theme)
    desks = plan.desks
    choices = _choices(wanted, site, desks)
    pages: dict[str, Page] = {}
    addresses: list[str] = []
    for page in plan.all():
        addresses.append(page.address)
        if page.address in choices:
            pages.setdefault(page.address, page)
    found = next((pages[choice] for choice in choices if choice in pages), None)
    if found is None:
        return Unknown(_held(wanted, choices, prepared), _near(choices[0], addresses))
    marks = traced(found, _surroundings(site, theme, desks).of(found)).marks
    source = _source(found, site, theme, desks)
    said = tuple(problem for problem in prepared.problems if problem.place.path == source)
    return replace(_explained(found, marks, known, request, source, theme), problems=said)


def _choices(wanted: str, site: Site, desks: dict[str, Desk]) -> list[str]:
    """The addresses that may be meant, the likeliest first."""
    config = site.contents.config
    plain = wanted.removeprefix(config.origin)
    if plain.startswith(config.base + "/"):
        plain = plain.removeprefix(config.base)
    plain = plain.partition("#")[0] or "/"
    path = plain.removeprefix("./").removeprefix("content/")
    sources = [address for desk in desks.values() if (address := desk.address_of_source(path))]
    address = "/" + plain.lstrip("/").removesuffix("index.html")
    bare = address.partition("?")[0]
    return list(dict.fromkeys([*sources[:1], address, f"{address}/", bare, f"{bare.rstrip('/')}/", "/" + path]))


def _surroundings(site: Site, theme: Theme, desks: dict[str, Desk]) -> Surroundings:
    config = site.contents.config
    views = {language: site_view(desk) for language, desk in desks.items()}
    return Surroundings(theme, Kit(theme, views, config.origin, config.base, config.time_zone))


def _explained(page: Page, marks: bytes, known: Known, request: Request, source: str, theme: Theme) -> Explanation:
    press, template = Press(str(request.output)), template_of(page.view)
    published, placed = known.published.get(page.address), known.placed.get(page.address)
    intact = placed is not None and (
        press.stamp(page.address) == placed.stamp or press.holds(page.address, placed.digest)
    )
    return Explanation(
        page,
        source,
        template,
        tuple(closure(template, theme.uses)) if template else (),
        published.reason if published else "",
        reason_to_make(page, marks, published, intact=intact),
        frozenset(differences(page, marks, published)) if published else frozenset(),
    )


def _source(page: Page, site: Site, theme: Theme, desks: dict[str, Desk]) -> str:
    """The file that the page shows and no other page is made of; empty where it gathers many."""
    if isinstance(page.view, FileView):
        place = theme.files.place(page.view.source).path
        return place if page.view.root == "theme" else page.view.source
    for story in site.by_path.values():
        if page.address == story.card.address or page.address in story.aliases:
            return story.path
    standing = (*site.contents.pages, *site.contents.profiles)
    others = (*(one.path for one in standing), *site.ballots.by_path)
    desk = desks[page.language]
    for (language, week), text in site.week_texts.items():
        if page.address == digest_address(desk.root, week) and language == page.language:
            return text.path
    return next((path for path in others if desk.address_of_source(path) == page.address), "")


def _held(wanted: str, choices: list[str], prepared: Prepared) -> Held | None:
    """The story that is held back from the address that was asked for."""
    assert prepared.site is not None
    held = {one.path: one for one in prepared.site.held}
    for article in prepared.site.contents.articles:
        if article.path in held and (article.card.address in choices or f"/{article.path}" in choices):
            return held[article.path]
    return None


def _near(address: str, addresses: Iterable[str]) -> tuple[str, ...]:
    """The addresses most like one, the pages of the same name first."""
    name = address.rstrip("/").rpartition("/")[2]
    everything = list(addresses)
    same = [one for one in everything if name and one.rstrip("/").endswith("/" + name)]
    return tuple(dict.fromkeys([*same[:3], *get_close_matches(address, everything, n=3, cutoff=0.6)]))[:3]
