"""Templates print what stock Jinja2 prints, and fail where it fails, however their code is made cheaper."""

import traceback
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jinja2 import Environment, FunctionLoader, StrictUndefined, TemplateError, UndefinedError
from markupsafe import Markup

from generator.engine.build import build
from generator.output import html
from generator.output.parts import Parts
from generator.theme.environment import FOLDER, make_environment
from generator.theme.files import ThemeFiles
from generator.theme.words import Words
from tests.conftest import MakeSite, story

LIBRARY = """{% macro say(what, how='<i>') %}
{{ how }}{{ what }}{{ shown(what) }}
{% endmacro %}
{% macro all(first) %}{{ first }}{{ varargs }}{{ kwargs.items() | list }}{% endmacro %}
{% macro around(what) %}<b>{{ caller() }}{{ what }}{{ caller(what) }}</b>{% endmacro %}
{% macro itself(caller=none) %}{{ caller }}{% endmacro %}
{% set title = 'T&'  %}
"""
OWN = "{% macro own(one, two='<2>', three=one) %}{{ one }}{% if two %}{{ two }}{% endif %}\n{{ three }}{% endmacro %}"
IMPORTS = "{% from 'library' import say, all, around, itself, title %}{% import 'library' as library %}"
HEAD = IMPORTS + "{% import 'library' as lively with context %}" + OWN


class Ready:
    """A value that says for itself how it looks in HTML."""

    def __html__(self) -> str:
        return "<ready>"


class Plain:
    """A value that is nothing but its text."""

    def __str__(self) -> str:
        return "<plain & simple>"


class Text(str):
    """A text that is more than a text."""


LEAVES = """a b c gone none true 7 3.5 '<x>' '&' record.name record.html record.gone record.inner.name record.count
    record.gone.name table.key table['key'] table.items items items[0] items[9] title library.title library.gone
    a.upper loop range(3) own() say() lively.say(a) shown(record) items|length""".split()
SHAPES = """({0}~{1}) ({0}~{1}~'<') ({0})|upper ({0})|escape ({0})|safe ({0})|string ({0})|default('<d>')
    [{0},{1}]|join('<') ({0}).upper() ({0}).name ({0})==({1}) own({0}) own({0},{1}) own({0},{1},{0}) own({0},{1},{0},1)
    own({0},two={1}) own(three={0},one={1}) own({0},four={1}) own({0},one={1}) own(*[{0}]) own(**dict)
    say({0}) say({0},{1}) say(how={0},what={1}) all({0}) all({0},{1},k={0}) itself({0}) library.say({0}) lively.say({0})
    shown({0}) shown({0},{1}) shown(value={0}) ({0})({1}) not({0}) all({0},class={1}) around({0})""".split()
SHAPES += ["({0} if {1} else {0})", "({0} if {1})", "({0} and {1})", "own({0}) if {1} else say({0})"]
STATEMENTS = """{{{{{e}}}}} <p> & {e} <{{{{{e}}}}}>{{{{{f}}}}}</> \n{{{{{f}}}}}
    {{%if¤{e}%}}{s}{{%elif¤{f}%}}-{{%else%}}{{{{{e}}}}}{{%endif%}}
    {{%for¤a¤in¤items%}}{s}{{{{a}}}}{{{{loop.index}}}}{{%if¤not¤loop.last%}},{{%endif%}}{{%endfor%}}
    {{%for¤b¤in¤items¤if¤b!={e}%}}{{{{b}}}}{{{{own(b)}}}}{{%else%}}{s}{{%endfor%}}
    {{%set¤c={e}%}}{s}{{{{c}}}} {{%set¤c%}}{s}{{%endset%}}{{{{c}}}} {{%set¤c|upper%}}{s}{{%endset%}}{{{{c~{e}}}}}
    {{%filter¤upper%}}{s}{{%endfilter%}} {{%with¤a={e}%}}{s}{{{{a}}}}{{%endwith%}}
    {{%call¤around({e})%}}{s}{{%endcall%}} {{%call(a)¤around({e})%}}{s}{{{{a}}}}{{%endcall%}}
    {{%call¤itself()%}}{s}{{%endcall%}} {{%include¤'part'%}} {{%include¤['none','part']%}}
    {{%include¤'none'¤ignore¤missing%}}
    {{%macro¤inner(a={e})%}}{s}{{{{a}}}}{{%endmacro%}}{{{{inner()}}}}{{{{inner({f})}}}}
    {{%autoescape¤false%}}{s}{{{{{e}}}}}{{%set¤b=own({f})%}}{{{{b}}}}{{%endautoescape%}}{{{{b}}}}
    {{%autoescape¤{e}%}}{s}{{{{own({f})}}}}{{{{{f}}}}}{{%endautoescape%}}""".replace("\\n", "\n").split()

expressions = st.recursive(
    st.sampled_from(LEAVES), lambda inner: st.builds(str.format, st.sampled_from(SHAPES), inner, inner), max_leaves=4
)
statements = st.recursive(
    expressions.map("{{{{ {} }}}}".format),
    lambda inner: st.builds(
        lambda shapes, e, f, s: "\n".join(shape.replace("¤", " ").format(e=e, f=f, s=s) for shape in shapes),
        st.lists(st.sampled_from(STATEMENTS), min_size=1, max_size=3),
        expressions,
        expressions,
        inner,
    ),
    max_leaves=3,
)
texts = st.text("ab<>&'\" \n", max_size=5)
scalars = texts | texts.map(Markup) | texts.map(Text) | st.none() | st.booleans() | st.integers() | st.floats()
values = scalars | st.builds(Ready) | st.builds(Plain)
names = st.fixed_dictionaries(
    {
        "a": values,
        "b": values,
        "c": values,
        "items": st.lists(values, max_size=3),
        "table": st.fixed_dictionaries({"key": values}),
        "record": st.builds(
            lambda name, html, count: SimpleNamespace(
                name=name, html=Markup(html), count=count, inner=SimpleNamespace(name=name)
            ),
            values,
            texts,
            st.integers(),
        ),
    }
)
EXAMPLES = 150
GLOBALS = {"shown": lambda value: value, "range": range}


def stock(files: dict[str, str]) -> Environment:
    """Jinja2 as it comes, with the theme's settings."""
    environment = Environment(
        loader=FunctionLoader(lambda name: (files[name], f"themes/{name}", None) if name in files else None),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals = dict(GLOBALS)
    return environment


def ours(files: dict[str, str]) -> Environment:
    """The environment of a theme with these templates."""
    environment = make_environment(ThemeFiles("t", {FOLDER + name: text.encode() for name, text in files.items()}))
    environment.globals |= GLOBALS
    return environment


def outcome(environment: Environment, seen: dict[str, object]) -> object:
    """What a page shows; or what the failure says, and in which line of which template."""
    try:
        return environment.get_template("page").render(seen)
    except (TemplateError, TypeError, ValueError, AttributeError, ArithmeticError, LookupError) as error:
        frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.startswith("themes/")]
        line = (frames[-1].filename.rpartition("/")[2], frames[-1].lineno) if frames else getattr(error, "lineno", 0)
        return type(error), str(error).partition(" object at ")[0], line


def assert_alike(files: dict[str, str], seen: dict[str, object]) -> None:
    expected, environment = outcome(stock(files), seen), ours(files)
    assert outcome(environment, seen) == expected
    assert outcome(environment, seen) == expected, "the second time, when all templates are loaded"


MIXED = """{% macro raw(x) %}{{ x }}{% endmacro %}{{ own(a) }}{{ a }}{% set c = own(a) %}{{ raw(a) }}{{ raw(x=a) }}
{% autoescape true %}{{ c }}{{ raw(a) }}{{ raw(x=a) }}{{ own(a) }}{{ a }}{% endautoescape %}{{ c }}{% endautoescape %}"""


@pytest.mark.parametrize(
    "page",
    [
        "{{ ready }}{{ [ready] | join }}{{ '<' ~ ready }}",
        "{{ a if ready else b }}{{ a if none else b }}{{ a if ready }}",
        "{{ own(a) ~ '<' }}{{ own(one=a) ~ '<' }}{{ itself() ~ '<' }}{{ all(a, b) ~ '<' }}{{ all(a, k=b) ~ '<' }}",
        "{% autoescape false %}" + MIXED,
        "{% autoescape none %}" + MIXED,
        "{% autoescape gone is defined %}" + MIXED,
        "{% import 'part' as with_names with context %}{{ with_names }}{% include 'part' %}",
        "{% import 'part' as without_names %}{{ without_names }}",
        "{% set a = b %}{% include 'part' %}{% for a in [ready] %}{% include 'part' %}{% endfor %}",
    ],
)
def test_a_small_page_prints_what_stock_jinja2_prints(page: str) -> None:
    files = {"page": HEAD + page, "part": "<{{ a }}>", "library": LIBRARY}
    assert_alike(files, {"a": "<a>", "b": "&", "ready": Ready()})


def test_a_template_is_included_without_what_its_page_sees() -> None:
    """Not in the law: in a macro, stock Jinja2 prints a generator's address where such an include stands."""
    assert_alike({"page": "<{% include 'part' without context %}>", "part": "&{{ a }}"}, {"a": 1})
    assert_alike({"page": "<{% include 'part' without context %}>", "part": "&{{ shown('<') }}"}, {"a": 1})


def pages(main: str, part: str, base: str) -> dict[str, str]:
    """A page that extends another, with its part and its library."""
    page = f"{{% extends 'base' %}}\n{HEAD}\n{{% block main %}}\n{{{{ super() }}}}{HEAD}{main}\n{{% endblock %}}"
    based = f"{HEAD}<html>{base}\n{{% block main %}}<m>{{% endblock %}}{{% include 'part' %}}"
    return {"page": page, "base": based, "part": f"{IMPORTS}[{part}]".replace("part", "other"), "library": LIBRARY}


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(statements, expressions, expressions, names)
def test_a_theme_prints_what_stock_jinja2_prints(main: str, part: str, base: str, seen: dict[str, object]) -> None:
    assert_alike(pages(main, f"{{{{ {part} }}}}", f"{{{{ {base} }}}}"), seen)


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(statements, names)
def test_a_part_prints_what_stock_jinja2_prints(main: str, seen: dict[str, object]) -> None:
    assert_alike({"page": HEAD + main, "part": "<{{ a }}>", "library": LIBRARY}, seen)


def fails(files: dict[str, str], **seen: object) -> object:
    return outcome(ours(files), seen)


def test_a_missing_name_is_told_with_its_template_and_line() -> None:
    files = {"page": "{% from 'parts' import mark %}\n<p>\n{{ mark(card) }}</p>", "parts": MARK}
    assert fails(files, card={}) == (UndefinedError, "'dict object' has no attribute 'title'", ("parts", 3))
    assert fails(files) == (UndefinedError, "'card' is undefined", ("parts", 3))


MARK = "{% macro mark(card, level=2) %}\n<h{{ level }}>\n{{ card.title }}</h{{ level }}>{% endmacro %}"


@pytest.mark.parametrize(
    ("call", "said"),
    [
        ("mark(1, 2, 3)", "macro 'mark' takes not more than 2 argument(s)"),
        ("mark(1, size=2)", "macro 'mark' takes no keyword argument 'size'"),
        ("mark()", "parameter 'card' was not provided"),
        ("unknown(1)", "'unknown' is undefined"),
        ("none(1)", "'NoneType' object is not callable"),
    ],
)
def test_a_wrong_call_is_told_in_the_words_of_jinja2(call: str, said: str) -> None:
    files = {"page": f"{MARK}\n{{{{ {call} }}}}"}
    assert fails(files)[1] == said  # type: ignore[index]
    assert_alike(files, {})


@pytest.mark.filterwarnings("error")
def test_code_is_compiled_without_warnings() -> None:
    ours({"page": "{{ 1(2) }}{{ none() }}{{ 'a'(1) }}{{ (1, 2)(3) }}"}).get_template("page")


@pytest.fixture
def environments(monkeypatch: pytest.MonkeyPatch) -> list[Environment]:
    """The environments that builds make."""
    made: list[Environment] = []
    monkeypatch.setattr(html, "make_environment", lambda *given: made.append(make_environment(*given)) or made[-1])
    return made


def test_nothing_that_a_template_can_call_asks_for_a_context(
    make_site: MakeSite, environments: list[Environment]
) -> None:
    """The compiler counts on it."""
    build(make_site({"articles/2026/02/a.md": story()}))
    words = environments[0].globals
    assert {"t", "part", "pieces"} <= words.keys()
    assert [name for name, word in words.items() if hasattr(word, "jinja_pass_arg")] == []


def test_another_compiler_does_not_find_the_code_of_the_last_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    html._bytecode_cache(tmp_path, {})
    monkeypatch.setattr(html, "compiler_digest", lambda: b"another")
    html._bytecode_cache(tmp_path, {})
    assert len(list(tmp_path.iterdir())) == 2


def test_the_parts_shown_last_are_kept() -> None:
    parts = Parts(2)
    for number in range(5):
        parts.put((number,), Markup(number))
        assert parts.get((0,)) == "0", "shown again and again"
    assert [number for number in range(5) if parts.get((number,))] == [0, 3, 4]


@given(st.integers(-(2**33), 2**34))
def test_a_time_is_the_local_clock(moment: int) -> None:
    words = Words("ru", {}, "Asia/Bishkek")
    assert (
        words.iso(moment) == words.local(moment).isoformat()[:25]
    )  # without seconds of the offset, as RFC 3339 has it
    assert words.time(moment) == f"{words.local(moment):%H:%M}"
