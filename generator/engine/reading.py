"""Reads the sources that may have changed: same content, same value; else a record is made of it."""

from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec
from msgspec import Struct

from generator.content.articles import FOLDER as ARTICLES
from generator.content.articles import ReadingOptions, read_article
from generator.content.breaking import FILE as BREAKING
from generator.content.breaking import read_breaking
from generator.content.comments import FOLDER as COMMENTS
from generator.content.comments import read_comments
from generator.content.media import read_medium
from generator.content.polls import FOLDER as POLLS
from generator.content.polls import read_poll
from generator.content.rates import FOLDER as RATES
from generator.content.rates import read_rates
from generator.content.standing import read_standing
from generator.content.stories import Article
from generator.content.texts import Kept
from generator.content.weeks import FOLDER as DIGESTS
from generator.content.weeks import read_week_text
from generator.digests import digest_bytes
from generator.engine.remembered import Read, Record
from generator.engine.store import Store
from generator.engine.workers import batched, run_in_batches
from generator.fields.sources import unreadable
from generator.problems import Problem, blocking

_BATCH = 64
_encode = msgspec.msgpack.Encoder().encode
_record_decoder = msgspec.msgpack.Decoder(Record)


class Reading(Struct, frozen=True, gc=False):
    """What came of reading: sources by path as they are to be remembered (None: gone), problems, and the paths that are
    broken, which are remembered as they last were.

    `flawed` are those broken stories of which enough could be read to look for more mistakes in them.
    """

    changes: dict[str, Read | None]
    problems: tuple[Problem, ...]
    broken: frozenset[str]
    flawed: tuple[Article, ...] = ()


class _Job(Struct, frozen=True, gc=False):
    """A file to be read, with the digest of the content that its remembered value was read of (empty: none)."""

    path: str
    digest: bytes


class _Outcome(Struct, frozen=True, gc=False):
    """What came of a job: the digest of the content, and the encoded value (empty: as it is remembered)."""

    path: str
    digest: bytes = b""
    record: bytes = b""
    text: Kept | None = None
    problems: tuple[Problem, ...] = ()
    broken: bool = False
    flawed: Article | None = None


def read_sources(
    root: Path,
    paths: Sequence[str],
    known: Mapping[str, Read],
    store: Store,
    options: ReadingOptions,
    executor: Executor | None,
    *,
    anew: bool,
) -> Reading:
    """Reads files whose content is not the one that is known, or with `anew` all; their texts go into the store at once."""
    jobs = (_Job(path, known[path].digest if path in known and not anew else b"") for path in paths)
    changes: dict[str, Read | None] = {}
    problems: list[Problem] = []
    broken: set[str] = set()
    flawed: list[Article] = []
    for outcomes in run_in_batches(executor, _read_batch, batched(jobs, _BATCH), (str(root), options)):
        store.add_texts((one.text.digest, one.text.data) for one in outcomes if one.text is not None)
        store.commit()  # a text that nothing names yet does no harm, and the journal of SQLite stays short
        for outcome in outcomes:
            problems += outcome.problems
            flawed += [outcome.flawed] if outcome.flawed is not None else []
            if outcome.broken:
                broken.add(outcome.path)
            changes[outcome.path] = _remembered(outcome, known.get(outcome.path))
    return Reading(changes, tuple(problems), frozenset(broken), tuple(flawed))


def _remembered(outcome: _Outcome, known: Read | None) -> Read | None:
    """A source as it is to be remembered; what vanished since the scan is as if it had never been there."""
    if outcome.record:
        return Read(outcome.path, outcome.digest, _record_decoder.decode(outcome.record))
    return (
        msgspec.structs.replace(known, digest=outcome.digest) if known and (outcome.broken or outcome.digest) else None
    )


def _read_batch(jobs: Sequence[_Job], shared: tuple[str, ReadingOptions]) -> list[_Outcome]:
    return [_read(job, *shared) for job in jobs]


def _read(job: _Job, root: str, options: ReadingOptions) -> _Outcome:
    try:
        data = (Path(root) / job.path).read_bytes()
    except FileNotFoundError:
        return _Outcome(job.path)
    except OSError as error:
        return _Outcome(job.path, problems=(unreadable(job.path, error),), broken=True)
    mark = digest_bytes(data)
    if mark == job.digest:
        return _Outcome(job.path, mark)
    record, text, problems = _value(data, job.path, options, mark)
    if record is None or blocking(problems):
        flawed = record if isinstance(record, Article) else None
        return _Outcome(job.path, problems=tuple(problems), broken=True, flawed=flawed)
    return _Outcome(job.path, mark, _encode(record), text, tuple(problems))


def _value(
    data: bytes, path: str, options: ReadingOptions, mark: bytes
) -> tuple[Record | None, Kept | None, list[Problem]]:
    if path.startswith("media/"):
        medium, problems = read_medium(data, path, mark)
        return medium, None, problems
    if path.startswith(POLLS):
        poll, problems = read_poll(data, path, ZoneInfo(options.time_zone))
        return poll, None, problems
    if path.startswith(COMMENTS):
        comments, problems = read_comments(data, path, ZoneInfo(options.time_zone))
        return comments, None, problems
    if path == BREAKING:
        breaking, problems = read_breaking(data, path, ZoneInfo(options.time_zone), options.languages)
        return breaking, None, problems
    if path.startswith(RATES):
        file, problems = read_rates(data, path)
        return file, None, problems
    if path.startswith(ARTICLES):
        return read_article(data, path, options)
    if path.startswith(DIGESTS):
        return read_week_text(data, path, options)
    return read_standing(data, path, options)
