"""The desk of one language: what its planners share, and the views of cards, links and pictures that all pages show."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import quote

from generator.config import Names
from generator.content.registries import Author, Country, Topic
from generator.content.stories import Article, Byline, Picture, Taken
from generator.content.text import Ref
from generator.content.typography import said, typeset
from generator.pages import addresses
from generator.pages.pictures import srcset, thumb_of, whole_variants
from generator.pages.views import (
    FEED_TYPES,
    Alternate,
    CardView,
    FeedLink,
    Head,
    ImageView,
    Link,
    Person,
    PlacedLink,
    SectionLink,
    SourceView,
    TextView,
)
from generator.site.arrange import Site
from generator.site.editions import Edition
from generator.site.sections import (
    AUTHOR,
    COUNTRY,
    FED,
    KIND,
    OUTLET,
    PORTAL,
    RICH,
    SERIES,
    TAG,
    TOPIC,
    SectionKey,
    term_id,
)
from generator.site.shelves import Cut
from generator.theme.words import Words, own_name


@dataclass(frozen=True)
class Desk:
    """An edition with its words; its methods make the small views, each of them once. `feed_style` is where the style sheet
    of feeds is, empty where the theme has none."""

    site: Site
    edition: Edition
    words: Words
    feed_style: str = ""
    _cards: dict[str, CardView] = field(default_factory=dict)
    _addresses: dict[SectionKey, str] = field(default_factory=dict)
    _people: dict[str, Person] = field(default_factory=dict)
    _names: dict[SectionKey, tuple[str, str]] = field(default_factory=dict)

    @property
    def language(self) -> str:
        """The language of all pages of this desk."""
        return self.edition.language

    @cached_property
    def root(self) -> str:
        """The address under which all pages of this language lie."""
        return addresses.language_root(self.site.contents.config, self.language)

    @cached_property
    def lasting_sections(self) -> tuple[SectionKey, ...]:
        """The sections that have pages without any story: every country, region and topic."""
        registries = self.site.contents.registries
        return (*((COUNTRY, id) for id in registries.countries), *((TOPIC, id) for id in registries.topics))

    @cached_property
    def feed_cut(self) -> Cut:
        """How a section's stories are cut into the documents of its feed's archive: each is closed as soon as it is full."""
        return Cut(self.site.contents.config.feeds.size, kept_open=0)

    def href(self, address: str) -> str:
        """An address as it stands in a page, with the path under which the portal lives."""
        return self.site.contents.config.base + address

    def url(self, address: str) -> str:
        """An address with scheme and host."""
        return self.site.contents.config.url + address

    def section_address(self, key: SectionKey) -> str:
        """The address of a section in this language."""
        found = self._addresses.get(key)
        if found is None:
            found = self._addresses[key] = addresses.section_address(self.site.contents, self.language, key)
        return found

    def section_name(self, key: SectionKey) -> str:
        """The name of a section, as a heading."""
        return self.named(key)[0]

    def named(self, key: SectionKey) -> tuple[str, str]:
        """The name of a section and the language of it, empty where it is that of this desk, or where nobody knows."""
        found = self._names.get(key)
        if found is None:
            found = self._names[key] = self._named(key)
        return found

    def said(self, names: Names) -> tuple[str, str]:
        """A text of a file in this language, else in another one, which is told; a text for all languages is in the
        portal's main one."""
        return said(names, self.language, self.site.contents.config.language)

    @cached_property
    def tagline(self) -> tuple[str, str]:
        """What the portal says of itself, and in which other language."""
        return self.said(self.site.contents.config.taglines)

    def _named(self, key: SectionKey) -> tuple[str, str]:
        kind, id = key
        registries = self.site.contents.registries
        if kind == "country-topic":
            country, topic = id.split("/")
            (place, one), (about, other) = self.named((COUNTRY, country)), self.named((TOPIC, topic))
            return f"{place}: {about}", one if one == other else ""
        if kind == KIND:
            return self.words.t(f"kind.{id}"), ""
        if kind in (TAG, SERIES):
            return self._term_named(key)
        if key == PORTAL:
            return said(self.site.contents.config.names, self.language)
        if kind == OUTLET:
            outlet = registries.outlets[id]
            return said(outlet.names or (("", id),), self.language, outlet.language)
        known: dict[str, Mapping[str, Country | Topic | Author]] = {
            COUNTRY: registries.countries,
            TOPIC: registries.topics,
            AUTHOR: registries.authors,
        }
        return said(known[kind][id].names or (("", id),), self.language)

    def _term_named(self, key: SectionKey) -> tuple[str, str]:
        kind, id = key
        registries = self.site.contents.registries
        registry = registries.tags if kind == TAG else registries.series
        if registry is not None:
            return said(registry[id].names or (("", id),), self.language)
        oldest = self.edition.stories[self.edition.sections[key][0]]
        words = oldest.tags if kind == TAG else (oldest.series,)
        word = next(word for word in words if term_id(word, self.language) == id)
        return typeset(word, self.language), ""

    def section_link(self, key: SectionKey) -> Link:
        """The name of a section and where it is."""
        name, language = self.named(key)
        return Link(name, self.href(self.section_address(key)), language)

    def place(self, id: str) -> SectionLink:
        """A country or region with its flag."""
        country, link = self.site.contents.registries.countries[id], self.section_link((COUNTRY, id))
        return SectionLink(id, link.name, link.href, country.flag, bool(country.members), link.language)

    def card(self, story: Article) -> CardView:
        """A story as other pages show it."""
        found = self._cards.get(story.card.id)
        if found is None:
            found = self._cards[story.card.id] = self._card(story)
        return found

    def _card(self, story: Article) -> CardView:
        card = story.card
        return CardView(
            id=card.id,
            href=self.href(card.address),
            language=card.language,
            title=card.title,
            lead=card.lead,
            date=card.date,
            kind=card.kind,
            label=card.label,
            countries=tuple(self.section_link((COUNTRY, id)) for id in card.countries),
            topics=tuple(self.section_link((TOPIC, id)) for id in card.topics),
            outlets=tuple(self.section_link((OUTLET, id)) for id in card.outlets),
            image=self.image(card.picture),
        )

    def cards(self, positions: tuple[int, ...]) -> tuple[CardView, ...]:
        """The cards of positions of the edition."""
        return tuple(self.card(self.edition.stories[at]) for at in positions)

    def image(self, picture: Picture | None) -> ImageView | None:
        """A picture with the size of its file."""
        medium = self.site.contents.media.get(picture.file) if picture else None
        if picture is None or medium is None:
            return None
        address = quote(f"/{medium.path}")
        return ImageView(
            self.href(address),
            self.url(address),
            medium.width,
            medium.height,
            picture.alt,
            picture.caption,
            picture.credit,
            picture.focus,
            srcset(whole_variants(medium), self.href("")),
            thumb_of(medium, picture.focus, self.href("")),
        )

    def text(self, digest: bytes, refs: tuple[Ref, ...]) -> TextView:
        """A text with what its placeholders resolve to on this site."""
        return TextView(digest, tuple(self._placed(ref) for ref in refs))

    def _placed(self, ref: Ref) -> PlacedLink:
        fragment = f"#{ref.fragment}" if ref.fragment else ""
        if ref.kind == "address":
            return PlacedLink(self.href(ref.target) + fragment)
        if ref.kind == "media":
            medium = self.site.contents.media.get(ref.target)
            if medium is None:
                return PlacedLink("")
            variants = srcset(whole_variants(medium), self.href(""))
            return PlacedLink(self.href(quote(f"/{ref.target}")), medium.width, medium.height, variants)
        address = self.address_of_source(ref.target)
        return PlacedLink(self.href(address) + fragment if address else "")

    def address_of_source(self, path: str) -> str:
        """The address of the page that a source file makes; empty where it is held back or has none."""
        story = self.site.by_path.get(path)
        if story is not None:
            return story.card.address
        poll = self.site.ballots.by_path.get(path)
        if poll is not None:
            return addresses.poll_address(self.root, poll.id)
        contents, standing = self.site.contents, self.site.standing_by_path.get(path)
        if standing is None:
            return ""
        if standing in contents.profiles:
            return addresses.section_address(contents, standing.language, (COUNTRY, standing.name))
        return addresses.standing_address(addresses.language_root(contents.config, standing.language), standing.name)

    def person(self, byline: Byline) -> Person:
        """An author with the page that lists their stories, or a guest."""
        author = self.site.contents.registries.authors.get(byline.id)
        if author is None:
            return Person(byline.name or byline.id)
        found = self._people.get(author.id)
        if found is None:
            found = self._people[author.id] = self._person(author)
        return found

    def _person(self, author: Author) -> Person:
        key = (AUTHOR, author.id)
        href = self.href(self.section_address(key)) if key in self.edition.sections else ""
        (name, language), (role, role_language) = self.named(key), self.said(author.role)
        return Person(name, href, role, language, role_language)

    def source(self, taken: Taken) -> SourceView:
        """The outlet that a story was taken from."""
        outlet = self.site.contents.registries.outlets[taken.outlet]
        link = self.section_link((OUTLET, outlet.id))
        language = taken.language or outlet.language
        return SourceView(link, taken.url or outlet.url, taken.author, taken.date, language, outlet.url)

    def head(self, address: str, title: str, description: str = "", **more: object) -> Head:
        """What a page says of itself; `more` are the other fields of `Head`."""
        values: dict[str, object] = {"canonical": self.url(address), "feeds": (self.feed(PORTAL),)} | more
        return Head(title=title, description=description, url=self.url(address), **values)  # type: ignore[arg-type]

    def feed(self, key: SectionKey, format: str = "rss") -> FeedLink:
        """A feed of a section."""
        address = addresses.feed_address(self.section_address(key), format)
        return FeedLink(self.section_name(key), self.href(address), FEED_TYPES[format])

    def feeds(self, key: SectionKey) -> tuple[FeedLink, ...]:
        """The feeds that a section's own page names: its own in all formats that it has, and the portal's."""
        own = [self.feed(key, format) for format in formats_of(key)]
        return (*own, self.feed(PORTAL)) if key != PORTAL else tuple(own)

    def alternates(self, pairs: tuple[tuple[str, str], ...]) -> tuple[Alternate, ...]:
        """The same page in all of its languages, from pairs (language, address); none where there is only one."""
        if len(pairs) < 2:
            return ()
        return tuple(Alternate(code, own_name(code), self.href(address), self.url(address)) for code, address in pairs)

    def everywhere(self, path: str = "") -> tuple[Alternate, ...]:
        """A page that every language has, at this path below its root."""
        config = self.site.contents.config
        return self.alternates(tuple((code, addresses.language_root(config, code) + path) for code in config.languages))


def formats_of(key: SectionKey) -> tuple[str, ...]:
    """The formats in which a section has feeds."""
    if key[0] in RICH:
        return tuple(FEED_TYPES)
    return ("rss",) if key[0] in FED else ()


def make_desk(site: Site, language: str, words: Words, feed_style: str = "") -> Desk:
    """The desk of a language of the site."""
    return Desk(site, site.editions[language], words, feed_style)
