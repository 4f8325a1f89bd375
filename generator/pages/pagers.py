"""Pagers of lists that are numbered from the oldest within a year; `home` is the href of the list's open page."""

from generator.pages.addresses import sheet_address
from generator.pages.views import Link, Pager
from generator.site.shelves import Sheet, Shelf


def open_pager(home: str, shelf: Shelf) -> Pager:
    """The pager of the open page, which alone counts what the list holds and names all its years."""
    sheets = shelf.sheets
    return Pager(
        older=_href(home, sheets[-1]) if sheets else "",
        oldest=_href(home, sheets[0]) if sheets else "",
        years=_years(home, [first if first.year == shelf.year else last for first, last in shelf.ends]),
        total=shelf.total,
    )


def closed_pager(home: str, shelf: Shelf, at: int) -> Pager:
    """The pager of a closed page."""
    sheets = shelf.sheets
    return Pager(
        newer=_href(home, sheets[at + 1]) if at + 1 < len(sheets) else home,
        older=_href(home, sheets[at - 1]) if at else "",
        newest=home,
        oldest=_href(home, sheets[0]) if at else "",
        years=_years(home, [first for first, _ in shelf.ends if first.year <= sheets[at].year]),
        year=sheets[at].year,
        number=sheets[at].number,
    )


def _years(home: str, sheets: list[Sheet]) -> tuple[Link, ...]:
    """Years that have closed pages, the newest first. The open page names the last page of an older year; a closed
    page the first, for it must not change because an older year gets one more page."""
    return tuple(Link(str(sheet.year), _href(home, sheet)) for sheet in reversed(sheets))


def _href(home: str, sheet: Sheet) -> str:
    return sheet_address(home, sheet.year, sheet.number)
