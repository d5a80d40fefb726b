"""Tables as CSV: for Excel in Dutch (semicolon, comma, mark) or by RFC 4180 in English."""

from __future__ import annotations

import csv
import io
import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pandas as pd

    from afweging.model.result import Comparison
    from afweging.wording import Words

BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def csv_bytes(heads: Sequence[str], rows: Iterable[Sequence[object]], words: Words) -> bytes:
    """Return a table as CSV in the dialect of the language.

    Text that a spreadsheet would take for a formula is led by an apostrophe.
    """
    dutch = words.language == "nl"
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=";" if dutch else ",", lineterminator="\r\n")
    writer.writerow(heads)
    writer.writerows([_cell(value, comma=dutch) for value in row] for row in rows)
    content = stream.getvalue().encode("utf-8")
    return BYTE_ORDER_MARK + content if dutch else content


def _cell(value: object, *, comma: bool) -> str:
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    if isinstance(value, float):
        return repr(value).replace(".", ",") if comma else repr(value)
    text = str(value)
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def frame_csv(frame: pd.DataFrame, words: Words) -> bytes:
    """Return a pandas table as CSV."""
    plain = frame.astype(object).where(frame.notna(), None)
    return csv_bytes(list(frame.columns), plain.itertuples(index=False, name=None), words)


def case_rows(comparison: Comparison, words: Words) -> tuple[list[str], list[list[object]]]:
    """Return a row per option and case: weight of the case, score, regret, both with bounds."""
    names = ("option", "scenario", "region", "horizon", "case_weight")
    numbers = ("score_low", "score_high", "regret_low", "regret_high")
    heads = [words.text(f"cli.csv.{name}") for name in (*names, *numbers)]
    scores, regret = comparison.scores.cases, comparison.regret.by_case
    blocks = (scores.low, scores.high, regret.low, regret.high)
    rows: list[list[object]] = [
        [
            alternative.id,
            *label,
            float(comparison.weights.cases[s]),
            *(float(block[s, a]) for block in blocks),
        ]
        for s, label in enumerate(comparison.cases.labels)
        for a, alternative in enumerate(comparison.problem.alternatives)
    ]
    return heads, rows
