"""The application: who asks for what, and the answer. A dictionary finds the way, as a router would cost half the speed."""

import asyncio
import sys
import traceback
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

from starlette.types import Receive, Scope, Send

from generator.inbox import answers
from generator.inbox.answers import Answer, send_answer
from generator.inbox.asking import Asking
from generator.inbox.bodies import drain, is_form
from generator.inbox.forms import STYLE
from generator.inbox.refusals import Refused
from generator.inbox.taking import Taking
from generator.inbox.words import language_of, say

Handler = Callable[[Asking, str], Awaitable[Answer]]
_ROUNDS = 3600.0
"""Seconds between two rounds in which what is due is forgotten."""


class App:
    """The ASGI application of an inbox."""

    def __init__(self, taking: Taking) -> None:
        self._taking = taking
        self._base = taking.forms.base
        self._ways: dict[str, dict[str, Handler]] = {
            "polls": {"GET": self._results, "POST": taking.vote},
            "token": {"GET": taking.token},
            "forms": {"GET": taking.form},
            "comments": {"POST": taking.comment},
            "letters": {"POST": taking.letter},
            "reports": {"POST": taking.report},
            "style.css": {"GET": _style},
            "health": {"GET": _health},
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "http":
            asking = Asking(scope, receive, dict(scope["headers"]))
            answer = await self._answered(asking)
            answer.headers += self._taking.origins.headers
            await send_answer(answer, send, body=scope["method"] != "HEAD")

    async def _answered(self, asking: Asking) -> Answer:
        try:
            return await self._answer(asking)
        except Refused as refusal:
            if refusal.hang_up and refusal.code != "too_slow":
                await drain(asking.receive)
            return self._refusal(asking, refusal)
        except OSError as error:  # a disk that is full, where photos wait until they are looked at
            print(f"aryk inbox: {error}", file=sys.stderr, flush=True)
            return self._refusal(asking, Refused("no_room", 503, wait=30, hang_up=True))
        except Exception:
            traceback.print_exc()
            return self._refusal(asking, Refused("ours", 500, hang_up=True))

    async def _answer(self, asking: Asking) -> Answer:
        method, path = asking.scope["method"], asking.scope["path"].removeprefix(self._base)
        first, _, rest = path[1:].partition("/")
        way = self._ways.get(first)
        if way is None:
            raise Refused("no_such_page", 404)
        if method == "OPTIONS":
            return Answer(204, b"", list(self._taking.origins.preflight))
        handler = way.get("GET" if method == "HEAD" else method)
        if handler is None:
            raise Refused("wrong_method", 405, hang_up=True, allow=", ".join(way))
        return await handler(asking, rest)

    async def _results(self, asking: Asking, poll: str) -> Answer:
        body, tag = await self._taking.box.results(poll)
        return answers.results(body, tag, asking.headers.get(b"if-none-match", b""))

    def _refusal(self, asking: Asking, refusal: Refused) -> Answer:
        taking = self._taking
        language = language_of(asking.language, asking.accepted, taking.languages)
        text = say(f"refused.{refusal.code}", language, refusal.values)
        if is_form(asking.headers) or asking.scope["path"].startswith(f"{self._base}/forms/"):
            again = taking.form_of(asking.scope["path"].removeprefix(self._base))
            answer = answers.page(taking.forms.said(text, language, refused=True, again=again), refusal.status)
        else:
            answer = answers.refused(refusal, text)
        if refusal.wait:
            answer.headers.append((b"retry-after", b"%d" % refusal.wait))
            answer.headers.append((b"access-control-expose-headers", b"retry-after"))
        if "allow" in refusal.values:
            answer.headers.append((b"allow", str(refusal.values["allow"]).encode()))
        if refusal.hang_up:
            answer.headers.append((b"connection", b"close"))
        return answer

    async def _live(self, receive: Receive, send: Send) -> None:
        """From the start to the end of the server."""
        rounds: asyncio.Task[Any] | None = None
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                rounds = asyncio.create_task(self._go_rounds())
                await send({"type": "lifespan.startup.complete"})
            else:
                if rounds is not None:
                    rounds.cancel()
                await self._taking.ledger.settled()
                await send({"type": "lifespan.shutdown.complete"})
                return

    async def _go_rounds(self) -> None:
        while True:
            with suppress(Refused):
                await self._taking.sweep()
            await asyncio.sleep(_ROUNDS)


async def _style(asking: Asking, rest: str) -> Answer:
    return Answer(200, STYLE, [(b"content-type", b"text/css"), (b"cache-control", b"public, max-age=3600")])


async def _health(asking: Asking, rest: str) -> Answer:
    return answers.values({"ok": True})
