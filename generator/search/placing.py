"""Puts indexes into the output so that a reader finds a whole one at any moment, and the one being read stays whole."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from msgspec import MsgspecError, Struct, json

from generator.digests import digest_bytes
from generator.engine.publish import Press, Staged
from generator.pages.addresses import index_of_search_address

LISTING = "shards.json"
"""The list of a language's shards, by which the search page finds them."""
_MADE = "made.json"
_TEXT = ".pf_fragment"


class Made(Struct, frozen=True, gc=False):
    """What lies in a shard's folder: `mark` is that of its stories, `files` the index, `before` what only the index before
    it had and a page that is open in a browser may still ask for. The texts of stories are not kept: some were retracted."""

    mark: str = ""
    files: tuple[str, ...] = ()
    before: tuple[str, ...] = ()


class Listed(Struct, frozen=True, gc=False):
    """A shard as the search page sees it."""

    name: str
    stories: int


class Listing(Struct, frozen=True, gc=False):
    """All shards of a language, the newest first."""

    shards: tuple[Listed, ...] = ()


def lying(output: Path) -> list[str]:
    """The addresses of all indexes that lie in an output, named or not."""
    return sorted(f"/{path.parent.relative_to(output).as_posix()}/" for path in output.glob(f"search/*/*/{_MADE}"))


def languages_listed(output: Path) -> list[str]:
    """The languages that have a list of shards."""
    return sorted(path.parent.name for path in output.glob(f"search/*/{LISTING}"))


def mark_of(output: Path, address: str) -> str:
    """The mark of the index at an address; empty where there is none."""
    return _remembered(output, address).mark


def _remembered(output: Path, address: str) -> Made:
    """What is remembered of an index; nothing where that was lost or damaged."""
    with suppress(OSError, MsgspecError):
        return json.decode((output / f"{address[1:]}{_MADE}").read_bytes(), type=Made)
    return Made()


def place(output: Path, address: str, mark: str, made: Path, names: Sequence[str]) -> int:
    """Publishes an index, of which the last name is the file that names the others; only when it is there is removed what
    neither it nor the index before it has. Gives how many files were written."""
    old = _remembered(output, address)
    before = tuple(name for name in old.files if name not in names and not name.endswith(_TEXT))
    record = Made(mark, tuple(names), before)
    press = Press(str(output))
    *parts, entry = ((address + name, (made / name).read_bytes()) for name in names)
    count = _write(press, parts) + _write(press, [entry]) + _write(press, [(address + _MADE, json.encode(record))])
    kept = {address + name for name in (*record.files, *record.before, _MADE)}
    press.delete(found for found in _lying(output, address) if found not in kept)
    return count


def list_shards(output: Path, language: str, listing: Listing) -> int:
    """Publishes the list of a language's shards; a language that has none loses it."""
    press, address = Press(str(output)), index_of_search_address(language) + LISTING
    if listing.shards:
        return _write(press, [(address, json.encode(listing))])
    return press.delete([address])


def remove(output: Path, address: str) -> None:
    """Removes an index that no list names any more."""
    Press(str(output)).delete(_lying(output, address))


def _write(press: Press, files: Sequence[tuple[str, bytes]]) -> int:
    """Writes files that are not there with these bytes, each whole; gives how many."""
    new = [(address, data) for address, data in files if not press.holds(address, digest_bytes(data))]
    press.staged += [Staged((0, False), address, data) for address, data in new]
    placed = len(dict(press.publish(None)))
    if press.blocked:
        raise FileExistsError(
            None, "what stands here, or above, is not ours and in the way", press.path(press.blocked[0])
        )
    return placed


def _lying(output: Path, address: str) -> Iterator[str]:
    """The addresses of all files in an index's folder, which is ours alone."""
    folder = output / address.strip("/")
    return (address + path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
