"""A story as schema.org has it."""

from collections.abc import Sequence

from msgspec import Raw

from generator.output.portal import Portal
from generator.output.schema_org import (
    AdvertiserContentArticle,
    AnalysisNewsArticle,
    Article,
    BackgroundNewsArticle,
    CorrectionComment,
    CreativeWork,
    CreativeWorkSeries,
    ImageObject,
    NewsArticle,
    OpinionNewsArticle,
    Organization,
    Person,
)
from generator.pages.views import ArticleView, CardView, Correction, ImageView, Link, SourceView
from generator.theme.words import language_tag

_KINDS: dict[str, type[Article]] = {
    "analysis": AnalysisNewsArticle,
    "explainer": BackgroundNewsArticle,
    "opinion": OpinionNewsArticle,
}


def article(view: ArticleView, portal: Portal, publisher: Raw) -> Article:
    """The story of an article page."""
    story, card, url, published = view.story, view.story.card, view.head.url, portal.iso(view.story.card.date)
    return _type(card)(
        url=url,
        headline=card.title,
        description=card.lead,
        image=images((card.image,)) if card.image else (),
        date_published=published,
        date_modified=portal.iso(max(card.date, story.updated or card.date, *(one.date for one in story.corrections))),
        expires=portal.iso(story.expires) if story.expires else "",
        author=portal.authors(story.authors),
        translator=portal.people(story.translators),
        publisher=publisher,
        main_entity_of_page=url,
        in_language=language_tag(card.language),
        is_accessible_for_free=True,
        is_part_of=_series(story.series, portal) if story.series else None,
        article_section=_names(card.topics),
        keywords=_names(story.tags),
        content_location=portal.places(story.places),
        is_based_on=tuple([_original(source, portal) for source in story.sources if source.url != source.home]),
        citation=tuple([_citation(source, portal) for source in story.sources]),
        correction=tuple([_correction(mended, portal) for mended in story.corrections]),
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


def _names(links: Sequence[Link]) -> tuple[str, ...]:
    return tuple([link.name for link in links])


def _series(series: Link, portal: Portal) -> CreativeWorkSeries:
    return CreativeWorkSeries(name=series.name, url=portal.url(series.href))


def _correction(mended: Correction, portal: Portal) -> CorrectionComment:
    return CorrectionComment(text=mended.text, date_published=portal.iso(mended.date))


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
