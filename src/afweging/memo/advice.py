"""The advice in three sentences at most: what to choose, how sure that is, what to watch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from afweging.analysis import sentences
from afweging.analysis.perspectives import view_perspectives
from afweging.methods.ranking import SCORE_TOLERANCE

if TYPE_CHECKING:
    from afweging.analysis.adaptation import Stretch
    from afweging.memo.matter import Matter

FIRM, LIKELY = 0.8, 0.5  # own choice: shares of the draws from which a first place is called so


def advice(matter: Matter) -> list[str]:
    """Return what to choose, how sure that is, and what to watch; shorter where less is known."""
    return [_choice(matter), *_sureness(matter), *_watch(matter)][:3]


def _choice(matter: Matter) -> str:
    names, comparison = matter.names, matter.comparison
    options = [names.option(name) for name in matter.winners]
    if not comparison.first.overall.settled:
        return matter.say("advice.open", options=options, count=sum(comparison.gaps.values()))
    line = next(each for each in comparison.ranking if each.id == matter.winners[0])
    key = "tie" if len(options) > 1 else "one"
    if sentences.none_admissible(comparison):
        key = f"none_{key}"
    elif len(matter.ranked) == 1:
        key = "only"
    exact = line.score.exact
    if exact is None:
        return matter.say("advice.surely", options=options)
    return matter.say(f"advice.{key}", options=options, score=exact)


def _sureness(matter: Matter) -> list[str]:
    """Return how often the first place holds over the draws, or what is needed to know it."""
    if matter.robust is None:
        gaps = [matter.names.option(name) for name in matter.comparison.gaps]
        return [matter.say("advice.gaps", options=gaps)]
    if len(matter.ranked) == 1:
        return []
    found = matter.robust.acceptability
    shares = dict(zip(found.options, found.drawn.rank_shares[:, 0].tolist(), strict=True))
    if matter.winner is None:
        return sentences.least_regret(matter.comparison, matter.words)
    own = shares.pop(matter.winner)
    most = max(shares.values())
    rivals = [matter.names.option(name) for name, share in shares.items() if share == most]
    if own >= 1 - SCORE_TOLERANCE:
        return [matter.say("advice.sure_always")]
    key = "firm" if own >= FIRM else "likely" if own >= LIKELY else "unsure"
    facts = {"share": own, "most": most, "rivals": rivals}
    return [matter.say(f"advice.sure_{key}", **facts)]


def _watch(matter: Matter) -> list[str]:
    """Return the first that holds of: a requirement missed later, another best for a perspective.

    Else the least regret; nothing where there is none to tell.
    """
    return [*_fails_later(matter), *_best_for_others(matter), *_regret(matter)][:1]


def _fails_later(matter: Matter) -> list[str]:
    if matter.robust is None or matter.winner is None:
        return []
    found = [
        each
        for each in matter.robust.adaptation.overall
        if each.option == matter.winner and each.kind != "always"
    ]
    return [_missed(matter, each) for each in found[:1]]


def _missed(matter: Matter, each: Stretch) -> str:
    names = matter.names
    return matter.say(
        "advice.missed",
        scenario=names.case("scenario", each.scenario),
        horizon=names.case("horizon", each.first_failure or ""),
        requirements=[names.of[f"requirement {name}"] for name in each.missed],
    )


def _best_for_others(matter: Matter) -> list[str]:
    names = matter.names
    return [
        matter.say(
            "advice.perspective",
            perspective=names.of[f"perspective {view.perspective}"],
            best=[names.option(name) for name in view.best],
        )
        for view in view_perspectives(matter.comparison)
        if view.best and matter.winner is not None and matter.winner not in view.best
    ]


def _regret(matter: Matter) -> list[str]:
    if len(matter.ranked) == 1 or matter.winner is None:
        return []
    return sentences.least_regret(matter.comparison, matter.words)
