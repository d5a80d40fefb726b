"""A memo as a folder for an archive: its documents, its dossier, its inputs and its tables.

The folder is a research object (RO-Crate 1.1, https://w3id.org/ro/crate/1.1) and its tables are a
data package (https://specs.frictionlessdata.io), so that other programs can read it without this
one.
"""

from __future__ import annotations

import csv
import hashlib
import io
from typing import TYPE_CHECKING

from afweging.analysis.tables import TABLES
from afweging.io.canonical import canonical_json
from afweging.io.disassemble import (
    effects_columns,
    problem_document,
    profiles_document,
    sources_document,
)
from afweging.io.dossier import FILE, fingerprint
from afweging.io.effects_table import ESTIMATES, write_effects_csv
from afweging.io.problem_folder import to_yaml
from afweging.memo.dossier import versions
from afweging.model.criterion import Ordinal

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from afweging.memo.blocks import MemoText
    from afweging.model.problem import DecisionProblem
    from afweging.model.result import Comparison

CRATE, PACKAGE = "ro-crate-metadata.json", "datapackage.json"
PROFILE = "https://w3id.org/ro/crate/1.1"
TYPES = {
    "csv": "text/csv",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "html": "text/html",
    "json": "application/json",
    "odt": "application/vnd.oasis.opendocument.text",
    "pdf": "application/pdf",
    "yaml": "application/yaml",
}


def crate_files(
    comparison: Comparison, text: MemoText, dossier: bytes, documents: Mapping[str, bytes]
) -> dict[str, bytes]:
    """Return the files of the folder by their path in it; the same input gives the same bytes.

    `documents` are the memo in its formats, by the name of the file.
    """
    frames = {name: make(comparison) for name, make in TABLES.items()}
    tables = {f"tables/{name}.csv": _csv(frame) for name, frame in frames.items()}
    files = {**documents, FILE: dossier, **_inputs(comparison.problem), **tables}
    resources = [_effects_resource(comparison.problem)]
    resources += [_resource(f"tables/{name}.csv", name, frame) for name, frame in frames.items()]
    files[PACKAGE] = canonical_json(_package(text, fingerprint(dossier), resources))
    return {**files, CRATE: canonical_json(_crate(text, fingerprint(dossier), files))}


def _inputs(problem: DecisionProblem) -> dict[str, bytes]:
    """Return the decision problem as the folder that the program reads."""
    return {
        "problem/problem.yaml": to_yaml(problem_document(problem)),
        "problem/effects.csv": write_effects_csv(effects_columns(problem)),
        "problem/profiles.yaml": to_yaml(profiles_document(problem)),
        "problem/sources.yaml": to_yaml(sources_document(problem)),
    }


def _csv(frame: pd.DataFrame) -> bytes:
    """Return a table by RFC 4180: comma, decimal point, CRLF; empty where there is no value."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(frame.columns)
    plain = frame.astype(object).where(frame.notna(), None)
    for row in plain.itertuples(index=False, name=None):
        writer.writerow([_cell(value) for value in row])
    return stream.getvalue().encode("utf-8")


def _cell(value: object) -> str:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


# --- data package -------------------------------------------------------------------------------


def _package(text: MemoText, mark: str, resources: list[dict[str, object]]) -> dict[str, object]:
    return {
        "profile": "tabular-data-package",
        "name": "afweging",
        "id": f"sha256:{mark}",
        "title": text.title,
        "created": f"{text.date}T00:00:00Z",
        "resources": resources,
    }


def _resource(path: str, name: str, frame: pd.DataFrame) -> dict[str, object]:
    fields = [_field(str(column), str(kind)) for column, kind in frame.dtypes.items()]
    return _described(path, name, fields)


def _described(path: str, name: str, fields: list[dict[str, object]]) -> dict[str, object]:
    return {
        "profile": "tabular-data-resource",
        "name": name.replace("_", "-"),
        "path": path,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {"fields": fields, "missingValues": [""]},
    }


def _field(name: str, kind: str) -> dict[str, object]:
    known = {"float64": "number", "int64": "integer", "Int64": "integer", "bool": "boolean"}
    return {"name": name, "type": known.get(kind, "any" if kind == "object" else "string")}


def _effects_resource(problem: DecisionProblem) -> dict[str, object]:
    """Return the table of effects; its estimates are text where a criterion has classes."""
    classes = any(isinstance(each.value_function, Ordinal) for each in problem.criteria)
    fields: list[dict[str, object]] = [
        {"name": name, "type": "number" if name in ESTIMATES and not classes else "string"}
        for name in effects_columns(problem)
    ]
    return _described("problem/effects.csv", "effects", fields)


# --- research object ----------------------------------------------------------------------------


def _crate(text: MemoText, mark: str, files: Mapping[str, bytes]) -> dict[str, object]:
    parts = [{"@id": path} for path in files]
    program = versions()["afweging"]
    graph: list[dict[str, object]] = [
        {
            "@id": CRATE,
            "@type": "CreativeWork",
            "about": {"@id": "./"},
            "conformsTo": {"@id": PROFILE},
        },
        {
            "@id": "./",
            "@type": "Dataset",
            "name": text.title,
            "description": f"{text.kind}: {text.title}",
            "datePublished": text.date,
            "identifier": f"sha256:{mark}",
            "inLanguage": text.language,
            "hasPart": parts,
        },
        {
            "@id": "#afweging",
            "@type": "SoftwareApplication",
            "name": "afweging",
            "softwareVersion": program,
        },
        {
            "@id": "#made",
            "@type": "CreateAction",
            "name": text.kind,
            "instrument": {"@id": "#afweging"},
            "object": [part for part in parts if part["@id"].startswith("problem/")],
            "result": [part for part in parts if not part["@id"].startswith("problem/")],
        },
    ]
    graph += [_file(path, content) for path, content in files.items()]
    return {"@context": f"{PROFILE}/context", "@graph": graph}


def _file(path: str, content: bytes) -> dict[str, object]:
    return {
        "@id": path,
        "@type": "File",
        "name": path.rpartition("/")[2],
        "contentSize": str(len(content)),
        "encodingFormat": TYPES[path.rpartition(".")[2]],
        "identifier": f"sha256:{hashlib.sha256(content).hexdigest()}",
    }
