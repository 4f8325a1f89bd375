"""Social cards of the published stories: those that are missing or show what is no longer so are drawn, others removed."""

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor
from pathlib import Path

from msgspec import Struct

from generator.content.stories import Article
from generator.content.stripping import Malformed
from generator.engine.request import Request
from generator.engine.workers import batched, run_in_batches
from generator.images.drawing import Drawing, Missing, digest_of_font, draw, mark_of
from generator.images.placing import BESIDE, Placing
from generator.pages.addresses import file_of
from generator.pages.articles import has_card
from generator.pages.desk import Desk
from generator.pages.pictures import CARDS, card_address
from generator.pages.plan import Plan
from generator.problems import Place, Problem
from generator.site.sections import COUNTRY, PORTAL, TOPIC

_BATCH = 8
_HEAD = 256


class Wanted(Struct, frozen=True, gc=False):
    """A card with its place, the page that names it, and the source of the story."""

    place: str
    page: str
    source: str
    drawing: Drawing


class Drawn(Struct, frozen=True, gc=False):
    """What came of a card: where it waits and what it goes with, or what stood in the way of it and at its place, where
    nothing may stay that shows what is no longer so."""

    made: tuple[str, str] | None = None
    problem: Problem | None = None
    place: str = ""


def wanted_cards(plan: Plan, request: Request) -> Iterator[Wanted]:
    """The cards of all stories that are published and are to have one. Raises OSError where the font cannot be read."""
    social, output = plan.site.contents.config.social, str(request.output)
    font = str(request.content.parent / social.font) if social.font else ""
    font_digest = digest_of_font(font) if font else b""
    for desk in plan.desks.values():
        for story in desk.edition.stories:
            page = f"{output}/{file_of(story.card.address)}"
            if has_card(plan.site, story) and os.path.exists(page):
                drawing = _drawing(desk, story, request.content, font, font_digest)
                yield Wanted(f"{output}{card_address(story.card.address)}", page, story.path, drawing)


def _drawing(desk: Desk, story: Article, content: Path, font: str, font_digest: bytes) -> Drawing:
    card, picture = story.card, story.card.picture
    medium = desk.site.contents.media.get(picture.file) if picture else None
    above = (desk.section_name((COUNTRY, card.countries[0])), desk.section_name((TOPIC, card.topics[0])))
    shown = (str(content / medium.path), medium.bare, picture.focus) if picture and medium else ("", b"", (0.5, 0.5))
    colour = desk.site.contents.config.social.colour
    return Drawing(card.title, " · ".join(above), desk.section_name(PORTAL), colour, *shown, font, font_digest)


def has_been_drawn(wanted: Wanted) -> bool:
    """Whether a card shows what it is to show; it says so itself."""
    try:
        with open(wanted.place, "rb") as file:
            return mark_of(wanted.drawing) in file.read(_HEAD)
    except OSError:
        return False


def left_cards(output: Path, wanted: Sequence[Wanted]) -> list[str]:
    """The cards that no story names any more, and what was not finished."""
    places = {one.place for one in wanted}
    found = (f"{folder}/{name}" for folder, _, names in os.walk(f"{output}{CARDS}") for name in names)
    return [file for file in found if file not in places]


def draw_missing(
    wanted: Sequence[Wanted], placing: Placing, executor: Executor | None
) -> Iterator[tuple[int, list[Problem]]]:
    """Draws the cards that are not as they are to be; gives how many were placed, and what stood in the way."""
    missing = [one for one in wanted if not has_been_drawn(one)]
    for drawn in run_in_batches(executor, _draw, batched(missing, _BATCH), ""):
        placed = placing.place(one.made for one in drawn if one.made)
        placing.remove(one.place for one in drawn if one.problem)
        yield placed, [one.problem for one in drawn if one.problem]


def _draw(batch: Sequence[Wanted], _: str) -> list[Drawn]:
    return [_drawn(one) for one in batch]


def _drawn(wanted: Wanted) -> Drawn:
    try:
        data = draw(wanted.drawing)
    except Missing as error:
        said = f"no card: the font has no “{error}”"
        problem = Problem(Place(wanted.source), said, "name one that has it: `social_font` in site.yaml")
        return Drawn(None, problem, wanted.place)
    except (OSError, Malformed) as error:
        said = f"no card: {getattr(error, 'strerror', '') or error}"
        return Drawn(None, Problem(Place(wanted.source), said, "run this again"), wanted.place)
    beside = Path(wanted.place + BESIDE)
    beside.parent.mkdir(parents=True, exist_ok=True)
    beside.write_bytes(data)
    return Drawn((wanted.place, wanted.page))
