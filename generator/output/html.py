"""Pages by templates: which template shows which view, and the words that a template may use."""

import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from jinja2 import FileSystemBytecodeCache, TemplateSyntaxError
from jinja2.bccache import Bucket, BytecodeCache
from markupsafe import Markup
from msgspec.structs import replace

from generator.content.texts import Body
from generator.digests import digest
from generator.output.courses import chart_word, course_on
from generator.output.linked_data import linked_data
from generator.output.parts import Parts
from generator.output.pieces import Piece, pieces_of
from generator.output.portal import absolute_from
from generator.pages.page import Page
from generator.pages.views import (
    ArchiveView,
    ArticleView,
    BreakingView,
    CorrectionsView,
    CurrencyView,
    DayView,
    DigestsView,
    DigestView,
    FeedsView,
    FrontView,
    IndexView,
    ListView,
    LivePollView,
    MissingView,
    MonthView,
    NoticeView,
    PollsView,
    PollView,
    RatesView,
    RedirectView,
    SearchView,
    SiteView,
    StandingView,
    TextView,
    TickerView,
    View,
    WriteView,
)
from generator.problems import Place, Problem, did_you_mean
from generator.theme.compiling import compiler_digest
from generator.theme.environment import FAILURES, FOLDER, Constants, make_environment
from generator.theme.files import INHERITED
from generator.theme.options import OptionValue, Picture
from generator.theme.templates import closure
from generator.theme.theme import Theme
from generator.theme.words import Words, language_tag, locale_tag

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
    DigestView: "digest.html",
    DigestsView: "digests.html",
    CorrectionsView: "corrections.html",
    FeedsView: "feeds.html",
    PollView: "poll.html",
    PollsView: "polls.html",
    LivePollView: "live/poll.html",
    WriteView: "write.html",
    SearchView: "search.html",
    MissingView: "404.html",
    RedirectView: "redirect.html",
    TickerView: "ticker.html",
    BreakingView: "live/breaking.html",
    RatesView: "rates.html",
    CurrencyView: "currency.html",
}
_WORDS = (
    "t",
    "n",
    "date",
    "span",
    "time",
    "iso",
    "month_name",
    "weekdays",
    "number",
    "decimal",
    "percent",
    "language_name",
)
_PARTS_KEPT = 10_000


class BrokenTemplate(Exception):
    """A template failed on a page; `problem` says where and on which."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.text())
        self.problem = problem


def misfit_templates(theme: Theme) -> Iterator[Problem]:
    """A problem for each template without which some page cannot be shown, an advice for each that no page needs."""
    needed = sorted(set(TEMPLATES.values()))
    for name in needed:
        if FOLDER + name not in theme.files.files:
            place = theme.files.place(FOLDER + name)
            yield Problem(place, "the theme has no such template", "each kind of page needs its own")
    used = {found for name in needed for found in closure(name, theme.uses)}
    for name in theme.uses.keys() - used:
        if FOLDER + name in theme.files.own and INHERITED not in name:
            hint = did_you_mean(name, used)
            yield Problem(theme.files.place(FOLDER + name), "no page needs this template", hint, severity="advice")


def template_of(view: View) -> str:
    """The template that shows a view; empty where no template does."""
    return TEMPLATES.get(type(view), "")


def flag(code: str) -> str:
    """The emoji of a country's flag, from its two letters (Unicode's regional indicators)."""
    return "".join(chr(ord(letter) - ord("A") + 0x1F1E6) for letter in code)


class Printer:
    """Prints the pages of one language: a theme's templates with everything that they may use besides `page`.

    `bodies` holds the texts of the page that is being printed, `words` what templates may call.
    """

    def __init__(self, theme: Theme, site: SiteView, origin: str, base: str, cache: Path | None) -> None:
        constants = _constants(theme, site.language, base)
        words = theme.words(site.language)
        self.bodies: Mapping[bytes, Body] = {}
        self._parts = Parts[Markup](_PARTS_KEPT)
        self._assets = _addresses(theme, base)
        self._options = _options(theme, base)
        self._environment = make_environment(theme.files, constants, _bytecode_cache(cache, constants))
        self.words = self._words(words, site, origin)
        self._environment.globals |= {"site": site, **self.words}

    def _words(self, words: Words, site: SiteView, origin: str) -> dict[str, Callable[..., object]]:
        """What templates may call."""
        return {name: getattr(words, name) for name in _WORDS} | {
            "asset": self._asset,
            "option": self._option,
            "flag": flag,
            "pieces": self._pieces,
            "part": self._part,
            "absolute": absolute_from(origin),
            "language_tag": language_tag,
            "locale_tag": locale_tag,
            "linked_data": linked_data(site, origin, words.iso),
            "course": course_on(words.zone),
            "chart": chart_word(words),
        }

    def print(self, page: Page, bodies: Mapping[bytes, Body]) -> bytes:
        """The bytes of a page. Raises BrokenTemplate where its template fails."""
        self.bodies = bodies
        try:
            return self._environment.get_template(template_of(page.view)).render(page=page.view).encode("utf-8")
        except FAILURES as error:
            raise BrokenTemplate(_problem(error, page)) from error

    def _asset(self, name: str, other: str | None = None) -> str:
        """The address of an asset of the theme; `other` where there is none of this name."""
        return self._assets[name] if other is None else self._assets.get(name, other)

    def _option(self, name: str) -> OptionValue:
        """What the portal chose for an option of the theme, or its default; of a picture `href`, `width` and `height`."""
        return self._options[name]

    def _pieces(self, view: TextView, sizes: str = "100vw") -> list[Piece]:
        """The parts of a text in order: each has `html`, ready to print, or an `embed` with `service`, `id` and `url`.
        `sizes` says how wide images in it are shown, as the attribute of that name does."""
        return pieces_of(view, self.bodies[view.digest], sizes=sizes)

    def _part(self, name: str, **values: object) -> Markup:
        """A template that sees only these values, printed once for equal ones: a menu, a card that many pages show."""
        key = (name, *values, *map(type, values.values()), *values.values())
        return self._parts.kept(key, lambda: Markup(self._environment.get_template(name).render(values)))


def _addresses(theme: Theme, base: str) -> dict[str, str]:
    return {name: base + asset.address for name, asset in theme.assets.items()}


def _options(theme: Theme, base: str) -> dict[str, OptionValue]:
    """The options as templates have them: the address of a picture holds the path under which the portal lives."""
    return {
        name: replace(value, href=base + value.href) if isinstance(value, Picture) else value
        for name, value in theme.options.items()
    }


def _constants(theme: Theme, language: str, base: str) -> Constants:
    """What `t`, `asset` and `option` give for each name, the same on all pages of a language."""
    strings = {("t", key): text for key, text in theme.strings[language].items() if isinstance(text, str)}
    assets = {("asset", name): address for name, address in _addresses(theme, base).items()}
    options = {("option", name): value for name, value in theme.options.items() if not isinstance(value, Picture)}
    return {**strings, **assets, **options}


class _Compiled(FileSystemBytecodeCache):
    """Compiled templates, kept where that is possible: whoever deletes the store under a `watch` loses nothing but time."""

    def dump_bytecode(self, bucket: Bucket) -> None:
        with suppress(OSError):
            super().dump_bytecode(bucket)


def _bytecode_cache(folder: Path | None, constants: Constants) -> BytecodeCache | None:
    """Compiled templates are kept under the digest of what was folded into them, and by what they were compiled."""
    if folder is None:
        return None
    folded = tuple(sorted((*key, value) for key, value in constants.items()))
    folder = folder / digest((compiler_digest(), folded)).hex()
    folder.mkdir(parents=True, exist_ok=True)
    return _Compiled(str(folder))


def _problem(error: Any, page: Page) -> Problem:
    """The problem with the last line of a template that the error passed through."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.startswith("themes/")]
    place = Place(f"themes/…/{template_of(page.view)}")
    if frames:
        place = Place(frames[-1].filename, frames[-1].lineno or 0, 1)
    if isinstance(error, TemplateSyntaxError) and error.filename:
        place = Place(error.filename, error.lineno, 1)
    said = str(error) or type(error).__name__
    return Problem(place, f"the template fails on the page {page.address}: {said}")
