"""A session from the room to the documents: led by a real server, exported, compared, printed.

Marked names, tokens, addresses and texts that nobody quoted are planted in it; none may be found in
what leaves the room.
"""

from __future__ import annotations

import io
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

import numpy as np
import pytest
from tests.functional.commands import run
from tests.live.running import BRABANT, brabant, running

from afweging.analysis.session.told import tell_session
from afweging.errors import SessionFileError
from afweging.io.canonical import canonical_json
from afweging.io.carriers import extract
from afweging.io.dossier import record_of
from afweging.io.read_visible import read_visible
from afweging.memo.recompute import deviations
from afweging.memo.verify import verify
from afweging.wording import Words

if TYPE_CHECKING:
    from pathlib import Path

    from tests.live.running import Facilitator, Person, Running

    from afweging.memo.recompute import Deviation

    Capture = pytest.CaptureFixture[bytes]

PEOPLE = 12
NAMES = [f"Zwaluw{chr(97 + k)} Kwikstaart{chr(97 + k)}" for k in range(PEOPLE)]
POINTS = [(100, 30, 20, 10), (20, 100, 30, 40)]
FORMS = ("pdf", "docx", "odt", "html")
FAST = ("--date", "2026-11-25", "--draws", "100")
QUOTED = "Wonen gaat voor, zegt Kwikstaartb; mail karekiet@voorbeeld.nl of 06-12345678."
KEPT = "Wonen gaat voor, zegt […]; mail […] of […]"


@dataclass(frozen=True)
class Held:
    """A session that was held: its log, its export, and what must not be found outside."""

    log: Path
    export: Path
    draft: Path
    secrets: tuple[str, ...]


def points(seat: int, number: int) -> tuple[float, ...]:
    """Return what somebody gives; in round 2 six of the twelve change something."""
    base = POINTS[seat % 2]
    first = tuple(value + seat * (value < 100) for value in base)
    moved = number == 2 and seat < 6
    return tuple(v + 10 * (moved and v < 90) for v in first)


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Held:
    """Lead a named session with twelve people over HTTP, and export it twice."""
    folder = tmp_path_factory.mktemp("sessie")
    log, draft = folder / "sessie.afwsessie", folder / "concept.json"
    with running(log, naming="named") as server:
        leader = server.facilitator()
        leader.next()
        people = [server.person(name=name, consent="on") for name in NAMES]
        _rounds(leader, people)
        draft.write_bytes(_exported(server))
        _decide(leader, people)
        tokens = [value for each in server.clients for value in each.cookies.values()]
        receipts = [key for seat in server.room.state.seats.values() for key in seat.keys]
        hashes = [seat.token or "" for seat in server.room.state.seats.values()]
    parts = [part for name in NAMES for part in name.split()]
    secrets = [*parts, *tokens, *hashes, "geheim-reden", "geheim-opmerking", "geheim-uneasy"]
    secrets += [text for key, receipt, _ in receipts for text in (key, receipt)]
    secrets += ["karekiet", "06-12345678", "10.11.12.13", "127.0.0.1", "fuut@"]
    export = folder / "export.json"
    return Held(log, export, draft, tuple(secrets))


def _rounds(leader: Facilitator, people: list[Person]) -> None:
    leader.go_to("r1_open")
    for seat, person in enumerate(people):
        said = QUOTED if seat == 0 else f"geheim-reden {seat} van 10.11.12.13"
        person.submit(*points(seat, 1), reason=said, key=f"sleutel-een-{seat}")
    leader.seal()
    leader.next()
    (code,) = [each["code"] for each in leader.view["reasons"] if each["text"] == QUOTED]
    leader.do("moderate", reason=code, action="quote")
    leader.go_to("discuss")
    leader.do("show_panel", panel="outcome")
    answer = people[3].ask("tap", mood="uneasy", text="geheim-uneasy")
    assert answer.status_code == 200, answer.text
    leader.next()
    for seat, person in enumerate(people):
        person.submit(*points(seat, 2), round_=2, key=f"sleutel-twee-{seat}")
    leader.seal()
    leader.next()


def _exported(server: Running) -> bytes:
    from afweging.live.exports import export_bytes

    return export_bytes(server.room.state, "ab" * 32)


def _decide(leader: Facilitator, people: list[Person]) -> None:
    leader.freeze()
    leader.do("set_decision", text="Wij kiezen, zegt Zwaluwc.", conditions=["Meld het fuut@x.nl."])
    leader.next()
    for seat, person in enumerate(people):
        choice = ("remark", "dissent")[seat] if seat < 2 else "endorse"
        text = "" if seat > 1 else f"geheim-opmerking {seat}"
        answer = person.ask("endorse", choice=choice, text=text, key=f"sleutel-drie-{seat}")
        assert answer.status_code == 200, answer.text
    leader.do("mark_exported")
    leader.next()


@pytest.fixture(scope="module")
def export(held: Held) -> Path:
    """Write the export as the command line does."""
    from afweging.cli import main

    if not held.export.exists():
        assert main(["session", "export", str(held.log), "--to", str(held.export)]) == 0
    return held.export


@pytest.fixture(scope="module")
def documents(held: Held, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Make the memo in four formats and the folder for the archive, from the log itself."""
    from afweging.cli import main

    folder = tmp_path_factory.mktemp("memo")
    asked = ["memo", str(BRABANT), "--session", str(held.log), "--to", ",".join(FORMS)]
    asked += ["--out", str(folder), "--crate", str(folder / "archief"), *FAST]
    assert main(asked) == 0
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def _memo(documents: dict[str, bytes], form: str) -> bytes:
    return documents[f"brabant-memo-nl.{form}"]


def test_a_comparison_has_the_weights_of_the_group(export: Path, capsysbinary: Capture) -> None:
    """The mean of what twelve people gave in round 2, as computed by hand; it says where from."""
    rows = np.array([points(seat, 2) for seat in range(PEOPLE)], dtype=float)
    mean = (rows / rows.sum(axis=1)[:, None]).mean(axis=0)
    done = run(capsysbinary, "compare", BRABANT, "--session", export, "--json")
    assert done.code == 0, done.err
    found = json.loads(done.out)
    lenses = brabant()[1].lenses
    assert [found["weights"]["lenses"][name] for name in lenses] == pytest.approx(mean, abs=1e-12)
    scores = {each["id"]: each["score"] for each in found["ranking"]}
    model = brabant()[1]
    by_hand = dict(zip(model.options, model.values @ mean, strict=True))
    assert {name: scores[name] for name in by_hand} == pytest.approx(by_hand, abs=1e-9)
    assert found["weights_from"]["weights"] == "group"
    assert found["weights_from"]["concept"] is False
    first = run(
        capsysbinary, "compare", BRABANT, "--session", export, "--session-round", 1, "--json"
    )
    rows = np.array([points(seat, 1) for seat in range(PEOPLE)], dtype=float)
    mean = (rows / rows.sum(axis=1)[:, None]).mean(axis=0)
    weights = json.loads(first.out)["weights"]["lenses"]
    assert [weights[name] for name in lenses] == pytest.approx(mean, abs=1e-12)


@pytest.mark.parametrize("command", ["explain", "flip", "robust"])
def test_other_commands_take_the_weights_too(
    command: str, export: Path, capsysbinary: Capture
) -> None:
    """They say in their JSON that the weights came from the session."""
    options = [] if command == "robust" else list(brabant()[1].options[:2])
    more = ["--draws", 100] if command == "robust" else []
    done = run(capsysbinary, command, BRABANT, *options, "--session", export, *more, "--json")
    assert done.code == 0, done.err
    assert json.loads(done.out)["weights_from"]["kind"] == "session"


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_a_session_is_told_beside_the_comparison(
    lang: str, held: Held, capsysbinary: Capture
) -> None:
    """Whose weights, who would choose what, and that it is a draft where it is one."""
    done = run(capsysbinary, "compare", BRABANT, "--session", held.draft, "--lang", lang)
    assert done.code == 0, done.err
    assert {"nl": "Concept: de gewichten", "en": "Draft: the weights"}[lang] in done.out
    assert "20260601-PROEF" in done.out


def test_what_cannot_be(held: Held, export: Path, tmp_path: Path, capsysbinary: Capture) -> None:
    """Two sources of weights, another version of the problem, a final memo of a draft."""
    profile = brabant()[0].panel[0].id
    both = run(capsysbinary, "compare", BRABANT, "--session", export, "--profile", profile)
    assert both.code == 2
    assert "--profile" in both.err
    other = json.loads(export.read_bytes())
    other["setup"]["digest"] = "0" * 64
    path = tmp_path / "ander.json"
    path.write_bytes(canonical_json(other))
    for command in ("compare", "memo"):
        refused = run(capsysbinary, command, BRABANT, "--session", path)
        assert refused.code == 2
        assert "andere versie" in refused.err
    final = ("memo", BRABANT, "--session", held.draft, "--final", "--out", tmp_path / "m", *FAST)
    refused = run(capsysbinary, *final)
    assert refused.code == 2
    assert "--final" in refused.err
    assert not (tmp_path / "m").exists()


@pytest.mark.parametrize("form", FORMS)
def test_every_format_proves_itself(form: str, documents: dict[str, bytes]) -> None:
    """Intact and consistent; reproduced too, the session included, from the dossier of all four."""
    found = verify(_memo(documents, form), asked=("intact", "consistent"))
    assert [verdict.holds for verdict in found.verdicts.values()] == [True, True]
    assert extract(_memo(documents, form)) == extract(_memo(documents, "pdf"))
    if form == "pdf":
        whole = verify(_memo(documents, form), asked=("reproduced",))
        assert whole.verdicts["reproduced"].holds is True
    text = "\n".join(seen.text for seen in read_visible(_memo(documents, form)).body)
    assert "Van ronde 1 naar ronde 2" in text
    assert KEPT in " ".join(text.split())


def test_no_personal_data_in_any_file(held: Held, documents: dict[str, bytes]) -> None:
    """Not in a byte of a document, its dossier, or the archive, unpacked; they are in the log."""
    log = held.log.read_bytes()
    planted = (NAMES[0], QUOTED, "geheim-reden", "geheim-uneasy", "geheim-opmerking", "sleutel-een")
    assert [text for text in planted if text.encode() not in log] == []
    assert len(held.secrets) > 5 * PEOPLE
    for name, content in documents.items():
        for part, found in _unpacked(name, content):
            low = found.lower()
            there = [s for s in held.secrets if s and s.lower().encode() in low]
            assert there == [], f"{name}: {part}"


def _unpacked(name: str, content: bytes) -> list[tuple[str, bytes]]:
    """Return a file and every part in it, decompressed."""
    if name.endswith((".docx", ".odt")):
        with ZipFile(io.BytesIO(content)) as package:
            return [("", content), *((each, package.read(each)) for each in package.namelist())]
    if not name.endswith(".pdf"):
        return [("", content)]
    import pikepdf

    with pikepdf.open(io.BytesIO(content)) as pdf:
        streams = [each for each in pdf.objects if isinstance(each, pikepdf.Stream)]
        found = [(str(k), each.read_bytes()) for k, each in enumerate(streams)]
    seen = "\n".join(each.text for each in read_visible(content).body)
    return [("", content), ("text", seen.encode()), ("dossier", extract(content)), *found]


CHANGES: dict[str, tuple[str | int, ...]] = {
    "swing": ("session", "rounds", 0, "swings", 3, 1),
    "pair": ("session", "pairs", 2, 1, 0),
    "weight": ("session", "group", "weights", 0),
    "receipts": ("session", "receipts"),
    "joined": ("session", "joined"),
    "people": ("session", "rounds", 1, "n"),
    "mean": ("results", "session", "rounds", 1, "mean", 2),
    "moved": ("results", "session", "shift", "anchoring"),
    "commitment": ("session", "rounds", 0, "commitment"),
    "log": ("session", "log_hash"),
}


@pytest.mark.parametrize("name", list(CHANGES))
def test_a_changed_number_of_the_session_is_found(name: str, documents: dict[str, bytes]) -> None:
    """In what people gave, in the counts and hashes, and in what was computed from them."""
    said: Any = json.loads(extract(_memo(documents, "html")))
    assert _differs(said) == []
    place = said
    *path, last = CHANGES[name]
    for key in path:
        place = place[key]
    old = place[last]
    place[last] = old[::-1] if isinstance(old, str) else old - (1 if isinstance(old, int) else 1e-4)
    if name in {"people", "weight"}:  # it does not hold together any more
        with pytest.raises(SessionFileError):
            _differs(said)
    else:
        assert _differs(said) != []
    if name == "swing":
        found = verify(canonical_json(said), asked=("reproduced",))
        assert found.verdicts["reproduced"].holds is False


def _differs(said: Any) -> list[Deviation]:  # noqa: ANN401
    """Return where the session that a check computes again differs from what a dossier says."""
    record = record_of(said)
    assert record is not None
    again = tell_session(brabant()[0], record, Words("nl")).results
    return list(deviations(said["results"]["session"], again))


def test_remarks_are_quoted_when_asked(export: Path, tmp_path: Path, capsysbinary: Capture) -> None:
    """One by its number; the command says that there are others only while some are left out."""
    asked = ("memo", BRABANT, "--session", export, "--to", "html", "--out", tmp_path, *FAST)
    done = run(capsysbinary, *asked, "--remarks", "1")
    assert done.code == 0, done.err
    page = (tmp_path / "brabant-memo-nl.html").read_text()
    remarks = [text for _, text in json.loads(export.read_bytes())["remarks"]]
    assert [text in page for text in remarks] == [True, False]
    assert "--remarks" in done.out
    wrong = run(capsysbinary, *asked, "--force", "--remarks", "3")
    assert wrong.code == 2


def test_a_draft_memo_is_marked(held: Held, tmp_path: Path, capsysbinary: Capture) -> None:
    """In English too; and it proves itself."""
    asked = ("memo", BRABANT, "--session", held.draft, "--to", "html", "--out", tmp_path, *FAST)
    done = run(capsysbinary, *asked, "--lang", "en")
    assert done.code == 0, done.err
    content = (tmp_path / "brabant-memo-en.html").read_bytes()
    assert b'class="mark"' in content
    assert b"not frozen yet" in content
    found = verify(content, asked=("intact", "consistent"))
    assert [verdict.holds for verdict in found.verdicts.values()] == [True, True]
