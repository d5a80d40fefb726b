from __future__ import annotations

from pathlib import Path

import jsonschema
import pytest
from ruamel.yaml import YAML
from tests.folders import SMALL

from afweging.io.schema import json_schema

ROOT = Path(__file__).resolve().parents[2]
PROBLEMS = sorted(path.parent for path in ROOT.glob("scenarios/*/problem.yaml"))
TEMPLATES = sorted(path.parent for path in ROOT.glob("src/afweging/cli/template/*/problem.yaml"))
PARTS = ("problem", "profiles", "sources")


def _load(text: str) -> object:
    content: object = YAML(typ="safe", pure=True).load(text)
    return content


@pytest.mark.parametrize("part", PARTS)
def test_the_schema_is_a_schema(part: str) -> None:
    """The schema of each file is valid JSON Schema 2020-12."""
    jsonschema.Draft202012Validator.check_schema(json_schema(part))


@pytest.mark.parametrize(
    "path",
    [
        folder / f"{part}.yaml"
        for folder in (*PROBLEMS, *TEMPLATES)
        for part in PARTS
        if (folder / f"{part}.yaml").is_file()
    ],
    ids=lambda path: f"{path.parent.name}-{path.stem}",
)
def test_the_committed_problems_follow_the_schema(path: Path) -> None:
    """What is published as an example follows the published schema."""
    jsonschema.validate(_load(path.read_text(encoding="utf-8")), json_schema(path.stem))


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        ("problem", "weight: 75", "weight: -75"),
        ("problem", "id: pleinkeuze", "id: plein keuze"),
        ("problem", "date: 2026-11", "date: november"),
        ("problem", "    name: Park\n", ""),
        ("problem", "fte: 0.5", "ftes: 0.5"),
        ("problem", "shape: exponential", "shape: exponent"),
        ("profiles", "origin: about", "origin: above"),
        ("sources", "kind: primary", "kind: prima"),
        ("sources", "kind: primary", "kind: primary\n    correlated: ja"),
        ("sources", "kind: primary", "kind: primary\n    distribution: normal"),
    ],
)
def test_the_schema_refuses_faults_of_form(part: str, old: str, new: str) -> None:
    """An editor that knows the schema marks what `check` would refuse for its form."""
    text = SMALL[f"{part}.yaml"].replace("2026-05-27", "2026-05")  # a date to YAML 1.1
    jsonschema.validate(_load(text), json_schema(part))
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(_load(text.replace(old, new)), json_schema(part))
