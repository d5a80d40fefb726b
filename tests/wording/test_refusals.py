from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import pytest

from afweging.model.session import Refusal, Stage
from afweging.wording import LANGUAGES, Words, texts_of
from afweging.wording.refusals import refusal_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from afweging.wording import Language

SESSION = Path(__file__).resolve().parents[2] / "src" / "afweging" / "analysis" / "session"
FACTS: dict[str, object] = {
    "given": 1,
    "quorum": 3,
    "expected": 2,
    "lenses": 4,
    "largest": 90.5,
    "length": 150,
    "most": 140,
    "days": 30,
    "round": 2,
    "seat": 7,
    "role": "gast",
    "name": "salt",
    "stage": "r1_open",
}


def _codes() -> Iterator[str]:
    """Yield every text given to `Refusal`, or to `when` as its second argument."""
    for path in SESSION.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in {"Refusal", "when"}:
                place = 0 if ast.unparse(node.func) == "Refusal" else 1
                for each in ast.walk(node.args[place]):
                    if isinstance(each, ast.Constant) and isinstance(each.value, str):
                        yield each.value


CODES = sorted(set(_codes()))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_refusal_has_its_sentence_and_no_other(language: Language) -> None:
    """The texts are exactly those that the rules can give."""
    assert len(CODES) > 50
    assert sorted(texts_of(language, "session")["refusal"]) == CODES
    assert set(texts_of(language, "session")["stage"]) == set(get_args(Stage))


@pytest.mark.parametrize("code", CODES)
def test_a_refusal_is_a_sentence(code: str) -> None:
    """With its facts filled in, in both languages."""
    for language in LANGUAGES:
        text = refusal_text(Words(language), Refusal(code, FACTS))
        assert text.endswith(".")
        assert "{" not in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_discrepancy_has_its_sentence_and_no_other(language: Language) -> None:
    """What verifying can find is worded, with the number of the event."""
    tree = ast.parse((SESSION / "verify.py").read_text(encoding="utf-8"))
    said = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)}
    codes = {each for each in said if isinstance(each, str) and re.fullmatch(r"\w+(-\w+)+", each)}
    texts = texts_of(language, "session")["discrepancy"]
    assert set(texts) == codes
    for code in codes:
        assert "7" in Words(language).text(f"session.discrepancy.{code}", seq=7)
