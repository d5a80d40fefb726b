from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from afweging.live import wall_charts as charts

shares = st.floats(0, 1, allow_nan=False)


def _number(text: str) -> float:
    return float(text.removesuffix("%").removesuffix("em"))


def test_every_person_is_a_dot_while_few_share_a_place() -> None:
    """Dots at one percentage stand above each other; beyond six they are a column."""
    few = charts.dots([[10, 1], [40, 3]])
    assert [dot["cx"] for dot in few["dots"]] == ["10%", "40%", "40%", "40%"]
    assert len({dot["cy"] for dot in few["dots"] if dot["cx"] == "40%"}) == 3
    many = charts.dots([[10, 7], [40, 14]])
    assert many["dots"] == []
    assert [column["height"] for column in many["columns"]] == ["1.2em", "2.4em"]


@given(st.lists(st.tuples(st.integers(0, 100), st.integers(1, 6)), max_size=20))
@settings(max_examples=50)
def test_dots_are_as_many_as_people_and_stay_in_the_strip(pairs: list[tuple[int, int]]) -> None:
    """No dot is lost, and none leaves its strip."""
    found = charts.dots(pairs)["dots"]
    assert len(found) == sum(count for _, count in pairs)
    assert all(0 <= _number(dot["cy"]) <= charts.HEIGHT for dot in found)


@given(st.lists(shares, min_size=1, max_size=8))
@settings(max_examples=50)
def test_segments_join_and_add_up_to_the_score(parts: list[float]) -> None:
    """Each segment begins where the one before ends, and together they are as wide as the score."""
    most = max(sum(parts), 1.0)
    found = charts.stacked(parts, most=most)
    ends = [_number(each["x"]) + _number(each["width"]) for each in found]
    for end, after in zip(ends, found[1:], strict=False):
        assert abs(end - _number(after["x"])) < 0.05
    assert abs(ends[-1] - 100 * sum(parts) / most) < 0.05


def test_a_bar_and_a_band_fit_the_width() -> None:
    """The longest of scores and bands fills the width; nothing is divided by zero."""
    assert charts.longest_bar([{"score": 0.4, "high": 0.7}, {"score": 0.6}]) == 0.7
    assert charts.longest_bar([{"score": 0.0}]) > 0
    assert charts.longest_bar([]) == 1.0


def test_a_ring_never_overflows() -> None:
    """More answers than people, as after somebody was removed, fill the ring and no more."""
    assert charts.ring(5, 4) == "100 100"


def test_a_narrow_band_is_still_seen() -> None:
    """A band without width is drawn as a hair."""
    assert charts.interval(0.5, 0.5) == {"x": "50%", "width": "0.4%"}
