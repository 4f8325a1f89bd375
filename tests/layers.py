"""A portal's own theme, which begins from another: its files as they are and as they may become, and the options it chooses."""

from collections.abc import Mapping, Sequence

from tests.newsroom import Newsroom

OWN = """name: own
extends: {}
options:
  tint: {{type: colour, default: "#336699"}}
  shown: {{type: list, default: [a, b], choices: [a, b, c]}}
  mark: {{type: image}}
"""
_BLOCK = '{% extends "inherited/article.html" %}{% block main %}<i>own</i>{{ super() }}{% endblock %}'
_FOOT = '{% include "inherited/parts/{}.html" %}<i>{{ t("story.read") }}</i>'
_SHOWN = '<hr class="{{ option("tint") }}">{% for one in option("shown") %}{{ one }}{% endfor %}'
_MARK = '{% if option("mark") %}<img src="{{ option("mark").href }}" width="{{ option("mark").width }}">{% endif %}'
_PRINTED = '{% if option("shown") | length > 1 %}p { color: {{ option("tint") }} }{% endif %}'


def layers(base: str) -> Mapping[str, Sequence[str | None]]:
    """The files of the theme `own`, which begins from `base`, and of another in between, by path under themes/: each as it may
    be, of which None is that there is none. What stands first is the theme as it begins."""
    foot = "foot" if base == "bare" else "footer"
    return {
        "own/theme.yaml": [
            OWN.format(base),
            OWN.format("middle"),
            OWN.format(base).replace("336699", "a03000").replace("[a, b]", "[c]"),
            OWN.format("own"),
        ],
        "middle/theme.yaml": [f"extends: {base}\n", None],
        "middle/templates/article.html": [None, _BLOCK.replace("own", "middle"), "{{ page.head }}"],
        "middle/strings/ru.yaml": [None, "story.read: из середины\narchive.title: Середина\n"],
        "own/templates/article.html": [
            _BLOCK,
            None,
            _BLOCK.replace("own", _SHOWN),
            _BLOCK.replace("<i>own</i>", '{{ t("story.read") }}{{ asset("own.css", "none") }}'),
            '{% extends "base.html" %}{% block main %}{{ page }}{% endblock %}',
            "{% block main %}",
        ],
        "own/templates/list.html": [None, _BLOCK.replace("article", "list").replace("own", "{{ page.pager }}")],
        "own/templates/base.html": [None, _BLOCK.replace("article", "base").replace("<i>own</i>", _MARK)],
        f"own/templates/parts/{foot}.html": [_FOOT.replace("{}", foot), '{{ option("tint") }}', None],
        "own/templates/parts/unneeded.html": [None, "Nobody."],
        "own/assets/style.css": [None, "p { margin: 2em }\n", '@import "own.css";\n'],
        "own/assets/feed.css": [None, "item { margin: 2em }\n"],
        "own/assets/own.css.jinja": [_PRINTED, None, '{{ option("nothing") }}', "b {}"],
        "own/assets/own.css": [None, "i {}\n"],
        "own/assets/mark.svg": [None, '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 40"/>', "no drawing"],
        "own/strings/ru.yaml": [
            None,
            "story.read: прочесть\nfeeds.title: Ленты\nfeed.full: Полностью\n",
            'list.total: {one: "{count} одна", other: "{count} штук"}\nkind.news: Новости\n',
            "story.raed: опечатка\n",
        ],
        "own/strings/en.yaml": [None, "story.read: read on\nmissing.title: Nowhere\n"],
    }


OPTIONS = {
    "bare": ["{accent: bold}", "{depth: 4}", "{width: 60}", "{accent: none}"],
    "own": [
        *("{accent: bold}", '{tint: "#000"}', "{shown: []}", "{shown: [b, a], depth: 4}", "{shown: [b, b]}"),
        *("{mark: mark.svg}", "{mark: media/dam.png}", "{mark: media/map.png}", "{mark: media/lost.png}"),
    ],
    "news-asia": [
        *("{accent: ochre}", '{accent_light: "#7a3e00"}', "{front: [countries, newest]}", "{front: []}"),
        *("{list_pictures: no, flags: no}", "{share: [x], contents: 1}", "{logo: media/dam.png}", "{topics: no}"),
    ],
}
"""Options that a portal may choose, by the theme that has them."""


def begin_a_theme(room: Newsroom, base: str) -> None:
    """Gives a portal the theme `own` as it begins."""
    for name, texts in layers(base).items():
        change_a_layer(room, name, texts[0])
    room.site["theme"] = "own"
    room.save_site()


def change_a_layer(room: Newsroom, name: str, text: str | None) -> None:
    """Writes a file of one of the portal's themes, or removes it."""
    if text is not None:
        room.write(name, text, root=room.root / "themes")
    else:
        (room.root / "themes" / name).unlink(missing_ok=True)
