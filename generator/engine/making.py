"""Makes the pages that are ordered and puts them beside their places, in batches on any executor."""

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Executor
from functools import lru_cache
from pathlib import Path

import msgspec
from msgspec import Struct

from generator.digests import digest_bytes
from generator.engine.copying import Changed, copied, variant
from generator.engine.publish import Press, Rank, Staged
from generator.engine.request import Request
from generator.engine.store import Store, open_store
from generator.engine.workers import run_in_batches
from generator.output.html import BrokenTemplate
from generator.output.make import Kit, Maker
from generator.pages.page import Page
from generator.pages.views import FileView, VariantView, View
from generator.problems import Place, Problem

_BATCH = 64
_VARIANT = 8
"""How many pages take as long as a picture in another size."""
_KIT = "kit"


class Order(Struct, frozen=True, gc=False):
    """A page to be made: its view encoded, the marks of its trace, and the reason. `had` is the digest of what stands at
    its place, empty where that is not known; `rank` its place in the order of publishing."""

    address: str
    language: str
    kind: str
    view: msgspec.Raw
    marks: bytes
    reason: str
    had: bytes
    rank: Rank


class Made(Struct, frozen=True, gc=False):
    """What came of an order: the digest of the page's bytes, or the problem that stood in the way. `staged` waits beside
    its place, unless these bytes are there already."""

    address: str
    kind: str
    marks: bytes
    reason: str
    digest: bytes
    staged: Staged | None
    problem: Problem | None


class _Job(Struct, frozen=True, gc=False, array_like=True):
    address: str
    language: str
    view: View
    had: bytes


class _EncodedJob(Struct, frozen=True, gc=False, array_like=True):
    address: str
    language: str
    view: msgspec.Raw
    had: bytes


class _Result(Struct, frozen=True, gc=False):
    """`is_new` bytes are staged, or come along in `data` where something stands in the way of a folder."""

    digest: bytes = b""
    is_new: bool = False
    data: bytes = b""
    problem: Problem | None = None


class _Shop(Struct, frozen=True, gc=False):
    """Where a process finds what it makes pages with: folders, and the digest of the kit that lies in the store's folder."""

    content: Path
    store: Path
    output: str
    kit: bytes


_encode = msgspec.msgpack.Encoder().encode
_decode_job, _decode_kit = msgspec.msgpack.Decoder(_Job).decode, msgspec.msgpack.Decoder(Kit).decode


def make_all(
    kit: Kit, orders: Iterable[Order], store: Store, request: Request, executor: Executor | None
) -> Iterator[Made]:
    """All ordered pages, in their order. Before a batch is begun, the store is told that files will be at its addresses."""
    waiting: list[list[Order]] = []

    def batches() -> Iterator[list[bytes]]:
        for batch in _loads(orders):
            store.claim(request.output_key, (order.address for order in batch))
            store.commit()
            waiting.append(batch)
            yield [_encode(_EncodedJob(order.address, order.language, order.view, order.had)) for order in batch]

    shop = _Shop(request.content, request.store, str(request.output), _lay_out(kit, request.store))
    for results in run_in_batches(executor, _make_batch, batches(), shop):
        yield from map(_made, waiting.pop(0), results)


def _loads(orders: Iterable[Order]) -> Iterator[list[Order]]:
    """Orders in batches of about the same work."""
    batch: list[Order] = []
    load = 0
    for order in orders:
        batch.append(order)
        load += _VARIANT if order.kind == "variant" else 1
        if load >= _BATCH:
            yield batch
            batch, load = [], 0
    if batch:
        yield batch


def remake(kit: Kit, orders: Iterable[Order], request: Request) -> Iterator[tuple[Order, bool]]:
    """Makes pages once more, here, and says of each whether its file holds just that."""
    shop = _Shop(request.content, request.store, str(request.output), _lay_out(kit, request.store))
    maker, press = _maker(shop.store, shop.kit), Press(shop.output)
    for order in orders:
        job = _decode_job(_encode(_EncodedJob(order.address, order.language, order.view, order.had)))
        with open_store(shop.store) as store:
            yield order, press.holds(order.address, digest_bytes(_bytes_of(job, maker, shop, store)))


def _made(order: Order, result: _Result) -> Made:
    staged = Staged(order.rank, order.address, result.data) if result.is_new else None
    return Made(order.address, order.kind, order.marks, order.reason, result.digest, staged, result.problem)


def _lay_out(kit: Kit, folder: Path) -> bytes:
    """Puts the kit where every process finds it: sent along with each batch it would be most of what is sent."""
    data = _encode(kit)
    (folder / _KIT).write_bytes(data)
    return digest_bytes(data)


@lru_cache(maxsize=1)
def _maker(folder: Path, kit: bytes) -> Maker:
    """The maker of a kit, known by its digest; a process keeps it between batches, with its compiled templates."""
    return Maker(_decode_kit((folder / _KIT).read_bytes()))


def _make_batch(jobs: Sequence[bytes], shop: _Shop) -> list[_Result]:
    maker, press = _maker(shop.store, shop.kit), Press(shop.output)
    with open_store(shop.store) as store:
        return [_make(_decode_job(job), maker, shop, store, press) for job in jobs]


def _make(job: _Job, maker: Maker, shop: _Shop, store: Store, press: Press) -> _Result:
    try:
        data = _bytes_of(job, maker, shop, store)
    except BrokenTemplate as error:
        return _Result(problem=error.problem)
    except Changed:
        return _Result(problem=Problem(_source_of(job.view), "the file changed during the build", "build again"))
    except OSError as error:
        if not isinstance(job.view, (FileView, VariantView)):
            raise
        said = f"this file cannot be read: {error.strerror or error}"
        return _Result(problem=Problem(_source_of(job.view), said, "build again"))
    mark = digest_bytes(data)
    if job.had == mark or (not job.had and press.holds(job.address, mark)):
        return _Result(mark)
    return _Result(mark, True, b"" if press.stage(job.address, data) else data)


def _source_of(view: View) -> Place:
    return Place(view.source if isinstance(view, (FileView, VariantView)) else "")


def _bytes_of(job: _Job, maker: Maker, shop: _Shop, store: Store) -> bytes:
    """The bytes of a page; those of a file are copied."""
    view = job.view
    if isinstance(view, VariantView):
        return variant(shop.content, shop.store, view)
    if not isinstance(view, FileView):
        return maker.make(Page(job.address, job.language, view), store.texts())
    if view.root == "theme":
        return maker.kit.theme.files.files[view.source]
    return copied(shop.content, view)
