"""Files that pages show: the media that published texts and cards name, and the theme's assets. Nothing else is copied."""

from collections.abc import Iterator

from generator.content.stories import Article, Standing
from generator.pages.page import Page
from generator.pages.views import FileView
from generator.site.arrange import Site
from generator.theme.theme import ASSETS, Theme


def file_pages(site: Site, theme: Theme) -> Iterator[Page]:
    """Each file once, in order of name; media of stories that are held back stay where they are."""
    language = site.contents.config.language
    for asset in sorted(theme.assets.values(), key=lambda asset: asset.name):
        yield Page(asset.address, language, FileView("theme", ASSETS + asset.name, asset.digest))
    for path in sorted(_shown(site)):
        medium = site.contents.media.get(path)
        if medium is not None:
            yield Page(f"/{path}", language, FileView("content", path, medium.digest))


def _shown(site: Site) -> set[str]:
    live = [story for edition in site.editions.values() for story in edition.stories]
    texts: list[Article | Standing] = [*live, *site.contents.pages, *site.contents.profiles]
    shown = {ref.target for text in texts for ref in text.refs if ref.kind == "media"}
    return shown | {story.card.picture.file for story in live if story.card.picture}
