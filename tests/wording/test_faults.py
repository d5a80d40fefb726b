from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.faulty import CASES
from tests.folders import faults_in, params, sentences, write

from afweging.errors import Fault, Place
from afweging.model.preference import Judgement
from afweging.wording import LANGUAGES, Words
from afweging.wording.faults import AREAS, fault_text, place_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tests.folders import Case

    from afweging.wording import Language

PACKAGE = Path(__file__).resolve().parents[2] / "src" / "afweging"


def _codes(modules: Iterable[Path]) -> Iterator[str]:
    """Yield every text that the modules give to `Fault` or `faults.add` as a code.

    A code that is chosen first, by a condition or from a table, is looked for by its name: a text
    assigned to `code`, or a value of a table whose name ends in CODES.
    """
    for path in modules:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args and _makes_a_fault(node.func):
                yield from _texts(node.args[0])
            elif isinstance(node, ast.Assign) and _names_a_code(node.targets):
                yield from _texts(node.value)


def _makes_a_fault(function: ast.expr) -> bool:
    name = ast.unparse(function)
    return name in {"Fault", "Unreadable", "Odd"} or name.endswith("faults.add")


def _names_a_code(targets: list[ast.expr]) -> bool:
    names = [ast.unparse(target) for target in targets]
    return any(name == "code" or name.endswith("_CODES") for name in names)


def _texts(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Dict):
        for value in node.values:
            yield from _texts(value)
    elif isinstance(node, ast.IfExp):
        yield from (*_texts(node.body), *_texts(node.orelse))
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value


CODES = sorted(set(_codes(PACKAGE.rglob("*.py"))))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_has_a_sentence(language: Language) -> None:
    """Each code that the package can give has its sentence, in one of the areas of faults."""
    assert len(CODES) > 90
    words = Words(language)
    silent = [code for code in CODES if not any(words.has(f"{area}.{code}") for area in AREAS)]
    assert silent == []


@pytest.mark.parametrize("case", params(CASES))
def test_a_sentence_has_all_its_facts(case: Case, tmp_path: Path) -> None:
    """Every fault that reading finds is worded in both languages, with nothing left open."""
    write(tmp_path, case.files)
    assert len(sentences(faults_in(tmp_path))) == 2 * len(case.faults)


def test_every_fault_of_a_folder_is_seen() -> None:
    """Each fault in the contents of a folder that the code can give belongs to a case."""
    elsewhere = {"files.py", "problem_file.py"}  # bytes and paths: the tests of these modules
    elsewhere |= {"profile_file.py", "draft.py", "grid.py"}  # profiles on their way into it
    elsewhere |= {path.name for path in (PACKAGE / "io").glob("journal*.py")}  # logs of sessions
    elsewhere |= {
        "session_export.py",
        "dossier.py",
        "carriers.py",
        "archive.py",
        "markup.py",
        "pdf.py",
    }  # documents
    modules = [
        path
        for path in (PACKAGE / "io").glob("*.py")
        if path.name not in elsewhere and not path.name.startswith("workbook_")
    ]
    seen = {code for case in CASES for code, *_ in case.faults}
    never = {"file-empty", "field-invalid"}  # bytes again; what no schema of today can give
    never |= {"too-many-cells"}  # too large for a case: tests/io/test_effects.py
    assert set(_codes(modules)) - seen - never == set()


@pytest.mark.parametrize(
    ("place", "dutch", "english"),
    [
        (Place(), "", ""),
        (Place("a.csv"), "a.csv: ", "a.csv: "),
        (Place("a.csv", 1234), "a.csv regel 1234: ", "a.csv line 1234: "),
        (Place("a.csv", 3, 12), "a.csv regel 3, kolom 12: ", "a.csv line 3, column 12: "),
        (Place("a.xlsx", sheet="Opties"), "a.xlsx, blad Opties: ", "a.xlsx, sheet Opties: "),
        (
            Place("a.xlsx", sheet="Opties", cell="B7"),
            "a.xlsx, blad Opties, cel B7: ",
            "a.xlsx, sheet Opties, cell B7: ",
        ),
    ],
)
def test_a_sentence_starts_with_the_place(place: Place, dutch: str, english: str) -> None:
    """File, line and column, or sheet and cell, as far as they are known."""
    assert place_text(Words("nl"), place) == dutch
    assert place_text(Words("en"), place) == english


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("x", "«x»"),
        ("x" * 80, f"«{'x' * 80}»"),
        ("x" * 81, f"«{'x' * 77}…»"),
        ("a\nb\x1b[31m", "«a�b�[31m»"),
        (None, "–"),
        (True, "«true»"),
        (-0.5, "−0,5"),
        (45010.0, "45010"),
    ],
)
def test_a_value_is_shown_in_one_line(value: object, shown: str) -> None:
    """Text is quoted, cut to eighty characters, and can neither break the line nor colour it."""
    text = fault_text(Words("nl"), Fault("number-invalid", value=value))
    assert text.startswith(f"{shown} is geen getal. ")


def test_the_known_name_that_is_most_alike_is_suggested() -> None:
    """An unknown name is answered with the nearest of the known ones, and with none that is far."""
    facts = {"what": "region", "known": ("AM25", "AM26", "noord")}
    near = fault_text(Words("en"), Fault("unknown-name", value="nord", facts=facts))
    far = fault_text(Words("en"), Fault("unknown-name", value="zzz", facts=facts))
    assert "Do you mean noord? Known are AM25, AM26 and noord." in near
    assert "Do you mean" not in far


@pytest.mark.parametrize(
    ("answer", "shown"),
    [
        (Judgement("ratio", "a", "b", 2.5), "a = 2,5 × b"),
        (Judgement("ratio", "a", "b", low=2.0), "a ≥ 2 × b"),
        (Judgement("ratio", "a", "b", high=2.0), "a ≤ 2 × b"),
        (Judgement("ratio", "a", "b", low=0.5, high=3.0), "0,5 × b ≤ a ≤ 3 × b"),
        (Judgement("order", "a", "b"), "a ≥ b"),
        (Judgement("share", "a", low=20.0), "20% ≤ a ≤ 100%"),
        (Judgement("share", "a", high=12.5), "0% ≤ a ≤ 12,5%"),
        (Judgement("best", "a"), "a telt het zwaarst"),
        (Judgement("worst", "a"), "a telt het lichtst"),
        (
            Judgement("trade-off", "a", "b", None, None, None, 900.0, 850.0, 2.0, 4.5),
            "a van 900 naar 850 = b van 2 naar 4,5",
        ),
    ],
)
def test_an_answer_is_shown_as_a_formula(answer: Judgement, shown: str) -> None:
    """Each kind of answer that contradicts others is shown with its own numbers."""
    facts = {"profile": "p", "group": "doel", "answers": (answer,)}
    text = fault_text(Words("nl"), Fault("answers-conflict", facts=facts))
    assert f"niet samen waar zijn: {shown}. Verander" in text
