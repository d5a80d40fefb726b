from __future__ import annotations

import json

import pytest

from afweging.io.canonical import canonical_json
from afweging.memo.blocks import MemoText
from afweging.memo.differences import Difference
from afweging.memo.printed import Spot
from afweging.memo.recompute import Deviation
from afweging.memo.verify import Verdict, Verified
from afweging.memo.verify_sentences import SHOWN, sentences, spot, verified_document
from afweging.wording import LANGUAGES, Words

TEXT = MemoText("nl", "memo", "Welk plein?", "2026-11-25", concept=False, blocks=())
PLACE = Spot("Rangorde", "Scores", "Park", "score", page=4)


def _found(**changes: object) -> Verified:
    found = Verified("pdf", "ab" * 32, "afweging-dossier/1", "0.1.0", TEXT)
    for name, value in changes.items():
        setattr(found, name, value)
    return found


BAD = {
    "verdicts": {
        "intact": Verdict(holds=False, reason="fingerprint"),
        "consistent": Verdict(holds=False),
        "reproduced": Verdict(holds=False, reason="version"),
    },
    "differences": [
        Difference("figure", PLACE, "72,5", "72,6"),
        Difference("figure", Spot("Advies"), "12", None),
        Difference("figure", Spot("Advies", "Balken"), None, "x" * 400),
        Difference("figure", Spot("Advies", "Balken"), None, None),
        Difference("prose", Spot("Advies"), "oude zin", "nieuwe\x1b zin"),
    ],
    "deviations": [Deviation("ranking/1/score", 0.5, 0.75)],
    "pictures": 9,
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_difference_names_found_expected_and_place(language: str) -> None:
    """In sentences that are whole, of bounded length, without what a terminal would obey."""
    lines = sentences("a.pdf", _found(**BAD), Words(language))  # type: ignore[arg-type]
    text = "\n".join(lines)
    for part in ("«72,6»", "«72,5»", "«Scores»", "«Park»", "«score»", "4", "«12»", "9", "oude zin"):
        assert part in text
    assert "ranking/1/score" in text
    assert max(map(len, lines)) < 500
    assert all(c.isprintable() for line in lines for c in line)
    assert "{" not in text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("name", "verdict"),
    [
        *(("intact", Verdict(h, r)) for h, r in ((True, ""), (True, "alone"), (False, "form"))),
        ("intact", Verdict(holds=False, reason="problem")),
        *(("consistent", Verdict(h, r)) for h, r in ((True, ""), (None, "alone"))),
        *(("reproduced", Verdict(h, r)) for h, r in ((True, ""), (True, "version"))),
        ("reproduced", Verdict(holds=False, reason="cannot")),
    ],
)
def test_every_verdict_has_its_sentence(name: str, verdict: Verdict, language: str) -> None:
    """Whatever can be found."""
    lines = sentences("a.pdf", _found(verdicts={name: verdict}), Words(language))  # type: ignore[arg-type]
    assert len(lines) >= 4
    assert all(line.endswith((".", ")")) or "ab" * 32 in line for line in lines)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_long_list_is_cut_with_its_count(language: str) -> None:
    """As many as a reader takes in, and how many more there are."""
    many = [Difference("figure", Spot(), "1", str(k)) for k in range(SHOWN + 7)]
    verdicts = {"consistent": Verdict(holds=False)}
    lines = sentences("a", _found(verdicts=verdicts, differences=many), Words(language))  # type: ignore[arg-type]
    assert len([line for line in lines if line.startswith("- ")]) == SHOWN + 1
    assert "7" in lines[-1]


@pytest.mark.parametrize(
    ("place", "part"),
    [
        (Spot(), "elders"),
        (Spot("Kop"), "«Kop»"),
        (Spot("Kop", "Tabel"), "«Tabel»"),
        (Spot("Kop", "Tabel", column="score"), "kop «score»"),
        (Spot(page=3), "bladzijde 3"),
    ],
)
def test_a_place_is_as_exact_as_is_known(place: Spot, part: str) -> None:
    """Table, row and column; else the caption, the heading, or nothing."""
    assert part in spot(place, Words("nl"))


def test_the_document_holds_all_of_it() -> None:
    """As canonical JSON, whole."""
    found = json.loads(canonical_json(verified_document("a.pdf", _found(**BAD))))
    assert found["verdicts"]["intact"] == {"holds": False, "reason": "fingerprint"}
    assert len(found["figures"]) == 4
    assert found["figures"][0]["spot"]["page"] == 4
    assert found["results"] == [{"path": "ranking/1/score", "stated": 0.5, "found": 0.75}]
