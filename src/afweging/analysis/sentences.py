"""What a comparison says, in sentences. Every clause is computed from the comparison."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np

from afweging.analysis.cases import equal_cases
from afweging.analysis.explain import distance, lens_tips
from afweging.analysis.naming import names_of
from afweging.analysis.outline import threshold_text
from afweging.methods.ranking import SCORE_TOLERANCE
from afweging.model.criterion import criteria_under
from afweging.model.result import AXES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from afweging.analysis.naming import Names
    from afweging.model.result import Axis, Comparison, Regret, Screening, Span, Winners
    from afweging.wording import Words


MOST_NAMED = 6  # more regions, scenarios or horizons than this are counted, not named


def headline(comparison: Comparison, words: Words) -> list[str]:
    """Return the answer in a few sentences: who is first, how often, at what regret."""
    found = [_first_place(comparison, words), *_gaps(comparison, words)]
    if none_admissible(comparison):
        found.insert(0, words.text("compare.headline.none_admissible"))
    if sum(comparison.admissible) == 1:  # nobody to be ahead of, nothing to regret
        return [*found, *likelihoods(comparison, words)]
    if len(comparison.first.overall.alternatives) == 1 and comparison.first.overall.settled:
        found += _share(comparison, words)
        found += _nearest_tip(comparison, words)
    found += least_regret(comparison, words)
    return [*found, *likelihoods(comparison, words)]


def none_admissible(comparison: Comparison) -> bool:
    """Return whether no option at all meets the requirements."""
    failing = {each.alternative for each in comparison.screening if each.verdict == "fails"}
    return len(failing) == len(comparison.problem.alternatives)


def _first_place(comparison: Comparison, words: Words) -> str:
    names = names_of(comparison.problem, words.language)
    winners = [names.option(name) for name in comparison.first.overall.alternatives]
    first, *others = [line for line in comparison.ranking if line.rank is not None]
    if not comparison.first.overall.settled:
        return words.text("compare.headline.open", winners=winners)
    score = _span(first.score, words)
    if len(winners) > 1:
        return words.text("compare.headline.tie", winners=winners, score=score)
    if not others:
        return words.text("compare.headline.only", winner=winners[0], score=score)
    gap = first.score.low - max(line.score.high for line in others)
    if comparison.gaps:
        return words.text("compare.headline.one_gap", winner=winners[0], score=score, gap=gap)
    second = [names.option(line.id) for line in others if line.rank == others[0].rank]
    key = "one" if len(second) == 1 else "one_several"
    facts = {"winner": winners[0], "score": score, "second": second, "gap": gap}
    return words.text(f"compare.headline.{key}", **facts)


def _span(score: Span, words: Words) -> str:
    """Return a score, or its bounds where it depends on a gap."""
    if score.high - score.low <= SCORE_TOLERANCE:
        return words.format_field(score.low, "3")
    return words.text("compare.ranking.range", low=score.low, high=score.high)


def _gaps(comparison: Comparison, words: Words) -> list[str]:
    if not comparison.gaps:
        return []
    names = names_of(comparison.problem, words.language)
    key = "gap_settled" if comparison.first.overall.settled else "gap_open"
    return [
        words.text(
            f"compare.headline.{key}",
            count=sum(comparison.gaps.values()),
            options=[names.option(name) for name in comparison.gaps],
        )
    ]


def _share(comparison: Comparison, words: Words) -> list[str]:
    if len(comparison.weights.cases) == 1:
        return []
    winner = comparison.first.overall.alternatives[0]
    names = names_of(comparison.problem, words.language)
    place = [alternative.id for alternative in comparison.problem.alternatives].index(winner)
    share = comparison.first.share.at(place)
    shown = words.format_field(share.low, "share")
    if share.high - share.low > SCORE_TOLERANCE:
        shown = words.text("compare.share.at_least", share=share.low)
    key = "cases_one" if equal_cases(comparison) else "cases_weight"
    return [words.text(f"compare.headline.{key}", winner=names.option(winner), share=shown)]


def _nearest_tip(comparison: Comparison, words: Words) -> list[str]:
    """Return at which weight of one lens another option draws level with the first."""
    rivals = [line.id for line in comparison.ranking if line.rank is not None][1:]
    if not rivals or comparison.gaps:
        return []
    names = names_of(comparison.problem, words.language)
    winner = comparison.first.overall.alternatives[0]
    tips = [(tip, rival) for rival in rivals for tip in lens_tips(comparison, winner, rival)[:1]]
    if not tips:
        return [words.text("compare.headline.no_tip")]
    tip, rival = min(tips, key=lambda each: (distance(each[0]), each[1]))
    return [
        words.text(
            "compare.headline.tip",
            lens=names.criterion(tip.node),
            weight=tip.weight,
            at=tip.at,
            rival=names.option(rival),
        )
    ]


def least_regret(comparison: Comparison, words: Words) -> list[str]:
    """Return who has the least greatest regret over the scenarios, where that is known."""
    if any(each.verdict == "depends" for each in comparison.screening):
        return []
    known = [each for each in comparison.regret.over_scenarios if each.span.exact is not None]
    if len(comparison.cases.ids["scenario"]) == 1 or len(known) < len(
        comparison.regret.over_scenarios
    ):
        return []
    least = min(each.span.low for each in known)
    best = [each for each in known if each.span.low <= least + SCORE_TOLERANCE]
    names = names_of(comparison.problem, words.language)
    if len(best) > 1:
        options = [names.option(each.alternative) for each in best]
        return [words.text("compare.headline.regret_tie", regret=least, options=options)]
    return [_one_regret(comparison, best[0], names, words)]


def _one_regret(comparison: Comparison, best: Regret, names: Names, words: Words) -> str:
    option = names.option(best.alternative)
    if best.span.low <= SCORE_TOLERANCE:
        return words.text("compare.headline.regret_none", option=option)
    facts = {
        "option": option,
        "regret": best.span.low,
        "scenarios": [names.case("scenario", state) for state in best.states],
    }
    winner, *tied = comparison.first.overall.alternatives
    if tied:
        return words.text("compare.headline.regret_least", **facts)
    if winner == best.alternative:
        return words.text("compare.headline.regret_same", **facts)
    other = next(each for each in comparison.regret.over_scenarios if each.alternative == winner)
    facts["regret"], facts["other"] = words.apart(best.span.low, other.span.low, "gap")
    return words.text("compare.headline.regret_other", **facts, winner=names.option(winner))


def likelihoods(comparison: Comparison, words: Words) -> list[str]:
    """Return what is assumed about the likelihood of the scenarios."""
    ids = comparison.cases.ids["scenario"]
    if len(ids) == 1:
        return []
    if not comparison.cases.likely:
        return [words.text("compare.headline.no_likelihoods")]
    names = names_of(comparison.problem, words.language)
    shares = comparison.cases.weights["scenario"].tolist()
    shown = [
        f"{names.case('scenario', name)} {words.text('units.share', share=share)}"
        for name, share in zip(ids, shares, strict=True)
    ]
    return [words.text("compare.headline.likelihoods", likelihoods=shown)]


def requirements(comparison: Comparison, words: Words) -> list[str]:
    """Return every requirement, and which options fail it in how many cases."""
    problem = comparison.problem
    if not problem.requirements:
        return []
    told = [threshold_text(problem, each, words) for each in problem.requirements]
    shown = [each for each in comparison.screening if each.verdict != "meets"]
    told += [_screened(comparison, each, words) for each in shown]
    if not shown:
        told.append(words.text("compare.requirement.all_meet"))
    elif len({each.alternative for each in shown}) < len(problem.alternatives):
        told.append(words.text("compare.requirement.meets_rest"))
    return told


def _screened(comparison: Comparison, each: Screening, words: Words) -> str:
    names = names_of(comparison.problem, words.language)
    surely, most = each.failing_cases
    count = words.format_field(surely, "number")
    if each.verdict == "depends":
        count = words.format_field(most, "number")
    elif surely < most:
        count = words.text("compare.share.at_least_count", count=surely)
    return words.text(
        f"compare.requirement.{each.verdict}",
        option=names.option(each.alternative),
        requirement=names.of[f"requirement {each.requirement}"],
        count=count,
        cases=len(comparison.weights.cases),
        share=each.failing_share.low,
        tolerated=each.tolerated_share,
    )


def winners(comparison: Comparison, words: Words) -> list[str]:
    """Return who is first per scenario, region and horizon, and who is dominated."""
    names = names_of(comparison.problem, words.language)
    told = [
        _winners_on(comparison, axis, names, words)
        for axis in AXES
        if len(comparison.cases.ids[axis]) > 1
    ]
    better: dict[str, list[str]] = defaultdict(list)
    for option, other in comparison.dominated:
        better[names.option(option)].append(names.option(other))
    told += [
        words.text("compare.winners.dominated", option=option, others=others)
        for option, others in better.items()
    ]
    return told


def _winners_on(comparison: Comparison, axis: Axis, names: Names, words: Words) -> str:
    groups: dict[str, list[str]] = defaultdict(list)
    for each in comparison.first.axes[axis]:
        groups[_shown(each, names, words)].append(names.case(axis, each.of))
    title = words.text(f"compare.axis.{axis}")
    if len(groups) == 1:
        return words.text("compare.winners.everywhere", axis=title, winners=list(groups))
    total = len(comparison.first.axes[axis])
    parts = [
        words.text("compare.winners.part", winners=[who], groups=where)
        if len(where) <= MOST_NAMED
        else words.text("compare.winners.part_many", winners=[who], count=len(where), total=total)
        for who, where in groups.items()
    ]
    return words.text("compare.winners.line", axis=title, parts="; ".join(parts))


def _shown(each: Winners, names: Names, words: Words) -> str:
    options = [names.option(name) for name in each.alternatives]
    if not each.settled:
        return words.text("compare.winners.unsettled", winners=options)
    return options[0] if len(options) == 1 else words.text("compare.winners.tie", winners=options)


def profiles(comparison: Comparison, words: Words) -> list[str]:
    """Return which profiles would choose which option; whose weights they are is marked."""
    known = comparison.problem.panel
    if not known:
        return []
    names = names_of(comparison.problem, words.language)
    about = {profile.id for profile in known if profile.origin == "about"}
    groups: dict[str, list[str]] = defaultdict(list)
    for each in comparison.first.profiles:
        mark = " (*)" if each.of in about else ""
        groups[_shown(each, names, words)].append(names.profile[each.of] + mark)
    told = [
        words.text(
            "compare.profiles.line",
            winners=option,
            count=len(chosen),
            total=len(known),
            profiles=chosen,
        )
        for option, chosen in sorted(groups.items(), key=lambda group: -len(group[1]))
    ]
    return [*told, words.text("compare.profiles.about")] if about else told


def exchange(
    comparison: Comparison, words: Words, *, every: Sequence[str] | None = None
) -> list[str]:
    """Return exchange rates in natural units; of the heaviest criterion per lens by default."""
    names = names_of(comparison.problem, words.language)
    chosen = set(every) if every is not None else _heaviest(comparison)
    direction = {
        c.id: words.text(f"compare.direction.{c.direction}") for c in comparison.problem.criteria
    }
    return [
        words.text(
            "compare.exchange.same",
            unit=names.unit[each.criterion],
            direction=direction[each.criterion],
            criterion=names.criterion(each.criterion),
            rate=_significant(each.rate, words),
            other_unit=names.unit[each.other],
            other_direction=direction[each.other],
            other=names.criterion(each.other),
            mean="" if each.exact else words.text("compare.exchange.mean"),
        )
        for each in comparison.exchange
        if each.criterion in chosen
    ]


def _heaviest(comparison: Comparison) -> set[str]:
    """Return per lens the criterion that weighs most among those that have a rate."""
    ids = (criterion.id for criterion in comparison.problem.criteria)
    weight = dict(zip(ids, comparison.weights.criteria.tolist(), strict=True))
    rated = {each.criterion for each in comparison.exchange}
    found = set()
    for lens in comparison.problem.tree.children:
        inside = [c.id for c in criteria_under(lens) if c.id in rated]
        if inside:  # of equal weights the first id, whatever the order of the tree
            found.add(min(inside, key=lambda name: (-round(weight[name], 12), name)))
    return found


def _significant(number: float, words: Words) -> str:
    """Return a rate with three significant digits."""
    if number == 0:
        return "0"
    places = max(0, 2 - int(np.floor(np.log10(abs(number)))))
    return words.format_field(round(number, places), "" if places > 4 else str(places))


def evidence(comparison: Comparison, words: Words) -> list[str]:
    """Return what the result rests on, and how much weight carries each perspective."""
    told = {str(mark): share for mark, share in comparison.evidence.items()}
    told["unknown"] = max(0.0, 1.0 - sum(told.values())) if comparison.gaps else 0.0
    parts = [
        words.text("compare.evidence.part", share=share, mark=words.text(f"compare.mark.{mark}"))
        for mark, share in told.items()
        if share > 0
    ]
    names = names_of(comparison.problem, words.language)
    return [
        words.text("compare.evidence.shares", parts=parts),
        *(
            words.text(
                "compare.evidence.perspective",
                share=share,
                perspective=names.of[f"perspective {name}"],
            )
            for name, share in comparison.weights.perspectives.items()
        ),
    ]
