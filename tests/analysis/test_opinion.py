from __future__ import annotations

from afweging.analysis.opinion import MethodOpinion, Refusal, SecondOpinion

OURS = MethodOpinion("ours", scores=(0.7, 0.7, 0.1), ranks=(1, 1, 3), first=("a", "b"))
CHECK = MethodOpinion("spotis", same_as="ours", ranks=(1, 1, 3), first=("a", "b"))
SAME = MethodOpinion("edas", ranks=(1, 1, 3), first=("b", "a"))
PART = MethodOpinion("topsis", ranks=(1, 2, 3), first=("a",))
STOPPED = MethodOpinion("copras", refusal=Refusal("no-cost"))
FOUND = SecondOpinion(
    "values", ("a", "b", "c"), ("x",), ours=OURS, methods=(CHECK, SAME, PART, STOPPED)
)


def test_checks_and_methods_that_stopped_have_no_voice() -> None:
    """Only methods that ran, with a formula of their own."""
    assert FOUND.others == (SAME, PART)


def test_agreeing_is_putting_all_the_same_options_first() -> None:
    """Who puts only one of two tied options first does not agree."""
    assert FOUND.agreeing == (SAME,)
