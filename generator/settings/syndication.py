"""Syndication: what `feeds` of site.yaml says of the hub and of feeds for partners."""

from msgspec import Struct

from generator.fields.values import ID, Fields, Value
from generator.settings.addresses import web_address

USUAL_ITEMS, MOST_ITEMS, MOST_KEPT, MOST_DAYS = 50, 500, 100, 366
CHOSEN_BY = ("country", "topic", "outlet", "kind", "label")


class Choice(Struct, frozen=True, gc=False):
    """Stories by what they are filed under, in the order of CHOSEN_BY; a list that is empty says nothing."""

    countries: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()


TAKEN = ("comments",)
"""Names of feeds that stand where those of partners do."""


class Partner(Struct, frozen=True, gc=False):
    """A feed for a partner: the newest `count` stories of the last `days` (0: of all time) that `include` names, where it
    names any, and `exclude` does not; in `full` or as summaries, with or without pictures, with `yandex:full-text`."""

    name: str
    language: str
    titles: tuple[tuple[str, str], ...] = ()
    include: Choice = Choice()
    exclude: Choice = Choice()
    count: int = USUAL_ITEMS
    days: int = 0
    full: bool = True
    image: bool = True
    yandex: bool = False


class Syndication(Struct, frozen=True, gc=False):
    """The WebSub hub that is told of new stories (empty: none), how many stories a feed shows and a document of its archive
    holds, and the feeds for partners."""

    hub: str = ""
    size: int = USUAL_ITEMS
    partners: tuple[Partner, ...] = ()

    def partner(self, name: str) -> Partner:
        """The partner of a name that is in the settings."""
        return next(one for one in self.partners if one.name == name)


def read_syndication(value: Value, languages: tuple[str, ...]) -> Syndication:
    """The value of `feeds`; whether the registries have what partners choose is checked with them."""
    fields = value.fields("{hub: https://…, partners: {name: {…}}}")
    if fields is None or not languages:
        return Syndication()
    hub, size, partners = fields.get("hub"), fields.get("size"), fields.get("partners")
    named = partners.fields("{name: {count: 50}}") if partners else None
    found = tuple(_partner(name, one, languages) for name, one in (named.each(ID, "name") if named else ()))
    count = (size.integer(1, MOST_KEPT) if size else None) or USUAL_ITEMS
    fields.done()
    return Syndication(web_address(hub), count, found)


def _partner(name: str, value: Value, languages: tuple[str, ...]) -> Partner:
    if name in TAKEN:
        value.wrong(f"“{name}” is a feed of the portal's own", "choose another name")
    fields = value.fields("{count: 50}")
    if fields is None:
        return Partner(name, languages[0])
    title, language, text = fields.get("title"), fields.get("language"), fields.get("text")
    count, days = fields.get("count"), fields.get("days")
    partner = Partner(
        name,
        (language.choice(languages) if language else None) or languages[0],
        title.names() if title else (),
        _choice(fields.get("include")),
        _choice(fields.get("exclude")),
        (count.integer(1, MOST_ITEMS) if count else None) or USUAL_ITEMS,
        (days.integer(1, MOST_DAYS) if days else None) or 0,
        full=(text.choice(("full", "summary")) if text else None) != "summary",
        image=_flag(fields, "image", default=True),
        yandex=_flag(fields, "yandex", default=False),
    )
    fields.done()
    return partner


def _flag(fields: Fields, name: str, *, default: bool) -> bool:
    value = fields.get(name)
    found = value.yes_no() if value else None
    return default if found is None else found


def _choice(value: Value | None) -> Choice:
    fields = value.fields("{country: [kz], topic: [energy]}") if value else None
    if fields is None:
        return Choice()
    found = [fields.get(name) for name in CHOSEN_BY]
    fields.done()
    return Choice(*(one.texts() if one else () for one in found))
