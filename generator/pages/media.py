"""Files that pages show: the media that published texts and cards name, and the theme's assets. Nothing else is copied."""

from collections.abc import Iterator

from generator.pages.page import Page
from generator.pages.views import FileView
from generator.site.arrange import Site
from generator.theme.theme import Theme


def asset_pages(site: Site, theme: Theme) -> Iterator[Page]:
    """The theme's files, in order of name."""
    for asset in sorted(theme.assets.values(), key=lambda asset: asset.name):
        view = FileView("theme", asset.source, asset.digest)
        yield Page(asset.address, site.contents.config.language, view)


def medium_page(site: Site, path: str) -> Page | None:
    """A file of media/ that a published page shows; those of stories that are held back stay where they are."""
    medium = site.contents.media.get(path) if path in site.shown_media else None
    if medium is None:
        return None
    return Page(f"/{path}", site.contents.config.language, FileView("content", path, medium.digest))
