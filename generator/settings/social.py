"""`social_cards` of `site.yaml`: of which stories pictures with their headline are drawn, for those who share them."""

import re
from typing import get_args

from msgspec import Struct

from generator.fields.sources import inside
from generator.fields.values import Fields
from generator.settings.kinds import Kind

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


class Social(Struct, frozen=True, gc=False):
    """The kinds of stories that have cards, the file of a font beside content/ for scripts that the shipped one lacks, and
    the colour of their edge."""

    kinds: tuple[str, ...] = ()
    font: str = ""
    colour: str = "#0a6870"


def read_social(fields: Fields) -> Social:
    """The cards of a portal; none unless it asks for them."""
    asked, font, colour = fields.get("social_cards"), fields.get("social_font"), fields.get("social_colour")
    found = [item.choice(get_args(Kind)) for item in asked.items()] if asked else []
    name = (font.text() if font else None) or ""
    if font and name and not inside(name):
        font.wrong(
            "the font lies outside of the portal's folder", "put it beside content/: `social_font: fonts/name.otf`"
        )
    return Social(
        tuple(kind for kind in found if kind),
        name,
        (colour.word(_COLOUR, "colour", 'write it as "#336699", in quotes') if colour else None) or Social().colour,
    )
