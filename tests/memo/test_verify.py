from __future__ import annotations

import json
import os
from base64 import b64encode
from itertools import cycle, islice
from random import Random
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("typst")
pytest.importorskip("pypandoc")
pytest.importorskip("pypdf")
pytest.importorskip("pikepdf")

from tests.memo.made import FORMATS, edited, memo
from tests.memo.tampering import tampers
from tests.memo.tampering_pdf import tampers as tampers_pdf

from afweging.errors import AfwegingError, DossierError
from afweging.io.carriers import embed
from afweging.io.dossier import dossier_bytes, fingerprint
from afweging.memo.build import qr_svg
from afweging.memo.verify import verify

if TYPE_CHECKING:
    from afweging.io.carriers import Carrier
    from afweging.memo.verify import VerdictName
    from afweging.wording import Language

QUICK: tuple[VerdictName, ...] = ("intact", "consistent")
STRUCK = '<w:rPr><w:strike/></w:rPr><w:t xml:space="preserve">0,755'
SPAN = "table:number-columns-spanned"


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("carrier", FORMATS)
def test_a_memo_proves_its_numbers(carrier: Carrier, language: Language) -> None:
    """All verdicts hold, and nothing differs: no figure, no prose."""
    found = verify(memo(carrier, language=language, name="kantoor"))
    assert {name: verdict.holds for name, verdict in found.verdicts.items()} == {
        "intact": True,
        "consistent": True,
        "reproduced": True,
    }
    assert (found.differences, found.deviations, found.retold) == ([], [], [])


def test_a_problem_with_gaps_is_reproduced() -> None:
    """Where effects are missing the memo says less, and proves that."""
    found = verify(memo("html"))
    assert all(verdict.holds for verdict in found.verdicts.values())


@pytest.mark.parametrize("carrier", FORMATS)
def test_no_falsified_number_passes(carrier: Carrier) -> None:
    """One change of any kind is enough: in text, table, picture, property, dossier, or over them.

    Every way once in the suite; `AFWEGING_TAMPERS=1000` tries as many in each format.
    """
    ways = tampers_pdf() if carrier == "pdf" else tampers(carrier)
    random = Random(int(os.environ.get("AFWEGING_TAMPER_SEED", "7")))  # noqa: S311 - no secrets
    whole, count = memo(carrier), int(os.environ.get("AFWEGING_TAMPERS", len(ways)))
    for way in islice(cycle(ways), count):
        changed = ways[way](whole, random)
        assert changed != whole
        try:
            found = verify(changed, asked=QUICK)
        except AfwegingError:
            continue
        assert not all(verdict.holds for verdict in found.verdicts.values()), way
        assert found.figures or not found.verdicts["intact"].holds


@pytest.mark.parametrize("carrier", ["docx", "odt", "html"])
def test_edited_prose_passes_as_such(carrier: Carrier) -> None:
    """A word that is no figure may change; it is reported, with its place."""
    whole = memo(carrier)
    changed = edited(carrier, whole, lambda text: text.replace("deze optie", "dit plan", 1))
    assert changed != whole
    found = verify(changed, asked=QUICK)
    assert all(verdict.holds for verdict in found.verdicts.values())
    assert found.figures == []
    assert [each.kind for each in found.prose] == ["prose"]
    assert "dit plan" in (found.prose[0].found or "")
    assert found.prose[0].spot.heading


@pytest.mark.parametrize(
    ("carrier", "before", "after", "what"),
    [
        ("html", ">0,755<", "><del>0,755</del><", "embedded"),
        ("html", "<td ", '<td colspan="2" ', "embedded"),
        ("html", "<td ", "<td></td><td ", "row"),
        ("html", "<p id=", '<p class="bar" id=', "mark"),
        ("html", "<img ", '<img srcset="a.png 1x" ', "embedded"),
        ("docx", '<w:t xml:space="preserve">0,755', STRUCK, "format"),
        ("docx", "<w:tc>", "<w:tc><w:p></w:p></w:tc><w:tc>", "row"),
        ("docx", "<w:tblPr>", "<w:tblPr><w:bidiVisual/>", "cells"),
        ("odt", "<table:table-cell ", f"<table:table-cell {SPAN}='2' ", "cells"),
    ],
)
def test_a_figure_that_stays_and_is_seen_otherwise_is_found(
    carrier: Carrier, before: str, after: str, what: str
) -> None:
    """Struck, under another head, or another picture: the text is that of the dossier."""
    whole = memo(carrier)
    changed = edited(carrier, whole, lambda text: text.replace(before, after, 1))
    assert changed != whole
    found = verify(changed, asked=QUICK)
    assert not found.verdicts["consistent"].holds
    assert {each.what for each in found.figures} == {what}


@pytest.mark.parametrize("carrier", ["docx", "odt", "html"])
def test_another_name_of_an_option_is_no_prose(carrier: Carrier) -> None:
    """Who reads that another option is first is misled, without a digit."""
    first, other = "Loket in het winkelcentrum", "Loket in de school"
    whole = memo(carrier)
    changed = edited(carrier, whole, lambda text: text.replace(f"Kies {first}", f"Kies {other}", 1))
    assert changed != whole
    found = verify(changed, asked=QUICK)
    assert not found.verdicts["consistent"].holds
    assert other in (found.figures[0].found or "")
    assert first in (found.figures[0].expected or "")


def test_a_new_dossier_with_a_new_fingerprint_is_not_reproduced() -> None:
    """Who changes a score everywhere has another fingerprint, and the inputs say otherwise."""
    whole = memo("html")
    said = json.loads(memo("json"))
    said["results"]["comparison"]["ranking"][0]["score"] = {"low": 0.9, "high": 0.9}
    changed = dossier_bytes(said)
    before, after = fingerprint(memo("json")), fingerprint(changed)
    start = whole.index(b"<script type")
    page = whole[:start].replace(before.encode(), after.encode()) + b"</body></html>"
    one, other = (b64encode(qr_svg(mark).encode()) for mark in (before, after))
    found = verify(embed("html", page.replace(one, other), changed))
    assert found.verdicts["intact"].holds
    assert found.verdicts["consistent"].holds
    assert not found.verdicts["reproduced"].holds
    assert found.deviations[0].path.startswith("comparison/ranking/1/score")


def test_a_new_text_in_the_dossier_is_not_reproduced() -> None:
    """A sentence that was never generated is found, though it is printed and fingerprinted."""
    said = json.loads(memo("json"))
    line = next(each for each in said["text"]["blocks"] if each["kind"] == "paragraph")
    line["lines"][-1] += " Dat is 99 punten meer."
    found = verify(dossier_bytes(said))
    assert found.verdicts["consistent"].holds is None
    assert not found.verdicts["reproduced"].holds
    assert "99" in str(found.retold[0].found)


def test_another_version_of_the_program_is_said() -> None:
    """Its results are found anew; of its text that cannot be said."""
    said = json.loads(memo("json"))
    said["versions"]["afweging"] = "0.0.9"
    found = verify(dossier_bytes(said))
    assert found.verdicts["reproduced"].holds is None
    assert found.verdicts["reproduced"].reason == "version"


@pytest.mark.parametrize("change", ["problem", "request", "form"])
def test_a_dossier_that_cannot_be_is_no_crash(change: str) -> None:
    """Inputs that hold a fault fail the verdicts; a form that is not right is refused."""
    said = json.loads(memo("json"))
    if change == "form":
        said["text"]["blocks"][0]["lines"] = 3
        with pytest.raises(DossierError):
            verify(dossier_bytes(said))
        return
    if change == "problem":
        said["problem"]["effects"]["mode"][0] = "many"
    else:
        said["request"]["profile"] = "nobody"
    found = verify(dossier_bytes(said))
    assert found.verdicts["reproduced"].reason == "cannot"
    assert not found.verdicts["reproduced"].holds


def test_a_memo_that_lost_its_dossier_takes_that_of_another() -> None:
    """The fingerprint that is printed says whether it belongs to it."""
    whole = memo("html")
    start = whole.index(b"<script type")
    alone = whole[:start] + b"</body></html>"
    with pytest.raises(DossierError):
        verify(alone)
    assert all(v.holds for v in verify(alone, dossier=memo("json"), asked=QUICK).verdicts.values())
    other = verify(alone, dossier=memo("json", name="kantoor"), asked=QUICK)
    assert not other.verdicts["intact"].holds
    assert not other.verdicts["consistent"].holds
