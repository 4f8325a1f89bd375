"""Standing pages and country profiles: a title and a text at an address that does not move."""

from zoneinfo import ZoneInfo

from generator.content.articles import ReadingOptions, name_and_language
from generator.content.front_matter import open_document
from generator.content.markdown import read_text
from generator.content.slugs import SLUG, slugify
from generator.content.stories import Standing
from generator.content.texts import Kept, keep
from generator.content.typography import typeset_line
from generator.problems import Place, Problem


def read_standing(
    data: bytes, path: str, options: ReadingOptions
) -> tuple[Standing | None, Kept | None, list[Problem]]:
    """The page of a file under pages/ or countries/, its text as it is kept, and the problems."""
    problems: list[Problem] = []
    document = open_document(data, path, problems)
    if document is None:
        return None, None, problems
    fields = document.fields
    name, language = name_and_language(path, fields, options, problems)
    text, said = read_text(document.body, path, document.body_line, language)
    problems.extend(said)
    for part in [*path.split("/")[1:-1], name]:
        if not SLUG.fullmatch(part):
            unfit = f"the name “{part}” cannot stand in an address: only a-z, 0-9 and hyphens, at most 80"
            problems.append(Problem(Place(path), unfit, f"rename it to {slugify(part, language) or 'a-name'}"))
    title, menu, updated = fields.need("title"), fields.get("menu"), fields.get("updated")
    standing = Standing(
        path=path,
        name="/".join([*path.split("/")[1:-1], name]),
        language=language,
        title=typeset_line(title, language),
        text=keep(text).digest,
        refs=text.refs,
        excerpt=text.excerpt,
        menu=(menu.integer(0, 99) or 0) if menu else 0,
        updated=(updated.moment(ZoneInfo(options.time_zone)) or 0) if updated else 0,
    )
    fields.done()
    if any(problem.severity == "problem" for problem in problems):
        return None, None, problems
    return standing, keep(text), problems
