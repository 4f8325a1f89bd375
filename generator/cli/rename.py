"""`aryk rename`."""

import argparse
import sys
from collections.abc import Iterator
from itertools import chain
from pathlib import Path, PurePosixPath

import msgspec

from generator.cli.front_lines import with_aliases_masked, with_old_address
from generator.cli.newsroom import declare_content, read_newsroom
from generator.cli.options import USAGE
from generator.cli.relinking import Move, relinked
from generator.cli.show import show_problems
from generator.cli.writing import write_together
from generator.content.aliases import landing
from generator.content.articles import FOLDER, ReadingOptions, read_article
from generator.content.slugs import SLUG, slugify
from generator.content.stories import Article
from generator.engine.scan import scan
from generator.fields.sources import inside
from generator.problems import Problem, blocking, did_you_mean


class Refused(Exception):
    """What was asked for cannot be; nothing was changed."""

    def __init__(self, message: str, status: int = USAGE, problems: tuple[Problem, ...] = ()) -> None:
        super().__init__(message)
        self.status, self.problems = status, problems


def declare(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    declare_content(parser)
    parser.add_argument("path", metavar="PATH", help="the story's file: articles/2026/02/old-name.md")
    parser.add_argument("name", metavar="NEW_NAME", help="new-name, or with folders below articles/: 2026/03/new-name")


def run(options: argparse.Namespace) -> int:
    """Moves the file, keeps its id and its old address, and rewrites the links to it."""
    newsroom = read_newsroom(options.content)
    if newsroom is None:
        return 1
    reading = ReadingOptions.of(newsroom.config)
    root = options.content.resolve()
    try:
        old = _source(options.path, root)
        move = Move(old, _destination(old, options.name, reading.languages))
        _rename(root, move, reading)
    except Refused as refused:
        show_problems(refused.problems, root)
        print(f"aryk: {refused}; nothing was changed", file=sys.stderr)
        return refused.status
    return 0


def _source(written: str, root: Path) -> str:
    """The story's path relative to content/, from one that is relative to it or to the current folder."""
    for path in (root / written, Path(written)):
        path = path.parent.resolve() / path.name
        if path.is_file() and path.is_relative_to(root):
            found = path.relative_to(root).as_posix()
            if not (found.startswith(FOLDER) and found.endswith(".md")):
                raise Refused(f"{found} is no story; only files articles/….md have an address to keep")
            return found
    stories = (path.relative_to(root).as_posix() for path in (root / FOLDER).rglob("*.md"))
    hint = did_you_mean(written, [one for one in stories if PurePosixPath(one).name[:1] == Path(written).name[:1]])
    raise Refused(f"there is no file {written} in {root}{f'; {hint}' if hint else ''}")


def _destination(old: str, written: str, languages: tuple[str, ...]) -> str:
    """The new path; the old one's folder and language hold where nothing else is said."""
    given = written.removeprefix("content/").removeprefix(FOLDER).removesuffix(".md")
    folder, _, last = given.rpartition("/")
    name, _, suffix = last.partition(".")
    if not SLUG.fullmatch(name):
        hint = slugify(name, suffix) or "a-new-name"
        raise Refused(f"“{name}” cannot stand in an address: only a-z, 0-9 and hyphens, at most 80 (say {hint})")
    if suffix and suffix not in languages:
        raise Refused(f"“{suffix}” is no language of this portal; {did_you_mean(suffix, languages)}")
    if folder and not inside(folder):
        raise Refused(f"“{folder}” is no folder below articles/")
    kept = PurePosixPath(old).name.removesuffix(".md").partition(".")[2]
    suffix = suffix or (kept if kept in languages else "")
    into = f"{FOLDER}{folder}" if folder else str(PurePosixPath(old).parent)
    return f"{into}/{name}{f'.{suffix}' if suffix else ''}.md"


def _rename(root: Path, move: Move, reading: ReadingOptions) -> None:
    if move.old == move.new:
        raise Refused(f"{move.old} has this name already")
    if (root / move.new).exists():
        raise Refused(f"there is a file {move.new} already")
    data = (root / move.old).read_bytes()
    before = _addressed(data, move, reading)
    text = data.decode("utf-8", "surrogateescape")
    own, own_links = relinked(text, move.old, move)
    kept = _with_old_address(own, before, move, reading) if before else own
    texts = {root / move.new: _encoded(kept)}
    others = dict(_relinked_others(root, move))
    write_together(
        texts | {root / path: text for path, (text, _) in others.items()}, (root / move.old, root / move.new)
    )
    print(f"{move.old} is now {move.new}")
    if before and kept != own:
        print(f"its old address {before.card.address} leads to the new one")
    elif before:
        print(f"its address is still {before.card.address}")
    links = own_links + sum(count for _, count in others.values())
    files = len(others) + (own_links > 0)
    print(f"{links} link{'' if links == 1 else 's'} rewritten in {files} file{'' if files == 1 else 's'}")


def _addressed(data: bytes, move: Move, reading: ReadingOptions) -> Article | None:
    """The story at its old address; None where its name could not stand in an address, so that it never had one."""
    before, said = _sound(data, move.old, reading)
    masked = with_aliases_masked(data.decode("utf-8", "surrogateescape"))
    after, said_after = _sound(_encoded(masked), move.new, reading)
    name, _, suffix = PurePosixPath(move.old).name.removesuffix(".md").partition(".")
    if before is None and SLUG.fullmatch(name) and (not suffix or suffix in reading.languages):
        raise Refused("mend this first, so that its old address is known", 1, said)
    if before and after is None:
        raise Refused(f"{move.new} would have problems", problems=said_after)
    if before and after and before.card.language != after.card.language:
        raise Refused(f"{move.new} would be in another language ({after.card.language})")
    return before


def _sound(data: bytes, path: str, reading: ReadingOptions) -> tuple[Article | None, tuple[Problem, ...]]:
    """The story of a file where nothing is wrong with it, else what is wrong."""
    article, _, said = read_article(data, path, reading)
    wrong = tuple(blocking(said))
    return (None if wrong else article), wrong


def _with_old_address(text: str, before: Article, move: Move, reading: ReadingOptions) -> str:
    """The text with id and alias, read again to make sure that nothing else changed."""
    after, _ = _sound(_encoded(with_aliases_masked(text)), move.new, reading)
    if after is None or after.card.address == before.card.address:
        return text
    old = before.card.address
    edited = with_old_address(text, before.card.id, old, after.card.address)
    found, _ = _sound(_encoded(edited), move.new, reading) if edited else (None, ())
    wanted = msgspec.structs.replace(after, card=msgspec.structs.replace(after.card, id=before.card.id))
    same = found and msgspec.structs.replace(found, aliases=after.aliases, refs=after.refs) == wanted
    aliases = {old, *(alias for alias in before.aliases if landing(alias) != after.card.address)}
    if not (edited and found and same and set(found.aliases) == aliases):
        hint = f"write `id: {before.card.id}` and `aliases: [{old}]` into it and move it by hand"
        raise Refused(f"the front matter of {move.old} cannot be edited here; {hint}", 1)
    return edited


def _relinked_others(root: Path, move: Move) -> Iterator[tuple[str, tuple[bytes, int]]]:
    """The other Markdown files that link to the moved one: their new texts, and how many links changed."""
    name = PurePosixPath(move.old).name.encode()
    for path in chain.from_iterable(folder.paths() for folder in scan(root)):
        if path.endswith(".md") and path != move.old:
            data = (root / path).read_bytes()
            if name in data or b"%" in data or b"&" in data or b"\\" in data:
                text, count = relinked(data.decode("utf-8", "surrogateescape"), path, move)
                if count:
                    yield path, (_encoded(text), count)


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")
