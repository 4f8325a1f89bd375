"""Which stories readers can comment on: those whose files are in the content folder and that are published by now."""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from threading import Lock

from generator.config import Config
from generator.content.articles import FOLDER, ReadingOptions, read_article
from generator.content.comments import comments_path, read_comments
from generator.content.stories import Article

_ID = re.compile(r"(?:(?P<language>[a-z]{2})/)?(?P<folder>\d{4}/\d{2})/(?P<name>[a-z0-9-]{1,80})")
_OTHER = re.compile(r"[a-z0-9-]+(?:/[a-z0-9-]+){0,5}")
_OWN = re.compile(rb"^\s*[\"']?(?:id|slug|lang)[\"']?\s*:", re.MULTILINE)
_HEAD = 8192
PATIENCE = 30.0
"""Seconds between two looks at all stories, which is what an id takes that is not the path of its file."""


class Stories:
    """The stories of a content folder, looked for in it whenever somebody asks. Blocking: not for an event loop."""

    def __init__(self, content: Path, config: Config) -> None:
        self._content, self._config = content, config
        self._reading = ReadingOptions.of(config)
        self._lock, self._looked = Lock(), 0.0
        self._odd: dict[str, tuple[int, str]] = {}
        self._paths: dict[str, str] = {}

    def title(self, id: str, now: float) -> str | None:
        """The title of a story that is published at a moment; None where there is none of this id."""
        if not _OTHER.fullmatch(id) or len(id) > 200:
            return None
        article = next((found for path in self._candidates(id) if (found := self._read(path, id))), None)
        article = article or self._elsewhere(id, now)
        return article.card.title if article is not None and _is_published(article, now) else None

    def has_comment(self, story: str, comment: str) -> bool:
        """Whether a comment stands below a story."""
        try:
            data = (self._content / comments_path(story)).read_bytes()
        except OSError:
            return False
        found, _ = read_comments(data, comments_path(story), self._config.zone)
        return found is not None and any(one.id == comment for one in found.comments)

    def _candidates(self, id: str) -> Iterator[str]:
        """Where the file of an id lies whose front matter does not name another."""
        found = _ID.fullmatch(id)
        if found:
            language = found["language"] or self._config.language
            for name in (f"{found['name']}.{language}.md", f"{found['name']}.md"):
                yield f"{FOLDER}{found['folder']}/{name}"
                yield f"{FOLDER}{name}"

    def _read(self, path: str, id: str) -> Article | None:
        try:
            data = (self._content / path).read_bytes()
        except OSError:
            return None
        article, kept, _ = read_article(data, path, self._reading)
        return article if article is not None and kept is not None and article.card.id == id else None

    def _elsewhere(self, id: str, now: float) -> Article | None:
        with self._lock:
            if id not in self._paths and now - self._looked > PATIENCE:
                self._looked = now
                self._look()
            path = self._paths.get(id)
        return self._read(path, id) if path else None

    def _look(self) -> None:
        """Reads the stories whose address is not their path, of those that changed since the last look."""
        seen: dict[str, tuple[int, str]] = {}
        for folder, _, names in os.walk(self._content / FOLDER):
            dated = re.search(r"/\d{4}/\d{2}$", folder) is not None
            for name in names:
                path = Path(folder) / name
                if name.endswith(".md"):
                    known = path.relative_to(self._content).as_posix()
                    seen[known] = self._odd_id(path, known, dated=dated)
        self._odd = seen
        self._paths = {id: path for path, (_, id) in seen.items() if id}

    def _odd_id(self, path: Path, known: str, *, dated: bool) -> tuple[int, str]:
        try:
            stamp = path.stat().st_mtime_ns
            if known in self._odd and self._odd[known][0] == stamp:
                return self._odd[known]
            with path.open("rb") as file:
                head = file.read(_HEAD)
            if dated and not _OWN.search(head):
                return stamp, ""
            article, _, _ = read_article(path.read_bytes(), known, self._reading)
        except OSError:
            return 0, ""
        return stamp, article.card.id if article else ""


def _is_published(article: Article, now: float) -> bool:
    return not (
        article.draft
        or article.retracted is not None
        or article.card.date > now
        or (article.expires and article.expires <= now)
    )
