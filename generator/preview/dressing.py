"""What the preview adds to a page on its way to the browser, never to a file: the bar of problems, and the reloading."""

import re
from html import escape
from pathlib import Path

from generator.preview.board import Shown

OWN = "/.aryk"
"""Where the preview's own files lie; no address of a portal begins with a dot."""
PARTS = {"bar.css": "text/css", "reload.js": "text/javascript"}
_LONGEST = 50
_BODY = re.compile(r"<body\b[^>]*>", re.IGNORECASE)


def part(name: str) -> str:
    """One of the preview's own files."""
    return Path(__file__).with_name(name).read_text("utf-8")


def dressed(html: str, shown: Shown) -> str:
    """A page with the problems above it and the script that reloads it."""
    begun = _BODY.search(html)
    at = begun.end() if begun else 0
    return f"{html[:at]}{_bar(shown.problems)}{html[at:]}{_script(shown.mark)}"


def _script(mark: str) -> str:
    return f'<script src="{OWN}/reload.js" data-mark="{mark}"></script>\n'


def _bar(problems: tuple[str, ...]) -> str:
    if not problems:
        return ""
    count = f"{len(problems)} problem{'s' if len(problems) > 1 else ''}; pages show the last good version"
    lines = "".join(f"<li>{escape(problem)}</li>" for problem in problems[:_LONGEST])
    rest = f"<li>… and {len(problems) - _LONGEST} more</li>" if len(problems) > _LONGEST else ""
    sheet = f'<link rel="stylesheet" href="{OWN}/bar.css">'
    return f'\n{sheet}<div id="aryk-problems" role="alert"><b>{count}</b><ul>{lines}{rest}</ul></div>\n'


def nothing_yet(shown: Shown) -> str:
    """The page in place of one that does not exist, where the portal has not even its page for that."""
    return dressed("<!doctype html>\n<title>Aryk</title>\n<body>\n<p>There is no such page.</p>\n", shown)
