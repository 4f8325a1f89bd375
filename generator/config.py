"""`site.yaml` becomes the portal's configuration, complete and checked."""

import re
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from msgspec import Struct

from generator.fields.values import ID, Fields, Value, read_fields
from generator.problems import Place, Problem, did_you_mean
from generator.settings.addresses import read_address
from generator.settings.inbox import Inbox, read_inbox
from generator.settings.rates import Rates, read_rates_settings
from generator.settings.social import Social, read_social
from generator.settings.syndication import Syndication, read_syndication

LANGUAGES = ("ru", "en", "kk", "ky", "uz", "tg", "tk", "zh")
FRAGMENTS = ("client", "ssi", "inline")
FILE = "site.yaml"
_INDEXNOW = re.compile(r"[A-Za-z0-9-]{8,128}")
_INDEXNOW_HINT = "8 to 128 Latin letters, digits and hyphens; it is no secret"

Names = tuple[tuple[str, str], ...]
Chosen = str | tuple[str, ...]
"""What a portal chooses for an option of its theme: a text, or a list of texts."""


class Config(Struct, frozen=True, gc=False):
    """The portal as `site.yaml` has it. `origin` is scheme and host, `base` the path under which the portal lives
    (empty, or `/news` without a slash at its end); `languages` begins with the main one; `indexnow` is the key by which
    search engines know that it is the portal that tells them of changes; `fragments` is by whom what is fresh on every page
    is put there: the reader's browser, the server, or the build itself."""

    names: Names
    taglines: Names
    origin: str
    base: str
    time_zone: str
    languages: tuple[str, ...]
    theme: str = "news-asia"
    options: tuple[tuple[str, Chosen], ...] = ()
    page_size: int = 20
    countries: tuple[str, ...] = ()
    feeds: Syndication = Syndication()
    indexnow: str = ""
    inbox: Inbox | None = None
    fragments: str = "client"
    rates: Rates | None = None
    social: Social = Social()

    @property
    def language(self) -> str:
        """The main language, whose pages have no language in their address."""
        return self.languages[0]

    @property
    def zone(self) -> ZoneInfo:
        """The site's time zone."""
        return ZoneInfo(self.time_zone)

    @property
    def url(self) -> str:
        """The absolute address of the portal, without a slash at its end."""
        return self.origin + self.base


def name_in(names: Names, language: str) -> tuple[str, str]:
    """The name in a language, else the plain one, else the first that there is; and the language that it is given in."""
    found = dict(names)
    code = next((code for code in (language, "") if found.get(code)), names[0][0] if names else "")
    return found.get(code, ""), code


def read_config(text: str, problems: list[Problem]) -> Config | None:
    """The configuration; None where something that it cannot do without is missing or wrong."""
    before = len(problems)
    fields = read_fields(text, FILE, problems)
    if fields is None:
        if len(problems) == before:
            problems.append(
                Problem(Place(FILE, 1, 1), "the file is empty", "name, address, time_zone, language are needed")
            )
        return None
    names, address = fields.need("name"), fields.need("address")
    zone, language = fields.need("time_zone"), fields.need("language")
    origin, base = read_address(address, "a portal") if address else ("", "")
    languages = _languages(fields, language.text() if language else None)
    theme, size = fields.get("theme"), fields.get("page_size")
    indexnow = fields.get("indexnow")
    options, taglines, countries = fields.get("options"), fields.get("tagline"), fields.get("countries")
    feeds = fields.get("feeds")
    inbox = fields.get("inbox")
    fragments, rates = fields.get("fragments"), fields.get("rates")
    config = Config(
        names=names.names() if names else (),
        taglines=taglines.names() if taglines else (),
        origin=origin,
        base=base,
        time_zone=_zone(zone) if zone else "",
        languages=languages,
        theme=(theme.word(ID, "name of a theme") if theme else None) or "news-asia",
        options=_options(options) if options else (),
        page_size=(size.integer(2, 500) if size else None) or 20,
        countries=countries.texts() if countries else (),
        feeds=read_syndication(feeds, languages) if feeds else Syndication(),
        indexnow=(indexnow.word(_INDEXNOW, "key of IndexNow", _INDEXNOW_HINT) if indexnow else None) or "",
        inbox=read_inbox(inbox) if inbox else None,
        fragments=(fragments.choice(FRAGMENTS) if fragments else None) or "client",
        rates=read_rates_settings(rates) if rates else None,
        social=read_social(fields),
    )
    fields.done()
    return config if len(problems) == before else None


def _zone(value: Value) -> str:
    text = value.text() or ""
    try:
        if text and ZoneInfo(text):
            return text
    except (ZoneInfoNotFoundError, ValueError, OSError):
        pass
    if text:
        value.wrong(f"“{text}” is no time zone", _zone_hint(text))
    return ""


def _zone_hint(text: str) -> str:
    """The zone of a city, where it has one."""
    city = "/" + text.lower().replace(" ", "_")
    near = min((name for name in available_timezones() if name.lower().endswith(city)), default="")
    return f"did you mean “{near}”?" if near else "write a name such as Asia/Bishkek or Asia/Almaty"


def _languages(fields: Fields, main: str | None) -> tuple[str, ...]:
    listed = fields.get("languages")
    found = [main] if main else []
    for value in ([fields.get("language")] if main else []) + (listed.items() if listed else []):
        word = value.text() if value else None
        if value and word and word not in LANGUAGES:
            value.wrong(f"the language “{word}” is not known here", did_you_mean(word, LANGUAGES))
        elif word and word not in found:
            found.append(word)
    return tuple(found)


def _options(value: Value) -> tuple[tuple[str, Chosen], ...]:
    fields = value.fields()
    if fields is None:
        return ()
    return tuple(
        (key, chosen)
        for key, option in fields.each(re.compile(r"[a-z_]{1,40}"), "option", "small Latin letters and underscores")
        if (chosen := option.texts() if option.is_list else option.text()) is not None
    )
