"""Edits that break one rule each: for every good document, the rule, a text in it, and what stands there instead."""

from typing import NamedTuple


class Edit(NamedTuple):
    """The first `old` of a document becomes `new`; then the document breaks `rule` and no other."""

    rule: str
    old: str
    new: str


_IN_HTML = (  # in the HTML of every format; the quotes are the format's
    ("tags_match", "<p>It holds:", "<p>It <b>holds:"),
    ("tags_match", "write</a>.</p>", "write</a>.</p></div>"),
    ("tags_match", "write</a>.</p>", "wri"),
    ("tags_match", "write</a>.</p>", "write</a>.</p><a href="),
    ("content_holds_nothing_active", "write</a>.", "write</a>.<script>go()</script>"),
    ("content_holds_nothing_active", "write</a>.", "write</a>.<style>p{}</style>"),
    ("content_holds_nothing_active", "write</a>.", "write</a>.<iframe></iframe>"),
    ("content_listens_to_nothing", "<p>It holds:", "<p onclick='go()'>It holds:"),
    ("addresses_are_harmless", "mailto:desk@aryk.example", "javascript:go()"),
    ("addresses_are_harmless", "mailto:desk@aryk.example", "java\tscript:go()"),
    ("addresses_are_harmless", "mailto:desk@aryk.example", "data:text/html,go"),
    ("addresses_are_absolute", "mailto:desk@aryk.example", "/desk/"),
    ("addresses_are_absolute", "mailto:desk@aryk.example", "//aryk.example/"),
    ("addresses_are_absolute", "mailto:desk@aryk.example", "#note"),
    ("addresses_are_absolute", "mailto:desk@aryk.example", "https:desk"),
    ("addresses_are_absolute", "https://aryk.example/media/apples.png 1x", "/media/apples.png 1x"),
    ("addresses_are_absolute", "<p>It holds:", "<video poster='a.png'></video><p>It holds:"),
    ("addresses_are_absolute", "<p>It holds:", "<q cite='a'>A</q><p>It holds:"),
)


def html_edits(escape: dict[str, str]) -> tuple[Edit, ...]:
    """The edits of HTML for a format that writes some characters in its own way."""
    table = str.maketrans(escape)
    return tuple(Edit(rule, old.translate(table), new.translate(table)) for rule, old, new in _IN_HTML)


_DAM = "<title>A dam</title>"
_SUMMARY = "<description>It holds.</description>"
_HTML = '<![CDATA[<p>It holds: <a href="mailto:desk@aryk.example">write</a>.</p>]]>'
_CONTENT = f"<content:encoded>{_HTML}</content:encoded>"
_MANY_WORDS = "word " * 110_000

XML = (
    Edit("characters_are_allowed", "A dam", "A \x08dam"),
    Edit("characters_are_allowed", "A dam", "A &#x1F;dam"),
    Edit("characters_are_allowed", "A dam", "A \ufffedam"),
    Edit("document_is_well_formed", "A dam", "A & dam"),
    Edit("document_is_well_formed", _DAM, "<title>A dam"),
    Edit("document_is_well_formed", "A dam", "A ]]> dam"),
    Edit("document_is_well_formed", _DAM, f"{_DAM}<other:name>A</other:name>"),
    Edit("document_is_well_formed", "?>", "?><!DOCTYPE html>"),
)

LINKS = (
    Edit("links_are_absolute", "https://aryk.example/feeds/2026/1.xml", "/feeds/2026/1.xml"),
    Edit("relations_are_known", 'rel="hub"', 'rel="hubb"'),
    Edit("current_feeds_are_last", "prev-archive", "next-archive"),
    Edit("archives_exist", "feeds/2026/1.xml", "feeds/2026/9.xml"),
    Edit("feed_tells_its_own_address", 'rel="self"', 'rel="related"'),
    Edit("stylesheet_is_css", "?>", "?><?xml-stylesheet type='text/xsl' href='https://aryk.example/a.xsl'?>"),
)

RSS = (
    *XML,
    *html_edits({}),
    *LINKS,
    Edit("document_is_well_formed", "It holds: <a", "It holds ]]> <a"),
    Edit("tags_match", "It holds: <a", "It holds: <![CDATA[ <a"),
    Edit("it_is_rss_2_0", ' version="2.0"', ' version="0.91"'),
    Edit("channel_lacks_nothing", "<description>News of a test</description>", ""),
    Edit("elements_are_rss", "<dc:creator>Aigul</dc:creator>", "<creator>Aigul</creator>"),
    Edit("elements_are_rss", "<title>Арык</title>", "<title>Арык</title><subtitle>News</subtitle>"),
    Edit("elements_stand_once", _DAM, _DAM * 2),
    Edit("namespaces_are_the_known_ones", "purl.org/dc/elements/1.1/", "purl.org/dc/terms/"),
    Edit("language_is_a_tag", "<language>ru</language>", "<language>Russian</language>"),
    Edit("language_is_a_tag", "<language>ru</language>", ""),
    Edit("guids_are_no_addresses", ' isPermaLink="false"', ""),
    Edit("guids_are_no_addresses", 'isPermaLink="false"', 'isPermaLink="true"'),
    Edit("summary_stands_before_content", _SUMMARY, ""),
    Edit("summary_stands_before_content", f"{_SUMMARY}\n      {_CONTENT}", f"{_CONTENT}{_SUMMARY}"),
    Edit(
        "one_enclosure_at_most",
        "<enclosure ",
        "<enclosure url='https://a.example/b' type='audio/mpeg' length='9'/><enclosure ",
    ),
    Edit("authors_are_told_rightly", "<dc:creator>Aigul</dc:creator>", "<author>Aigul</author>"),
    Edit("authors_are_told_rightly", "<dc:creator>Aigul</dc:creator>", "<dc:creator/>"),
    Edit("categories_are_named", "<category>Water</category>", "<category/>"),
    Edit("sources_lead_somewhere", '<source url="https://times.example/1">', "<source>"),
    Edit("media_are_told_whole", ' width="4"', ""),
    Edit("media_are_told_whole", 'type="image/png" width', "width"),
    Edit("media_are_as_large_as_told", ' width="4"', ' width="400"'),
    Edit("media_are_as_large_as_told", ' width="4"', ' fileSize="74" width="4"'),
    Edit("media_stand_in_items", "A. Photographer", " "),
    Edit("media_stand_in_items", "<language>", "<media:credit>A</media:credit><language>"),
    Edit("items_have_a_date", "<pubDate>Thu, 19 Feb 2026 23:10:00 GMT</pubDate>", ""),
    Edit("dates_are_well_written", "Thu, 19 Feb 2026", "Чт, 19 фев 2026"),
    Edit("dates_are_well_written", "Thu, 19 Feb 2026", "Thu, 19 February 2026"),
    Edit("dates_are_well_written", "Thu, 19 Feb 2026", "Thu, 19 Feb 26"),
    Edit("dates_are_well_written", "Thu, 19 Feb 2026", "Thu, 31 Feb 2026"),
    Edit("dates_are_well_written", "23:10:00 GMT", "23:10:00 +06:00"),
    Edit("dates_are_well_written", "Thu, 19 Feb 2026 23:10:00 GMT", "2026-02-19T23:10:00Z"),
    Edit("dates_name_their_zone", "23:10:00 GMT", "23:10:00"),
    Edit("weekdays_are_true", "Thu, 19 Feb", "Fri, 19 Feb"),
    Edit("nothing_is_from_the_future", "Fri, 20 Feb 2026 09:00:00", "Sat, 20 Feb 2027 09:00:00"),
    Edit("newest_come_first", "Thu, 19 Feb 2026 23:10:00 GMT", "Fri, 20 Feb 2026 08:00:00 +0600"),
    Edit("feed_is_as_new_as_its_items", "Fri, 20 Feb 2026 09:00:00", "Fri, 20 Feb 2026 07:00:00"),
    Edit("items_have_an_id", '<guid isPermaLink="false">urn:uuid:7c1d9a30-52f1-8b7e-a0aa-3b5c7d9e1f20</guid>', ""),
    Edit("ids_are_unique", "7c1d9a30-52f1-8b7e-a0aa-3b5c7d9e1f20", "0b7a5e4c-489d-8e8e-8c21-f54aa59a3b42"),
    Edit("ids_are_opaque", "urn:uuid:7c1d9a30-52f1-8b7e-a0aa-3b5c7d9e1f20", "https://aryk.example/2026/02/dam/"),
    Edit("ids_are_opaque", "7c1d9a30-52f1-8b7e", "7c1d9a30-52f1-ff7e"),
    Edit("items_have_a_title", _DAM, ""),
    Edit("items_lead_to_a_page", "<link>https://aryk.example/2026/02/dam/</link>", "<link>/2026/02/dam/</link>"),
    Edit("pages_exist", "<link>https://aryk.example/2026/02/dam/</link>", "<link>https://aryk.example/none/</link>"),
    Edit("feed_leads_to_its_page", "<link>https://aryk.example/</link>", ""),
    Edit("feed_tells_its_own_address", "https://aryk.example/feed.xml", "https://aryk.example/rss.xml"),
    Edit("feed_is_small_enough", "It holds: <a", f"{_MANY_WORDS}<a"),
    Edit("summaries_are_plain", "It holds.", "It &lt;b&gt;holds&lt;/b&gt;."),
    Edit("enclosures_are_told_whole", '<enclosure url="https://aryk.example', '<enclosure url="'),
    Edit("enclosures_are_told_whole", 'type="image/png" length', 'type="png" length'),
    Edit("enclosures_are_told_whole", 'length="73"', 'length="0"'),
    Edit("enclosures_are_told_whole", 'length="73"', 'length="73 bytes"'),
    Edit("enclosures_are_as_long_as_told", 'length="73"', 'length="74"'),
    Edit("items_have_content", _HTML, ""),
    Edit(
        "hubs_stand_once",
        '<atom:link rel="hub"',
        '<atom:link rel="hub" href="https://hub.example/"/><atom:link rel="hub"',
    ),
    Edit("one_way_leads_back", "feeds/2026/1.xml", "feed.xml"),
)

ARCHIVE = (
    Edit("archives_say_that_they_are", "<fh:archive/>", ""),
    Edit("archives_name_the_current_feed", 'rel="current"', 'rel="related"'),
    Edit("archives_name_the_current_feed", "https://aryk.example/feed.xml", "https://aryk.example/feeds/2026/1.xml"),
    Edit("nothing_is_complete", "<fh:archive/>", "<fh:archive/><fh:complete/>"),
    Edit("archives_exist", "feeds/2025/4.xml", "feeds/2025/5.xml"),
    Edit("one_way_leads_back", "feeds/2025/4.xml", "feeds/2026/1.xml"),
)

_HUB = '<link rel="hub"'
_PUBLISHED, _UPDATED = "<published>2026-02-19T23:10:00Z", "<updated>2026-02-19T23:10:00Z"
_TWICE = f"{_UPDATED}</updated>\n    {_PUBLISHED}"
_ARCHIVE_MARK = "<fh:archive xmlns:fh='http://purl.org/syndication/history/1.0'/>"

ATOM = (
    *XML,
    *LINKS,
    *html_edits({"<": "&lt;", ">": "&gt;"}),
    Edit("it_is_atom", 'xmlns="http://www.w3.org/2005/Atom"', 'xmlns="http://purl.org/atom/ns#"'),
    Edit("feed_and_entries_lack_nothing", "<id>urn:uuid:3f5b8a10-9d7c-8a44-9b0e-5c1f2d3e4a5b</id>", ""),
    Edit("feed_and_entries_lack_nothing", "<title>Арык</title>", ""),
    Edit("feed_and_entries_lack_nothing", f"{_UPDATED}</updated>", ""),
    Edit("elements_are_atom", "<subtitle>News of a test</subtitle>", "<description>News of a test</description>"),
    Edit("elements_are_atom", _DAM, f"{_DAM}<d:date xmlns:d='http://purl.org/dc/terms/'/>"),
    Edit("elements_stand_once", _DAM, _DAM * 2),
    Edit("every_entry_has_an_author", "<author><name>Арык</name></author>", ""),
    Edit("every_entry_has_an_author", "<name>Aigul</name>", "<name/>"),
    Edit("alternates_differ", '<link rel="via"', '<link rel="alternate" type="text/html"'),
    Edit("content_is_of_a_known_type", "<summary>", '<summary type="plain">'),
    Edit("content_is_of_a_known_type", 'type="html"', 'type="CDATA"'),
    Edit("content_is_html", 'type="html"', 'type="text"'),
    Edit("categories_have_a_term", 'term="water"', 'name="water"'),
    Edit("items_have_a_date", f"{_PUBLISHED}</published>", ""),
    Edit("dates_are_well_written", _PUBLISHED, "<published>2026-02-19 23:10:00Z"),
    Edit("dates_are_well_written", _PUBLISHED, "<published>Thu, 19 Feb 2026 23:10:00 GMT"),
    Edit("dates_are_well_written", _PUBLISHED, "<published>2026-02-30T23:10:00Z"),
    Edit("dates_name_their_zone", _PUBLISHED, "<published>2026-02-19T23:10:00"),
    Edit("nothing_is_from_the_future", "2026-02-20T09:00:00+06:00", "2027-02-20T09:00:00+06:00"),
    Edit("newest_come_first", _TWICE, _TWICE.replace("19T23:10:00Z", "20T08:00:00+06:00")),
    Edit("feed_is_as_new_as_its_items", "2026-02-20T09:00:00+06:00", "2026-02-20T08:59:59+06:00"),
    Edit("changes_follow_publishing", _UPDATED, "<updated>2026-02-19T23:09:59Z"),
    Edit("items_have_an_id", "<id>urn:uuid:7c1d9a30-52f1-8b7e-a0aa-3b5c7d9e1f20</id>", ""),
    Edit("ids_are_unique", "7c1d9a30-52f1-8b7e-a0aa-3b5c7d9e1f20", "0b7a5e4c-489d-8e8e-8c21-f54aa59a3b42"),
    Edit(
        "items_lead_to_a_page", '<link rel="alternate" type="text/html" href="https://aryk.example/2026/02/dam/"/>', ""
    ),
    Edit(
        "feed_leads_to_its_page", 'rel="alternate" type="text/html" hreflang', 'rel="related" type="text/html" hreflang'
    ),
    Edit("summaries_are_plain", "<summary>It", '<summary type="html">It &lt;b&gt;firmly&lt;/b&gt;'),
    Edit("enclosures_are_told_whole", ' length="73"', ""),
    Edit("enclosures_are_as_long_as_told", 'length="73"', 'length="74"'),
    Edit("hubs_stand_once", _HUB, f'{_HUB} href="https://hub.example/"/>{_HUB}'),
    Edit(
        "archives_say_that_they_are",
        "<entry>",
        f'{_ARCHIVE_MARK}<link rel="current" href="https://aryk.example/feed.xml"/><entry>',
    ),
)

_DATE = '"date_published": "2026-02-19T23:10:00Z"'

JSON = (
    *html_edits({'"': '\\"', "\t": "\\t"}),
    Edit("characters_are_allowed", "A dam", "A \\u0008dam"),
    Edit("characters_are_allowed", "A dam", "A \\ud800dam"),
    Edit("document_is_well_formed", '"title": "A dam",', '"title": "A dam"'),
    Edit("document_is_well_formed", '"title": "A dam",', '"title": "A dam", "title": "Two",'),
    Edit("document_is_well_formed", "A dam", "A \tdam"),
    Edit("document_is_well_formed", "73", "NaN"),
    Edit("document_is_well_formed", "{", "\ufeff{"),
    Edit("it_is_json_feed_1_1", "version/1.1", "version/1"),
    Edit("it_is_json_feed_1_1", '"items": [', '"items": [null,'),
    Edit("feed_has_a_title", '"title": "Арык",', ""),
    Edit("keys_are_known", '"_aryk"', '"aryk"'),
    Edit("keys_are_known", '"summary"', '"lead"'),
    Edit("keys_are_known", '"mime_type"', '"length": 73, "mime_type"'),
    Edit("values_are_of_their_type", '["Water"]', '"Water"'),
    Edit("values_are_of_their_type", '"size_in_bytes": 73', '"size_in_bytes": "73"'),
    Edit("addresses_of_the_feed_are_absolute", '"icon": "https://aryk.example', '"icon": "'),
    Edit("addresses_of_the_feed_are_absolute", '"image": "https://aryk.example', '"image": "'),
    Edit("addresses_of_the_feed_are_absolute", "https://aryk.example/author/", "/author/"),
    Edit("addresses_of_the_feed_are_absolute", "https://hub.example/", "hub.example"),
    Edit("languages_are_tags", '"language": "ru"', '"language": "ru_RU"'),
    Edit("authors_are_somebody", '"name": "Aigul", "url": "https://aryk.example/author/aigul/"', ""),
    Edit("hubs_are_told_whole", '"type": "WebSub", ', ""),
    Edit("next_page_is_another", '"icon"', '"next_url": "https://aryk.example/feed.json", "icon"'),
    Edit("items_have_a_date", f",\n      {_DATE}", ""),
    Edit("dates_are_well_written", _DATE, '"date_published": "19 Feb 2026"'),
    Edit("dates_name_their_zone", _DATE, '"date_published": "2026-02-19T23:10:00"'),
    Edit("nothing_is_from_the_future", "2026-02-20T09:00:00+06:00", "2027-02-20T09:00:00+06:00"),
    Edit("newest_come_first", _DATE, '"date_published": "2026-02-20T08:00:00+06:00"'),
    Edit("changes_follow_publishing", "2026-02-20T09:00:00+06:00", "2026-02-20T07:00:00+06:00"),
    Edit("items_have_an_id", '"id": "urn:uuid:7c1d9a30-52f1-8b7e-a0aa-3b5c7d9e1f20",', ""),
    Edit("feed_tells_its_own_address", "https://aryk.example/feed.json", "https://aryk.example/feed.xml"),
    Edit("feed_leads_to_its_page", '"home_page_url": "https://aryk.example/",', ""),
    Edit("enclosures_are_told_whole", '"mime_type": "image/png", ', ""),
    Edit("enclosures_are_as_long_as_told", '"size_in_bytes": 73', '"size_in_bytes": 74'),
)

_KAZAKHSTAN = '<outline text="Kazakhstan" type="rss" xmlUrl="https://aryk.example/kazakhstan/feed.xml"/>'
_PORTAL = '<outline text="Арык" type="rss" xmlUrl="https://aryk.example/feed.xml" htmlUrl="https://aryk.example/"/>'
_FOLDER = f'<outline text="Countries">\n      {_KAZAKHSTAN}\n    </outline>'

OPML = (
    Edit("body_has_outlines", f"{_PORTAL}\n    {_FOLDER}", ""),
    Edit("characters_are_allowed", "Countries", "Countr\x08ies"),
    Edit("document_is_well_formed", "</opml>", ""),
    Edit("it_is_opml_2_0", 'version="2.0"', 'version="1.0"'),
    Edit("head_has_a_title", "<title>Арык</title>", ""),
    Edit("dates_of_the_head_are_rfc_822", "Fri, 20 Feb", "Пт, 20 фев"),
    Edit("dates_of_the_head_are_rfc_822", "Fri, 20 Feb", "Thu, 20 Feb"),
    Edit("dates_of_the_head_are_rfc_822", " +0600", ""),
    Edit("outlines_have_a_text", 'text="Kazakhstan"', 'title="Kazakhstan"'),
    Edit("outlines_are_feeds_or_folders", _KAZAKHSTAN, ""),
    Edit("outlines_are_feeds_or_folders", 'text="Kazakhstan" type="rss"', 'text="Kazakhstan" type="atom"'),
    Edit("feeds_lead_somewhere", 'xmlUrl="https://aryk.example/kaz', 'xmlUrl="/kaz'),
    Edit("feeds_lead_somewhere", 'htmlUrl="https://aryk.example/"', 'htmlUrl="/"'),
    Edit("feeds_stand_once", _KAZAKHSTAN, _KAZAKHSTAN * 2),
    Edit("feeds_exist", "kazakhstan/feed.xml", "kazakhstan/feed.rss"),
)

EDITS = {"feed.xml": RSS, "feeds/2026/1.xml": ARCHIVE, "feed.atom": ATOM, "feed.json": JSON, "feeds/all.opml": OPML}
"""The edits by the address of the good document that they break."""
