"""What only all files together show: unknown ids, ids and addresses taken twice, dead links, missing media."""

from collections.abc import Collection, Iterable, Iterator

from generator.content.contents import Contents
from generator.content.stories import Article, Standing
from generator.content.text import Ref
from generator.problems import Place, Problem, did_you_mean


def check(contents: Contents, broken: Collection[str]) -> list[Problem]:
    """All problems between files; `broken` are the sources that could not be read (a link to one is not dead)."""
    problems = [problem for article in contents.articles for problem in _unknown_ids(article, contents)]
    problems += _taken_twice(contents)
    problems += _translations(contents, broken)
    texts: tuple[Article | Standing, ...] = (*contents.articles, *contents.pages, *contents.profiles)
    sources = {text.path for text in texts} | set(broken)
    for text in texts:
        problems += _dead_refs(text, sources, contents)
    for article in contents.articles:
        problems += _missing_picture(article, contents)
    for profile in contents.profiles:
        id = profile.name.rpartition("/")[2]
        if id not in contents.registries.countries:
            problems.append(
                _unknown(profile.path, "", "country", id, contents.registries.countries, "the file's name is the id")
            )
    return problems + _unknown_pins(contents)


def _unknown_pins(contents: Contents) -> list[Problem]:
    ids = {article.card.id for article in contents.articles}
    return [
        Problem(
            Place("front.yaml", pin.line, pin.column),
            f"the story “{pin.story}” does not exist",
            did_you_mean(pin.story, sorted(ids)[-5000:]) if len(ids) > 24 else "write its id, such as 2026/02/name",
        )
        for pin in contents.front
        if pin.story not in ids
    ]


def _unknown_ids(article: Article, contents: Contents) -> Iterator[Problem]:
    registries, card = contents.registries, article.card
    checks: list[tuple[str, str, tuple[str, ...], Collection[str] | None]] = [
        ("country", "country", card.countries, registries.countries),
        ("topic", "topic", card.topics, registries.topics),
        ("source", "outlet", tuple(taken.outlet for taken in article.sources), registries.outlets),
        ("author", "author", tuple(author.id for author in article.authors), registries.authors),
        ("translator", "author", tuple(author.id for author in article.translators), registries.authors),
        ("tags", "tag", article.tags, registries.tags),
        ("series", "series", (article.series,), registries.series),
    ]
    for field, what, ids, known in checks:
        for number, id in enumerate(ids):
            if id and known is not None and id not in known:
                at = f"{field}.{number}.outlet" if field == "source" else f"{field}.{number}"
                yield _unknown(article.path, at, what, id, known)


def _unknown(path: str, at: str, what: str, id: str, known: Collection[str], hint: str = "") -> Problem:
    return Problem(Place(path), f"the {what} “{id}” is not in the registry", did_you_mean(id, known) or hint, at=at)


def _taken_twice(contents: Contents) -> Iterator[Problem]:
    addresses = [(article.card.address, article.path) for article in contents.articles]
    addresses += [(alias, article.path) for article in contents.articles for alias in article.aliases]
    yield from _twice(addresses, "the address {} is taken twice", "each address shows one story: rename one file")
    ids = [(article.card.id, article.path) for article in contents.articles]
    yield from _twice(ids, "the id “{}” is taken twice", "an id belongs to one story: change one")
    pages = [(f"{page.name}.{page.language}", page.path) for page in (*contents.pages, *contents.profiles)]
    yield from _twice(pages, "the page “{}” is written twice", "keep one of the files")


def _twice(entries: Iterable[tuple[str, str]], message: str, hint: str) -> Iterator[Problem]:
    """A problem for each key of several files, at the first of them, naming the others."""
    holders: dict[str, list[str]] = {}
    for key, path in entries:
        if path not in holders.setdefault(key, []):
            holders[key].append(path)
    for key, paths in holders.items():
        if len(paths) > 1:
            first, *others = sorted(paths)
            yield Problem(Place(first), message.format(key), hint, tuple(Place(other) for other in others))


def _translations(contents: Contents, broken: Collection[str]) -> Iterator[Problem]:
    by_id = {article.card.id: article for article in contents.articles}
    taken: dict[tuple[str, str], str] = {}
    for article in sorted(contents.articles, key=lambda article: article.path):
        if not article.translates:
            continue
        original = by_id.get(article.translates)
        if original is None:
            if not broken:
                hint = did_you_mean(article.translates, sorted(by_id)[-5000:])
                yield Problem(
                    Place(article.path), f"the story “{article.translates}” does not exist", hint, at="translates"
                )
            continue
        if original.card.language == article.card.language:
            message = f"“{article.translates}” is in the same language ({article.card.language})"
            yield Problem(Place(article.path), message, "set `lang` to the language of this text", at="translates")
        key = (article.translates, article.card.language)
        if key in taken:
            message = f"“{article.translates}” has another translation into {article.card.language}"
            yield Problem(Place(article.path), message, "keep one", (Place(taken[key]),), at="translates")
        taken[key] = article.path


def _dead_refs(item: Article | Standing, sources: Collection[str], contents: Contents) -> Iterator[Problem]:
    for ref in item.refs:
        if ref.kind == "page" and ref.target not in sources:
            yield _dead(
                item.path, ref, "this link leads to no file", did_you_mean(ref.target, _near(ref.target, sources))
            )
        elif ref.kind == "media" and ref.target not in contents.media:
            yield _dead(
                item.path,
                ref,
                f"the file {ref.target} does not exist",
                did_you_mean(ref.target, _near(ref.target, contents.media)),
            )


def _dead(path: str, ref: Ref, message: str, hint: str) -> Problem:
    return Problem(
        Place(path, ref.line, ref.column), f"{message}: {ref.target}" if ref.kind == "page" else message, hint
    )


def _near(target: str, known: Collection[str]) -> list[str]:
    """The files that are near enough to be meant: same folder, or same name elsewhere."""
    folder, _, name = target.rpartition("/")
    return [path for path in known if path.startswith(folder) or path.endswith("/" + name)][:500]


def _missing_picture(article: Article, contents: Contents) -> Iterator[Problem]:
    picture = article.card.picture
    if picture is None or picture.file in contents.media or any(ref.target == picture.file for ref in article.refs):
        return
    hint = did_you_mean(picture.file, _near(picture.file, contents.media))
    yield Problem(Place(article.path), f"the image {picture.file} does not exist", hint, at="image.file")
