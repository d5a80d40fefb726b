"""A small decision problem in four files, whole and with one thing wrong, for tests to share.

Its parts are asymmetric on purpose: three options, three criteria of three kinds, two scenarios,
three regions of unequal weight.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from afweging.errors import ProblemFileError
from afweging.io.problem_file import read_problem
from afweging.wording import LANGUAGES, Words
from afweging.wording.faults import fault_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from afweging.errors import Fault

PROBLEM = """\
id: pleinkeuze
title: {nl: Welk plein?, en: Which square?}
date: 2026-11
tree:
  id: doel
  name: Een goed plein
  children:
    - id: groen
      name: Groen
      weight: 60
      children:
        - id: bomen
          name: Bomen
          weight: 75
          unit: bomen
          worst: 2
          best: 40
          value_function: {shape: piecewise, points: [[2, 0], [10, 0.6], [40, 1]]}
          evidence: measured
          source: telling
          chain_stage: aanleg
          perspective: buurt
        - id: sfeer
          name: Sfeer
          weight: 25
          unit: oordeel
          value_function:
            shape: ordinal
            classes:
              - {id: kaal, name: kaal, value: 0}
              - {id: gewoon, name: gewoon, value: 0.3}
              - {id: fijn, name: fijn, value: 1}
          evidence: expert
    - id: kosten
      name: Kosten
      weight: 40
      unit: 1000 euro
      direction: min
      worst: 900
      best: 100
      value_function: {shape: exponential, midvalue: 600}
      evidence: derived
options:
  - id: markt
    name: Markt
    reference: true
  - id: park
    name: Park
    lead: [ruimte]
    fte: 0.5
    euro_per_year: 60000
    excludes: [hof]
  - id: hof
    name: Hof
    roles: [verbinden, uitvoeren]
    requires: [markt]
scenarios:
  - {id: droog, name: Droog}
  - {id: nat, name: Nat}
requirements:
  - {id: groen_genoeg, name: Groen, criterion: bomen, threshold: 3, evidence: expert}
  - {id: niet_kaal, name: Sfeer, criterion: sfeer, threshold: gewoon, evidence: expert}
scenario_likelihoods:
  - id: bureau
    name: Het bureau
    weights:
      droog: {value: 35, evidence: expert, source: telling}
      nat: {value: 65, evidence: expert}
portfolios:
  - {id: ruimte, name: Ruimte, holder: niet bekend, valid_from: 2026-05-27, source: telling}
chain_stages:
  - {id: aanleg, name: Aanleg}
perspectives:
  - {id: buurt, name: De buurt}
"""

EFFECTS = """\
option,scenario,criterion,low,mode,high,evidence,source
markt,droog,bomen,3,4.5,7,measured,telling
markt,droog,sfeer,kaal,gewoon,gewoon,expert,
markt,droog,kosten,150,180,240,derived,
markt,nat,bomen,3,5.5,8,measured,telling
markt,nat,sfeer,kaal,kaal,gewoon,expert,
markt,nat,kosten,150,190,250,derived,
park,droog,bomen,20,26,33,measured,telling
park,droog,sfeer,gewoon,fijn,fijn,expert,
park,droog,kosten,500,610,800,derived,
park,nat,bomen,21,28.5,35,measured,telling
park,nat,sfeer,fijn,fijn,fijn,expert,
park,nat,kosten,500,640,850,derived,
hof,droog,bomen,10,12,16,measured,telling
hof,droog,sfeer,kaal,gewoon,fijn,expert,
hof,droog,kosten,300,330,420,derived,
hof,nat,bomen,11,13,17,measured,telling
hof,nat,sfeer,gewoon,gewoon,fijn,expert,
hof,nat,kosten,310,350,440,derived,
"""

PROFILES = """\
profiles:
  - id: buurt
    name: Buurt
    origin: about
    method: assumed
    evidence: assumption
    weights:
      doel: {groen: 80, kosten: 20}
      groen: {bomen: 55, sfeer: 45}
    ranges:
      bomen: {worst: 2, best: 40}
    source: telling
  - id: raad
    name: Raad
    origin: own
    method: swing
    evidence: expert
    weights:
      doel: {groen: 70, kosten: 100}
  - id: kenner
    name: Kenner
    origin: own
    method: rank-sum
    evidence: expert
    weights:
      groen: {bomen: 2, sfeer: 1}
  - id: bewoner
    name: Bewoner
    origin: own
    method: statements
    evidence: expert
    judgements:
      - {kind: ratio, first: groen, second: kosten, low: 1.5}
    ranges:
      kosten: {worst: 900, best: 100}
    rescale: true
    report: In een kwartier gevraagd
"""

SOURCES = """\
sources:
  - id: telling
    kind: primary
    title: Telling van bomen
    based_on: [kaart]
  - id: kaart
    kind: not_found
    title: Kaart van het plein
"""

SMALL: Mapping[str, str] = {
    "problem.yaml": PROBLEM,
    "effects.csv": EFFECTS,
    "profiles.yaml": PROFILES,
    "sources.yaml": SOURCES,
}

Found = tuple[str, str | None, int | None, int | None]


@dataclass(frozen=True, slots=True)
class Case:
    """One change to the small problem, and the faults it must give: code, file, line, column.

    `more` holds whole files that take the place of others.
    """

    id: str
    file: str
    old: str
    new: str
    faults: tuple[Found, ...]
    more: tuple[tuple[str, str], ...] = ()

    @property
    def files(self) -> dict[str, str]:
        """The files of the small problem with the change made."""
        return {**changed(self.file, self.old, self.new), **dict(self.more)}


def params(cases: Iterable[Case]) -> list[object]:
    """Return cases as parameters of a test, each under its own name."""
    return [pytest.param(case, id=case.id) for case in cases]


def changed(file: str, old: str, new: str) -> dict[str, str]:
    """Return the small problem with the one `old` in `file` replaced; an empty `old` is the end."""
    text = SMALL[file]
    if not old:
        return {**SMALL, file: text + new}
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
    return {**SMALL, file: text.replace(old, new)}


def write(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """Return `folder` with `files` in it, byte for byte."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        raw = content if isinstance(content, bytes) else content.encode("utf-8")
        (folder / name).write_bytes(raw)
    return folder


def faults_in(folder: Path) -> tuple[Fault, ...]:
    """Return the faults that reading `folder` raises; there must be one."""
    with pytest.raises(ProblemFileError) as caught:
        read_problem(folder)
    assert caught.value.faults
    return caught.value.faults


def found(faults: Iterable[Fault]) -> list[Found]:
    """Return code, file, line and column of each fault."""
    return [(f.code, f.place.file, f.place.line, f.place.column) for f in faults]


def sentences(faults: Iterable[Fault]) -> list[str]:
    """Return the Dutch and then the English sentence of each fault; none lacks a fact."""
    texts = [fault_text(Words(language), fault) for fault in faults for language in LANGUAGES]
    assert texts
    for text in texts:
        assert "{" not in text.replace("«{…}»", "")
        assert "None" not in text
        assert text.endswith(".") or "afweging new" in text
    return texts


def check_case(case: Case, folder: Path) -> tuple[Fault, ...]:
    """Return the faults of `case` after comparing them with what it says."""
    write(folder, case.files)
    faults = faults_in(folder)
    assert found(faults) == list(case.faults)
    sentences(faults)
    return faults
