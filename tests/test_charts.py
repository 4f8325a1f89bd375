"""Charts: what they say, how large they get, and that they draw what was meant."""

import re
from datetime import date
from itertools import pairwise
from random import Random
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.output.charts import SPANS, Drawing, chart, latest, ticks

SVG = "{http://www.w3.org/2000/svg}"
FIRST = date(2026, 2, 16).toordinal()


def parsed(drawing: Drawing) -> ElementTree.Element:
    """The chart as a browser reads it, which gives inline SVG its namespace."""
    return ElementTree.fromstring(chart(drawing).replace("<svg ", f'<svg xmlns="{SVG[1:-1]}" ', 1))


def drawing(*points: tuple[int, int], until: int = 0, decimals: int = 2, **words: str) -> Drawing:
    texts = {"id": "usd", "title": "USD", "description": "A week"} | words
    return Drawing(points=points, until=until or points[-1][0], decimals=decimals, **texts)  # type: ignore[arg-type]


def corners(path: str) -> list[tuple[int, int]]:
    """The corners that a line goes through, one for each command."""
    x = y = 0
    found = []
    for command, first, second in re.findall(r"([MhvH])(-?\d+)(?: (-?\d+))?", path):
        number = int(first)
        if command == "M":
            x, y = number, int(second)
        elif command == "v":
            y += number
        else:
            x = number if command == "H" else x + number
        found.append((x, y))
    return found


def line(made: Drawing) -> list[tuple[int, int]]:
    path = parsed(made).find(f"{SVG}path[@class='chart-line']")
    assert path is not None
    return corners(path.get("d", ""))


def test_a_chart_has_a_name_and_a_description_and_what_is_hostile_in_them_stays_text() -> None:
    hostile = '<script>alert(1)</script>"&'
    root = parsed(drawing((FIRST, 8745), title=hostile, description=hostile, id="a"))
    labels = root.get("aria-labelledby", "").split()
    found = {child.get("id"): child.text for child in root if child.tag in (f"{SVG}title", f"{SVG}desc")}
    assert root.get("role") == "img"
    assert [found[label] for label in labels] == [hostile, hostile]
    assert "script" not in {element.tag.removeprefix(SVG) for element in root.iter()}


def test_nothing_to_draw_is_nothing() -> None:
    assert chart(Drawing("a", "", "", (), FIRST, 2)) == ""


def test_a_rate_stands_until_the_next_and_the_last_one_to_the_edge() -> None:
    found = line(drawing((FIRST, 100), (FIRST + 2, 200), until=FIRST + 4))
    start, second, end = found[0], found[2], found[-1]
    assert [x for x, _ in (start, second, end)] == [0, 198, 396]
    assert found[1] == (198, start[1])
    assert second[1] == end[1] < start[1]


def test_a_rate_that_never_changes_is_a_line_in_the_middle() -> None:
    assert line(drawing((FIRST, 350), until=FIRST + 4)) == [(0, 88), (396, 88)]
    assert line(drawing((FIRST, 0), until=FIRST)) == [(0, 88), (396, 88)]


@pytest.mark.parametrize(
    ("low", "high", "decimals", "texts"),
    [
        (8700, 8800, 2, ["87.0", "87.2", "87.4", "87.6", "87.8", "88.0"]),
        (1200000, 1300000, 2, ["12000", "12200", "12400", "12600", "12800", "13000"]),
        (1138, 1144, 5, ["0.01138", "0.01140", "0.01142", "0.01144"]),
    ],
)
def test_lines_are_at_round_prices(low: int, high: int, decimals: int, texts: list[str]) -> None:
    root = parsed(drawing((FIRST, low), (FIRST + 1, high), decimals=decimals))
    assert [text.text for text in root.iter(f"{SVG}text")] == texts


@given(st.lists(st.integers(1, 10**9), min_size=1, max_size=400), st.integers(0, 6), st.integers(0, 2000))
def test_every_line_stays_inside_and_reaches_the_lowest_and_the_highest_price(
    prices: list[int], decimals: int, after: int
) -> None:
    made = drawing(*((FIRST + at, price) for at, price in enumerate(prices)), decimals=decimals, until=FIRST + after)
    found = line(made)
    assert all(0 <= x <= 396 and 12 <= y <= 164 for x, y in found)
    assert all(one[0] <= other[0] for one, other in pairwise(found))
    heights = [y for _, y in found]
    field = (max(prices), min(prices))
    assert min(heights) <= 12 + 152 // 8 or field[0] == field[1]
    assert max(heights) >= 164 - 152 // 8 - 1 or field[0] == field[1]
    assert 1 <= len(list(parsed(made).iter(f"{SVG}text"))) <= 7


@pytest.mark.parametrize("decimals", [2, 8])
def test_twenty_years_stay_small_and_come_out_the_same(decimals: int) -> None:
    random = Random(7)
    wild = [(FIRST + day, random.randrange(1, 10**6)) for day in range(7300)]
    calm = [(FIRST + day, 8745 + day + random.randrange(100)) for day in range(7300)]
    for points in (wild, calm):
        names = tuple((tick.day, "2026") for tick in ticks(FIRST, FIRST + 7300))
        made = Drawing("usd", "T" * 100, "D" * 300, tuple(points), FIRST + 7300, decimals, names)
        assert len(chart(made).encode()) < 8000
        assert chart(made) == chart(made)


def test_a_span_begins_with_what_stood_on_its_first_day() -> None:
    points = [(FIRST - 100, 1), (FIRST - 9, 2), (FIRST - 3, 3), (FIRST, 4), (FIRST + 1, 5)]
    assert latest(points, SPANS["week"], FIRST) == ((FIRST - 7, 2), (FIRST - 3, 3), (FIRST, 4))
    assert latest(points, SPANS["all"], FIRST + 1) == tuple(points)
    assert latest(points, SPANS["year"], FIRST) == tuple(points[:4])
    assert latest(points, SPANS["week"], FIRST - 200) == ()
    assert latest(points, SPANS["month"], FIRST + 90) == ((FIRST + 59, 5),)


@pytest.mark.parametrize(
    ("days", "count", "unit"),
    [(0, 1, "day"), (7, 8, "day"), (31, 5, "day"), (366, 6, "month"), (730, 6, "month"), (7300, 7, "year")],
)
def test_some_days_are_named(days: int, count: int, unit: str) -> None:
    found = ticks(FIRST, FIRST + days)
    assert (len(found), {tick.unit for tick in found}) == (count, {unit})
    assert all(FIRST <= tick.day <= FIRST + days for tick in found)


@given(st.integers(0, 15000), st.integers(0, 5000))
def test_names_of_days_are_few(days: int, later: int) -> None:
    assert len(ticks(FIRST + later, FIRST + later + days)) <= 9
