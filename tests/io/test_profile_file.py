from __future__ import annotations

import re
import sys
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.folders import PROFILES, SMALL, sentences, write
from tests.problems import problems

from afweging.errors import OutputError
from afweging.io.problem_file import read_problem
from afweging.io.problem_folder import write_folder
from afweging.io.profile_file import add_profiles, day_faults, name_faults, with_profiles
from afweging.model.preference import Judgement, Profile, SwingRange
from afweging.model.text import Text

if TYPE_CHECKING:
    from afweging.model.problem import DecisionProblem

JAN = Profile(
    "jan",
    Text("Jan"),
    "own",
    "swing",
    "expert",
    (("doel", (("groen", 100.0), ("kosten", 35.0))),),
    ranges=(SwingRange("kosten", 900.0, 100.0), SwingRange("bomen", 2.0, 40.0)),
    date="2026-11-24",
)
BLOCK = """\
  - id: jan
    name: Jan
    origin: own
    method: swing
    evidence: expert
    weights:
      doel:
        groen: 100
        kosten: 35
    ranges:
      kosten:
        worst: 900
        best: 100
      bomen:
        worst: 2
        best: 40
    date: '2026-11-24'
"""
# three profiles with remarks before, between, within and after them
REMARKED = """\
# boven alles
profiles:   # de lijst

# over de buurt
  - id: buurt   # de buurt
    name: Buurt
    origin: about
    method: assumed
    evidence: assumption
    weights:
      doel: {groen: 80, kosten: 20}   # van een avond
    # weights: weggehaald

  # over de raad
  - id: raad
    name: Raad
    origin: own
    method: swing
    evidence: expert
    # nog niet over groen
    weights:
      doel: {groen: 70, kosten: 100}
# over de kenner
  - id: kenner
    name: Kenner
    origin: own
    method: rank-sum
    evidence: expert
    weights:
      groen: {bomen: 2, sfeer: 1}

# na alles
"""


def _folder(folder: Path, profiles: str | bytes) -> Path:
    return write(folder, {**SMALL, "profiles.yaml": profiles})


def _add(folder: Path, *new: Profile) -> bytes:
    """Return the bytes of profiles.yaml after adding; it reads back as it should."""
    problem = read_problem(folder, stale="keep")
    others = {path: path.read_bytes() for path in folder.iterdir() if path.name != "profiles.yaml"}
    add_profiles(problem, new, folder)
    assert read_problem(folder).profiles == with_profiles(problem, new).profiles
    assert {p: p.read_bytes() for p in folder.iterdir() if p.name != "profiles.yaml"} == others
    return (folder / "profiles.yaml").read_bytes()


def _refused(folder: Path, *new: Profile) -> list[str]:
    """Return the codes of the faults; not one file changed, and none was left behind."""
    before = {path: path.read_bytes() for path in folder.iterdir()}
    problem = read_problem(folder)
    with pytest.raises(OutputError) as caught:
        add_profiles(problem, new, folder)
    sentences(caught.value.faults)
    assert {path: path.read_bytes() for path in folder.iterdir()} == before
    return [fault.code for fault in caught.value.faults]


# --- adding -------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", [PROFILES, REMARKED], ids=["plain", "remarks"])
def test_a_profile_is_added_below_all_that_stands(text: str, tmp_path: Path) -> None:
    """What stood there stays to the byte, remarks after the last profile too; the new one ends."""
    assert _add(_folder(tmp_path, text), JAN) == (text + BLOCK).encode()


def test_several_profiles_are_added_in_order(tmp_path: Path) -> None:
    """Two new ones stand below the others in the order in which they are given."""
    second = replace(JAN, id="An")
    added = _add(_folder(tmp_path, REMARKED), JAN, second).decode()
    assert added == REMARKED + BLOCK + BLOCK.replace("id: jan", "id: An")


def test_a_file_that_is_not_there_is_made(tmp_path: Path) -> None:
    """Without profiles.yaml there is one afterwards, with the new profile only."""
    folder = write(tmp_path, {name: text for name, text in SMALL.items() if "profiles" not in name})
    assert _add(folder, JAN) == f"profiles:\n{BLOCK}".encode()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("profiles: []\n", "profiles:\n"),
        ("profiles: []", "profiles:\n"),
        (
            "# a\nprofiles: [ ]  # nog leeg\n# profiles: []\n",
            "# a\nprofiles:  # nog leeg\n# profiles: []\n",
        ),
    ],
)
def test_an_empty_list_is_opened_where_it_stands(text: str, expected: str, tmp_path: Path) -> None:
    """The brackets go and nothing else, remarks on the same line and below it stay."""
    assert _add(_folder(tmp_path, text), JAN) == (expected + BLOCK).encode()


@pytest.mark.parametrize("empty", [b"profiles: []\r\n# na\r\n", REMARKED.replace("\n", "\r\n")])
def test_windows_line_ends_stay(empty: str | bytes, tmp_path: Path) -> None:
    """A file with CRLF gets CRLF on the new lines as well, and none is mixed."""
    added = _add(_folder(tmp_path, empty), JAN)
    assert added.endswith(BLOCK.replace("\n", "\r\n").encode())
    assert not re.search(rb"(?<!\r)\n", added)


def test_a_byte_order_mark_stays(tmp_path: Path) -> None:
    """A mark at the start of the file is there afterwards, once."""
    added = _add(_folder(tmp_path, b"\xef\xbb\xbf" + PROFILES.encode()), JAN)
    assert added == b"\xef\xbb\xbf" + (PROFILES + BLOCK).encode()


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_last_line_without_an_end_gets_one(end: str, tmp_path: Path) -> None:
    """A file that stops without a line end gets the kind that it has elsewhere."""
    text = PROFILES.replace("\n", end).removesuffix(end)
    added = _add(_folder(tmp_path, text.encode()), JAN)
    assert added == text.encode() + (end + BLOCK.replace("\n", end)).encode()


def test_a_list_against_the_margin_is_followed(tmp_path: Path) -> None:
    """Where the dashes stand against the margin, the new one does too."""
    flat = "profiles:\n" + "".join(
        line.removeprefix("  ") for line in PROFILES.splitlines(keepends=True)[1:]
    )
    added = _add(_folder(tmp_path, flat), JAN).decode()
    assert added.removeprefix(flat).startswith("- id: jan\n  name: Jan\n")


@pytest.mark.parametrize(
    "name",
    [
        'Jan "de Boer" – 50%',
        "Łucja Żółć",
        "a: b # c",
        "'t Hof",
        "=1+1",
        "- nee",
        "1.234",
        "null",
        "[x]",
        "twee\u2028regels\x85",
        " ",
    ],
)
def test_any_name_is_kept(name: str, tmp_path: Path) -> None:
    """Quotes, colons, hashes, letters of other languages and what looks like YAML read back."""
    folder = _folder(tmp_path, REMARKED)
    assert _add(folder, replace(JAN, name=Text(name, f"{name} (en)"))).startswith(REMARKED.encode())


def test_a_long_report_is_folded_and_kept(tmp_path: Path) -> None:
    """A report of many lines reads back to the sign, in both languages."""
    said = " ".join(f"Het {n}e antwoord: «E» telt {n}: keer # zo zwaar." for n in range(1, 90))
    folder = _folder(tmp_path, REMARKED)
    added = _add(folder, replace(JAN, report=Text(said, said.upper()))).decode()
    assert max(map(len, added.splitlines())) < 120


def test_judgements_are_written_as_they_were_given(tmp_path: Path) -> None:
    """Judgements stand in the file with their own numbers, every digit of them, in their order."""
    said = (
        Judgement("share", "kosten", low=0.1 + 0.2),
        Judgement("ratio", "kosten", "groen", times=2.5),
    )
    new = replace(JAN, weights=(), method="statements", judgements=said)
    added = _add(_folder(tmp_path, PROFILES), new).decode()
    shown = """\
    judgements:
    - kind: share
      first: kosten
      low: 0.30000000000000004
    - kind: ratio
      first: kosten
      second: groen
      times: 2.5
"""
    assert shown in added


# --- putting in the place of another ------------------------------------------------------------


def test_the_first_is_replaced_where_it_stands(tmp_path: Path) -> None:
    """Remarks above it and above the next stay; a remark within it goes with it."""
    changed = _add(_folder(tmp_path, REMARKED), replace(JAN, id="buurt")).decode()
    before, rest = REMARKED.split("  - id: buurt", 1)
    after = rest[rest.index("\n  # over de raad") :]
    assert changed == before + BLOCK.replace("id: jan", "id: buurt") + after


def test_the_middle_one_is_replaced_where_it_stands(tmp_path: Path) -> None:
    """A remark at the margin above the next is not its own and stays."""
    changed = _add(_folder(tmp_path, REMARKED), replace(JAN, id="raad")).decode()
    before, rest = REMARKED.split("  - id: raad", 1)
    after = rest[rest.index("# over de kenner") :]
    assert changed == before + BLOCK.replace("id: jan", "id: raad") + after


def test_the_last_is_replaced_where_it_stands(tmp_path: Path) -> None:
    """What stands below the last profile stays below it."""
    changed = _add(_folder(tmp_path, REMARKED), replace(JAN, id="kenner")).decode()
    before = REMARKED[: REMARKED.index("  - id: kenner")]
    assert changed == before + BLOCK.replace("id: jan", "id: kenner") + "\n# na alles\n"


def test_some_are_replaced_and_some_are_added(tmp_path: Path) -> None:
    """In one go one profile is put in its place and another one below."""
    new = [replace(JAN, id="nieuw"), replace(JAN, id="raad")]
    changed = _add(_folder(tmp_path, REMARKED), *new).decode()
    assert re.findall(r"- id: (\w+)", changed) == ["buurt", "raad", "kenner", "nieuw"]
    assert changed.count("# ") == REMARKED.count("# ") - 1  # the one within the council's


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_mark_for_rescaling_is_one_line(end: str, tmp_path: Path) -> None:
    """Where only `rescale: true` is new, that line is put in and all else stays to the byte."""
    remarked = REMARKED.replace("\n", end)
    folder = _folder(tmp_path, remarked.encode())
    council = next(each for each in read_problem(folder).profiles if each.id == "raad")
    changed = _add(folder, replace(council, rescale=True)).decode()
    last = f"      doel: {{groen: 70, kosten: 100}}{end}"
    assert changed == remarked.replace(last, f"{last}    rescale: true{end}")


# --- what cannot be -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "profiles: [{id: een, name: Een, origin: own, method: points, evidence: expert}]\n",
        "profiles:\n  [\n  ]\n",
        "{profiles: []}\n",
        '"profiles": []\n',
        PROFILES + "...\n",
        PROFILES.replace("\n    ", "\n      ").replace("  - id:", "  -   id:"),
    ],
    ids=["flow", "flow-lines", "all-flow", "quoted-key", "end-of-document", "wide-dash"],
)
def test_a_layout_that_cannot_be_added_to_is_left_alone(text: str, tmp_path: Path) -> None:
    """Where one cannot add without touching the rest, that is said and no byte changes."""
    assert _refused(_folder(tmp_path, text), JAN) == ["profiles-layout"]


def test_what_was_written_meanwhile_is_not_lost(tmp_path: Path) -> None:
    """A profile that someone else added since the problem was read stays beside the new one."""
    folder = _folder(tmp_path, PROFILES)
    problem = read_problem(folder)
    _add(folder, replace(JAN, id="eerder"))
    before = (folder / "profiles.yaml").read_bytes()
    add_profiles(problem, [JAN], folder)
    assert (folder / "profiles.yaml").read_bytes() == before + BLOCK.encode()


@pytest.mark.skipif(sys.platform == "win32", reason="who may read a file is of POSIX")
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o644])
def test_who_may_read_the_file_stays(mode: int, tmp_path: Path) -> None:
    """A file that only its owner could read is not opened to others."""
    folder = _folder(tmp_path, PROFILES)
    (folder / "profiles.yaml").chmod(mode)
    _add(folder, JAN)
    assert (folder / "profiles.yaml").stat().st_mode & 0o777 == mode


# --- for every problem --------------------------------------------------------------------------


def _items(content: bytes) -> dict[str, bytes]:
    """Return the bytes of each profile by its first line, in a file written by the program."""
    parts = re.split(rb"(?m)^(?=  - id: |- id: )", content)
    return {part.split(b"\n")[0].strip().decode(): part for part in parts[1:]}


@settings(max_examples=60, deadline=None)
@given(problems(), st.sampled_from([0, -1]))
def test_any_profile_is_added_and_the_others_stay(problem: DecisionProblem, place: int) -> None:
    """A random profile, added or put in its place, reads back; the others stay to the byte."""
    assume(problem.profiles)
    new = problem.profiles[place]
    others = tuple(each for each in problem.profiles if each != new)
    with TemporaryDirectory() as name:
        folder = Path(name)
        write_folder(replace(problem, profiles=others), folder)
        before = _items((folder / "profiles.yaml").read_bytes())
        added = _items(_add(folder, new))
        assert list(added.items())[:-1] == list(before.items())
        write_folder(problem, folder, overwrite=True)
        before = _items((folder / "profiles.yaml").read_bytes())
        changed = _items(_add(folder, replace(new, report=Text("é # «x»: y", "\x85"))))
        assert list(changed) == list(before)
        own = list(before)[place]
        assert {key for key in before if changed[key] != before[key]} <= {own}


# --- names and days -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("jan", []),
        ("2030", []),
        ("J.P-de_Wit", []),
        ("x" * 60, []),
        (None, ["profile-name-missing"]),
        ("", ["profile-name-missing"]),
        ("raad", ["profile-exists"]),
        ("Raad", []),
        ("jan de wit", ["id-form"]),
        ("../jan", ["id-form"]),
        ("_jan", ["id-form"]),
        ("jan\n", ["id-form"]),
        ("Ömer", ["id-form"]),
        ("x" * 61, ["id-form"]),
    ],
)
def test_a_name_has_to_be_a_new_id(name: str | None, codes: list[str]) -> None:
    """A name is an id that no other profile has, and stays within its folder."""
    faults = name_faults(name, "2026-11-24", ["buurt", "raad"])
    assert [fault.code for fault in faults] == codes
    assert not faults or sentences(faults)


@pytest.mark.parametrize(
    ("day", "sound"),
    [
        ("2026", True),
        ("2026-11", True),
        ("2026-11-24", True),
        ("24-11-2026", False),
        ("2026-13", False),
        ("2026-11-24\n", False),
        ("", False),
    ],
)
def test_a_day_is_a_year_a_month_or_a_day(day: str, *, sound: bool) -> None:
    """A date that no file could hold is refused, beside what is wrong with the name."""
    assert [fault.code for fault in day_faults(day)] == ([] if sound else ["day-form"])
    assert len(name_faults("", day, [])) == (1 if sound else 2)
