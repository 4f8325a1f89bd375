"""Links, images and polls that lead to no file."""

from collections.abc import Collection, Iterator
from difflib import get_close_matches

from generator.content.contents import Contents
from generator.content.polls import FOLDER
from generator.content.stories import Article, Standing
from generator.content.text import Ref
from generator.content.weeks import WeekText
from generator.problems import Place, Problem

_MEDIA = "put it into content/media and write its name"
_NEAR = 500


def dead_refs(item: Article | Standing | WeekText, sources: Collection[str], contents: Contents) -> Iterator[Problem]:
    """A problem for each link, image and poll of a text whose file does not exist; `sources` are all texts and what is broken."""
    for ref in item.refs:
        if ref.kind == "page" and ref.target not in sources:
            hint = _meant(ref.target, sources) or "check the folder and the name"
            yield _dead(item.path, ref, f"this link leads to no file: {ref.target}", hint)
        elif ref.kind == "media" and ref.target not in contents.media and ref.target not in sources:
            hint = _meant(ref.target, contents.media) or _MEDIA
            yield _dead(item.path, ref, f"the file {ref.target} does not exist", hint)
        elif ref.kind == "poll" and ref.target not in sources:
            yield _dead(item.path, ref, *no_poll(ref.target, sources))


def no_poll(path: str, sources: Collection[str]) -> tuple[str, str]:
    """What is said, and the hint, where the file of a poll does not exist."""
    ids = [_poll_id(source) for source in sources if source.startswith(FOLDER)]
    near = get_close_matches(_poll_id(path), ids, n=1)
    hint = f"did you mean “{near[0]}”?" if near else f"write it into content/{path}"
    return f"there is no poll “{_poll_id(path)}”", hint


def _poll_id(path: str) -> str:
    return path.removeprefix(FOLDER).removesuffix(".yaml")


def missing_picture(item: Article | WeekText, broken: Collection[str], contents: Contents) -> Iterator[Problem]:
    """A problem where the image of the front matter does not exist."""
    picture = item.card.picture if isinstance(item, Article) else item.picture
    if picture is None or picture.file in contents.media or picture.file in broken:
        return
    if any(ref.target == picture.file for ref in item.refs):
        return
    hint = _meant(picture.file, contents.media) or _MEDIA
    yield Problem(Place(item.path), f"the image {picture.file} does not exist", hint, at="image.file")


def _dead(path: str, ref: Ref, message: str, hint: str) -> Problem:
    return Problem(Place(path, ref.line, ref.column), message, hint)


def _meant(target: str, known: Collection[str]) -> str:
    """The hint: the file of that name in another folder, else one of nearly that name in the same folder."""
    folder, _, name = target.rpartition("/")
    elsewhere = sorted(path for path in known if path.endswith("/" + name))
    beside = [path.rpartition("/")[2] for path in known if path.rpartition("/")[0] == folder]
    alike = [f"{folder}/{near}" for near in get_close_matches(name, beside[:_NEAR], n=1, cutoff=0.75)]
    return next((f"did you mean {path}?" for path in (*elsewhere, *alike)), "")
