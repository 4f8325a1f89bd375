"""What is looked for in a quick way first is found as in the slow one."""

import re

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from generator.content import nesting, plain
from generator.content.allowed import CLEANER, READABLE, UNPRINTABLE
from generator.content.raw_html import COMMON, SOMETHING
from generator.fields.sources import CONTROLS, FORBIDDEN, has_any
from generator.fields.values import read_yaml
from generator.fields.yaml_nodes import NULL

WORDS = st.text(alphabet="abя新ち9_-’'.,;— \n\u00a0\u2028\u00ad<>&", max_size=60)


@given(WORDS)
def test_words_are_counted_as_one_pattern_would(text: str) -> None:
    whole = plain.UNSPACED.sub(" ", text)
    unspaced = len(plain.UNSPACED.findall(text))
    assert (
        plain.count_words(text.replace("<", ""))
        == len(plain.WORD.findall(re.sub("<", "", whole))) + (unspaced + 1) // 2
    )


@given(WORDS)
def test_blanks_become_one(text: str) -> None:
    text = text.translate({ord("<"): None, ord("&"): None})
    assert plain.plain(text) == plain.BLANKS.sub(" ", text).strip()


@given(st.from_regex(READABLE, fullmatch=True), st.text())
def test_the_cleaner_reads_every_address_of_a_plain_host(host: str, rest: str) -> None:
    address = host + rest if host[-1] in "/?#" else host
    shown = address.translate({ord(sign): f"&#{ord(sign)};" for sign in "&\"'<>"})
    assert " href=" in CLEANER.clean(f'<a href="{shown}">')


@pytest.mark.parametrize(
    "address", ["https://1.2.3.4.5/", "https://xn--a.kz/", "https://[", "https://a..kz:x/", "https://a.256"]
)
def test_other_hosts_are_left_to_the_cleaner(address: str) -> None:
    assert not READABLE.match(address)


def test_forbidden_and_eastern_characters_are_seen_at_once() -> None:
    for character in map(chr, range(0x110000)):
        if FORBIDDEN.match(character) or UNPRINTABLE.match(character):
            assert has_any(character, CONTROLS)
            assert not character.isprintable()
        if plain.UNSPACED.match(character):
            assert has_any(character, plain.EASTERN)
    assert not has_any("Слово, word\n\t“№”", CONTROLS + plain.EASTERN)


def test_only_bare_tags_that_are_allowed_are_passed_over() -> None:
    assert all(SOMETHING.match(f"<{tag}>") is None for tag in COMMON.split("|"))
    for written in ("<img>", "<script>", "<P >", "<p class=a>", "<pa>", "<p", "<!-- a", "<!a", "<?a?"):
        found = SOMETHING.match(written)
        assert found is not None
        assert found.group() == written


@pytest.mark.parametrize(
    "value", ["", "~", "null", "Null", "NULL", "nul", "no", "0", "'~'", '"null"', "''", "[]", "{}", "<<", "="]
)
def test_a_value_is_empty_where_yaml_says_so(value: str) -> None:
    root = read_yaml(f"a: {value}", "a.yaml", [])
    assert root is not None
    ((_, ours),) = root.node.value
    ((_, theirs),) = yaml.compose(f"a: {value}", Loader=yaml.SafeLoader).value
    assert (ours.tag == NULL) == (theirs.tag == NULL)
    assert ours.value == theirs.value or not isinstance(ours, yaml.ScalarNode)


@given(
    st.lists(
        st.sampled_from(["    ", "\t", ">", "- ", "* ", "1. ", "10. ", ": ", "   + ", "a", "\n"]), max_size=80
    ).map("".join)
)
def test_whatever_is_nested_is_indented(source: str) -> None:
    assert nesting.INDENTED.search(f"\n{source}") or not nesting.NESTED.search(source)
