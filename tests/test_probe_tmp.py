import os, pytest, socket
from tests.conftest import *
from tests.test_problems import published, command
from generator.engine.build import build
S=story
A="articles/2026/02/"
def png():
    exec(open("/tmp/gold/make.py").read().split("def story")[0], globals()); return globals()["png"]()
CASES={
 "empty-country": {A+"x.md": S(country="[]")},
 "empty-topic": {A+"x.md": S(topic="[ ]")},
 "comment-front": {A+"x.md": "---\n# only\n---\nText\n"},
 "ctrl-title": {A+"x.md": S(title='"a\\x07b"')},
 "nul-title": {A+"x.md": S(title='"a\\0b"')},
 "surrogate": {A+"x.md": S(title='"a\\ud800b"')},
 "fffe": {A+"x.md": S(title='"a\\uFFFEb"')},
 "ph": {A+"x.md": S(title='"a\\x02L0\\x03b"')},
 "alias-newline": {A+"x.md": S(aliases='["/a\\nb /c"]')},
 "alias-long": {A+"x.md": S(aliases='["/%s"]'%("x"*300))},
 "alias-index": {A+"x.md": S(aliases='["/index.html"]')},
 "alias-kz": {A+"x.md": S(aliases='["/kazakhstan"]')},
 "alias-filefolder": {A+"x.md": S(aliases='["/old.html", "/old.html/x/"]')},
 "alias-feedfolder": {A+"x.md": S(aliases='["/feed.xml/x/"]')},
 "alias-asset": {A+"x.md": S(aliases='["/media/x.png"]')},
 "addr-ipv6": {"site.yaml": (COMMON/"site.yaml").read_text().replace("https://test.example","https://[x")},
 "addr-blank": {"site.yaml": (COMMON/"site.yaml").read_text().replace("https://test.example","https://a b.example")},
 "addr-port": {"site.yaml": (COMMON/"site.yaml").read_text().replace("https://test.example","https://a.example:x")},
 "flow-1000": {A+"x.md": S(tags="["*1000+"]"*1000)},
 "flow-100000": {A+"x.md": S(tags="["*100000)},
 "dash": {A+"x.md": S(tags="\n"+"- "*5000+"x")},
 "q": {A+"x.md": S(tags="\n"+"? "*5000+"x")},
 "reg-deep": {"tags.yaml": "["*50000},
 "front-deep": {"front.yaml": "- "*50000},
 "null-key": {A+"x.md": S(**{"~":"x","1":"y"})},
 "broken-png": {"media/a.png": b"\x89PNG\r\n\x1a\nxx"},
 "empty-png": {"media/a.png": b""},
 "text-jpg": {"media/a.jpg": "hello"},
 "bom": {A+"x.md": b"\xef\xbb\xbf"+S().encode()},
 "utf16": {A+"x.md": S().encode("utf-16")},
 "cp1251": {A+"x.md": S(title="Плотина").encode("cp1251")},
 "two-docs": {"front.yaml": "- 2025/06/good\n---\n- x\n"},
 "two-docs-site": {"site.yaml": (COMMON/"site.yaml").read_text()+"---\nname: x\n"},
 "laugh": {A+"x.md": "---\na: &a [x,x,x,x,x,x,x,x,x]\n"+"".join(f"{c}: &{c} [*{p},*{p},*{p},*{p},*{p},*{p},*{p},*{p},*{p}]\n" for p,c in zip("abcdefgh","bcdefghi"))+"---\nText\n"},
 "small-alias": {A+"x.md": S(lead="&x A lead", title="*x")},
 "anchor": {A+"x.md": S(lead="&x A lead")},
 "tag": {A+"x.md": S(lead="!important A lead")},
 "pytag": {A+"x.md": S(lead="!!python/object:os.system A lead")},
 "selfalias": {A+"x.md": S(tags="&x [*x]")},
 "dots": {A+"x.md": S(title="a\n...\nb: c")},
 "name-newline": {A+"a\nb.md": S()},
 "media-odd": {A+"x.md": S("![x](<a%20b.png>) ![y](50%25.png) ![z](a%23b.png) [q](река.pdf)"), "media/a b.png": png(), "media/50%.png": png(), "media/a#b.png": png(), "media/река.pdf":"x"},
 "dead-address": {A+"x.md": S("[x](/kazakstan/) [y](/2026/02/nothing/)")},
 "dead-anchor": {A+"x.md": S("[x](x.md#nothing) [y](#none)")},
 "page-folder": {"pages/Sub Folder/x.md": "---\ntitle: A\n---\nT\n"},
 "outlet-country": {"outlets.yaml": "o: {name: O, country: zz}\n", A+"x.md": S(source="o")},
 "huge-tag": {A+"x.md": S(tags="[%s]"%("x"*100))},
 "dup-tag-lang": {A+"x.md": S(tags="['!!!', '…']")},
 "series-sym": {A+"x.md": S(series="'!!!'")},
 "lang-2": {A+"x.md": S(lang="''")},
 "name-lang-map": {"site.yaml": (COMMON/"site.yaml").read_text().replace("name: Testograd","name: {}")},
 "page_size": {"site.yaml": (COMMON/"site.yaml").read_text().replace("page_size: 2","page_size: 999999999999")},
 "future-year": {A+"x.md": S(date="2199-12-31 23:59 -12:00")},
 "old-year": {A+"x.md": S(date="1900-01-01 00:00 +14:00")},
 "fm-in-text": {A+"x.md": S("---\ntitle: x\n---\n")},
 "crlf": {A+"x.md": S("Text\n\n<script>").replace("\n","\r\n")},
 "cr": {A+"x.md": S("Text\n\n<script>").replace("\n","\r")},
 "indent-map": {A+"x.md": S(image="\n  file: a.png\n alt: x")},
}
@pytest.mark.parametrize("name", CASES)
def test_p(name, published, capsys):
    lay_out(published.content, CASES[name])
    rc=command(published,"build")
    err=capsys.readouterr().err
    print(f"\n@@ {name}: rc={rc}\n{err[-1500:]}")
THEMES={
 "no-string": ("strings/en.yaml", lambda s: s.replace("kind.news: News\n","")),
 "no-string2": ("strings/en.yaml", lambda s: s.replace("list.page: ","list.pgae: ")),
 "string-placeholder": ("strings/en.yaml", lambda s: s.replace("{number}","{nomer}")),
 "string-brace": ("strings/en.yaml", lambda s: s.replace("{number}","{number")),
 "plural": ("strings/en.yaml", lambda s: s.replace("archive.title: Archive","archive.title: {one: a, other: b}")),
 "plural-other": ("strings/en.yaml", lambda s: s.replace("other: ","ohter: ")),
 "strings-list": ("strings/en.yaml", lambda s: "- a\n"),
 "strings-empty": ("strings/en.yaml", lambda s: ""),
 "no-template": ("templates/article.html", None),
 "recursion": ("templates/article.html", lambda s: '{% include "article.html" %}'),
 "filter": ("templates/article.html", lambda s: 'x\n{{ page | nope }}'),
 "undefined": ("templates/article.html", lambda s: 'x\n{{ nope }}'),
 "call": ("templates/article.html", lambda s: 'x\n{{ page.story() }}'),
 "runtime": ("templates/article.html", lambda s: 'x\n{{ "%d" % "x" }}'),
 "missing-import": ("templates/article.html", lambda s: '{% from "parts/lines.html" import nothing %}{{ nothing() }}'),
 "theme-yaml-list": ("theme.yaml", lambda s: "- a"),
 "theme-yaml-none": ("theme.yaml", None),
 "theme-yaml-latin": ("theme.yaml", lambda s: "name: \udce9"),
 "strings-alias": ("strings/en.yaml", lambda s: s.replace("Archive","&a Archive")),
 "sec": ("templates/article.html", lambda s: "{{ ''.__class__.__mro__ }}"),
}
@pytest.mark.parametrize("name", THEMES)
def test_t(name, published, capsys):
    f,change=THEMES[name]
    p=published.content.parent/"themes/plain"/f
    if change is None: p.unlink()
    else: p.write_bytes(change(p.read_text()).encode("utf-8","surrogateescape"))
    rc=command(published,"build")
    err=capsys.readouterr().err
    print(f"\n@@ theme {name}: rc={rc}\n{err[:300]} ... {err[-600:]}")
