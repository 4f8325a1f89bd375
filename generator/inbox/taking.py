"""Taking what readers send: each kind is checked, written down, and acknowledged when it is on the disk."""

import asyncio
from collections.abc import Callable, Sequence

import msgspec

from generator.config import Config
from generator.content.comments import COMMENT_ID
from generator.inbox import answers, messages
from generator.inbox.answers import Answer
from generator.inbox.asking import Asking
from generator.inbox.ballot_box import BallotBox, Vote
from generator.inbox.bodies import TEXT_LIMIT, Sent, is_form, read_sent
from generator.inbox.callers import Networks, caller
from generator.inbox.forms import Forms
from generator.inbox.ledger import Ledger
from generator.inbox.limits import Limit
from generator.inbox.marks import DAY, SLICES, sweep_marks, sweep_texts
from generator.inbox.messages import Message, message_id
from generator.inbox.origins import Origins
from generator.inbox.photos import reencoded
from generator.inbox.refusals import Refused
from generator.inbox.results import Results
from generator.inbox.stories import Stories
from generator.inbox.texts import checked
from generator.inbox.tokens import Signer, Token
from generator.inbox.words import language_of, say
from generator.settings.inbox import Inbox

VOTE_LIMIT = 4096
QUICKEST = 3
"""Seconds that a person takes at least to fill in a form."""
_UPLOADS, _PHOTOS_AT_ONCE = 16, 1


class Taking:
    """Everything that the inbox takes, and the forms for it."""

    def __init__(
        self,
        config: Config,
        inbox: Inbox,
        signer: Signer,
        box: BallotBox,
        ledger: Ledger,
        stories: Stories,
        clock: Callable[[], float],
    ) -> None:
        self._inbox, self._signer, self.box, self.ledger = inbox, signer, box, ledger
        self._stories, self._clock = stories, clock
        self.languages, self.forms, self.origins = config.languages, Forms(config), Origins(config)
        self._networks = Networks(inbox)
        self._voting, self._asking, self._writing = Limit(30), Limit(120), Limit(6)
        self._uploads, self._decoding = 0, asyncio.Semaphore(_PHOTOS_AT_ONCE)

    async def vote(self, asking: Asking, rest: str) -> Answer:
        """POST polls/ID/votes."""
        id, _, last = rest.partition("/")
        if last != "votes":
            raise Refused("no_such_page", 404, hang_up=True)
        self.origins.check(asking.headers)
        who, now = caller(asking.scope, self._inbox.proxies), self._clock()
        allowed = self._networks.votes(who)
        self._voting.check(who, now, allowed)
        sent = await read_sent(asking.headers, asking.receive, VOTE_LIMIT)
        await self.box.poll(id)
        token = self._signer.read(sent.one("token"), "vote", int(now), self._inbox.keep_days * DAY)
        await self.box.cast(id, Vote(tuple(sent.fields.get("options", ())), token.nonce, who, allowed))
        body, _ = await self.box.results(id)
        if not sent.as_form:
            return Answer(201, body, [(b"content-type", b"application/json"), (b"cache-control", b"no-store")])
        found = msgspec.json.decode(body, type=Results)
        return answers.page(self.forms.results(await self.box.poll(id), found, self._language(asking), voted=True), 201)

    async def comment(self, asking: Asking, rest: str) -> Answer:
        """POST comments/STORY."""
        sent = await self._sent(asking, TEXT_LIMIT)
        if await asyncio.to_thread(self._stories.title, rest, self._clock()) is None:
            raise Refused("no_such_story", 404)
        reply = sent.one("reply")
        if reply:
            known = COMMENT_ID.fullmatch(reply) is not None
            if not known or not await asyncio.to_thread(self._stories.has_comment, rest, reply):
                raise Refused("no_such_comment", 404)
        return await self._take(asking, "comment", sent, story=rest, reply=reply)

    async def letter(self, asking: Asking, rest: str) -> Answer:
        """POST letters."""
        if rest:
            raise Refused("no_such_page", 404, hang_up=True)
        return await self._take(asking, "letter", await self._sent(asking, TEXT_LIMIT))

    async def report(self, asking: Asking, rest: str) -> Answer:
        """POST reports, with photos."""
        if rest:
            raise Refused("no_such_page", 404, hang_up=True)
        if self._uploads >= _UPLOADS:
            raise Refused("no_room", 503, wait=30, hang_up=True)
        self._uploads += 1
        try:
            limit = TEXT_LIMIT + self._inbox.photos * self._inbox.photo_megabytes * 1024 * 1024
            sent = await self._sent(asking, limit, parts=True)
            try:
                return await self._take(asking, "report", sent)
            finally:
                for photo in sent.photos:
                    photo.file.close()
        finally:
            self._uploads -= 1

    async def token(self, asking: Asking, use: str) -> Answer:
        """GET token/vote, token/text: for pages that send by script."""
        if use not in ("vote", "text"):
            raise Refused("no_such_page", 404)
        self._check_asking(asking)
        return answers.values({"token": self._signer.token(use, int(self._clock()))})

    async def form(self, asking: Asking, rest: str) -> Answer:
        """GET forms/vote/POLL, forms/comment/STORY, forms/letter, forms/report."""
        self._check_asking(asking)
        kind, _, of = rest.partition("/")
        language, now = self._language(asking), int(self._clock())
        if kind == "vote":
            poll = await self.box.poll(of)
            return answers.page(self.forms.vote(poll, language, self._signer.token("vote", now)))
        token = self._signer.token("text", now)
        if kind == "comment":
            title = await asyncio.to_thread(self._stories.title, of, self._clock())
            if title is None:
                raise Refused("no_such_story", 404)
            reply = asking.query("reply")
            known = reply if COMMENT_ID.fullmatch(reply) else ""
            return answers.page(self.forms.text(kind, f"comments/{of}", language, token, about=title, reply=known))
        if kind not in ("letter", "report") or of:
            raise Refused("no_such_page", 404)
        return answers.page(self.forms.text(kind, f"{kind}s", language, token))

    def form_of(self, path: str) -> str:
        """The path of the form from which somebody came who sends to a path; empty where there is none."""
        first, _, rest = path.strip("/").partition("/")
        if first == "polls":
            return f"forms/vote/{rest.partition('/')[0]}"
        return {"comments": f"forms/comment/{rest}", "letters": "forms/letter", "reports": "forms/report"}.get(
            first, ""
        )

    async def sweep(self) -> None:
        """Forgets what is due, little by little."""
        now = int(self._clock())
        await self.ledger.write(lambda db: sweep_texts(db, now, self._inbox.keep_days))
        for part in range(SLICES):
            await self.ledger.write(lambda db, part=part: sweep_marks(db, now, part))  # type: ignore[misc]
            await asyncio.sleep(0.02)

    def _language(self, asking: Asking) -> str:
        return language_of(asking.language, asking.accepted, self.languages)

    def _check_asking(self, asking: Asking) -> None:
        self._asking.check(caller(asking.scope, self._inbox.proxies), self._clock())

    async def _sent(self, asking: Asking, limit: int, *, parts: bool = False) -> Sent:
        self.origins.check(asking.headers)
        self._writing.check(caller(asking.scope, self._inbox.proxies), self._clock())
        return await read_sent(asking.headers, asking.receive, limit, parts=parts)

    def _text_token(self, sent: Sent) -> Token:
        now = int(self._clock())
        token = self._signer.read(sent.one("token"), "text", now, DAY)
        if now - token.given < QUICKEST:
            raise Refused("too_quick")
        return token

    async def _take(self, asking: Asking, kind: str, sent: Sent, *, story: str = "", reply: str = "") -> Answer:
        language = self._language(asking)
        token = self._text_token(sent)
        texts = checked(kind, sent.singles(), language)
        photos = await self._photos(sent)
        id = message_id(kind, token.nonce, (story, reply, *texts.values()), photos)
        message = Message(id, kind, story, language, int(self._clock()), reply=reply, **texts)
        await self.ledger.write(lambda db: messages.add(db, message, photos))
        if not is_form(asking.headers):
            return answers.values({"received": id}, 201)
        return answers.page(self.forms.said(say(f"done.{kind}", language), language, refused=False), 201)

    async def _photos(self, sent: Sent) -> Sequence[bytes]:
        inbox = self._inbox
        if len(sent.photos) > inbox.photos:
            raise Refused("too_many_photos", count=inbox.photos)
        found = []
        for photo in sent.photos:
            if (photo.size or 0) > inbox.photo_megabytes * 1024 * 1024:
                raise Refused("photo_too_large", megabytes=inbox.photo_megabytes, megapixels=50)
            async with self._decoding:
                found.append(await reencoded(photo.file, inbox.photo_megabytes))
        return found
