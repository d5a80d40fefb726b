"""A decision problem as a folder: problem.yaml, effects.csv, profiles.yaml, sources.yaml."""

from __future__ import annotations

import os
from io import StringIO
from typing import TYPE_CHECKING, Any

from ruamel.yaml import YAML
from ruamel.yaml.representer import SafeRepresenter

from afweging.errors import ProblemFileError
from afweging.io.disassemble import (
    effects_columns,
    problem_document,
    profiles_document,
    sources_document,
)
from afweging.io.document import Document, Faults
from afweging.io.effects_table import read_effects_csv, write_effects_csv
from afweging.io.files import decode, read_bytes, write_files
from afweging.io.numbers import write_number
from afweging.io.problem import build_problem
from afweging.io.walk import mapping
from afweging.io.yaml_document import looks_like_number, read_yaml

if TYPE_CHECKING:
    from pathlib import Path

    from ruamel.yaml.nodes import ScalarNode

    from afweging.errors import Fault
    from afweging.io.effects_table import EffectsTable
    from afweging.io.problem import Stale
    from afweging.model.problem import DecisionProblem

FILES = ("problem.yaml", "effects.csv", "profiles.yaml", "sources.yaml")
PROBLEM, EFFECTS, PROFILES, SOURCES = FILES


def read_folder(folder: Path, *, stale: Stale = "refuse") -> DecisionProblem:
    """Return the decision problem in `folder`.

    Raises
    ------
    ProblemFileError
        With every fault in the four files.
    """
    faults = Faults()
    problem = _document(folder, PROBLEM, faults)
    table = _table(folder, problem, faults)
    profiles = _document(folder, PROFILES, faults, empty={"profiles": []})
    sources = _document(folder, SOURCES, faults, empty={"sources": []})
    try:
        return build_problem(problem, profiles, sources, table, faults, stale=stale)
    except ProblemFileError as error:
        raise ProblemFileError(sorted(error.faults, key=_order)) from None


def _order(fault: Fault) -> tuple[int, int, int]:
    """Return where a fault stands: file, line, column."""
    place = fault.place
    file = FILES.index(place.file) if place.file in FILES else len(FILES)
    return file, place.line or 0, place.column or 0


def _document(
    folder: Path, name: str, faults: Faults, empty: dict[str, object] | None = None
) -> Document:
    """Return the document in a file; an absent profiles or sources file is an empty one."""
    if empty is not None and not os.path.lexists(folder / name):
        return Document(empty)
    content = read_bytes(folder / name, folder=folder, faults=faults)
    text = None if content is None else decode(content, file=name, faults=faults)
    return Document(None) if text is None else read_yaml(text, file=name, faults=faults)


def _table(folder: Path, problem: Document, faults: Faults) -> EffectsTable | None:
    content = read_bytes(folder / EFFECTS, folder=folder, faults=faults)
    if content is None:
        return None
    declared = mapping(problem.value).get("effects_decimal")
    decimal = declared if declared in ("point", "comma") else None  # a list is no key of a set
    return read_effects_csv(content, file=EFFECTS, decimal=decimal, faults=faults)  # type: ignore[arg-type]


def write_folder(problem: DecisionProblem, folder: Path, *, overwrite: bool = False) -> None:
    """Write `problem` to `folder`, all four files or none.

    Raises
    ------
    OutputError
        When a file stands there already and `overwrite` is false, or when writing fails.
    """
    files = {
        folder / PROBLEM: to_yaml(problem_document(problem)),
        folder / EFFECTS: write_effects_csv(effects_columns(problem)),
        folder / PROFILES: to_yaml(profiles_document(problem)),
        folder / SOURCES: to_yaml(sources_document(problem)),
    }
    write_files(files, overwrite=overwrite)


class _Representer(SafeRepresenter):
    """Writes what `read_yaml` reads back as it was: 1.2340, not the doubtful 1.234."""

    def represent_str(self, data: str) -> ScalarNode:
        """Return a text, in quotes where it looks like a number or holds the break U+0085."""
        node: ScalarNode = super().represent_str(data)
        if looks_like_number(data):
            node.style = "'"
        if "\x85" in data:
            node.style = '"'
        return node

    def represent_float(self, data: float) -> ScalarNode:
        """Return a number that can be read in one way only."""
        text = write_number(data)
        whole = text.removeprefix("-").isdigit()
        node: ScalarNode = self.represent_scalar(
            "tag:yaml.org,2002:float", f"{text}.0" if whole else text
        )
        return node


_Representer.add_representer(str, _Representer.represent_str)
_Representer.add_representer(float, _Representer.represent_float)


def to_yaml(value: object) -> bytes:
    """Return `value` as YAML that reads back as it was."""
    yaml: Any = YAML(typ="safe", pure=True)
    yaml.default_flow_style = False
    yaml.sort_base_mapping_type_on_output = False
    yaml.width = 100
    yaml.allow_unicode = True
    yaml.Representer = _Representer
    stream = StringIO()
    yaml.dump(value, stream)
    return stream.getvalue().encode("utf-8")
