"""The report of `make bench`: a row for each measure with all sizes on one line."""

from collections.abc import Iterator, Mapping, Sequence

from tests.bench.measure import Measure

Results = Mapping[str, Measure]
RATIOS = {
    "Aryk, cold": ("  to Hugo", "Hugo, cold"),
    "all feeds": ("  to cold", "Aryk, cold"),
    "base template edited": ("  to cold", "Aryk, cold"),
}
"""A line of ratios below a row: to which other row."""


def table(sizes: Sequence[int], results: Sequence[Results]) -> Iterator[str]:
    """The lines; growth compares the seconds of the largest with the smallest: 1.0 is linear in the number of stories."""
    yield f"{'stories':22}" + "".join(f"{size:>43,}" for size in sizes) + "  growth"
    yield f"{'':22}" + f"{'seconds':>11}{'cpu':>9}{'MB':>8}{'files':>9}      " * len(sizes)
    for name in results[0]:
        growth = _growth(results[0][name], results[-1][name], sizes[-1] / sizes[0])
        yield f"{name:22}" + "".join(map(_cell, (one[name] for one in results))) + f"{growth:8.2f}"
        if name in RATIOS:
            label, other = RATIOS[name]
            yield f"{label:22}" + "".join(_ratios(one[name], one[other]) for one in results)


def _cell(one: Measure) -> str:
    return f"{one.wall:11.2f}{one.cpu:9.2f}{one.memory / 1e6:8.0f}{one.written:9,.0f}      "


def _ratios(one: Measure, other: Measure) -> str:
    return f"{one.wall / other.wall:11.2f}{one.cpu / other.cpu:9.2f}{one.memory / other.memory:8.2f}{'':15}"


def _growth(first: Measure, last: Measure, times: float) -> float:
    return last.wall / first.wall / times
