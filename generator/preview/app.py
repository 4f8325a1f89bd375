"""The application that the browser talks to: the built files under the portal's path, and word of new ones."""

from collections.abc import AsyncIterator
from os import PathLike, stat_result
from pathlib import Path

from starlette.applications import Starlette
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from generator.preview.board import Board
from generator.preview.dressing import OWN, PARTS, dressed, nothing_yet, part


def make_app(output: Path, board: Board, hosts: list[str]) -> Starlette:
    """The application for an output folder; `hosts` are the names under which a browser may ask for it."""

    def events(request: Request) -> Response:
        return StreamingResponse(_marks(board), media_type="text/event-stream")

    def own(request: Request) -> Response:
        name = request.path_params["name"]
        if name not in PARTS:
            raise HTTPException(404)
        return Response(part(name), media_type=PARTS[name])

    output.mkdir(parents=True, exist_ok=True)
    return Starlette(
        routes=[Route(f"{OWN}/events", events), Route(f"{OWN}/{{name}}", own), Mount("/", Portal(output, board))],
        middleware=[
            Middleware(TrustedHostMiddleware, allowed_hosts=hosts, www_redirect=False),
            Middleware(NeverStored),
        ],
    )


async def _marks(board: Board) -> AsyncIterator[str]:
    """The mark of what is shown, now and after each change."""
    mark = board.shown.mark
    yield f"data: {mark}\n\n"
    while (shown := await board.after(mark)) is not None:
        mark = shown.mark
        yield f"data: {mark}\n\n"


class Portal(StaticFiles):
    """The built files; pages are dressed, and what does not exist is answered by the portal's own page for that."""

    def __init__(self, output: Path, board: Board) -> None:
        super().__init__(directory=output, html=True)
        self._output, self._board = output, board

    def get_path(self, scope: Scope) -> str:
        return super().get_path({**scope, "path": scope["path"].removeprefix(self._board.shown.base)})

    async def get_response(self, path: str, scope: Scope) -> Response:
        base = self._board.shown.base
        if base and scope["path"] in ("/", base):
            return RedirectResponse(f"{base}/")
        if not scope["path"].startswith(f"{base}/"):
            return self._missing("")
        try:
            response = await super().get_response(path, scope)
        except HTTPException as error:
            if error.status_code != 404:
                raise
            return self._missing(path)
        return response if response.status_code != 404 else self._missing(path)

    def file_response(
        self, full_path: str | PathLike[str], stat_result: stat_result, scope: Scope, status_code: int = 200
    ) -> Response:
        if str(full_path).endswith(".html"):
            return self._page(Path(full_path), status_code)
        smaller = self._smaller(str(full_path), scope)
        if smaller is None:
            return super().file_response(full_path, stat_result, scope, status_code)
        response = super().file_response(smaller, smaller.stat(), scope, status_code)
        response.headers["vary"] = "accept"
        return response

    def _smaller(self, file: str, scope: Scope) -> Path | None:
        """The AVIF beside a picture, where `aryk images` made one and the browser takes it."""
        smaller = Path(file + ".avif")
        takes = "image/avif" in Headers(scope=scope).get("accept", "")
        return smaller if takes and file.endswith(".webp") and smaller.is_file() else None

    def _page(self, file: Path, status: int) -> Response:
        shown = self._board.shown
        try:
            return HTMLResponse(dressed(file.read_text("utf-8"), shown), status)
        except FileNotFoundError:
            return HTMLResponse(nothing_yet(shown), 404)

    def _missing(self, path: str) -> Response:
        """The 404 page of the language in which the address lies."""
        language = path.split("/")[0]
        own = self._output / language / "404.html"
        known = language.isalpha() and own.is_file()
        return self._page(own if known else self._output / "404.html", 404)


class NeverStored:
    """Forbids browsers to keep any answer."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)["cache-control"] = "no-store"
            await send(message)

        await self._app(scope, receive, sent)
