"""What lies where in a content folder: sources that become records, data files that are read each time, and nothing else."""

from generator.config import FILE as SITE
from generator.content.articles import FOLDER as ARTICLES
from generator.content.breaking import FILE as BREAKING
from generator.content.comments import FOLDER as COMMENTS
from generator.content.front import FILE as FRONT
from generator.content.polls import FOLDER as POLLS
from generator.content.rates import FOLDER as RATES
from generator.content.weeks import FOLDER as DIGESTS
from generator.problems import Place, Problem, did_you_mean

REGISTRIES = ("countries.yaml", "topics.yaml", "outlets.yaml", "authors.yaml", "tags.yaml", "series.yaml")
DATA_FILES = (SITE, FRONT, *REGISTRIES)
_FOLDERS = ("articles", "pages", "countries", "media", "polls", "comments", "rates", "digests")


def is_read(path: str) -> bool:
    """Whether a file becomes a record of the store (stories, pages, profiles, media, polls, comments, rates,
    what is breaking, what editors say of weeks) rather than being read each time."""
    if path.startswith("media/") or path == BREAKING:
        return True
    if path.startswith((POLLS, COMMENTS)):
        return path.endswith(".yaml")
    if path.startswith(RATES):
        return path.endswith(".csv")
    return path.endswith(".md") and path.startswith((ARTICLES, DIGESTS, "pages/", "countries/"))


def belongs(path: str) -> bool:
    """Whether there is a place for a file of this path."""
    return is_read(path) or path in DATA_FILES


def misplaced(path: str) -> Problem:
    """What is wrong with a file that has no place."""
    folder, slash, _ = path.partition("/")
    if not path.endswith(".md") and path.lower().endswith(".md"):
        return Problem(Place(path), "the file's name must end in .md", "rename it, in small letters")
    if not slash:
        severity = "problem" if path.endswith((".yaml", ".yml")) else "advice"
        hint = (
            did_you_mean(path, (*DATA_FILES, BREAKING))
            if severity == "problem"
            else "stories are files articles/YYYY/MM/name.md"
        )
        return Problem(
            Place(path), "this file has no place here", hint, severity="problem" if severity == "problem" else "advice"
        )
    if folder not in _FOLDERS:
        return Problem(
            Place(path),
            f"nothing is read from the folder “{folder}”",
            did_you_mean(folder, _FOLDERS),
            severity="advice",
        )
    if folder + "/" in (POLLS, COMMENTS):
        return Problem(Place(path), "only files that end in .yaml are read here", severity="advice")
    if folder + "/" == RATES:
        return Problem(Place(path), "only files that end in .csv are read here", severity="advice")
    hint = "images and other files go to media/" if folder + "/" == ARTICLES or folder == "pages" else ""
    return Problem(Place(path), "only files that end in .md are read here", hint, severity="advice")
