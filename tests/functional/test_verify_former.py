"""Memos of form 1, as a version 0.0.9 would have written them, checked in and never made anew.

With every later form of the dossier they have to verify; only what no longer can be drawn or
told by the same version is left open, and said.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.functional.commands import run
from tests.memo.made import FORMATS

from afweging import __version__
from afweging.io.carriers import extract
from afweging.io.dossier import dossier_bytes
from afweging.memo.verify import verify

if TYPE_CHECKING:
    from afweging.io.carriers import Carrier

FOLDER = Path(__file__).parent / "memo_form1"


@pytest.mark.parametrize("carrier", FORMATS)
def test_a_memo_of_form_1_verifies(carrier: Carrier) -> None:
    """By what it shows and by what is computed anew; whoever made its text is another version."""
    found = verify((FOLDER / f"memo.{carrier}").read_bytes())
    assert (found.format, found.program) == ("afweging-dossier/1", "0.0.9")
    assert {name: verdict.holds for name, verdict in found.verdicts.items()} == {
        "intact": True,
        "consistent": True,
        "reproduced": None,
    }
    assert found.verdicts["reproduced"].reason == "version"
    assert found.differences == []


@pytest.mark.parametrize(
    ("language", "said"), [("nl", "Dat kan aan de versie liggen"), ("en", "The version may be the")]
)
def test_what_another_version_computes_otherwise_is_said_apart(
    language: str, said: str, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    """Not reproduced, exit code 1, with the version to compute it with."""
    dossier = json.loads(extract((FOLDER / "memo.html").read_bytes()))
    dossier["results"]["comparison"]["ranking"][0]["score"] = {"low": 0.9, "high": 0.9}
    (tmp_path / "old.json").write_bytes(dossier_bytes(dossier))
    done = run(capsysbinary, "verify", tmp_path / "old.json", "--lang", language)
    shown = " ".join(done.out.split())
    assert done.code == 1
    assert said in shown
    assert "0.0.9" in shown


def test_what_a_later_version_finds_more_is_no_difference() -> None:
    """A part that was not there when the memo was made says nothing about it."""
    dossier = json.loads(extract((FOLDER / "memo.html").read_bytes()))
    del dossier["results"]["perspectives"]
    assert verify(dossier_bytes(dossier)).verdicts["reproduced"].holds is None
    dossier["versions"]["afweging"] = __version__
    assert verify(dossier_bytes(dossier)).verdicts["reproduced"].holds is False


def test_what_only_another_version_can_say_is_not_said_to_hold(
    capsysbinary: pytest.CaptureFixture[bytes],
) -> None:
    """The results come out again; of the text nothing is claimed, and the exit code says so."""
    done = run(capsysbinary, "verify", FOLDER / "memo.html", "--lang", "en")
    assert done.code == 1
    assert "the results are; the text cannot be checked here" in " ".join(done.out.split())
    assert "Check it with version 0.0.9" in " ".join(done.out.split())


@pytest.mark.parametrize(
    ("form", "said"), [("99", "newer version"), ("x", "not known"), ("0", "not known")]
)
def test_a_changed_form_is_refused(
    form: str, said: str, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    """One that is newer, and one that never was; nothing on standard output."""
    raw = extract((FOLDER / "memo.html").read_bytes())
    changed = raw.replace(b"afweging-dossier/1", f"afweging-dossier/{form}".encode())
    (tmp_path / "a.json").write_bytes(changed)
    done = run(capsysbinary, "verify", tmp_path / "a.json", "--lang", "en")
    assert (done.code, done.raw) == (2, b"")
    assert said in done.err
