"""What two files claim at once: an address, an id, a page."""

from collections.abc import Iterable, Iterator

from generator.content.aliases import landing
from generator.content.contents import Contents
from generator.content.weeks import FOLDER
from generator.problems import Place, Problem

Claim = tuple[str, str, str]
"""What is claimed, by which file, in which field."""


def taken_twice(contents: Contents) -> Iterator[Problem]:
    """A problem for each address, id and page that several files claim, at the first of them, naming the others."""
    aliases = [
        (landing(alias) or alias, article.path, f"aliases.{number}")
        for article in contents.articles
        for number, alias in enumerate(article.aliases)
    ]
    if _some_twice([*(article.card.address for article in contents.articles), *(alias for alias, _, _ in aliases)]):
        addresses = [(article.card.address, article.path, "slug") for article in contents.articles]
        hint = "an address shows one story: change a file's name, a slug or an alias"
        yield from _twice([*addresses, *aliases], "the address {} is taken more than once", hint)
    yield from _inside_files(aliases)
    if _some_twice([article.card.id for article in contents.articles]):
        said = "the id “{}” is taken more than once"
        yield from _twice(_ids(contents), said, "an id belongs to one story: change one")
    texts = (*contents.pages, *contents.profiles)
    pages = [(f"{text.path.partition('/')[0]}/{text.name} in “{text.language}”", text.path, "") for text in texts]
    pages += [
        (f"{FOLDER}{text.week[0]}-w{text.week[1]:02} in “{text.language}”", text.path, "") for text in contents.weeks
    ]
    yield from _twice(pages, "the page {} is written more than once", "keep one of the files")


def _some_twice(claimed: list[str]) -> bool:
    """Whether anything is claimed twice; by whom is looked for only then, for there are hundreds of thousands of claims."""
    return len(set(claimed)) < len(claimed)


def _ids(contents: Contents) -> Iterator[Claim]:
    """The ids, without those that are taken only because their addresses are."""
    given = {article.card.id for article in contents.articles if article.card.id != article.card.address.strip("/")}
    return ((article.card.id, article.path, "id") for article in contents.articles if article.card.id in given)


def _twice(claims: Iterable[Claim], message: str, hint: str) -> Iterator[Problem]:
    holders: dict[str, dict[str, str]] = {}
    for what, path, field in claims:
        holders.setdefault(what, {}).setdefault(path, field)
    for what, fields in holders.items():
        if len(fields) > 1:
            first, *others = sorted(fields)
            also = tuple(Place(other) for other in others)
            yield Problem(Place(first), message.format(what), hint, also, at=fields[first])


def _inside_files(aliases: Iterable[Claim]) -> Iterator[Problem]:
    """An old address below another that is a file: no folder can hold both."""
    claims = {address: (path, field) for address, path, field in aliases}
    for address, (path, field) in claims.items():
        for above in _above(address):
            if above in claims:
                said = f"the address {address} lies inside {above}, which is a file"
                yield Problem(Place(path), said, "keep one of them", (Place(claims[above][0]),), at=field)


def _above(address: str) -> Iterator[str]:
    """The files that would have to be folders: `/a` and `/a/b` of `/a/b/c`."""
    parts = address.strip("/").split("/")
    return ("/" + "/".join(parts[:count]) for count in range(1, len(parts)))
