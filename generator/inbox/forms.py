"""The pages that the inbox itself serves: forms for readers without JavaScript, and what they are answered."""

from functools import partial
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from generator.config import Config, Names
from generator.content.polls import Poll
from generator.content.typography import said
from generator.inbox.results import Results
from generator.inbox.texts import FIELDS, TRAP
from generator.inbox.words import say

_TEMPLATES = Path(__file__).with_name("templates")
STYLE = (_TEMPLATES / "style.css").read_bytes()


class Forms:
    """The pages of a portal's inbox."""

    def __init__(self, config: Config) -> None:
        self._config = config
        self._inbox = config.inbox
        self.base = config.inbox.base if config.inbox else ""
        self._environment = Environment(
            loader=FileSystemLoader(_TEMPLATES), autoescape=True, undefined=StrictUndefined, auto_reload=False
        )

    def vote(self, poll: Poll, language: str, token: str) -> str:
        """The form of a poll."""
        return self._page(
            "vote.html",
            language,
            self._text(poll.questions, language),
            lead=self._text(poll.leads, language),
            action=f"{self.base}/polls/{poll.id}/votes?lang={language}",
            several=poll.several,
            options=[(option.id, self._text(option.texts, language)) for option in poll.options],
            token=token,
        )

    def results(self, poll: Poll, results: Results, language: str, *, voted: bool) -> str:
        """The results of a poll, after a vote with thanks for it."""
        texts = {option.id: self._text(option.texts, language) for option in poll.options}
        return self._page(
            "results.html",
            language,
            self._text(poll.questions, language),
            note=say("done.vote", language) if voted else "",
            options=[(texts[one.id], one.votes, one.share) for one in results.options if one.id in texts],
            voters=results.voters,
        )

    def text(self, kind: str, action: str, language: str, token: str, *, about: str = "", reply: str = "") -> str:
        """The form of a comment, a letter or a report."""
        photos = self._inbox.photos if self._inbox and kind == "report" else 0
        return self._page(
            "text.html",
            language,
            say(f"title.{kind}", language),
            about=about,
            action=f"{self.base}/{action}?lang={language}",
            fields=FIELDS[kind],
            reply=reply,
            photos=photos,
            megabytes=self._inbox.photo_megabytes if self._inbox else 0,
            days=self._inbox.keep_days if self._inbox else 0,
            token=token,
            trap=TRAP,
        )

    def said(self, text: str, language: str, *, refused: bool, again: str = "") -> str:
        """What a reader is told, in a sentence; `again` is the path of the form to begin anew."""
        heading = say("title.refused" if refused else "title.done", language)
        link = f"{self.base}/{again}?lang={language}" if again else ""
        return self._page("said.html", language, heading, text=text, refused=refused, again=link)

    def _text(self, names: Names, language: str) -> str:
        """What a file says, as pages of the portal say it."""
        return said(names, language, self._config.language)[0]

    def _page(self, template: str, language: str, heading: str, **values: object) -> str:
        config = self._config
        return self._environment.get_template(template).render(
            language=language,
            heading=heading,
            portal=self._text(config.names, language),
            home=f"{config.url}/" if language == config.language else f"{config.url}/{language}/",
            base=self.base,
            t=partial(_said, language),
            **values,
        )


def _said(language: str, key: str, **values: object) -> str:
    return say(key, language, values)
