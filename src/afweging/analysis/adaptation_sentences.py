"""Until when an option is enough, in sentences and tables, the winner first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from afweging.analysis.naming import names_of
from afweging.analysis.screening import SHARE_TOLERANCE
from afweging.analysis.word_table import WordTable

if TYPE_CHECKING:
    from afweging.analysis.adaptation import Adaptation, Stretch
    from afweging.analysis.naming import Names
    from afweging.model.result import Comparison
    from afweging.wording import Words

Group = list["Stretch"]  # of one option, the same but for the scenario


def sentences(comparison: Comparison, found: Adaptation, words: Words) -> list[str]:
    """Return until when the winner is enough, what is enough after that, and what is throughout.

    Nothing with one horizon; that there is nothing to meet where there are no requirements.
    """
    if found.empty is not None:
        key = f"adaptation.note.{found.empty.replace('-', '_')}"
        return [words.text(key)] if words.has(key) else []
    told = []
    for winner in comparison.first.overall.alternatives:
        for group in _alike(found, winner):
            told.append(_stretch(comparison, found, group, words))
            told += _then(comparison, found, group, words)
    told.append(_throughout(comparison, found, words))
    if any(each.first_failure is not None for each in found.overall):
        told.append(words.text("adaptation.note.between"))
        if len(comparison.cases.ids["region"]) > 1:
            told.append(words.text("adaptation.note.regions"))
    return told


def _alike(found: Adaptation, option: str) -> list[Group]:
    """Return the stretches of one option, those that differ only in scenario together.

    Where it is not enough comes first.
    """
    groups: dict[object, Group] = {}
    for each in found.overall:
        if each.option == option:
            groups.setdefault((each.meets, each.missed, each.then), []).append(each)
    return sorted(groups.values(), key=lambda group: group[0].kind == "always")


def _stretch(comparison: Comparison, found: Adaptation, group: Group, words: Words) -> str:
    one, names = group[0], names_of(comparison.problem, words.language)
    scope = "every" if len(group) == len(found.scenarios) else "some"
    return words.text(
        f"adaptation.{one.kind}.{scope}",
        option=names.option(one.option),
        scenarios=[names.case("scenario", each.scenario) for each in group],
        missed=[names.of[f"requirement {each}"] for each in one.missed],
        **_horizons(names, found, one),
    )


def _horizons(names: Names, found: Adaptation, one: Stretch) -> dict[str, object]:
    """Return the horizons of one stretch by name: last, first failure, failed, and met again."""
    shown = [names.case("horizon", horizon) for horizon in found.horizons]
    first = one.meets.index(False) if one.first_failure is not None else len(shown)
    after = list(zip(shown, one.meets, strict=True))[first:]
    return {
        "last": shown[first - 1] if first else None,
        "first": shown[first] if after else None,
        "failed": [name for name, meets in after if not meets],
        "again": [name for name, meets in after if meets],
    }


def _then(comparison: Comparison, found: Adaptation, group: Group, words: Words) -> list[str]:
    """Return what is enough from the first failure on; else what is enough for longer."""
    one, names = group[0], names_of(comparison.problem, words.language)
    if one.first_failure is None:
        return []
    facts = {
        "scenarios": [names.case("scenario", each.scenario) for each in group],
        "first": names.case("horizon", one.first_failure),
    }
    if one.then:
        options = [names.option(option) for option in one.then]
        return [words.text("adaptation.then.others", options=options, **facts)]
    return [words.text("adaptation.then.none", **facts), *_longest(comparison, found, group, words)]


def _longest(comparison: Comparison, found: Adaptation, group: Group, words: Words) -> list[str]:
    """Return which options that take part are enough for longest, in each scenario of the group."""
    names, told = names_of(comparison.problem, words.language), []
    for one in group:
        others = [
            each
            for each in found.overall
            if each.scenario == one.scenario and each.option not in found.screened_out
        ]
        most = max(_length(each) for each in others)
        if most > _length(one):
            told.append(
                words.text(
                    "adaptation.then.longest",
                    scenarios=[names.case("scenario", one.scenario)],
                    options=[names.option(e.option) for e in others if _length(e) == most],
                    last=names.case("horizon", found.horizons[most - 1]),
                )
            )
    return told


def _length(one: Stretch) -> int:
    """Return at how many horizons from the first on an option is enough without a break."""
    return one.meets.index(False) if one.first_failure is not None else len(one.meets)


def _throughout(comparison: Comparison, found: Adaptation, words: Words) -> str:
    names = names_of(comparison.problem, words.language)
    failing = {each.option for each in found.overall if each.first_failure is not None}
    options = [
        _marked(names, found, option, words) for option in found.options if option not in failing
    ]
    key = "some" if options else "none"
    return words.text(f"adaptation.all.{key}", options=options)


def _marked(names: Names, found: Adaptation, option: str, words: Words) -> str:
    """Return the name of an option, with a mark where it is screened out."""
    name = names.option(option)
    if option in found.screened_out:
        return words.text("adaptation.cell.screened", option=name)
    return name


# --- tables -------------------------------------------------------------------------------------


def tables(comparison: Comparison, found: Adaptation, words: Words) -> list[WordTable]:
    """Return until when every option is enough per scenario, and what it misses from when on."""
    if found.empty is not None:
        return []
    failing = [each for each in found.by_requirement if each.first_failure is not None]
    return [
        _overall(comparison, found, words),
        *([_requirements(comparison, found, failing, words)] if failing else []),
    ]


def _overall(comparison: Comparison, found: Adaptation, words: Words) -> WordTable:
    names = names_of(comparison.problem, words.language)
    cell = {
        (each.option, each.scenario): _cell(names, found, each, words) for each in found.overall
    }
    rows = tuple(
        (
            _marked(names, found, option, words),
            *(cell[option, scenario] for scenario in found.scenarios),
        )
        for option in found.options
    )
    scenarios = (names.case("scenario", scenario) for scenario in found.scenarios)
    return WordTable(
        title=words.text("adaptation.title.overall"),
        heads=(words.text("adaptation.head.option"), *scenarios),
        rows=rows,
        left=1 + len(found.scenarios),
    )


def _cell(names: Names, found: Adaptation, one: Stretch, words: Words) -> str:
    return words.text(f"adaptation.cell.{one.kind}", **_horizons(names, found, one))


def _requirements(
    comparison: Comparison, found: Adaptation, failing: list[Stretch], words: Words
) -> WordTable:
    """Return a row per option, scenario and requirement that is missed at some horizon."""
    names = names_of(comparison.problem, words.language)
    tolerated = {each.id: each.tolerated_share for each in comparison.problem.requirements}
    order = sorted(failing, key=lambda each: found.options.index(each.option))
    rows = tuple(
        (
            _marked(names, found, each.option, words),
            names.of[f"requirement {each.requirement}"],
            names.case("scenario", each.scenario),
            _cell(names, found, each, words),
            _missed_in(names, found, each, words),
            words.format_field(_share(found, each), "share1"),
            words.format_field(tolerated[each.requirement or ""], "share1"),
        )
        for each in order
    )
    keys = ("option", "requirement", "scenario", "meets", "missed", "share", "tolerated")
    heads = tuple(words.text(f"adaptation.head.{key}") for key in keys)
    return WordTable(words.text("adaptation.title.requirements"), heads, rows, left=5)


def _missed_in(names: Names, found: Adaptation, each: Stretch, words: Words) -> str:
    """Return the horizon of the first failure, and the regions where it is."""
    everywhere = _share(found, each) >= 1 - SHARE_TOLERANCE
    return words.text(
        f"adaptation.cell.{'everywhere' if everywhere else 'regions'}",
        first=names.case("horizon", each.first_failure or ""),
        regions=[names.case("region", region) for region in each.regions],
    )


def _share(found: Adaptation, one: Stretch) -> float:
    """Return the share of the weight of the regions that miss a requirement at first failure."""
    return float(
        found.failing[
            found.requirements.index(one.requirement or ""),
            found.scenarios.index(one.scenario),
            found.horizons.index(one.first_failure or ""),
            found.options.index(one.option),
        ]
    )
