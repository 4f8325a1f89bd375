"""What only all files together show: unknown ids, translations of nothing, and what `doubles` and `dead_ends` find."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from difflib import get_close_matches
from functools import lru_cache
from pathlib import PurePosixPath

from generator.content.contents import Contents
from generator.content.polls import poll_path
from generator.content.registries import Author, Country, Outlet, Term, Topic
from generator.content.stories import Article, Standing
from generator.content.weeks import WeekText
from generator.problems import Place, Problem
from generator.site.dead_ends import dead_refs, missing_picture, no_poll
from generator.site.doubles import taken_twice

Record = Country | Topic | Outlet | Author | Term


def check_flawed(articles: Iterable[Article], contents: Contents, broken: Collection[str]) -> Iterator[Problem]:
    """The problems between files of stories that have mistakes of their own: what their readable fields and links name."""
    sources = _sources(contents, broken)
    for article in articles:
        yield from _unknown_ids(article, contents)
        yield from dead_refs(article, sources, contents)
        yield from missing_picture(article, broken, contents)
        yield from _unknown_poll(article, sources)


def check(contents: Contents, broken: Collection[str]) -> list[Problem]:
    """All problems between files; `broken` are the sources that could not be read (a link to one is not dead)."""
    problems: list[Problem] = []
    if _names_unknown_ids(contents):
        problems += [problem for article in contents.articles for problem in _unknown_ids(article, contents)]
    problems += taken_twice(contents)
    problems += _translations(contents, broken)
    texts: tuple[Article | Standing | WeekText, ...]
    texts = (*contents.articles, *contents.pages, *contents.profiles, *contents.weeks)
    sources = _sources(contents, broken)
    for text in texts:
        if text.refs:
            problems += dead_refs(text, sources, contents)
    for article in contents.articles:
        if article.card.picture is not None:
            problems += missing_picture(article, broken, contents)
    for week in contents.weeks:
        problems += missing_picture(week, broken, contents)
    problems += _profiles(contents)
    problems += _polls(contents, sources)
    problems += _pins(contents, broken)
    problems += _breaking(contents, broken)
    problems += _chosen(contents, broken)
    return problems


def _sources(contents: Contents, broken: Collection[str]) -> set[str]:
    """The files that a link may lead to."""
    texts: tuple[Article | Standing, ...] = (*contents.articles, *contents.pages, *contents.profiles)
    return {text.path for text in texts} | {poll.path for poll in contents.polls} | set(broken)


def _polls(contents: Contents, sources: Collection[str]) -> Iterator[Problem]:
    """Polls file themselves under countries and topics that exist; stories name polls that do."""
    registries = contents.registries
    for poll in contents.polls:
        yield from _unknown(poll.path, "country", poll.countries, registries.countries, contents)
        yield from _unknown(poll.path, "topic", poll.topics, registries.topics, contents)
    for article in contents.articles:
        if article.poll:
            yield from _unknown_poll(article, sources)


def _unknown(
    path: str, what: str, ids: tuple[str, ...], known: Mapping[str, Record], contents: Contents
) -> Iterator[Problem]:
    file = {"country": "countries.yaml", "topic": "topics.yaml"}[what]
    for number, id in enumerate(ids):
        if id not in known and file not in contents.registries.unread:
            said = f"the {what} “{id}” is not in the registry"
            yield Problem(Place(path), said, _nearest(id, known, file), at=f"{what}.{number}")


def _unknown_poll(article: Article, sources: Collection[str]) -> Iterator[Problem]:
    if article.poll and poll_path(article.poll) not in sources:
        yield Problem(Place(article.path), *no_poll(poll_path(article.poll), sources), at="poll")


def _names_unknown_ids(contents: Contents) -> bool:
    """Whether any story names an id that a registry lacks; which one is looked for only then."""
    registries, articles = contents.registries, contents.articles
    named: list[tuple[set[str], Mapping[str, Record] | None]] = [
        (set().union(*(article.card.countries for article in articles)), registries.countries),
        (set().union(*(article.card.topics for article in articles)), registries.topics),
        (set().union(*(article.card.outlets for article in articles)), registries.outlets),
        ({one.id for article in articles if article.authors for one in article.authors}, registries.authors),
        ({one.id for article in articles if article.translators for one in article.translators}, registries.authors),
        (set().union(*(article.tags for article in articles if article.tags)), registries.tags),
        ({article.series for article in articles}, registries.series),
    ]
    return any(known is not None and ids - known.keys() - {""} for ids, known in named)


def _unknown_ids(article: Article, contents: Contents) -> Iterator[Problem]:
    registries, card = contents.registries, article.card
    outlets = tuple(taken.outlet for taken in article.sources)
    authors = tuple(author.id for author in article.authors)
    translators = tuple(author.id for author in article.translators)
    checks: list[tuple[str, str, tuple[str, ...], Mapping[str, Record] | None, str]] = [
        ("country", "country", card.countries, registries.countries, "countries.yaml"),
        ("topic", "topic", card.topics, registries.topics, "topics.yaml"),
        ("source", "outlet", outlets, registries.outlets, "outlets.yaml"),
        ("author", "author", authors, registries.authors, "authors.yaml"),
        ("translator", "author", translators, registries.authors, "authors.yaml"),
        ("tags", "tag", article.tags, registries.tags, "tags.yaml"),
        ("series", "series", (article.series,), registries.series, "series.yaml"),
    ]
    for field, what, ids, known, file in checks:
        for number, id in enumerate(ids):
            if id and known is not None and id not in known and file not in registries.unread:
                at = f"{field}.{number}.outlet" if field == "source" else f"{field}.{number}"
                said = f"the {what} “{id}” is not in the registry"
                yield Problem(Place(article.path), said, _nearest(id, known, file), at=at)


def _nearest(id: str, known: Mapping[str, Record], file: str) -> str:
    """The hint for an id that a registry lacks: one that is written alike, or has that name or slug."""
    called = tuple((word.lower(), known_id) for known_id, record in known.items() for word in _words(known_id, record))
    guest = ", or write {guest: Full Name}" if file == "authors.yaml" else ""
    return f"{_meant(id.lower(), called, tuple(known))}add it to {file}{guest}"


def _words(id: str, record: Record) -> tuple[str, ...]:
    slug = (record.slug,) if isinstance(record, (Country, Topic)) else ()
    return (id, *slug, *(name for _, name in record.names))


@lru_cache(maxsize=1024)
def _meant(word: str, called: tuple[tuple[str, str], ...], ids: tuple[str, ...]) -> str:
    """The first half of a hint; remembered, because ten thousand stories may make the same mistake."""
    near = get_close_matches(word, [name for name, _ in called], n=1, cutoff=0.6)
    if near:
        return f"did you mean “{dict(called)[near[0]]}”? Else "
    return f"one of: {', '.join(sorted(ids))}; or " if 0 < len(ids) <= 24 else ""


def _profiles(contents: Contents) -> Iterator[Problem]:
    """A country's profile lies right in countries/ and has the name of its id."""
    registries = contents.registries
    for profile in contents.profiles:
        if "/" in profile.name:
            name = PurePosixPath(profile.path).name
            yield Problem(Place(profile.path), "a profile in a folder of its own", f"move it to countries/{name}")
        elif profile.name not in registries.countries and "countries.yaml" not in registries.unread:
            said = f"the file's name “{profile.name}” is no country of the registry"
            yield Problem(Place(profile.path), said, _nearest(profile.name, registries.countries, "countries.yaml"))


def _pins(contents: Contents, broken: Collection[str]) -> Iterator[Problem]:
    ids = {article.card.id for article in contents.articles} if contents.front else set()
    for pin in contents.front:
        if pin.story not in ids and not broken:
            place = Place("front.yaml", pin.line, pin.column)
            yield Problem(place, f"the story “{pin.story}” does not exist", _near_id(pin.story, ids))


def _breaking(contents: Contents, broken: Collection[str]) -> Iterator[Problem]:
    lines = [(one.path, line) for one in contents.breaking for line in one.lines if line.story]
    ids = {article.card.id for article in contents.articles} if lines else set()
    for path, line in lines:
        if line.story not in ids and not broken:
            place = Place(path, line.line, line.column)
            yield Problem(place, f"the story “{line.story}” does not exist", _near_id(line.story, ids))


def _chosen(contents: Contents, broken: Collection[str]) -> Iterator[Problem]:
    """The stories that an editor puts first in a week's digest exist, in its language."""
    lines = [(text, one) for text in contents.weeks for one in text.stories]
    languages = {article.card.id: article.card.language for article in contents.articles} if lines else {}
    for text, one in lines:
        place = Place(text.path, one.line, one.column)
        if one.id not in languages and not broken:
            yield Problem(place, f"the story “{one.id}” does not exist", _near_id(one.id, languages))
        elif languages.get(one.id, text.language) != text.language:
            said = f"the story “{one.id}” is in the language “{languages[one.id]}”, this digest in “{text.language}”"
            yield Problem(place, said, "write the id of its translation, or delete the line")


def _near_id(id: str, ids: Collection[str]) -> str:
    """The id that was meant: one that differs by a few letters, among the newest."""
    near = get_close_matches(id, sorted(ids)[-5000:], n=1, cutoff=0.8)
    return f"did you mean “{near[0]}”?" if near else "write its id: the address without the slashes at its ends"


def _translations(contents: Contents, broken: Collection[str]) -> Iterator[Problem]:
    translations = [article for article in contents.articles if article.translates]
    by_id = {article.card.id: article for article in contents.articles} if translations else {}
    taken: dict[tuple[str, str], str] = {}
    for article in sorted(translations, key=lambda article: article.path):
        original = by_id.get(article.translates)
        if original is not None:
            said = _wrong_pair(article, original, taken)
            also = (Place(taken[key]),) if (key := (original.card.id, article.card.language)) in taken else ()
            taken.setdefault(key, article.path)
        elif not broken:
            said, also = (f"the story “{article.translates}” does not exist", _near_id(article.translates, by_id)), ()
        else:
            continue
        if said:
            yield Problem(Place(article.path), *said, also, at="translates")


def _wrong_pair(article: Article, original: Article, taken: Mapping[tuple[str, str], str]) -> tuple[str, str] | None:
    """What is wrong with a story as the translation of another: message and hint."""
    id, language = original.card.id, article.card.language
    if original is article:
        return f"“{id}” is this story itself", "write the id of the original, or delete the line"
    if original.card.language == language:
        return f"“{id}” is in the same language ({language})", "set `lang` to the language of this text"
    if original.translates:
        return f"“{id}” is a translation itself", f"write the id of its original: {original.translates}"
    if (id, language) in taken:
        return f"“{id}” has another translation into “{language}”", "keep one"
    return None
