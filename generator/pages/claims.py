"""Which page claims which address: no two may claim the same, and a link to an address must find a page there."""

from collections.abc import Iterator

from generator.content.stories import Article, Standing
from generator.content.text import Ref
from generator.content.weeks import WeekText
from generator.pages.page import Page
from generator.problems import Place, Problem, did_you_mean
from generator.site.arrange import Site

_FEW = 20_000


class Claims:
    """The addresses of all pages planned so far."""

    def __init__(self) -> None:
        self.addresses: dict[str, tuple[str, str]] = {}

    def claim(self, page: Page) -> Problem | None:
        """Takes the address of a page; a problem where another page has it, at the story whose alias is in the way."""
        if page.address not in self.addresses:
            self.addresses[page.address] = (page.source, page.field)
            return None
        source, field = (page.source, page.field) if page.source else self.addresses[page.address]
        said = f"the portal has a page of its own at {page.address}"
        return Problem(Place(source or "site.yaml"), said, "delete the alias, or choose another name", at=field)

    def dead_links(self, site: Site) -> Iterator[Problem]:
        """A problem for each link of a text to an address of the portal (`/kazakhstan/`) that nothing claims."""
        for text, ref, address in linked_addresses(site):
            if address not in self.addresses:
                near = did_you_mean(address, self.addresses) if len(self.addresses) < _FEW else ""
                yield Problem(Place(text.path, ref.line, ref.column), f"this link leads to no page: {ref.target}", near)


def linked_addresses(site: Site) -> Iterator[tuple[Article | Standing | WeekText, Ref, str]]:
    """The links of all texts to addresses of the portal, each with its text and the address without a query."""
    texts: list[Article | Standing | WeekText]
    texts = [*site.by_path.values(), *site.standing_by_path.values(), *site.week_texts.values()]
    for text in texts:
        for ref in text.refs:
            if ref.kind == "address":
                yield text, ref, ref.target.partition("?")[0]
