"""A text in Markdown: what it becomes, what its author is told, and that nothing dangerous comes through."""

import re
import time
from html.parser import HTMLParser

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.content.allowed import SCHEMES, TAGS, allows, clean, scheme
from generator.content.markdown import read_text
from generator.content.text import Embed, Heading, Ref, Text
from generator.problems import Problem

STORY = "articles/2026/02/story.md"
PLACEHOLDER = re.compile("\x02(L|M|E|/L)([0-9]*)\x03")


def text_of(source: str) -> Text:
    """The text of a source that has no problems."""
    text, problems = read_text(source, STORY)
    assert problems == ()
    return text


def html_of(source: str) -> str:
    return text_of(source).html


def problems_of(source: str, first_line: int = 1) -> tuple[Problem, ...]:
    return read_text(source, STORY, first_line)[1]


def told(source: str) -> list[tuple[int, int, str]]:
    return [(problem.place.line, problem.place.column, problem.message) for problem in problems_of(source)]


def ref_of(source: str) -> Ref:
    (ref,) = text_of(source).refs
    return ref


class Inspector(HTMLParser):
    """Collects whatever a browser would see that the allow-list does not know."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in TAGS:
            self.found.append(f"<{tag}>")
        for name, value in attrs:
            if not allows(tag, name) and (tag, name, value) != ("a", "rel", "noopener"):
                self.found.append(f"<{tag} {name}>")
            if name in ("href", "src") and (scheme(value or "") or "https") not in SCHEMES:
                self.found.append(f"{name}={value}")

    def handle_comment(self, data: str) -> None:
        self.found.append("<!--")

    def handle_decl(self, decl: str) -> None:
        self.found.append("<!")

    def handle_pi(self, data: str) -> None:
        self.found.append("<?")


def dangers(text: Text) -> list[str]:
    inspector = Inspector()
    inspector.feed(text.html)
    for ref in text.refs:
        inspector.feed(f"<b{ref.attributes}>")
    inspector.close()
    return inspector.found


def unbalanced(text: Text) -> list[str]:
    """Placeholders that are cut, nested wrongly, out of order or refer to nothing."""
    wrong, open_links, used = [], 0, {"L": [], "M": [], "E": []}  # type: ignore[var-annotated]
    for kind, number in PLACEHOLDER.findall(text.html):
        open_links += {"L": 1, "/L": -1}.get(kind, 0)
        if kind != "/L":
            used[kind].append(int(number))
        if open_links < 0:
            wrong.append("/L without L")
    if re.search("[\x02\x03]", PLACEHOLDER.sub("", text.html)) or open_links:
        wrong.append("a broken placeholder")
    if sorted(used["L"] + used["M"]) != list(range(len(text.refs))):
        wrong.append(f"refs {used}")
    if used["E"] != list(range(len(text.embeds))):
        wrong.append(f"embeds {used}")
    return wrong


class TestLinks:
    @pytest.mark.parametrize(
        ("href", "kind", "target", "fragment"),
        [
            ("other.md", "page", "articles/2026/02/other.md", ""),
            ("./other.md#part", "page", "articles/2026/02/other.md", "part"),
            ("../01/other.md", "page", "articles/2026/01/other.md", ""),
            ("../../../pages/about.md", "page", "pages/about.md", ""),
            ("%D0%B4%D0%BE%D0%BC.md", "page", "articles/2026/02/дом.md", ""),
            ("report.pdf", "media", "articles/2026/02/report.pdf", ""),
            ("media/report.pdf", "media", "media/report.pdf", ""),
            ("/media/2026/report.pdf", "media", "media/2026/report.pdf", ""),
            ("/kazakhstan/", "address", "/kazakhstan/", ""),
            ("/kazakhstan/?page=2#top", "address", "/kazakhstan/?page=2", "top"),
            ("/mediation/", "address", "/mediation/", ""),
        ],
    )
    def test_within_the_portal_become_refs(self, href: str, kind: str, target: str, fragment: str) -> None:
        text = text_of(f"Read [this]({href}).")
        assert text.html == "<p>Read \x02L0\x03this\x02/L\x03.</p>"
        assert text.refs == (Ref(kind, target, fragment, "", "", 1, 13),)  # type: ignore[arg-type]

    @pytest.mark.parametrize("href", ["#part", "?page=2", "mailto:a@b.kz", "tel:+77001112233"])
    def test_on_the_page_and_to_a_person_stay(self, href: str) -> None:
        assert html_of(f"[this]({href})") == f'<p><a href="{href}">this</a></p>'

    @pytest.mark.parametrize("href", ["https://a.kz/b?c=d&amp;e=f", "http://a.kz", "//a.kz/b"])
    def test_to_other_sites_say_noopener_and_nothing_else(self, href: str) -> None:
        assert html_of(f"[this]({href})") == f'<p><a href="{href}" rel="noopener">this</a></p>'

    def test_in_angle_brackets_work_too(self) -> None:
        assert html_of("<https://a.kz>") == '<p><a href="https://a.kz" rel="noopener">https://a.kz</a></p>'
        assert 'href="mailto:a@b.kz"' in html_of("<a@b.kz>")

    def test_without_a_definition_stay_text(self) -> None:
        assert html_of("[one][two] and [three]") == "<p>[one][two] and [three]</p>"

    def test_in_raw_html_follow_the_same_rules(self) -> None:
        text = text_of('See <a class="more" href="other.md#x">this <b>story</b></a> & <a href=/kz/>that</a>.')
        assert text.html == "<p>See \x02L0\x03this <b>story</b>\x02/L\x03 &amp; \x02L1\x03that\x02/L\x03.</p>"
        assert [(ref.kind, ref.target, ref.attributes) for ref in text.refs] == [
            ("page", "articles/2026/02/other.md", ' class="more"'),
            ("address", "/kz/", ""),
        ]

    def test_keep_their_title_escaped(self) -> None:
        assert ref_of("[a](b.md 'say \"<i>\" & go')").attributes == ' title="say &quot;&lt;i&gt;&quot; &amp; go"'

    def test_inside_a_linked_table_cell_stay_paired(self) -> None:
        text, _ = read_text('<table><tr><td><a href="x.md">a<table><tr><td><a href="/y/">b</a>', STORY)
        assert unbalanced(text) == []

    @pytest.mark.parametrize("href", ["../../../../secret.pdf", "..%2f..%2f..%2f..%2fa.md", "/media/../site.yaml"])
    def test_out_of_content_are_problems(self, href: str) -> None:
        (problem,) = problems_of(f"a [b]({href}) c")
        assert "leads out of content/" in problem.message
        assert (problem.place.line, problem.place.column) == (1, 7)

    @pytest.mark.parametrize(
        ("source", "message"),
        [
            ("[a]()", "a link or an image that names nothing"),
            ("[a](www.site.kz)", "a link to another site lacks its https://"),
            ("[a](b\\c.md)", "a character that no address has"),
            ("[a](/\\evil.com)", "a character that no address has"),
            ("[a](b%02L0%03.md)", "a character that no address has"),
            ("[a](http://[bad)", "“http://[bad” is no address that can be read"),
            ("[a](//[bad)", "“//[bad” is no address that can be read"),
            ("[a](///bad)", "“///bad” is no address that can be read"),
            ("[a](https:/bad)", "“https:/bad” is no address that can be read"),
        ],
    )
    def test_that_cannot_be_meant_are_problems(self, source: str, message: str) -> None:
        text, problems = read_text(source, STORY)
        assert [problem.message for problem in problems] == [message]
        assert (text.refs, unbalanced(text)) == ((), [])


class TestImages:
    @pytest.mark.parametrize(
        ("src", "target"),
        [
            ("dam.jpg", "media/dam.jpg"),
            ("2026/dam.jpg", "media/2026/dam.jpg"),
            ("media/dam.jpg", "media/dam.jpg"),
            ("/media/dam.jpg", "media/dam.jpg"),
            ("./dam.jpg", "articles/2026/02/dam.jpg"),
            ("../dam.jpg", "articles/2026/dam.jpg"),
            ("%D0%B4%20a.jpg", "media/д a.jpg"),
        ],
    )
    def test_are_files_of_content(self, src: str, target: str) -> None:
        text = text_of(f"See ![The dam]({src}) here")
        assert text.html == "<p>See \x02M0\x03 here</p>"
        assert text.refs == (Ref("media", target, "", "The dam", "", 1, 16),)

    def test_in_raw_html_follow_the_same_rules(self) -> None:
        text = text_of('See <img src="dam.jpg" alt="A &quot;dam&quot;" width="300" class="wide"> here')
        assert text.html == "<p>See \x02M0\x03 here</p>"
        assert (text.refs[0].target, text.refs[0].alt) == ("media/dam.jpg", 'A "dam"')
        assert text.refs[0].attributes == ' class="wide"'

    def test_alone_become_figures_with_a_caption(self) -> None:
        text = text_of('One.\n\n![The dam](dam.jpg "A caption & more")\n\nTwo.')
        assert "<figure>\x02M0\x03<figcaption>A caption &amp; more</figcaption></figure>" in text.html
        assert text.refs[0].attributes == ""

    def test_alone_without_a_title_have_no_caption(self) -> None:
        assert html_of("![The dam](dam.jpg)") == "<figure>\x02M0\x03</figure>"

    def test_several_alone_become_a_gallery(self) -> None:
        source = '![One](1.jpg "The first")\n![Two](2.jpg)  \n![Three](3.jpg)\n{: #views}'
        figures = (
            "<figure>\x02M0\x03<figcaption>The first</figcaption></figure>"
            "<figure>\x02M1\x03</figure><figure>\x02M2\x03</figure>"
        )
        assert html_of(source) == f'<div id="views"><div class="gallery">{figures}</div></div>'
        assert html_of("![One](1.jpg) and ![Two](2.jpg)") == "<p>\x02M0\x03 and \x02M1\x03</p>"

    def test_within_a_sentence_keep_their_title(self) -> None:
        assert html_of('a ![b](c.jpg "d")') == "<p>a \x02M0\x03</p>"
        assert ref_of('a ![b](c.jpg "d")').attributes == ' title="d"'

    @pytest.mark.parametrize(
        "source", ["text ![](dam.jpg)", 'text <img src="dam.jpg">', 'text <img src="dam.jpg" alt=" ">']
    )
    def test_without_alt_text_are_problems_with_place(self, source: str) -> None:
        assert told(source) == [(1, source.index("dam.jpg") + 1, "an image without alt text")]

    @pytest.mark.parametrize("src", ["https://a.kz/b.jpg", "//a.kz/b.jpg"])
    def test_from_other_sites_are_problems(self, src: str) -> None:
        (problem,) = problems_of(f"One.\n\n![a]({src})")
        assert (problem.place.line, problem.place.column, problem.message) == (3, 6, "an image from another site")
        assert "content/media" in problem.hint

    def test_without_a_file_are_problems(self) -> None:
        assert told('text <img alt="a">') == [(1, 6, "an image without a file")]
        assert told("text ![a]()") == [(1, 9, "a link or an image that names nothing")]


class TestEmbeds:
    @pytest.mark.parametrize(
        "line",
        [
            "https://www.youtube.com/watch?v=dQw4w9WgXcQ",
            "https://m.youtube.com/watch?app=desktop&v=dQw4w9WgXcQ&t=42s",
            "http://youtube.com/watch?v=dQw4w9WgXcQ#t=1",
            "https://youtu.be/dQw4w9WgXcQ?si=abc_def_",
            "https://www.youtube.com/shorts/dQw4w9WgXcQ?feature=share",
        ],
    )
    def test_of_youtube_have_one_address(self, line: str) -> None:
        text = text_of(f"Watch:\n\n{line}\n\nDone.")
        assert text.html == "<p>Watch:</p>\n\x02E0\x03\n<p>Done.</p>"
        assert text.embeds == (Embed("youtube", "dQw4w9WgXcQ", "https://www.youtube.com/watch?v=dQw4w9WgXcQ", 3, 1),)

    def test_of_youtube_keep_underscores(self) -> None:
        assert text_of("https://youtu.be/_abcdefgh_-").embeds[0].id == "_abcdefgh_-"

    @pytest.mark.parametrize("line", ["https://t.me/news_asia_/123", "https://t.me/s/news_asia_/123?single"])
    def test_of_telegram(self, line: str) -> None:
        assert text_of(line).embeds == (Embed("telegram", "news_asia_/123", "https://t.me/news_asia_/123", 1, 1),)

    def test_of_polls(self) -> None:
        text = text_of("Vote.\n\npoll: water-2026\n\npoll: water-2026")
        assert text.html == "<p>Vote.</p>\n\x02E0\x03\n\x02E1\x03"
        assert text.embeds == (Embed("poll", "water-2026", "", 3, 1), Embed("poll", "water-2026", "", 5, 1))

    @pytest.mark.parametrize(
        "source",
        [
            "See https://youtu.be/dQw4w9WgXcQ here",
            "https://youtu.be/dQw4w9WgXcQ\nand a line",
            "https://www.youtube.com/@channel",
            "https://youtu.be/tooshort",
            "https://t.me/channel",
            "https://evil.kz/?u=https://youtu.be/dQw4w9WgXcQ",
            "- https://youtu.be/dQw4w9WgXcQ",
            "    https://youtu.be/dQw4w9WgXcQ",
            "```\nhttps://youtu.be/dQw4w9WgXcQ\n```",
            "poll: Two Words",
            "A poll: some-id",
            "Text[^1]\n\n[^1]: https://t.me/news_asia/123",
        ],
    )
    def test_nothing_else_is_one(self, source: str) -> None:
        assert text_of(source).embeds == ()


class TestMarkup:
    def test_only_headings_of_the_first_level_are_lowered(self) -> None:
        text = text_of("# One\n\n## Две реки\n\n### Three *b* & c[^1]\n\nFour\n====\n\n##### Five\n\n[^1]: Note.")
        assert text.headings == (
            Heading(2, "one", "One"),
            Heading(2, "две-реки", "Две реки"),
            Heading(3, "three-b-c", "Three b & c"),
            Heading(2, "four", "Four"),
        )
        assert "<h1" not in text.html
        assert '<h5 id="five">' in text.html

    def test_a_heading_without_words_is_none_to_link_to(self) -> None:
        source = "##\n\n## &nbsp;\n\n## ![A dam](dam.jpg)\n\n## Words"
        assert text_of(source).headings == (Heading(2, "words", "Words"),)

    def test_a_table_of_contents_survives(self) -> None:
        html = html_of("[TOC]\n\n## Река\n\n### Dam\n\n## Река")
        assert '<div class="toc">\n<ul>\n<li><a href="#река">Река</a><ul>' in html
        assert '<li><a href="#река_1">Река</a></li>' in html

    def test_cells_are_aligned_by_a_class(self) -> None:
        html = html_of("| a | b | c |\n|:--|:-:|--:|\n| 1 | 2 | 3 {.big} |")
        assert "style" not in html
        assert '<th class="left">a</th>\n<th class="center">b</th>\n<th class="right">c</th>' in html
        assert '<td class="right big">3</td>' in html

    def test_footnotes_go_back_without_words(self) -> None:
        html = html_of("Text[^1] and again[^1].\n\n[^1]: Note.")
        assert '<sup id="fnref:1"><a class="footnote-ref" href="#fn:1">1</a></sup>' in html
        assert '<a class="footnote-backref" href="#fnref:1">↩</a>' in html
        assert "title" not in html

    @pytest.mark.parametrize("source", ["[^1]: Only a note.", "[^1]:", "[^1]", "", "\n\n", " "])
    def test_texts_of_almost_nothing(self, source: str) -> None:
        assert unbalanced(text_of(source)) == []

    @pytest.mark.parametrize(
        ("source", "html"),
        [
            ("*[ООН]: Объединённые Нации\n\nВ ООН.", '<p>В <abbr title="Объединённые Нации">ООН</abbr>.</p>'),
            ("a {: .b #c }", "<p>a {: .b #c }</p>"),
            ("a\n{: .b #c }", '<p class="b" id="c">a</p>'),
            ("```python\nx < 1\n```", '<pre><code class="language-python">x &lt; 1\n</code></pre>'),
            ("a<br>b H<sub>2</sub>O", "<p>a<br>b H<sub>2</sub>O</p>"),
            ("> *a*", "<blockquote>\n<p><em>a</em></p>\n</blockquote>"),
            ("3. a\n4. b", '<ol start="3">\n<li>a</li>\n<li>b</li>\n</ol>'),
        ],
    )
    def test_what_markdown_makes_survives(self, source: str, html: str) -> None:
        assert html_of(source) == html

    @pytest.mark.parametrize(
        "html",
        [
            '<details open=""><summary>a</summary>b</details>',
            '<figure class="wide"><blockquote>a</blockquote><figcaption>b</figcaption></figure>',
            '<p><time datetime="2026-02-20">a</time> <del>b</del> <ins>c</ins> <cite>d</cite></p>',
            '<table><tbody><tr><td colspan="2" class="right">a</td></tr></tbody></table>',
        ],
    )
    def test_raw_html_that_is_allowed_survives(self, html: str) -> None:
        assert html_of(html) == html

    def test_control_characters_make_no_placeholder(self) -> None:
        text = text_of("a \x02L0\x03 \x02E0\x03 &#2;M0&#3; &#x2;M0&#x03; [b](/c/ '&#2;M7&#3;')\n\n\x02E0\x03")
        assert text.html == "<p>a L0 E0 M0 M0 \x02L0\x03b\x02/L\x03</p>\n<p>E0</p>"
        assert text.refs[0].attributes == ' title="M7"'

    def test_the_parser_forgets_the_text_before(self) -> None:
        read_text("[a]: /a/\n\n*[b]: c\n\n[^1]: d\n\n# e\n\n" + "- " * 20 + "x", STORY)
        assert html_of("[a] b [^1]") == "<p>[a] b [^1]</p>"


class TestPlainWords:
    @pytest.mark.parametrize(
        ("source", "excerpt"),
        [
            (
                "# Title\n\n![a](b.jpg)\n\npoll: x\n\n- item\n\n> quote\n\nFirst *one* [here](a.md).\n\nTwo.",
                "First one here.",
            ),
            ("![a](b.jpg) ![c](d.jpg)\n\nWords", "Words"),
            ("A &amp; B &lt;c&gt; `<d>`[^1]\nnext\n\n[^1]: Note", "A & B <c> <d> next"),
            ("Вода\u00a0— жизнь", "Вода\u00a0— жизнь"),
            ("- only a list", ""),
            ("[^1]: only a note", ""),
        ],
    )
    def test_the_excerpt_is_the_first_paragraph(self, source: str, excerpt: str) -> None:
        assert text_of(source).excerpt == excerpt

    def test_the_excerpt_is_cut_at_a_word(self) -> None:
        excerpt = text_of("слово, " * 100).excerpt
        assert len(excerpt) <= 300
        assert excerpt.endswith("слово…")
        assert text_of("a" * 400).excerpt == "a" * 299 + "…"
        assert text_of("a" * 300).excerpt == "a" * 300

    @pytest.mark.parametrize(
        ("source", "words"),
        [
            ("", 0),
            ("Один — два, три-четыре 5,5.", 4),
            ("## One\n\n- two\n- **th**ree [four](a.md) ![five](b.jpg)", 4),
            ("新闻网站", 2),
            ("新闻网 site", 3),
            ("| a | b |\n|---|---|\n| c | d |", 4),
        ],
    )
    def test_words_are_counted_as_shown(self, source: str, words: int) -> None:
        assert text_of(source).words == words


class TestPlaces:
    def test_count_from_the_first_line_of_the_body(self) -> None:
        text, problems = read_text("One\n\nsee [a](b.md) and <u onclick=x>c</u>", STORY, 10)
        assert (text.refs[0].line, text.refs[0].column) == (12, 9)
        assert str(problems[0].place) == f"{STORY}:12:22"

    def test_the_nth_use_stands_at_the_nth_occurrence(self) -> None:
        text = text_of("b.md [b.md](b.md)\n`[a](b.md)` <!-- [a](b.md) --> [c](b.md)\n\n    [a](b.md)\n\n[d](b.md)")
        assert [(ref.line, ref.column) for ref in text.refs] == [(1, 13), (2, 36), (6, 5)]

    def test_links_by_definition_stand_at_the_definition(self) -> None:
        text = text_of("[a][x] and [b][x]\n\n[x]: b.md")
        assert [(ref.line, ref.column) for ref in text.refs] == [(3, 6), (3, 6)]

    def test_code_is_passed_over(self) -> None:
        source = "```\n\n<iframe>\n```\n\n    <iframe>\n\n``a ` <iframe>`` \\`<iframe>\\`"
        assert told(source) == [(8, 20, "<iframe> is not allowed in a text")]

    def test_an_indented_line_of_a_list_is_no_code(self) -> None:
        assert told("- a\n\n    <iframe>")[0][:2] == (3, 5)


REFUSED = [
    # source, column on line 1, word of the message
    ("a <script>alert(1)</script>", 3, "<script>"),
    ("<script src=//x.y></script>", 1, "<script>"),
    ("a <SCRIPT/SRC=x>b</SCRIPT>", 3, "<script>"),
    ("<style>*{color:red}</style>", 1, "<style>"),
    ("a <iframe src=x></iframe>", 3, "<iframe>"),
    ("a <object data=x></object>", 3, "<object>"),
    ("a <embed src=x>", 3, "<embed>"),
    ("a <svg onload=alert(1)>b</svg>", 3, "<svg>"),
    ("<svg><script>alert(1)</script></svg>", 1, "<svg>"),
    ("a <math><mi xlink:href=javascript:x>b</mi></math>", 3, "<math>"),
    ("<form action=javascript:alert(1)><input></form>", 1, "<form>"),
    ("a <base href=//evil.com>", 3, "<base>"),
    ("a <meta http-equiv=refresh content=0>", 3, "<meta>"),
    ("a <link rel=stylesheet href=x>", 3, "<link>"),
    ("<h1>a</h1>", 1, "<h1>"),
    ("a <b onclick=alert(1)>b</b>", 6, "“onclick”"),
    ("a <B OnMouseOver='alert(1)'>b</B>", 6, "“onmouseover”"),
    ("a <img src=x.jpg alt=x onerror=alert(1)>", 24, "“onerror”"),
    ("<div style='background:url(javascript:x)'>a</div>", 6, "“style”"),
    ('a <b class="c"\tonclick=x>b</b>', 16, "“onclick”"),
    ("a <a href=/b/ target=_blank>b</a>", 15, "“target”"),
    ("*a*{: onclick=alert(1) }", 7, "“onclick”"),
    ("a\u2028<q cite=javascript:x>b</q>", 6, "“cite”"),
    ("[a](javascript:alert(1))", 5, "“javascript:”"),
    ("[a](JaVaScRiPt:alert(1))", 5, "“javascript:”"),
    ("[a](<javascript:alert(1)>)", 6, "“javascript:”"),
    ("[a](javascript&#58;alert(1))", 5, "“javascript:”"),
    ("[a](javascript&colon;alert(1))", 5, "“javascript:”"),
    ("[a](&#106;avascript:alert(1))", 5, "“javascript:”"),
    ("[a](&#x6A&#x61;vascript:alert(1))", 5, "“javascript:”"),
    ("[a](java&Tab;script:alert(1))", 5, "“javascript:”"),
    ("[a](java&NewLine;script:alert(1))", 5, "“javascript:”"),
    ("[a](&#1;javascript:alert(1))", 5, "“javascript:”"),
    ("[a](java&#3;script:alert(1))", 5, "“javascript:”"),
    ("[a](vbscript:x)", 5, "“vbscript:”"),
    ("[a](data:text/html;base64,PHNjcmlwdD4=)", 5, "“data:”"),
    ("[a](file:///etc/passwd)", 5, "“file:”"),
    ("![a](data:image/svg+xml;base64,PHN2Zz4=)", 6, "“data:”"),
    ("![a](javascript:alert(1))", 6, "“javascript:”"),
    ("<javascript://%0aalert(1)>", 2, "“javascript:”"),
    ('a <a href="javascript:alert(1)">b</a>', 12, "“javascript:”"),
    ('a <a href=" jav&#x09;ascript:alert(1)">b</a>', 12, "“javascript:”"),
    ("a <a href='java script:alert(1)'>b</a>", 12, "“javascript:”"),
    ('a <img src="javascript:x" alt="b">', 13, "“javascript:”"),
    ("[a]: javascript:alert(1)", 6, "“javascript:”"),
    ("<?php echo 1 ?>", 1, "“<?”"),
    ("<!DOCTYPE html>", 1, "“<!”"),
]

HARMLESS = [
    "`<script>alert(1)</script>`",
    "    <script>alert(1)</script>",
    "```\n<script>alert(1)</script>\n```",
    "~~~\n[a](javascript:x)\n~~~",
    "``[a](javascript:x) ` <b onclick=x>``",
    "\\[a](javascript:alert(1))",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "1 < 2 and 3 > 2, a<1",
    "<!-- <script>alert(1)</script> -->",
    "javascript:alert(1)",
    "onclick=alert(1)",
    '[a](/b/ "javascript:alert(1)")',
    "[a](javascript%3Aalert(1))",
    "<https://a.kz/?javascript:x>",
    "{onclick=x}",
]

DANGEROUS = [
    *(source for source, _, _ in REFUSED),
    "[a](java&#3;script:alert(1))",
    '<a href="jav&#2;ascript&#x1f;:alert(1)">a</a>',
    '<img src="data&#xfffe;:x" alt="a">',
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<<script>alert(1)//<</script>",
    "<script\x00>alert(1)</script>",
    "<img src=x onerror=alert(1)//",
    '<img src="x` `<script>alert(1)</script>"` `>',
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>',
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    "<svg></p><style><a id='</style><img src=1 onerror=alert(1)>'>",
    "<a href='x' title='\"><img src=x onerror=alert(1)>'>a</a>",
    '<abbr title="</a><img src=x onerror=y>">a</abbr>',
    '[a](b.md "x\\" onclick=alert(1) \\"")',
    "[a](b.md '\" onclick=\"alert(1)')",
    '![" onerror="alert(1)](x.jpg)',
    '![a](x.jpg "</figcaption><script>alert(1)</script>")',
    '![a](x.jpg"onerror="alert(1))',
    "[<img src=x onerror=alert(1)>](/a/)",
    "[a](//evil.com/\x02M0\x03)",
    "&#60;script&#62;alert(1)&#60;/script&#62;",
    "[^<script>]: a\n\nb[^<script>]",
    '[^"onclick=x]\n\n[^"onclick=x]: a',
    '*[a]: "><script>alert(1)</script>\n\na',
    "## a {: onclick=x id='\"><script>' }\n\n[TOC]",
    "## <img src=x onerror=alert(1)>\n\n[TOC]",
    "| a {onclick=x} |\n|---|\n| <script>b</script> |",
    "``` {.a onclick=alert(1)}\nb\n```",
    "``` {#x style=y}\nb\n```",
    "<div markdown=1 onclick=x>\n\n*a*\n\n</div>",
    "<textarea><img src=x onerror=alert(1)></textarea>",
    "<xmp><img src=x onerror=alert(1)></xmp>",
    "<title><img src=x onerror=alert(1)></title>",
    "<plaintext><script>",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<!--><script>alert(1)</script>-->",
    "<!--!><script>alert(1)</script>",
    "<a href=`javascript:alert(1)`>a</a>",
    "<b/onclick=alert(1)>a</b>",
    "<b\x0bonclick=alert(1)>a</b>",
    "<p style=text-align:center>a</p>",
    "<table><td style='text-align: right;'>a</table>",
]


class TestRefusedMarkup:
    @pytest.mark.parametrize(("source", "column", "word"), REFUSED)
    def test_is_told_with_its_place(self, source: str, column: int, word: str) -> None:
        problem = problems_of(source)[0]
        assert word in problem.message
        assert (problem.place.line, problem.place.column) == (1, column)
        assert problem.hint

    @pytest.mark.parametrize("source", HARMLESS)
    def test_is_not_seen_where_there_is_none(self, source: str) -> None:
        assert problems_of(source) == ()

    @pytest.mark.parametrize("source", [*DANGEROUS, *HARMLESS])
    @pytest.mark.parametrize(
        "around", ["{}", "a\n\n{}\n\nb", "- {}", "> {}", "**{}**", "[{}](/a/)", "| {} |\n|---|\n| b |"]
    )
    def test_never_reaches_the_html(self, source: str, around: str) -> None:
        text, _ = read_text(around.replace("{}", source), STORY)
        assert dangers(text) == []
        assert unbalanced(text) == []

    @pytest.mark.parametrize("disguised", ["java&#3;script:x", "&#2;javascript:x", "java&#xfffe;script:x"])
    def test_does_not_arise_from_cleaning(self, disguised: str) -> None:
        assert clean(f'<a href="{disguised}">a</a>') == "<a>a</a>"

    def test_signs_that_lose_a_part_of_the_text_are_told(self) -> None:
        assert told("*[**a*[b](/c/)") == [(0, 0, "a part of the text is lost to signs that do not pair")]

    def test_a_player_is_told_the_way_out(self) -> None:
        (problem,) = problems_of('<iframe src="https://www.youtube.com/embed/dQw4w9WgXcQ"></iframe>')
        assert problem.hint == "put the address of the video on a line of its own"

    def test_each_one_is_told_once(self) -> None:
        assert told("<b onclick=a>x</b>\n<b onclick=a>x</b> [a][b] [c][b]\n\n[b]: data:x") == [
            (1, 4, "the attribute “onclick” is not allowed on <b>"),
            (2, 4, "the attribute “onclick” is not allowed on <b>"),
            (4, 6, "an address may not begin with “data:”"),
        ]

    def test_the_inside_of_a_script_is_not_told(self) -> None:
        assert len(problems_of("<script>\nvar a = '<b onclick=x><iframe>';\n</script>\n\nb")) == 1


HOSTILE = {
    "brackets": "[" * 10_000,
    "links": "[a](" * 10_000,
    "quotes in links": "[a](b 'c) " * 10_000,
    "images": "![" * 10_000,
    "references": "[a][" * 10_000,
    "notes": "[^1" * 10_000,
    "uses of a note": "[^1]" * 10_000 + "\n\n[^1]: a",
    "stars": "*" * 10_000,
    "stars and words": "*a **b " * 5_000 + "c** d*" * 5_000,
    "underscores": "_a " * 10_000,
    "quotations": ">" * 10_000,
    "quotations apart": "> " * 10_000,
    "list in a line": "1. " * 500 + "a",
    "list 500 deep": "".join(f"{' ' * 4 * level}- a\n" for level in range(500)),
    "quotations and lists": "> - " * 300 + "a",
    "definitions": ":   " * 300 + "a",
    "tags": "<a " * 10_000,
    "tags with quotes": "<a b='" * 10_000,
    "open tags": "<b>" * 100_000,
    "comments": "<!--" * 10_000,
    "cdata": "<![CDATA[" * 10_000,
    "autolinks": "<http://a" * 10_000,
    "fences": "~~~ {.a}\n" * 10_000,
    "backticks": "`a" * 10_000,
    "headings": "# a\n" * 10_000,
    "underlines": "a\n===\n" * 10_000,
    "rules": "---\n" * 10_000,
    "abbreviations": "*[a]: b\n" * 10_000,
    "contents": "[TOC]\n\n" * 10_000,
    "entities": "&#" * 10_000,
    "links in links": "[" * 200 + "a" + "](x)" * 200,
    "cells with code": "a|b\n-|-\n" + "`|" * 60_000,
    "length": "a" * 300_001,
}

DEEP_EMPHASIS = "[TOC]\n\n" + HOSTILE["stars and words"]
"""Only the search for the place of a table of contents is too deep here: Python raises, and nothing was foreseen."""


class TestHostileTexts:
    @pytest.mark.parametrize("source", HOSTILE.values(), ids=HOSTILE)
    def test_end_soon(self, source: str) -> None:
        begun = time.perf_counter()
        text, problems = read_text(source, STORY)
        assert time.perf_counter() - begun < 5
        assert unbalanced(text) == []
        assert all(problem.place.path == STORY for problem in problems)

    @pytest.mark.parametrize("fence", ["```", "~~~~"])
    def test_with_options_that_fences_do_not_have_are_a_problem(self, fence: str) -> None:
        """Python-Markdown itself fails on them."""
        _, (problem,) = read_text(f"A text.\n\n{fence} {{ .python linenums=true }}\nx\n{fence}\n", "articles/a.md", 5)
        assert (problem.place.line, problem.place.column) == (7, len(fence) + 2)
        assert problem.message == "a fence of code has no such options"

    @pytest.mark.parametrize(
        "source", ["1. " * 100 + "a", HOSTILE["list 500 deep"], HOSTILE["open tags"], DEEP_EMPHASIS]
    )
    def test_nested_too_deeply_is_a_problem(self, source: str) -> None:
        (problem,) = problems_of(source)
        assert problem.message == "the text is nested too deeply"
        assert html_of("a *b*") == "<p>a <em>b</em></p>"

    def test_a_text_that_could_not_be_read_leaves_nothing_behind(self) -> None:
        assert problems_of("[x]: /x/\n\n*[a]: b\n\n[^1]: c\n\n" + DEEP_EMPHASIS)
        assert html_of("[x] a [^1]") == "<p>[x] a [^1]</p>"

    @pytest.mark.parametrize(
        "source",
        [
            "* " * 40,
            "- " * 40 + "\n\na",
            "```\n" + " " * 200 + "- a\n```",
            "> " * 10 + "a",
            "<!-- a\n-->" + " " * 96 + "- a",
            "".join(f"{' ' * 4 * level}- a\n" for level in range(12)),
            "[a](/b/ 'c') " * 1_000,
            "| [a](/b/) " * 8 + "\n" + "|---" * 8 + "\n" + ("| [a](/b/) " * 8 + "\n") * 100,
            "- a [b](/c/) <b>d</b>\n" * 1_000,
        ],
    )
    def test_what_people_write_is_not_hostile(self, source: str) -> None:
        assert problems_of(source) == ()


FRAGMENTS = [
    *("[", "]", "(", ")", "!", "*", "_", "`", "~~~", "```", "\n", "\n\n", "    ", "> ", "- ", "1. ", "#", "|", "---"),
    *("<", ">", "</", "<b>", "</b>", "<a href=", "<img src=", "alt=", "onclick=", "style=", '"', "'", "=", "/", "\\"),
    *("<script>", "</script>", "<!--", "-->", "<?", "<![CDATA[", "]]>", "<div>", "</div>", "<table>", "<td>", "<p>"),
    *("javascript:", "data:", "https://a.kz", "&#2;", "&#3;", "&lt;", "&", ";", "{:", "}", ".a", "#b", "[^1]", "[^1]:"),
    *("*[a]:", "[x]:", "[x]", "a.md", "b.jpg", "media/", "../", "[TOC]", ":   ", "poll: a", "\x02", "\x03", "L0", "M0"),
    *("https://youtu.be/dQw4w9WgXcQ", "https://t.me/abcd/1", "слово", " ", "a", "新", "\t", "\u2028", "\x00", "\r"),
]
SOURCES = st.one_of(st.text(max_size=80), st.lists(st.sampled_from(FRAGMENTS), max_size=40).map("".join))


class TestWhateverIsWritten:
    @settings(max_examples=150, deadline=None)
    @given(SOURCES)
    @example("[a](&#2;L0&#3;)")
    def test_is_read_safely(self, source: str) -> None:
        text, problems = read_text(source, STORY, 5)
        assert dangers(text) == []
        assert unbalanced(text) == []
        assert len(text.excerpt) <= 300
        assert all(problem.place.line == 0 or problem.place.line >= 5 for problem in problems)
        assert list(problems) == sorted(set(problems))

    @settings(max_examples=100, deadline=None)
    @given(SOURCES, SOURCES)
    def test_does_not_depend_on_the_text_before(self, before: str, source: str) -> None:
        first = read_text(source, STORY)
        read_text(before, STORY)
        assert read_text(source, STORY) == first

    @settings(max_examples=100, deadline=None)
    @given(st.text(alphabet="аб вг\n*_`#>-1.|!()~:", max_size=120))
    def test_plain_markdown_has_no_problems(self, source: str) -> None:
        assert problems_of(source) == ()
