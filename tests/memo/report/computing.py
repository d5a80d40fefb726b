"""The what-if of a report in a browser, and the same computed by the program, for tests."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from afweging.analysis.naming import names_of
from afweging.analysis.session.arrays import session_model
from afweging.analysis.session.outcome import nearest_flip, regrets, reweighted, score
from afweging.memo.report.what_if import case_values
from afweging.methods.flip import Never, flip_l1
from afweging.methods.ranking import SCORE_TOLERANCE, leaders, rank_scores
from afweging.methods.robustness import regret, worst_states

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from playwright.sync_api import Page

    from afweging.memo.matter import Matter

    FloatArray = NDArray[np.float64]

# set a field as a person does, and read all that is there then
PLAY = """(moves) => {
  const cells = (table) => [...document.querySelectorAll(`#found-${table} tbody tr`)].map((row) =>
    [...row.cells].map((cell) => [cell.textContent, cell.dataset.value ?? null]));
  const fire = (field, kind) => field.dispatchEvent(new Event(kind, { bubbles: true }));
  return moves.map(({ lens, percent, choice }) => {
    const select = document.querySelector('#choice');
    if (select && choice !== select.value) { select.value = choice; fire(select, 'change'); }
    if (lens === null) document.querySelector('#reset').click();
    else {
      const field = document.querySelector(`.slider[data-lens="${lens}"] [role=spinbutton]`);
      field.value = percent;
      fire(field, 'input');
      fire(field, 'change');
    }
    return {
      said: [...document.querySelectorAll('#said p')].map((each) => each.textContent),
      weights: [...document.querySelectorAll('.slider')].map((each) => each.dataset.value),
      shown: [...document.querySelectorAll('.slider input[type=range]')]
        .map((each) => each.getAttribute('aria-valuetext')),
      ranking: cells('ranking'), winners: cells('winners'), regret: cells('regret'),
    };
  });
}"""


@dataclass(frozen=True)
class Move:
    """One lens that gets another weight in per cent, as typed; no lens is the button back."""

    lens: int | None
    percent: str
    choice: str = "all"


def play(page: Page, moves: list[Move]) -> list[dict[str, Any]]:
    """Return what the page shows after each move."""
    found: list[dict[str, Any]] = page.evaluate(PLAY, [vars(move) for move in moves])
    return found


def random_moves(matter: Matter, count: int, seed: int) -> list[Move]:
    """Return moves to whole and to broken percentages, to the ends, and back."""
    rng = np.random.default_rng(seed)
    model = session_model(matter.comparison)
    choices = ["all"]
    if len(model.scenarios) > 1:
        choices += [f"scenario {g}" for g in range(len(model.scenarios))]
    cases = len(case_values(matter.comparison))
    choices += [f"case {s}" for s in range(cases)]
    moves = []
    for _ in range(count):
        lens = int(rng.integers(len(model.lenses)))
        kind = rng.random()
        percent = repr(float(rng.uniform(0, 100)))
        if kind < 0.4:
            percent = str(int(rng.integers(1, 100)))
        elif kind < 0.5:
            percent = ("0", "100")[int(rng.integers(2))]
        elif kind < 0.55:
            percent = repr(float(10.0 ** rng.uniform(-12, 0)))
        choice = str(rng.choice(choices)) if rng.random() < 0.6 else "all"
        moves.append(Move(None if rng.random() < 0.1 else lens, percent, choice))
    return moves


class Program:
    """The same what-if with the functions of the program."""

    def __init__(self, matter: Matter) -> None:
        self.matter = matter
        self.model = session_model(matter.comparison)
        self.cases = case_values(matter.comparison)
        self.start = matter.comparison.weights.lenses
        self.weights = self.start
        self.names = names_of(matter.comparison.problem, matter.words.language)
        self.options = [self.names.option(name) for name in self.model.options]
        self.scenarios = [self.names.case("scenario", name) for name in self.model.scenarios]

    def say(self, key: str, **facts: object) -> str:
        """Return a text of the page."""
        return self.matter.words.text(f"report.page.{key}", **facts)

    def cell(self, value: float, form: str) -> list[str | float]:
        """Return a cell with a number: as it is read, and the number itself."""
        return [self.matter.words.format_field(value, form), float(value)]

    def values(self, choice: str) -> FloatArray:
        """Return the values of the cases that are chosen, shape (A, L)."""
        kind, _, place = choice.partition(" ")
        if kind == "all":
            return self.model.values
        found = self.model.by_scenario if kind == "scenario" else self.cases
        return np.asarray(found[int(place)])

    def play(self, move: Move) -> dict[str, Any]:
        """Return what should be shown after a move."""
        if move.lens is None:
            self.weights = self.start
        else:
            self.weights = reweighted(self.weights, move.lens, float(move.percent) / 100)
        values = self.values(move.choice)
        by_scenario = np.stack([score(each, self.weights) for each in self.model.by_scenario])
        return {
            "said": self._said(move.choice, values, by_scenario),
            "weights": self.weights.tolist(),
            "shown": [self.cell(each, "share1")[0] for each in self.weights.tolist()],
            "ranking": self._ranking(values, by_scenario),
            "winners": [
                [
                    [self.scenarios[g], None],
                    [self._named(leaders(row, row)[0]), None],
                    self.cell(float(row[leaders(row, row)[0]][0]), "3"),
                ]
                for g, row in enumerate(by_scenario)
            ],
            "regret": [
                [[self.scenarios[g], None], *(self.cell(each, "gap") for each in row)]
                for g, row in enumerate(regret(by_scenario, by_scenario)[1].tolist())
            ],
        }

    def _named(self, chosen: NDArray[np.bool_]) -> str:
        return self.matter.words.join([self.options[a] for a in np.flatnonzero(chosen)])

    def _ranking(self, values: FloatArray, by_scenario: FloatArray) -> list[Any]:
        scores = score(values, self.weights)
        ranks, before = rank_scores(scores), rank_scores(score(self.model.values, self.start))
        lost = regret(by_scenario, by_scenario)[1]
        where = worst_states(lost, lost, lowest=False)
        most = lost.max(axis=0)
        rows = []
        for a in sorted(range(len(scores)), key=lambda a: int(ranks[a])):
            states = [name for name, at in zip(self.scenarios, where[:, a], strict=True) if at]
            shown = self.matter.words.join(states) if most[a] > SCORE_TOLERANCE else "–"
            rows.append(
                [
                    [self.options[a], None],
                    self.cell(int(ranks[a]), "number"),
                    self.cell(scores[a], "3"),
                    self.cell(int(before[a]), "number"),
                    self.cell(most[a], "gap"),
                    [shown, None],
                    *(self.cell(part, "3") for part in values[a] * self.weights),
                ]
            )
        return rows

    def _said(self, choice: str, values: FloatArray, by_scenario: FloatArray) -> list[str]:
        scores = score(values, self.weights)
        before = score(self.model.values, self.start)
        first, first_before = leaders(scores, scores)[0], leaders(before, before)[0]
        options = [self.options[a] for a in np.flatnonzero(first)]
        told = [self._with(choice)]
        facts = {"score": float(scores[first][0])}
        if len(options) > 1:
            told.append(self.say("tied", **facts, options=options))
        else:
            told.append(self.say("first", **facts, option=options[0]))
        same = first.tolist() == first_before.tolist()
        others = [self.options[a] for a in np.flatnonzero(first_before)]
        told.append(self.say("same") if same else self.say("other", options=others))
        if len(scores) == 1:
            return [*told, self.say("alone")]
        told.append(self.say("flip_tied") if len(options) > 1 else self._flip(values))
        if len(by_scenario) > 1:
            lost = regret(by_scenario, by_scenario)[1].max(axis=0)
            least = np.flatnonzero(lost <= lost.min() + SCORE_TOLERANCE)
            named = [self.options[a] for a in least]
            assert [self.model.options[a] for a in least] == regrets(self.model, self.weights)[
                "least_regret"
            ]
            told.append(self.say("least", regret=float(lost[least[0]]), options=named))
        return told

    def _with(self, choice: str) -> str:
        kind, _, place = choice.partition(" ")
        if kind == "all":
            return self.say("in_all")
        if kind == "scenario":
            return self.say("in_one", what=self.scenarios[int(place)])
        cases = self.matter.comparison.cases
        axes = [axis for axis in cases.ids if len(cases.ids[axis]) > 1]
        label = dict(zip(cases.ids, cases.labels[int(place)], strict=True))
        what = " · ".join(self.names.case(axis, label[axis]) for axis in axes)
        return self.say("in_one", what=what)

    def _flip(self, values: FloatArray) -> str:
        """Return the nearest flip: the one that the session tells, with its whole distance."""
        told = nearest_flip(replace(self.model, values=values.copy()), self.weights)
        if told is None:
            return self.say("no_flip")
        places = [self.model.options.index(str(told[key])) for key in ("challenger", "leader")]
        challenger, leader = places
        found = flip_l1(values[[challenger]] - values[[leader]], self.weights)
        assert not isinstance(found, Never)
        return self.say(
            "flip",
            moved=found.distance,
            challenger=self.options[challenger],
            leader=self.options[leader],
        )


def as_read(found: dict[str, Any]) -> dict[str, Any]:
    """Return what a page shows with its numbers as numbers."""
    tables = {
        name: [
            [[text, None if value is None else float(value)] for text, value in row]
            for row in found[name]
        ]
        for name in ("ranking", "winners", "regret")
    }
    return {**found, **tables, "weights": [float(each) for each in found["weights"]]}
