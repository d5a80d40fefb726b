from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from tests.live import hard, scenes

from afweging.live.wall_names import LONGEST, cut_end, cut_middle, fitting, short_names

WORDS = st.lists(st.sampled_from(["wonen", "in", "de", "regio", "Noord", "Zuid", "x" * 30]))
NAMES = st.lists(WORDS.map(" ".join).filter(bool), unique=True, min_size=1, max_size=8)


@given(NAMES, st.integers(12, 40))
def test_cut_names_never_read_the_same(names: list[str], most: int) -> None:
    """However long and alike the names are, what stands on the wall tells them apart."""
    found = short_names(dict(enumerate(names)), most)  # type: ignore[arg-type]
    assert len(set(found.values())) == len(names)
    for number, name in enumerate(names):
        shown = found[number]  # type: ignore[index]
        assert shown == name or len(shown) <= most
        assert shown == name or "…" in shown
        if len(name) <= most:
            assert shown == name


@given(WORDS.map(" ".join), st.integers(8, 60))
def test_a_cut_text_is_no_longer_than_asked(text: str, most: int) -> None:
    """Both cuts keep to their length, and leave a short text alone."""
    for cut in (cut_end(text, most), cut_middle(text, most)):
        assert len(cut) <= max(most, 0)
        assert cut == text or len(text) > most


def test_panels_that_explain_hold_full_names() -> None:
    """Options are named in full where they are compared, a lens where it is explained."""
    content = hard.content()
    whole = content["names"]
    assert fitting(content, "options")["names"]["options"] == whole["options"]
    assert fitting(content, "ranges")["names"]["lenses"] == whole["lenses"]
    cut = fitting(content, "outcome")
    for kind, most in LONGEST.items():
        assert all(len(name) <= most for name in cut["names"][kind].values())
    assert [lens["name"] for lens in cut["lenses"]] == list(cut["names"]["lenses"].values())


def test_where_there_are_few_each_has_more_room() -> None:
    """The six options and four scenarios of Brabant stand on the wall in full."""
    content = scenes.content("nl")
    shown = fitting(content, "regret")["names"]
    for kind in ("options", "scenarios", "lenses"):
        assert shown[kind] == content["names"][kind]
