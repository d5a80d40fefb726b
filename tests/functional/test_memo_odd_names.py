"""Random problems with odd names: a memo of each in every format, and it proves itself.

A sample runs here. `AFWEGING_MEMOS=200` tells how many to make, `AFWEGING_MEMOS_FROM=100` with
which to begin.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from tests.memo.made import DAY, FORMATS
from tests.memo.odd_problems import LONG, odd_problem

from afweging.io.carriers import embed
from afweging.io.dossier import Settings, dossier_bytes, fingerprint
from afweging.memo.build import html_bytes, office_bytes, pdf_bytes
from afweging.memo.content import memo_text
from afweging.memo.dossier import make_dossier
from afweging.memo.results import find, results_document
from afweging.memo.verify import VERDICTS, verify
from afweging.model.result import Request
from afweging.wording import LANGUAGES, Words

if TYPE_CHECKING:
    from afweging.io.carriers import Carrier

KINDS = ("memo", "statenmededeling", "statenvoorstel", "poster")
MANY = os.environ.get("AFWEGING_MEMOS")
FIRST = int(os.environ.get("AFWEGING_MEMOS_FROM", "0"))
SEEDS = range(FIRST, FIRST + int(MANY)) if MANY else (10, 23)


def memos(seed: int) -> dict[Carrier, bytes]:
    """Return the memo of a random problem in four formats; kind and language follow the seed."""
    problem, request, settings = odd_problem(seed), Request(), Settings(draws=200, seed=seed)
    comparison, robust = find(problem, request, settings)
    words = Words(LANGUAGES[seed % 2])
    kind = KINDS[seed // 2 % 4] if seed % 3 == 0 else "memo"
    text = memo_text(comparison, robust, words, kind=kind, day=DAY)
    results = results_document(comparison, robust)
    dossier = dossier_bytes(make_dossier(problem, request, settings, text, results))
    mark = fingerprint(dossier)
    return {
        "pdf": pdf_bytes(text, mark, dossier),
        "docx": embed("docx", office_bytes(text, mark, "docx"), dossier),
        "odt": embed("odt", office_bytes(text, mark, "odt"), dossier),
        "html": embed("html", html_bytes(text, mark), dossier),
    }


@pytest.mark.parametrize("seed", SEEDS)
def test_a_memo_of_any_problem_is_made_and_proves_itself(seed: int) -> None:
    """Four formats; each is intact and consistent without edited prose, one is done over."""
    made = memos(seed)
    alone = (
        len(odd_problem(seed).alternatives) == 1
    )  # no file holds one option: it is not read back
    for carrier in FORMATS:
        asked = VERDICTS if carrier == "html" else VERDICTS[:2]
        found = verify(made[carrier], asked=("consistent",) if alone else asked)
        held = {name: verdict.holds for name, verdict in found.verdicts.items()}
        assert all(held.values()), (carrier, held, found.figures, found.deviations, found.retold)
        assert found.differences == [], carrier


def test_names_are_odd_and_of_every_length() -> None:
    """Some have 120 letters, some are short; all sizes from 1 to 12 options are there."""
    problems = [odd_problem(seed) for seed in range(24)]
    names = [each.name.nl for problem in problems for each in problem.alternatives]
    assert max(map(len, names)) > LONG - 8
    assert min(map(len, names)) < 30
    assert {len(problem.alternatives) for problem in problems} == set(range(1, 13))
    assert {char for name in names for char in name} >= set("#$*_@<>\\ł&\"'")
