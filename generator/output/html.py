"""Pages by templates: which template shows which view, and the words that a template may use."""

import traceback
from collections.abc import Callable
from typing import Any

from jinja2 import Environment, TemplateError
from jinja2.bccache import BytecodeCache

from generator.content.texts import Body
from generator.output.pieces import Piece, pieces_of
from generator.pages.page import Page
from generator.pages.views import (
    ArchiveView,
    ArticleView,
    CorrectionsView,
    DayView,
    FeedsView,
    FrontView,
    IndexView,
    ListView,
    MissingView,
    MonthView,
    NoticeView,
    RedirectView,
    SiteView,
    StandingView,
    TextView,
    View,
)
from generator.problems import Place, Problem
from generator.theme.templates import make_environment
from generator.theme.theme import Theme

TEMPLATES: dict[type, str] = {
    FrontView: "front.html",
    ListView: "list.html",
    ArticleView: "article.html",
    NoticeView: "notice.html",
    ArchiveView: "archive.html",
    MonthView: "month.html",
    DayView: "day.html",
    IndexView: "index.html",
    StandingView: "standing.html",
    CorrectionsView: "corrections.html",
    FeedsView: "feeds.html",
    MissingView: "404.html",
    RedirectView: "redirect.html",
}


class BrokenTemplate(Exception):
    """A template failed on a page; `problem` says where and on which."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.text())
        self.problem = problem


def template_of(view: View) -> str:
    """The template that shows a view; empty where no template does."""
    return TEMPLATES.get(type(view), "")


def flag(code: str) -> str:
    """The emoji of a country's flag, from its two letters (Unicode's regional indicators)."""
    return "".join(chr(ord(letter) - ord("A") + 0x1F1E6) for letter in code)


def environment_for(theme: Theme, site: SiteView, base: str, cache: BytecodeCache | None) -> Environment:
    """The environment of a language, with everything that a template may use besides `page` and `pieces`."""
    environment = make_environment(theme.files, cache)
    words = theme.words(site.language)
    environment.globals |= {
        name: getattr(words, name)
        for name in ("t", "n", "date", "time", "iso", "month_name", "weekdays", "number", "language_name")
    }
    environment.globals |= {
        "site": site,
        "asset": lambda name: base + theme.assets[name].address,
        "option": lambda name: theme.options[name],
        "flag": flag,
    }
    return environment


def render(environment: Environment, page: Page, bodies: dict[bytes, Body]) -> bytes:
    """The bytes of a page. Raises BrokenTemplate where its template fails."""

    def pieces(view: TextView) -> list[Piece]:
        return pieces_of(view, bodies[view.digest])

    environment.globals["pieces"] = pieces
    try:
        return environment.get_template(template_of(page.view)).render(page=page.view).encode("utf-8")
    except (TemplateError, KeyError, TypeError, ValueError, AttributeError, ArithmeticError, LookupError) as error:
        raise BrokenTemplate(_problem(error, page)) from error


def _problem(error: Any, page: Page) -> Problem:
    """The problem with the last line of a template that the error passed through."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.startswith("themes/")]
    place = (
        Place(frames[-1].filename, frames[-1].lineno or 0, 1) if frames else Place(f"themes/…/{template_of(page.view)}")
    )
    if getattr(error, "lineno", None) and getattr(error, "filename", None):
        place = Place(str(error.filename), int(error.lineno), 1)
    said = str(error) or type(error).__name__
    return Problem(place, f"the template fails on the page {page.address}: {said}")


Render = Callable[[Page, dict[bytes, Body]], bytes]
