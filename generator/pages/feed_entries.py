"""What a feed says of a story, and of a comment."""

from collections.abc import Iterator
from pathlib import PurePosixPath
from urllib.parse import quote

from generator.content.comments import Comment
from generator.content.pictures import IMAGES
from generator.content.stories import Article, Byline, Taken
from generator.digests import digest_bytes
from generator.pages.articles import shows_its_picture, tag_ids
from generator.pages.desk import Desk
from generator.pages.talk import anchor_of
from generator.pages.views import FeedEntry, FeedPicture, Named
from generator.site.sections import AUTHOR, COUNTRY, TAG, TOPIC, SectionKey


def permanent_id(*words: str) -> str:
    """A name for ever of a story or feed: the same whatever becomes of address, title and domain (RFC 4287, 4.2.6). A UUID
    of version 8 (RFC 9562, 5.8) from a digest of the words."""
    hex = digest_bytes("\n".join(words).encode()).hex()
    variant = "89ab"[int(hex[16], 16) % 4]
    return f"urn:uuid:{hex[:8]}-{hex[8:12]}-8{hex[13:16]}-{variant}{hex[17:20]}-{hex[20:32]}"


def entry_of(desk: Desk, story: Article) -> FeedEntry:
    """A story in a feed."""
    card = story.card
    t = desk.words.t
    return FeedEntry(
        id=permanent_id("story", card.id),
        url=desk.url(card.address),
        title=card.title,
        summary=card.lead,
        published=card.date,
        updated=story.changed_at,
        text=desk.text(story.text, story.refs),
        lead=card.lead if story.own_lead else "",
        label=t(f"label.{card.label}") if card.label else "",
        authors=tuple(_person(desk, byline) for byline in story.authors),
        translators=tuple(_person(desk, byline) for byline in story.translators),
        categories=tuple(_categories(desk, story)),
        sources=tuple(_source(desk, taken) for taken in story.sources),
        picture=_picture(desk, story),
        corrections=tuple((desk.words.date(one.date), one.text) for one in story.corrections),
    )


def entry_of_comment(desk: Desk, comment: Comment, story: Article) -> FeedEntry:
    """A comment in a feed."""
    return FeedEntry(
        id=permanent_id("comment", story.card.id, comment.id),
        url=f"{desk.url(story.card.address)}#{anchor_of(comment)}",
        title=f"{comment.name}: {story.card.title}",
        summary=comment.text,
        published=comment.date,
        updated=comment.date,
        text=None,
        authors=(Named(comment.name),),
    )


def _person(desk: Desk, byline: Byline) -> Named:
    person, key = desk.person(byline), (AUTHOR, byline.id)
    return Named(person.name, desk.url(desk.section_address(key)) if person.href else "")


def _source(desk: Desk, taken: Taken) -> Named:
    source = desk.source(taken)
    return Named(source.outlet.name, source.url)


def _categories(desk: Desk, story: Article) -> Iterator[Named]:
    """What a story is filed under, each with the address of its section."""
    yield from (_named(desk, (COUNTRY, id)) for id in story.card.countries)
    yield from (_named(desk, (TOPIC, id)) for id in story.card.topics)
    yield from (_named(desk, (TAG, id)) for id in tag_ids(desk, story))


def _named(desk: Desk, key: SectionKey) -> Named:
    return Named(desk.section_name(key), desk.url(desk.section_address(key)))


def _picture(desk: Desk, story: Article) -> FeedPicture | None:
    picture = story.card.picture
    medium = desk.site.contents.media.get(picture.file) if picture else None
    if picture is None or medium is None:
        return None
    return FeedPicture(
        url=desk.url(quote(f"/{medium.path}")),
        type=IMAGES[PurePosixPath(medium.path).suffix.lower()],
        length=medium.length,
        width=medium.width,
        height=medium.height,
        alt=picture.alt,
        caption=picture.caption,
        credit=picture.credit,
        in_text=shows_its_picture(story),
    )
