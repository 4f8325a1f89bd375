"""Everything that was read: the one value that the rest of the road begins with."""

from msgspec import Struct

from generator.config import Config
from generator.content.breaking import Breaking
from generator.content.comments import Comments
from generator.content.front import Pin
from generator.content.media import Medium
from generator.content.polls import Poll
from generator.content.rates import RateFile
from generator.content.registries import Registries
from generator.content.stories import Article, Standing
from generator.content.weeks import WeekText


class Contents(Struct, frozen=True, gc=False):
    """The portal's content: articles, standing pages, profiles (by country id), media by path, the front page's pins,
    polls, comments on stories, the files of rates in order of path, the strip of what is breaking (one, or none), what
    editors say of weeks."""

    config: Config
    registries: Registries
    articles: tuple[Article, ...]
    pages: tuple[Standing, ...]
    profiles: tuple[Standing, ...]
    media: dict[str, Medium]
    front: tuple[Pin, ...]
    polls: tuple[Poll, ...] = ()
    comments: tuple[Comments, ...] = ()
    rates: tuple[RateFile, ...] = ()
    breaking: tuple[Breaking, ...] = ()
    weeks: tuple[WeekText, ...] = ()
