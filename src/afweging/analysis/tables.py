"""A comparison as pandas tables, one per question. Numbers are whole; words are elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from afweging.model.result import AXES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from afweging.model.result import Axis, Bounds, Comparison, Regret, Winners


def _options(comparison: Comparison) -> list[str]:
    return [alternative.id for alternative in comparison.problem.alternatives]


def ranking(comparison: Comparison) -> pd.DataFrame:
    """Return rank, score and contribution per lens of every option, best first.

    `rank` to `worst_rank` and `score_low` to `score_high` differ only where a gap in the effects
    leaves room; the ranks are missing where the option is screened out. The contributions add up
    to `score_low`.
    """
    rows = _options(comparison)
    lenses = [lens.id for lens in comparison.problem.tree.children]
    parts = comparison.scores.lenses
    lines = []
    for line in comparison.ranking:
        lens = dict(zip(lenses, parts.low[rows.index(line.id)].tolist(), strict=True))
        lines.append(
            {
                "option": line.id,
                "rank": line.rank,
                "worst_rank": line.worst_rank,
                "score_low": line.score.low,
                "score_high": line.score.high,
                **lens,
            }
        )
    frame = pd.DataFrame(lines).set_index("option")
    return frame.astype({"rank": "Int64", "worst_rank": "Int64"})


def contributions(comparison: Comparison) -> pd.DataFrame:
    """Return per option and criterion the mean contribution to the score, low and high."""
    return _long(
        comparison.scores.criteria,
        {"option": _options(comparison), "criterion": [c.id for c in comparison.problem.criteria]},
    )


def axis_scores(comparison: Comparison, axis: Axis) -> pd.DataFrame:
    """Return the score per scenario, region or horizon and option, low and high."""
    names = {axis: list(comparison.cases.ids[axis]), "option": _options(comparison)}
    return _long(comparison.scores.axes[axis], names)


def case_scores(comparison: Comparison) -> pd.DataFrame:
    """Return the score per case and option; cases as a MultiIndex (scenario, region, horizon)."""
    index = pd.MultiIndex.from_tuples(comparison.cases.labels, names=list(AXES))
    frames = {
        "score_low": pd.DataFrame(comparison.scores.cases.low, index, _options(comparison)),
        "score_high": pd.DataFrame(comparison.scores.cases.high, index, _options(comparison)),
    }
    return pd.concat(frames, axis=1, names=["bound", "option"])


def scenario_regret(comparison: Comparison) -> pd.DataFrame:
    """Return the regret per scenario and option, low and high; missing where screened out."""
    names = {"scenario": list(comparison.cases.ids["scenario"]), "option": _options(comparison)}
    return _long(comparison.regret.by_scenario, names)


def profile_scores(comparison: Comparison) -> pd.DataFrame:
    """Return the score per profile and option, low and high."""
    profiles = [profile.id for profile in comparison.problem.panel]
    return _long(comparison.scores.panel, {"profile": profiles, "option": _options(comparison)})


def greatest_regret(comparison: Comparison) -> pd.DataFrame:
    """Return per option the greatest regret over scenarios and over cases, with the cause."""
    return _regrets(
        {"scenarios": comparison.regret.over_scenarios, "cases": comparison.regret.over_cases}
    )


def lowest_score(comparison: Comparison) -> pd.DataFrame:
    """Return per option the lowest score over the scenarios, with the scenario."""
    return _regrets({"scenarios": comparison.regret.lowest_score})


def _regrets(found: Mapping[str, tuple[Regret, ...]]) -> pd.DataFrame:
    lines = [
        {
            "over": over,
            "option": each.alternative,
            "low": each.span.low,
            "high": each.span.high,
            "states": "; ".join(each.states),
        }
        for over, regrets in found.items()
        for each in regrets
    ]
    return pd.DataFrame(lines, columns=["over", "option", "low", "high", "states"])


def winners(comparison: Comparison) -> pd.DataFrame:
    """Return who is first overall, per scenario, region, horizon and profile; ties as ties."""
    found: dict[str, tuple[Winners, ...]] = {"all": (comparison.first.overall,)}
    found |= {axis: comparison.first.axes[axis] for axis in AXES}
    found["profile"] = comparison.first.profiles
    lines = [
        {
            "over": over,
            "of": each.of,
            "first": "; ".join(each.alternatives),
            "settled": each.settled,
        }
        for over, groups in found.items()
        for each in groups
    ]
    return pd.DataFrame(lines, columns=["over", "of", "first", "settled"])


def share_first(comparison: Comparison) -> pd.DataFrame:
    """Return per option the share of the weight of the cases in which it is first."""
    return _long(comparison.first.share, {"option": _options(comparison)})


def screening(comparison: Comparison) -> pd.DataFrame:
    """Return how every option fares on every requirement: failing cases and share, low and high."""
    columns = [
        "requirement",
        "option",
        "cases_low",
        "cases_high",
        "share_low",
        "share_high",
        "tolerated",
        "verdict",
    ]
    lines = [
        (
            each.requirement,
            each.alternative,
            *each.failing_cases,
            each.failing_share.low,
            each.failing_share.high,
            each.tolerated_share,
            each.verdict,
        )
        for each in comparison.screening
    ]
    return pd.DataFrame(lines, columns=columns)


def exchange_rates(comparison: Comparison) -> pd.DataFrame:
    """Return what one unit of each criterion weighs, in units of another."""
    lines = [(each.criterion, each.other, each.rate, each.exact) for each in comparison.exchange]
    return pd.DataFrame(lines, columns=["criterion", "other", "rate", "exact"])


def evidence(comparison: Comparison) -> pd.DataFrame:
    """Return the share of the result that rests on each kind of evidence."""
    return pd.DataFrame(list(comparison.evidence.items()), columns=["evidence", "share"])


def _long(bounds: Bounds, names: dict[str, list[str]]) -> pd.DataFrame:
    """Return arrays as one long table with a column per axis."""
    index = pd.MultiIndex.from_product(list(names.values()), names=list(names))
    frame = pd.DataFrame({"low": bounds.low.ravel(), "high": bounds.high.ravel()}, index=index)
    return frame.reset_index()


TABLES: dict[str, Callable[[Comparison], pd.DataFrame]] = {
    "ranking": lambda comparison: ranking(comparison).reset_index(),
    "contributions": contributions,
    "scenario_scores": lambda comparison: axis_scores(comparison, "scenario"),
    "region_scores": lambda comparison: axis_scores(comparison, "region"),
    "horizon_scores": lambda comparison: axis_scores(comparison, "horizon"),
    "scenario_regret": scenario_regret,
    "greatest_regret": greatest_regret,
    "lowest_score": lowest_score,
    "profile_scores": profile_scores,
    "winners": winners,
    "share_first": share_first,
    "screening": screening,
    "exchange_rates": exchange_rates,
    "evidence": evidence,
}
