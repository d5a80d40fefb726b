"""The digest that names a decision problem: of its contents in canonical form."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import numpy as np

from afweging.io.disassemble import problem_document, profiles_document, sources_document
from afweging.model.canonical import canonical_json

if TYPE_CHECKING:
    from collections.abc import Mapping

    from afweging.model.problem import DecisionProblem

__all__ = ["canonical_json", "problem_digest"]


def problem_digest(problem: DecisionProblem) -> str:
    """Return the SHA-256 of what `problem` says, as 64 hexadecimal digits.

    The digest names the contents and not the files: the order of options, criteria and rows,
    the form (folder or workbook), the delimiter and the line ends make no difference to it.
    """
    said = {
        "problem": _sorted(problem_document(problem)),
        "profiles": _sorted(profiles_document(problem)),
        "sources": _sorted(sources_document(problem)),
        "effects": _effects_digests(problem),
    }
    return hashlib.sha256(canonical_json(said)).hexdigest()


def _sorted(value: object) -> object:
    """Return `value` with every list of parts in the order of their ids."""
    if isinstance(value, dict):
        return {key: _sorted(item) for key, item in value.items()}
    if not isinstance(value, list):
        return value
    if value and all(isinstance(item, dict) and "first" in item for item in value):
        return sorted(value, key=canonical_json)  # judgements have no id, nor an order
    if not all(isinstance(item, dict) and "id" in item for item in value):
        return value
    if value and "value" in value[0]:  # the classes of an ordinal criterion: worst to best
        return value
    return sorted((_sorted(item) for item in value), key=lambda item: item["id"])  # type: ignore[index]


def _effects_digests(problem: DecisionProblem) -> Mapping[str, str]:
    """Return a digest per array of the effects, each axis in the order of its ids."""
    effects = problem.effects
    shape = (len(problem.scenarios), len(problem.regions), len(problem.horizons))
    order = np.ix_(
        *(
            _order([part.id for part in axis])
            for axis in (
                problem.scenarios,
                problem.regions,
                problem.horizons,
                problem.alternatives,
                problem.criteria,
            )
        )
    )

    def digest(array: np.ndarray) -> str:
        """Hash little-endian bytes; every NaN and zero has one form."""
        block = array.reshape(*shape, *array.shape[1:])[order]
        return hashlib.sha256(np.ascontiguousarray(block).tobytes()).hexdigest()

    rank = _rank([source.id for source in problem.sources])
    return {
        **{name: digest(_one_form(getattr(effects, name))) for name in ("low", "mode", "high")},
        "present": digest(effects.present.astype("u1")),
        "evidence": digest(effects.evidence.astype("<i1")),
        "source": digest(rank[effects.source].astype("<i4")),
    }


def _one_form(array: np.ndarray) -> np.ndarray:
    return (np.where(np.isnan(array), np.nan, array) + 0.0).astype("<f8")


def _order(ids: list[str]) -> np.ndarray:
    return np.array(sorted(range(len(ids)), key=ids.__getitem__), dtype=np.intp)


def _rank(ids: list[str]) -> np.ndarray:
    """Return per source its place in the sorted ids; the extra last one, -1, stays -1."""
    rank = np.full(len(ids) + 1, -1, dtype=np.int64)
    rank[_order(ids)] = np.arange(len(ids))
    return rank
