from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from datetime import datetime
from typing import TYPE_CHECKING

import pytest

import afweging as afw
from afweging.io.canonical import problem_digest
from afweging.memo.blocks import MemoText
from afweging.memo.crate import crate_files
from afweging.model.result import Request

if TYPE_CHECKING:
    from pathlib import Path

TEXT = MemoText("nl", "memo", "Welk kantoor?", "2026-11-25", concept=False, blocks=())
DOSSIER = b'{"format":"afweging-dossier/1"}'


def _files(name: str) -> dict[str, bytes]:
    comparison = afw.compare(afw.read_problem(f"scenarios/{name}"), Request())
    return crate_files(comparison, TEXT, DOSSIER, {"memo.pdf": b"%PDF"})


@pytest.fixture(scope="module", params=["brabant", "leervoorbeeld"])
def files(request: pytest.FixtureRequest) -> dict[str, bytes]:
    """Return the folder of a whole problem, and of one with gaps and classes."""
    return _files(request.param)


def test_every_file_is_described_and_there(files: dict[str, bytes]) -> None:
    """By RO-Crate 1.1: the descriptor, the root with its parts, and an entity for each part."""
    crate = json.loads(files["ro-crate-metadata.json"])
    assert crate["@context"] == "https://w3id.org/ro/crate/1.1/context"
    entities = {each["@id"]: each for each in crate["@graph"]}
    assert len(entities) == len(crate["@graph"])
    descriptor = entities["ro-crate-metadata.json"]
    assert descriptor["about"] == {"@id": "./"}
    assert descriptor["conformsTo"] == {"@id": "https://w3id.org/ro/crate/1.1"}
    root = entities["./"]
    assert {"name", "description", "datePublished"} <= root.keys()
    assert root["identifier"] == f"sha256:{hashlib.sha256(DOSSIER).hexdigest()}"
    parts = {part["@id"] for part in root["hasPart"]}
    assert parts == files.keys() - {"ro-crate-metadata.json"}
    for path in parts:
        assert entities[path]["@type"] == "File"
        assert entities[path]["contentSize"] == str(len(files[path]))
        assert entities[path]["identifier"].endswith(hashlib.sha256(files[path]).hexdigest())


def test_tables_are_as_they_are_described(files: dict[str, bytes]) -> None:
    """Every table of the package has the columns of its schema, and values of their types."""
    package = json.loads(files["datapackage.json"])
    names = [resource["name"] for resource in package["resources"]]
    assert len(set(names)) == len(names) > 10
    for resource in package["resources"]:
        rows = list(csv.DictReader(io.StringIO(files[resource["path"]].decode())))
        fields = {field["name"]: field["type"] for field in resource["schema"]["fields"]}
        head = files[resource["path"]].decode().splitlines()[0]
        assert head.split(",") == list(fields)
        for row in rows:
            for name, value in row.items():
                _check(value, fields[name])


def _check(value: str, kind: str) -> None:
    if value and kind == "number":
        float(value)
    elif value and kind == "integer":
        int(value)
    elif value and kind == "boolean":
        assert value in {"true", "false"}


@pytest.mark.parametrize("name", ["brabant", "kantoor"])
def test_the_inputs_are_a_problem_again(name: str, tmp_path: Path) -> None:
    """The program reads the folder with the inputs as the same problem."""
    for path, content in _files(name).items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_bytes(content)
    again = afw.read_problem(tmp_path / "problem")
    assert problem_digest(again) == problem_digest(afw.read_problem(f"scenarios/{name}"))


def test_the_same_input_gives_the_same_bytes() -> None:
    """Nothing of the clock or of the machine is in it."""
    assert _files("kantoor") == _files("kantoor")


NAME = re.compile("[a-z0-9._-]+")
TYPES = {"number", "integer", "boolean", "string", "any"}


def test_the_data_package_follows_its_rules(files: dict[str, bytes]) -> None:
    """By the Frictionless Data Package and Table Schema: names, paths, encodings, types."""
    package = json.loads(files["datapackage.json"])
    assert package["profile"] == "tabular-data-package"
    assert NAME.fullmatch(package["name"])
    datetime.fromisoformat(package["created"])
    assert package["resources"]
    for resource in package["resources"]:
        assert resource["profile"] == "tabular-data-resource"
        assert NAME.fullmatch(resource["name"])
        assert resource["path"] in files
        assert not resource["path"].startswith(("/", "."))
        assert (resource["format"], resource["mediatype"]) == ("csv", "text/csv")
        assert resource["encoding"] == "utf-8"
        names = [field["name"] for field in resource["schema"]["fields"]]
        assert len(set(names)) == len(names)
        assert {field["type"] for field in resource["schema"]["fields"]} <= TYPES
