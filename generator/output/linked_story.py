"""A story as schema.org has it."""

from collections.abc import Sequence

from generator.output.portal import Portal
from generator.output.schema_org import (
    AdvertiserContentArticle,
    AnalysisNewsArticle,
    Article,
    BackgroundNewsArticle,
    CorrectionComment,
    Country,
    CreativeWork,
    CreativeWorkSeries,
    ImageObject,
    NewsArticle,
    OpinionNewsArticle,
    Organization,
    Person,
    Place,
    WebPage,
)
from generator.pages.views import ArticleView, CardView, ImageView, SectionLink, SourceView, StoryView
from generator.pages.views import Person as PersonView
from generator.theme.words import language_tag

_KINDS: dict[str, type[Article]] = {
    "analysis": AnalysisNewsArticle,
    "explainer": BackgroundNewsArticle,
    "opinion": OpinionNewsArticle,
}


def article(view: ArticleView, portal: Portal, publisher: Organization) -> Article:
    """The story of an article page. Where nobody signed it, its author is the publisher."""
    story, card = view.story, view.story.card
    return _type(card)(
        id=f"{view.head.url}#article",
        url=view.head.url,
        headline=card.title,
        description=card.lead,
        image=images((card.image,) if card.image else ()),
        date_published=portal.iso(card.date),
        date_modified=portal.iso(_modified(story)),
        expires=portal.iso(story.expires) if story.expires else "",
        author=_people(story.authors, portal) or (_brief(publisher),),
        translator=_people(story.translators, portal),
        publisher=publisher,
        main_entity_of_page=WebPage(id=view.head.url),
        in_language=language_tag(card.language),
        is_accessible_for_free=True,
        is_part_of=_series(story, portal),
        article_section=tuple(topic.name for topic in card.topics),
        keywords=tuple(tag.name for tag in story.tags),
        content_location=tuple(_place(place) for place in story.places),
        is_based_on=tuple(_original(source, portal) for source in story.sources if source.url != source.home),
        citation=tuple(_citation(source, portal) for source in story.sources),
        correction=tuple(
            CorrectionComment(text=mended.text, date_published=portal.iso(mended.date)) for mended in story.corrections
        ),
        typical_age_range=f"{story.age}-" if story.age else "",
        word_count=story.words,
    )


def _type(card: CardView) -> type[Article]:
    return AdvertiserContentArticle if card.label == "advertising" else _KINDS.get(card.kind, NewsArticle)


def images(pictures: Sequence[ImageView]) -> tuple[ImageObject, ...]:
    """Pictures, each of them in every shape in which it is there."""
    return tuple(
        ImageObject(
            url=one.url,
            width=one.width,
            height=one.height,
            description=one.alt,
            caption=one.caption,
            credit_text=one.credit,
        )
        for one in pictures
    )


def _modified(story: StoryView) -> int:
    return max(story.card.date, story.updated)


def _people(people: Sequence[PersonView], portal: Portal) -> tuple[Person, ...]:
    return tuple(Person(name=one.name, url=portal.url(one.href), job_title=one.role) for one in people)


def _brief(publisher: Organization) -> Organization:
    return Organization(id=publisher.id, name=publisher.name, url=publisher.url)


def _series(story: StoryView, portal: Portal) -> CreativeWorkSeries | None:
    return CreativeWorkSeries(name=story.series.name, url=portal.url(story.series.href)) if story.series else None


def _place(place: SectionLink) -> Place:
    return Place(name=place.name) if place.region else Country(name=place.name, identifier=place.flag)


def _original(source: SourceView, portal: Portal) -> CreativeWork:
    return CreativeWork(
        url=source.url,
        author=Person(name=source.author) if source.author else None,
        date_published=portal.iso(source.date) if source.date else "",
        in_language=language_tag(source.language),
        publisher=Organization(name=source.outlet.name, url=source.home),
    )


def _citation(source: SourceView, portal: Portal) -> str:
    """The source in a line: author, outlet, day, address of the original."""
    day = portal.iso(source.date)[:10] if source.date else ""
    original = source.url if source.url != source.home else ""
    return ", ".join(filter(None, (source.author, source.outlet.name, day, original)))
