"""Output folders as digests, and the links that lead from page to page in them."""

import re
from collections.abc import Iterable, Mapping, Sequence
from hashlib import blake2b
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urljoin

Digests = Mapping[str, str]
"""The digest of each file by its path, and `folder` for each folder."""

ORIGIN = "https://aryk.example"
WAITING = ".aryk-new"
_LINK = re.compile(rb"""(?:href|src)=["']([^"']+)["']|url=([^"'>]+)|(https://aryk\.example[^\s"'<>]*)""")
_links: dict[str, frozenset[str]] = {}
"""The links of a content by its digest and address: most pages stay as they are from look to look."""


def digests(folder: Path) -> Digests:
    """A tree as it is now."""
    return {path.relative_to(folder).as_posix(): _digest(path) for path in sorted(folder.rglob("*"))}


def served(tree: Digests) -> Digests:
    """The files of a tree, without those that wait beside their places."""
    return {name: mark for name, mark in tree.items() if mark != "folder" and not name.endswith(WAITING)}


def _digest(path: Path) -> str:
    return "folder" if path.is_dir() else blake2b(path.read_bytes(), digest_size=16).hexdigest()


def differing(one: Digests, other: Digests) -> set[str]:
    """The names that only one of two trees has, or that differ."""
    return {name for name in one.keys() | other.keys() if one.get(name) != other.get(name)}


def assert_whole(found: Digests, trees: Sequence[Digests]) -> None:
    """Every file is as one of these trees has it, and what they all have is there."""
    for name, mark in served(found).items():
        assert mark in {tree.get(name) for tree in trees}, f"{name} is neither old nor new"
    always = set(served(trees[0])).intersection(*trees[1:])
    assert always <= found.keys(), always - found.keys()


def dead_links(folder: Path, tree: Digests, starts: Iterable[str]) -> set[tuple[str, str]]:
    """The links to nowhere that a reader meets who starts at any of these files: (page, file that is not there)."""
    dead, waiting, seen = set(), [name for name in starts if name in tree], set[str]()
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        for other in _links_of(folder, name, tree[name]):
            if other in tree:
                waiting.append(other)
            else:
                dead.add((name, other))
    return dead


def _links_of(folder: Path, name: str, mark: str) -> frozenset[str]:
    """The files of the portal that a page or feed leads to."""
    key = f"{name} {mark}"
    if key not in _links:
        is_text = name.endswith((".html", ".xml", ".css", ".txt"))
        found = _LINK.findall((folder / name).read_bytes()) if is_text else []
        addresses = (urljoin(f"{ORIGIN}/{name}", unescape(b"".join(groups).decode())) for groups in found)
        _links[key] = frozenset(_file(address) for address in addresses if address.startswith(ORIGIN))
    return _links[key]


def _file(address: str) -> str:
    """The file that a server gives for an address."""
    path = unquote(re.split("[?#]", address.removeprefix(ORIGIN))[0]).lstrip("/")
    return f"{path}index.html" if path.endswith("/") or not path else path
