"""The charts of a result for a notebook: one function for each, with the finding and the numbers.

They are the pictures of the memo. A chart shows itself in Jupyter; what it says, its numbers and
its file are a step away. Only `save` writes a file.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from afweging.analysis.robustness import Robustness
from afweging.analysis.session.told import tell_session
from afweging.charts import answer_charts, robust_charts, weight_map
from afweging.charts.png import png_of
from afweging.charts.round_chart import round_chart
from afweging.errors import Fault, RequestError
from afweging.io.canonical import problem_digest
from afweging.io.files import write_files
from afweging.wording import LANGUAGES, Words

if TYPE_CHECKING:
    from collections.abc import Callable
    from os import PathLike

    from afweging.charts.chart import Chart
    from afweging.model.problem import DecisionProblem
    from afweging.model.result import Comparison
    from afweging.model.session_record import SessionRecord
    from afweging.wording import Language


@dataclass(frozen=True, slots=True)
class NotebookChart:
    """A chart that shows itself in a notebook, with its finding in words and its numbers.

    `chart` is the same as in a memo, `language` that of its words.
    """

    chart: Chart
    language: Language

    @property
    def name(self) -> str:
        """Which chart it is."""
        return self.chart.name

    @property
    def caption(self) -> str:
        """What is drawn."""
        return self.chart.caption

    @property
    def sentence(self) -> str:
        """What it shows, in words: the alternative text of the picture."""
        return self.chart.alternative

    @property
    def svg(self) -> str:
        """The picture as SVG text."""
        return self.chart.svg

    @property
    def table(self) -> pd.DataFrame:
        """The numbers that are drawn, not rounded, with the names of its rows as the index.

        NaN where there is no number, or where it depends on a missing effect. Columns of words
        between the names and the numbers are kept.
        """
        table = self.chart.table
        words = pd.DataFrame(
            [row[1 : table.left] for row in table.rows],
            index=pd.Index([row[0] for row in table.rows], name=table.heads[0]),
            columns=list(table.heads[1 : table.left]),
        )
        numbers = pd.DataFrame(
            list(self.chart.numbers),
            index=words.index,
            columns=list(table.heads[table.left :]),
            dtype=float,
        )
        return pd.concat([words, numbers], axis="columns")

    def save(self, path: str | PathLike[str], *, overwrite: bool = False) -> None:
        """Write the picture to a file: .svg, or .png with the extra `memo`.

        Raises
        ------
        RequestError
            When the name ends in something else, or Typst is not installed.
        OutputError
            When there is such a file and `overwrite` is false, or it cannot be written.
        """
        target = Path(path)
        kind = target.suffix.lower()
        if kind not in {".svg", ".png"}:
            raise RequestError([Fault("chart-file", value=target.name)])
        content = self.svg.encode("utf-8") if kind == ".svg" else png_of([self.svg])[0]
        write_files({target: content}, overwrite=overwrite)

    def _repr_html_(self) -> str:
        """Return the picture, what it shows, and its numbers as they are read, for Jupyter."""
        told, words = escape(self.sentence, quote=True), Words(self.language)
        picture = base64.b64encode(self.svg.encode("utf-8")).decode("ascii")
        heads = "".join(f'<th scope="col">{escape(head)}</th>' for head in self.chart.table.heads)
        rows = "".join(_row(row) for row in self.chart.table.rows)
        return (
            f'<figure lang="{self.language}" style="max-width:48rem;margin:0">'
            f'<img src="data:image/svg+xml;base64,{picture}" alt="{told}" style="width:100%">'
            f"<figcaption><strong>{escape(self.caption)}</strong><br>{told}</figcaption>"
            f"<details><summary>{escape(words.text('charts.numbers'))}</summary>"
            f"<table><caption>{escape(self.chart.table.title)}</caption>"
            f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></details></figure>"
        )


def _row(row: tuple[str, ...]) -> str:
    name, *cells = (escape(cell) for cell in row)
    return (
        f'<tr><th scope="row">{name}</th>'
        + "".join(f"<td>{cell}</td>" for cell in cells)
        + ("</tr>")
    )


def ranking(result: Comparison | Robustness, *, language: Language = "nl") -> NotebookChart:
    """Return the score of each option as a bar, built of what each lens contributes.

    Parameters
    ----------
    result : Comparison or Robustness
        What `afw.compare` or `afw.robustness` gave.
    language : {"nl", "en"}

    Raises
    ------
    RequestError
        When there is no such language.

    Examples
    --------
    >>> import afweging as afw
    >>> result = afw.compare(afw.read_problem("scenarios/kantoor"))
    >>> chart = afw.charts.ranking(result, language="en")
    >>> chart.sentence.partition(";")[0]
    'Bars of the score. The highest is that of Addison Square, with 0.808'
    >>> float(chart.table["score"].iloc[0].round(3))
    0.808
    """
    return _of_comparison(answer_charts.ranking_chart, result, language)


def scenarios(result: Comparison | Robustness, *, language: Language = "nl") -> NotebookChart:
    """Return the score of each option in each scenario, darker for more.

    Parameters
    ----------
    result : Comparison or Robustness
    language : {"nl", "en"}

    Raises
    ------
    RequestError
        When there is no such language.
    """
    return _of_comparison(answer_charts.scenario_chart, result, language)


def regret(result: Comparison | Robustness, *, language: Language = "nl") -> NotebookChart:
    """Return the greatest regret of each option over the scenarios as a bar.

    Parameters
    ----------
    result : Comparison or Robustness
    language : {"nl", "en"}

    Raises
    ------
    RequestError
        When there is no such language.
    """
    return _of_comparison(answer_charts.regret_chart, result, language)


def profiles(result: Comparison | Robustness, *, language: Language = "nl") -> NotebookChart:
    """Return the score of each option with the weights of each profile, darker for more.

    Parameters
    ----------
    result : Comparison or Robustness
    language : {"nl", "en"}

    Raises
    ------
    RequestError
        When no profile has weights, or there is no such language.
    """
    if not _comparison(result).problem.panel:
        raise RequestError([Fault("chart-no-profiles")])
    return _of_comparison(answer_charts.profile_chart, result, language)


def flips(result: Robustness, *, language: Language = "nl") -> NotebookChart:
    """Return how much weight must move between lenses to put each other option first.

    Parameters
    ----------
    result : Robustness
        What `afw.robustness` gave.
    language : {"nl", "en"}

    Raises
    ------
    RequestError
        When it is no such result, no option is behind, or there is no such language.
    """
    return _of_robustness(robust_charts.flip_chart, result, language)


def stability(result: Robustness, *, language: Language = "nl") -> NotebookChart:
    """Return between which weights of a lens or criterion the first option stays first.

    Parameters
    ----------
    result : Robustness
        What `afw.robustness` gave.
    language : {"nl", "en"}

    Raises
    ------
    RequestError
        When it is no such result, no weight can move, or there is no such language.
    """
    return _of_robustness(robust_charts.stability_chart, result, language)


def acceptability(result: Robustness, *, language: Language = "nl") -> NotebookChart:
    """Return how often each option has each place over the draws.

    Parameters
    ----------
    result : Robustness
        What `afw.robustness` gave.
    language : {"nl", "en"}

    Raises
    ------
    RequestError
        When it is no such result, or there is no such language.
    """
    return _of_robustness(robust_charts.places_chart, result, language)


def score_regret(result: Robustness, *, language: Language = "nl") -> NotebookChart:
    """Return the score of each option against its greatest regret.

    Parameters
    ----------
    result : Robustness
        What `afw.robustness` gave.
    language : {"nl", "en"}

    Raises
    ------
    RequestError
        When it is no such result, there is one option or one scenario, or no such language.
    """
    return _of_robustness(robust_charts.score_regret_chart, result, language)


def weight_space(result: Robustness, *, language: Language = "nl") -> NotebookChart:
    """Return where each option is first among all weights on the lenses, and where people stand.

    Parameters
    ----------
    result : Robustness
        What `afw.robustness` gave.
    language : {"nl", "en"}

    Raises
    ------
    RequestError
        When it is no such result, there is one lens or there are more than four, or there is no
        such language.
    """
    words = _words(language)
    found = _robustness(result)
    chart = weight_map.weight_map_chart(found.comparison, found.weight_space, words)
    return NotebookChart(chart, language)


def rounds(
    problem: DecisionProblem, session: SessionRecord, *, language: Language = "nl"
) -> NotebookChart:
    """Return how the weights of people in a session lay per lens, round 1 against round 2.

    Parameters
    ----------
    problem : DecisionProblem
        What was weighed.
    session : SessionRecord
        What `afw.read_session` gave.
    language : {"nl", "en"}

    Raises
    ------
    RequestError
        When the session is about another problem, no round has five people, effects are missing,
        or there is no such language.
    """
    words = _words(language)
    if problem_digest(problem) != session.digest:
        raise RequestError([Fault("session-other-problem", value=session.problem)])
    chart = round_chart(tell_session(problem, session, words))
    if chart is None:
        raise RequestError([Fault("chart-no-round")])
    return NotebookChart(chart, language)


def _of_comparison(
    make: Callable[[Comparison, Words], Chart],
    result: Comparison | Robustness,
    language: Language,
) -> NotebookChart:
    return NotebookChart(make(_comparison(result), _words(language)), language)


def _of_robustness(
    make: Callable[[Robustness, Words], Chart | None], result: Robustness, language: Language
) -> NotebookChart:
    words = _words(language)
    chart = make(_robustness(result), words)
    if chart is None:
        raise RequestError([Fault("chart-empty")])
    return NotebookChart(chart, language)


def _comparison(result: Comparison | Robustness) -> Comparison:
    return result.comparison if isinstance(result, Robustness) else result


def _robustness(result: object) -> Robustness:
    if not isinstance(result, Robustness):
        raise RequestError([Fault("chart-robustness", value=type(result).__name__)])
    return result


def _words(language: Language) -> Words:
    if language not in LANGUAGES:
        raise RequestError([Fault("chart-language", value=language, facts={"known": LANGUAGES})])
    return Words(language)
