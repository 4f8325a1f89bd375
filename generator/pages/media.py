"""Files that pages show: the media that published texts and cards name, and the theme's assets. Nothing else is copied."""

from collections.abc import Iterable, Iterator

from generator.content.media import Medium
from generator.pages.page import Page
from generator.pages.pictures import Focus, all_variants, variant_address
from generator.pages.views import FileView
from generator.site.arrange import Site
from generator.theme.theme import Theme


def asset_pages(site: Site, theme: Theme) -> Iterator[Page]:
    """The theme's files, in order of name."""
    for asset in sorted(theme.assets.values(), key=lambda asset: asset.name):
        view = FileView("theme", asset.source, asset.digest)
        yield Page(asset.address, site.contents.config.language, view)


def medium_pages(site: Site, path: str) -> Iterator[Page]:
    """A file of media/ that a published page shows, with its variants; those of stories that are held back stay where they
    are."""
    medium = site.contents.media.get(path) if path in site.shown_media else None
    if medium is None:
        return
    language = site.contents.config.language
    yield Page(f"/{path}", language, FileView("content", path, medium.digest))
    variants = {variant_address(one): one for one in all_variants(medium, site.shown_media[path])}
    yield from (Page(address, language, variant) for address, variant in variants.items())


def medium_addresses(site: Site, path: str, old: Iterable[Medium], focuses: Iterable[Focus]) -> Iterator[str]:
    """Where a file of media/ and its variants lie, as it is, and as it was in `old` or cropped around other points."""
    yield f"/{path}"
    known = site.contents.media.get(path)
    every = {*site.shown_media.get(path, ()), *focuses}
    for medium in (*old, *((known,) if known else ())):
        yield from map(variant_address, all_variants(medium, every))
