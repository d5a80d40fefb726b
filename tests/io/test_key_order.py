from __future__ import annotations

import pytest

from afweging.io.canonical import canonical_json
from afweging.io.key_order import with_order, without_order

DOCUMENT = {
    "profiles": [
        {
            "weights": {"root": {"z": 3, "a": 1}, "b": {"y": 2, "x": 2.5}},
            "ranges": {"z": {"worst": 9, "best": 0}},
        },
        {"id": "none"},
    ]
}


def test_the_order_comes_back() -> None:
    """Also that of mappings within mappings, and nothing is left for canonical JSON to sort."""
    listed = with_order(DOCUMENT)
    assert list(without_order(listed)["profiles"][0]["weights"]["root"]) == ["z", "a"]  # type: ignore[index]
    assert str(without_order(listed)) == str(DOCUMENT)
    assert b'["z",3],["a",1]' in canonical_json(listed)


@pytest.mark.parametrize("odd", [3, "x", [3], [["a"]], [["a", 1, 2]], [[1, 2]], {"a": 1}, None])
def test_what_is_no_list_of_pairs_stays(odd: object) -> None:
    """It is for the check of the form to refuse it."""
    assert without_order({"weights": odd}) == {"weights": odd}
