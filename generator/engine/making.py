"""Makes the pages that are ordered, in batches on any executor, with the texts that they show."""

from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor
from functools import lru_cache

import msgspec
from msgspec import Struct

from generator.content.texts import Body
from generator.digests import digest_bytes
from generator.engine.request import Request
from generator.engine.store import Store, Trace
from generator.engine.workers import run_in_batches
from generator.output.html import BrokenTemplate
from generator.output.make import Kit, Maker
from generator.pages.page import Page
from generator.pages.views import FileView, texts_of
from generator.problems import Place, Problem

_BATCH = 64


class Order(Struct, frozen=True, gc=False):
    """A page to be made, with its trace and the reason."""

    page: Page
    trace: Trace
    reason: str


class Made(Struct, frozen=True, gc=False):
    """A made page with its bytes and their digest, or the problem that stood in the way."""

    order: Order
    data: bytes = b""
    digest: bytes = b""
    problem: Problem | None = None

    def without_data(self) -> "Made":
        """The same without the bytes, which are on disk by then."""
        return Made(self.order, b"", self.digest, self.problem)


class _Job(Struct, frozen=True, gc=False):
    page: Page
    bodies: dict[bytes, Body]


class _Result(Struct, frozen=True, gc=False):
    data: bytes
    problem: Problem | None


_encode_job, _decode_job = msgspec.msgpack.Encoder().encode, msgspec.msgpack.Decoder(_Job).decode
_encode_kit, _decode_kit = msgspec.msgpack.Encoder().encode, msgspec.msgpack.Decoder(Kit).decode


def make_all(
    kit: Kit, orders: Iterator[Order], store: Store, request: Request, executor: Executor | None
) -> Iterator[Made]:
    """All ordered pages, in their order; files are copied here, everything else may be made in other processes."""
    waiting: deque[Order] = deque()

    def jobs() -> Iterator[bytes]:
        for order in orders:
            waiting.append(order)
            if not isinstance(order.page.view, FileView):
                yield _encode_job(_Job(order.page, store.texts(texts_of(order.page.view))))

    for result in run_in_batches(executor, _make_batch, jobs(), _BATCH, _encode_kit(kit)):
        yield from _copies(waiting, kit, request)
        yield _made(waiting.popleft(), result.data, result.problem)
    yield from _copies(waiting, kit, request)


def _copies(waiting: deque[Order], kit: Kit, request: Request) -> Iterator[Made]:
    """Copies of the files that are first in line."""
    while waiting and isinstance(view := waiting[0].page.view, FileView):
        order = waiting.popleft()
        if view.root == "theme":
            yield _made(order, kit.theme.files.files[view.source])
            continue
        try:
            data = (request.content / view.source).read_bytes()
        except OSError as error:
            yield _made(
                order, b"", Problem(Place(view.source), f"this file cannot be read: {error.strerror}", "build again")
            )
            continue
        changed = digest_bytes(data) != view.digest
        yield _made(
            order,
            data,
            Problem(Place(view.source), "the file changed during the build", "build again") if changed else None,
        )


def _made(order: Order, data: bytes, problem: Problem | None = None) -> Made:
    return Made(order, data, digest_bytes(data), problem)


def _make_batch(jobs: Sequence[bytes], kit: bytes) -> list[_Result]:
    maker = _maker(kit)
    return [_make(maker, _decode_job(job)) for job in jobs]


@lru_cache(maxsize=1)
def _maker(kit: bytes) -> Maker:
    """The maker of a kit; a process keeps it between batches, with its compiled templates."""
    return Maker(_decode_kit(kit))


def _make(maker: Maker, job: _Job) -> _Result:
    try:
        return _Result(maker.make(job.page, job.bodies), None)
    except BrokenTemplate as error:
        return _Result(b"", error.problem)
