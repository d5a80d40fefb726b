"""Brabant by loops over plain numbers from its files, for tests that compute it once more."""

from __future__ import annotations

import csv
from collections import defaultdict
from itertools import pairwise
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

FOLDER = Path(__file__).resolve().parents[2] / "scenarios" / "brabant"
Case = tuple[str, str, str]


def yaml_of(name: str) -> dict[str, Any]:
    """Return what a YAML file of the problem holds."""
    found: dict[str, Any] = YAML(typ="safe", pure=True).load(
        (FOLDER / name).read_text(encoding="utf-8")
    )
    return found


def leaves_of(node: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the criteria below a node of the tree."""
    if "children" not in node:
        return [node]
    return [leaf for child in node["children"] for leaf in leaves_of(child)]


def weights_of(
    node: dict[str, Any], given: dict[str, dict[str, float]], weight: float
) -> dict[str, float]:
    """Return the weight of every leaf; `given` overrides the weights of whole groups."""
    if "children" not in node:
        return {node["id"]: weight}
    local = given.get(node["id"]) or {child["id"]: child["weight"] for child in node["children"]}
    total = sum(local.values())
    found: dict[str, float] = {}
    for child in node["children"]:
        found |= weights_of(child, given, weight * local[child["id"]] / total)
    return found


def _value(criterion: dict[str, Any], x: float) -> float:
    """Return the value of an effect: straight, or between points."""
    if criterion["value_function"]["shape"] == "linear":
        return float((x - criterion["worst"]) / (criterion["best"] - criterion["worst"]))
    points = criterion["value_function"]["points"]
    for (x0, v0), (x1, v1) in pairwise(points):
        if x0 <= x <= x1:
            return float(v0 + (v1 - v0) * (x - x0) / (x1 - x0))
    raise AssertionError(x)


class Hand:
    """Brabant, computed by hand from the files."""

    def __init__(self) -> None:
        self.problem = yaml_of("problem.yaml")
        self.criteria = {leaf["id"]: leaf for leaf in leaves_of(self.problem["tree"])}
        self.weights = weights_of(self.problem["tree"], {}, 1.0)
        self.effects: dict[tuple[Case, str, str], float] = {}
        with (FOLDER / "effects.csv").open(encoding="utf-8", newline="") as stream:
            for row in csv.DictReader(stream):
                case = (row["scenario"], row["region"], row["horizon"])
                self.effects[case, row["option"], row["criterion"]] = float(row["mode"])
        self.cases = sorted({case for case, _, _ in self.effects})
        self.options = sorted({option for _, option, _ in self.effects})

    def by_case(self, weights: dict[str, float]) -> dict[tuple[Case, str], float]:
        """Return the score of every option in every case."""
        found: dict[tuple[Case, str], float] = defaultdict(float)
        for (case, option, name), x in self.effects.items():
            found[case, option] += weights[name] * _value(self.criteria[name], x)
        return found

    def means(self, scores: dict[tuple[Case, str], float], cases: list[Case]) -> dict[str, float]:
        """Return the mean score of every option over cases that weigh the same."""
        return {
            option: sum(scores[case, option] for case in cases) / len(cases)
            for option in self.options
        }

    def failing(self, need: dict[str, Any], option: str) -> int:
        """Return in how many cases an option does not meet a requirement."""
        levels = [self.effects[case, option, need["criterion"]] for case in self.cases]
        if self.criteria[need["criterion"]]["direction"] == "max":
            return sum(level < need["threshold"] for level in levels)
        return sum(level > need["threshold"] for level in levels)

    @property
    def left(self) -> list[str]:
        """The options that are not screened out."""
        return [
            option
            for option in self.options
            if all(
                self.failing(need, option) / len(self.cases) <= need["tolerated_share"] + 1e-9
                for need in self.problem["requirements"]
            )
        ]
