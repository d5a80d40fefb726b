from __future__ import annotations

from afweging.io.visible import Seen, Visible


def test_a_text_is_one_line_and_never_empty() -> None:
    """Spaces of any kind are one; what is empty is not noted."""
    found = Visible()
    found.add(" 12,5\u00a0%\n a ")
    found.add(" \n")
    found.add("x", "cell")
    assert found.body == [Seen("12,5 % a"), Seen("x", "cell")]
