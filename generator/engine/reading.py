"""Brings what is remembered of the sources up to date: unchanged stamp, unchanged digest, unchanged key; else read."""

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Executor
from pathlib import Path

import msgspec
from msgspec import Struct

from generator.content.articles import FOLDER as ARTICLES
from generator.content.articles import ReadingOptions, read_article
from generator.content.media import read_medium
from generator.content.standing import read_standing
from generator.content.stories import Article
from generator.content.texts import Kept
from generator.digests import digest, digest_bytes
from generator.engine.scan import Source
from generator.engine.stamps import Stamp, trusted
from generator.engine.store import Read, Record, now_in_nanoseconds
from generator.engine.workers import run_in_batches
from generator.fields.sources import unreadable
from generator.problems import Problem, blocking

_BATCH = 64
_encode = msgspec.msgpack.Encoder().encode


class Reading(Struct, frozen=True, gc=False):
    """The sources as they are now: what each is remembered as, new texts, problems, and the paths that are broken.

    `flawed` are those broken stories of which enough could be read to look for more mistakes in them.
    """

    reads: dict[str, Read]
    changed: tuple[str, ...]
    texts: tuple[Kept, ...]
    problems: tuple[Problem, ...]
    broken: frozenset[str]
    flawed: tuple[Article, ...] = ()


class _Job(Struct, frozen=True, gc=False):
    """A file to be read, with what is known of it."""

    path: str
    stamp: Stamp
    known: Read | None


def is_read(path: str) -> bool:
    """Whether a file becomes a record of the store (stories, pages, profiles, media) rather than being read each time."""
    if path.startswith("media/"):
        return True
    return path.endswith(".md") and path.startswith((ARTICLES, "pages/", "countries/"))


def read_sources(
    root: Path,
    sources: Sequence[Source],
    known: dict[str, Read],
    options: ReadingOptions,
    program: bytes,
    executor: Executor | None,
) -> Reading:
    """Reads the files that changed since they were last read, or were last read by another program or with other options."""
    key_base = digest((program, options))
    reads: dict[str, Read] = {}
    jobs: list[_Job] = []
    for source in sources:
        before = known.get(source.path)
        if (
            before
            and trusted(before.stamp, source.stamp, before.hashed_at)
            and before.key == _key(key_base, before.digest, source.path)
        ):
            reads[source.path] = before
        else:
            jobs.append(_Job(source.path, source.stamp, before))
    texts: list[Kept] = []
    problems: list[Problem] = []
    broken: set[str] = set()
    flawed: list[Article] = []
    for outcome in run_in_batches(executor, _read_batch, jobs, _BATCH, (str(root), options, key_base)):
        problems += outcome.problems
        if outcome.broken:
            broken.add(outcome.path)
        if outcome.flawed is not None:
            flawed.append(outcome.flawed)
        if outcome.text is not None:
            texts.append(outcome.text)
        if outcome.read is not None:
            reads[outcome.path] = outcome.read
    ordered = {source.path: reads[source.path] for source in sources if source.path in reads}
    changed = tuple(job.path for job in jobs if job.path in reads and reads[job.path] is not job.known)
    return Reading(ordered, changed, tuple(texts), tuple(problems), frozenset(broken), tuple(flawed))


class _Outcome(Struct, frozen=True, gc=False):
    """What came of a job; `read` is the last good one where the file is broken."""

    path: str
    read: Read | None
    text: Kept | None
    problems: tuple[Problem, ...]
    broken: bool
    flawed: Article | None = None


def _read_batch(jobs: Iterable[_Job], shared: tuple[str, ReadingOptions, bytes]) -> list[_Outcome]:
    return [outcome for job in jobs for outcome in _read(job, *shared)]


def _read(job: _Job, root: str, options: ReadingOptions, key_base: bytes) -> Iterator[_Outcome]:
    hashed_at = now_in_nanoseconds()
    try:
        data = (Path(root) / job.path).read_bytes()
    except FileNotFoundError:
        return  # vanished since the scan: as if it had never been there
    except OSError as error:
        yield _Outcome(job.path, job.known, None, (unreadable(job.path, error),), True)
        return
    mark = digest_bytes(data)
    key = _key(key_base, mark, job.path)
    known = job.known
    if known and known.key == key:
        yield _Outcome(job.path, msgspec.structs.replace(known, stamp=job.stamp, hashed_at=hashed_at), None, (), False)
        return
    record, text, problems = _value(data, job.path, options, mark)
    if record is None or blocking(problems):
        flawed = record if isinstance(record, Article) else None
        yield _Outcome(job.path, known, None, tuple(problems), True, flawed)
        return
    good = (known.record if known.confirmed else known.good) if known else b""
    read = Read(job.path, job.stamp, hashed_at, mark, key, _encode(record), good=good)
    yield _Outcome(job.path, read, text, tuple(problems), False)


def _value(
    data: bytes, path: str, options: ReadingOptions, mark: bytes
) -> tuple[Record | None, Kept | None, list[Problem]]:
    if path.startswith("media/"):
        medium, problems = read_medium(data, path, mark)
        return medium, None, problems
    if path.startswith(ARTICLES):
        return read_article(data, path, options)
    return read_standing(data, path, options)


def _key(base: bytes, mark: bytes, path: str) -> bytes:
    """The key under which a file was read: program and options, content, path."""
    return digest((base, mark, path))
