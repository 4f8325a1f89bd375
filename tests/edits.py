"""A small portal that shows something in every field of every view, and the edits that tests make to it."""

from collections.abc import Callable

from tests.newsroom import (
    DAY,
    NOW,
    Newsroom,
    day,
    poll_of,
)

Edit = Callable[[Newsroom], object]

RATES = "{source: nbkr, pairs: [USD/KGS], ticker: [{pair: KZT/USD, source: nbk}, EUR/KGS]}"
RATE_FILES = {
    "rates/nbkr/2026.csv": (
        "date,currency,nominal,value\n2026-02-26,USD,1,87.1000\n2026-02-27,USD,1,87.2000\n2026-02-28,USD,1,87.4500\n"
        "2026-02-28,EUR,1,95.1234\n2026-02-28,KZT,10,1.7012\n"
    ),
    "rates/nbk/2026.csv": "date,currency,nominal,value\n2026-02-27,USD,1,510.12\n2026-02-28,USD,1,511.34\n",
}

OLD, MIDDLE, NEW, GONE = (f"articles/2026/02/{name}.md" for name in ("old", "middle", "new", "gone"))


def small_portal(room: Newsroom) -> None:
    """A published portal in which every kind of view has a page that shows something in every field."""
    room.site |= {"page_size": "4", "countries": "[kg]", "rates": RATES}
    room.site |= {"inbox": "{address: 'https://inbox.example'}"}
    room.save_site()
    for name, text in RATE_FILES.items():
        room.write(name, text)
    rich = {"tags": "[water]", "series": "Rivers", "author": "ann", "source": "times"}
    for number in range(8):
        when = day(NOW - (40 - number) * DAY)
        room.put(f"articles/2026/01/early-{number}.md", f"Early {number}.", date=when, **rich)
    room.set("articles/2026/01/early-1.md", kind="press-review")
    room.put("articles/2024/01/first.md", "First.", date=day(NOW - 780 * DAY), **rich)
    room.put(OLD, "An old text.", date=day(NOW - 9 * DAY), lead="Old", kind="press-review", **rich)
    room.put(MIDDLE, "A text.", date=day(NOW - 5 * DAY), lead="Middle", aliases="[/was/]", **rich)
    room.put(NEW, "A new text.", date=day(NOW - 2 * DAY), lead="New", image="{file: dam.png, alt: A dam}", **rich)
    room.set(NEW, source="{outlet: times, url: 'https://times.example/1'}")
    room.put(GONE, date=day(NOW - 3 * DAY), retracted="{date: 2026-02-27, text: Wrong}")
    room.set(OLD, corrections="[{date: 2026-02-25, text: A slip}]")
    room.write("pages/about.md", "---\ntitle: About\nmenu: 1\n---\nWe.\n")
    room.write("countries/kz.md", "---\ntitle: Kazakhstan\n---\nA country.\n")
    for number in range(9):
        poll(number)(room)
    room.write("digests/2026-w08.md", WEEK)
    for week in ("2023-w01", *(f"2025-w{number:02}" for number in range(1, 12))):
        room.write(f"digests/{week}.md", "---\ntitle: A week\n---\n")
    room.set(NEW, poll="poll-0")
    room.write("comments/2026/02/new.yaml", COMMENT)
    assert room.build().problems == ()


BREAKING = "- {text: {ru: %s, en: It broke}, until: 2026-03-02}\n"
WEEK = (
    "---\ntitle: Eight\nlead: A lead\nstories: [2026/01/early-2]\nimage: {file: map.png, alt: A map}\n---\nAn editor.\n"
)
COMMENT = "- {id: c1, name: Ann, date: 2026-02-28, text: First}\n"


def poll(number: int, yes: int = 1, no: int = 0, **fields: str) -> Edit:
    """Writes a poll of the portal anew, with other votes and fields."""
    given = {"opened": day(NOW - (10 + number) * DAY)} | ({"closed": day(NOW - number * DAY)} if number else {})
    given |= {"country": "[kz]", "topic": "energy"} if number == 8 else {"topic": "trade"}
    given |= fields
    opened, closed = given.pop("opened"), given.pop("closed", None)
    return lambda room: room.write(f"polls/poll-{number}.yaml", poll_of(opened, closed, yes, no, **given))


def field(path: str, **fields: str | None) -> Edit:
    return lambda room: room.set(path, **fields)


def body(path: str, text: str) -> Edit:
    def edit(room: Newsroom) -> None:
        room.stories[path].body = text
        room.save(path)

    return edit


def site(**values: str) -> Edit:
    def edit(room: Newsroom) -> None:
        room.site |= values
        room.save_site()

    return edit


def registry(name: str, id: str, record: str) -> Edit:
    def edit(room: Newsroom) -> None:
        room.registries.setdefault(name, {})[id] = record
        room.save_registry(name)

    return edit


def file(name: str, text: str | bytes) -> Edit:
    return lambda room: room.write(name, text)


def themed(name: str, old: str, new: str) -> Edit:
    def edit(room: Newsroom) -> None:
        text = (room.theme / name).read_text()
        assert old in text
        room.write(name, text.replace(old, new), root=room.theme)

    return edit


def rates(name: str, old: str, new: str) -> Edit:
    """Another figure in a file of rates."""
    assert RATE_FILES[name].count(old) == 1
    return file(name, RATE_FILES[name].replace(old, new))


def publish(path: str, when: int, **fields: str) -> Edit:
    return lambda room: room.put(path, date=day(when), **fields)


def later(seconds: int) -> Edit:
    def edit(room: Newsroom) -> None:
        room.now += seconds

    return edit
