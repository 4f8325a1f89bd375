"""What is in the folders now, and which sources may be other than when they were last read: the first look of every build."""

from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path

import msgspec
from msgspec import Struct

from generator.config import Config
from generator.digests import digest
from generator.engine.assemble import configure, read_data_files
from generator.engine.layout import is_read
from generator.engine.memory import Memory
from generator.engine.remembered import Listing
from generator.engine.request import Request
from generator.engine.scan import Files, Folder, scan, scan_again
from generator.engine.stamps import NEVER, Stamp, trusted
from generator.engine.store import Store, now_in_nanoseconds
from generator.engine.versions import program_digest
from generator.problems import Place, Problem
from generator.theme.files import ThemeFiles, chosen_media, read_theme_files

_files_decoder = msgspec.msgpack.Decoder(Files)
_encode = msgspec.msgpack.Encoder().encode


class Survey(Struct, frozen=True, gc=False):
    """The content folder as it is. `base` stands for all that a site is made of besides its sources: the program, data files,
    theme, and whether drafts are shown. `looked_at` is when the look began, in nanoseconds."""

    folders: tuple[Folder, ...]
    data: dict[str, str]
    config: Config | None
    theme: ThemeFiles | None
    base: bytes
    looked_at: int
    problems: tuple[Problem, ...]


class News(Struct, frozen=True, gc=False):
    """How the folders differ from what is remembered: files that must be looked into, files that are gone, and folders
    whose listing is another one."""

    unsure: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    folders: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.unsure or self.gone)


def survey(request: Request, memory: Memory | None = None) -> Survey:
    """Looks at the content folder, with a memory only at what happened since, and reads the configuration, the registries
    and the theme's files."""
    problems: list[Problem] = []
    looked_at = now_in_nanoseconds()
    if not request.content.is_dir():
        said = "there is no such content folder"
        problems.append(Problem(Place(request.content.name), said, "`aryk init NAME` makes a portal"))
        return Survey((), {}, None, None, b"", looked_at, tuple(problems))
    folders = _folders(request.content, memory)
    problems += chain.from_iterable(folder.problems for folder in folders)
    present = {path for folder in folders if not folder.path for path in folder.paths()}
    data = read_data_files(request.content, present, problems)
    config = configure(data, problems)
    theme = _theme(request, config, problems) if config else None
    base = digest((program_digest(), tuple(sorted(data.items())), theme.files if theme else None, request.drafts))
    return Survey(folders, data, config, theme, base, looked_at, tuple(problems))


def _theme(request: Request, config: Config, problems: list[Problem]) -> ThemeFiles | None:
    """The files of the theme, with those of content/media that its options name."""
    theme = read_theme_files(config.theme, request.themes, problems)
    chosen = [text for _, text in config.options if isinstance(text, str)]
    media = chosen_media(chosen, request.content) if theme else {}
    if theme is None or not media:
        return theme
    places = theme.places | {path: path for path in media}
    return msgspec.structs.replace(theme, files=theme.files | media, places=places)


def _folders(root: Path, memory: Memory | None) -> tuple[Folder, ...]:
    if memory is None:
        return tuple(scan(root))
    return tuple(scan_again(root, memory.folders, memory.news()))


def news_of(folders: Sequence[Folder], store: Store, *, anew: bool) -> News:
    """What may have changed since the folders were last read (with `anew` everything); a folder whose files have the stamps
    that they had is passed over as a whole."""
    remembered = {} if anew else {listing.folder: listing.files for listing in store.listings.all()}
    unsure: list[str] = []
    gone: list[str] = []
    changed: list[str] = []
    for folder in folders:
        before = remembered.pop(folder.path, None)
        if before is not None and bytes(before) == _encode(folder.files):
            continue
        known = dict(_files_decoder.decode(before)) if before is not None else {}
        unsure += (folder.path + name for name, stamp in folder.files if known.pop(name, NEVER) != stamp)
        gone += (folder.path + name for name in known)
        changed.append(folder.path)
    for path, files in remembered.items():
        gone += (path + name for name, _ in _files_decoder.decode(files))
        changed.append(path)
    return News(tuple(filter(is_read, unsure)), tuple(filter(is_read, gone)), tuple(changed))


def remember_folders(store: Store, survey: Survey, news: News, broken: frozenset[str], *, anew: bool) -> None:
    """Remembers how the folders look; files that were just written, or could not be read, are looked into again."""
    if anew:
        store.listings.clear()
    now = {folder.path: folder for folder in survey.folders}
    store.listings.change({path: _listing(now.get(path), survey, broken) for path in news.folders})


def _listing(folder: Folder | None, survey: Survey, broken: frozenset[str]) -> Listing | None:
    if folder is None:
        return None
    files = tuple(_trusted(folder.path, folder.files, survey.looked_at, broken))
    return Listing(folder.path, msgspec.Raw(_encode(files)))


def _trusted(path: str, files: Files, looked_at: int, broken: frozenset[str]) -> Iterator[tuple[str, Stamp]]:
    for name, stamp in files:
        yield name, stamp if trusted(stamp, looked_at) and path + name not in broken else NEVER
