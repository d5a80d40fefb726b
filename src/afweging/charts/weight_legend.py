"""The legend of a map of weights: what each colour, dot and line stands for."""

from __future__ import annotations

from string import ascii_uppercase
from typing import TYPE_CHECKING

from afweging.analysis.naming import Names, names_of, profile_names
from afweging.analysis.weight_space_sentences import set_name
from afweging.charts.fills import filled
from afweging.charts.svg import INK, element, leading, lines, wrap
from afweging.charts.weight_slice import DOT, cross_sign

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from afweging.analysis.weight_map import Dot, WeightMap
    from afweging.analysis.weight_space import WeightSpace
    from afweging.model.result import Comparison
    from afweging.wording import Words

WIDTH = 640.0
EDGE = 16.0
TEXT = 16.0  # size of the legend
INDENT = 54.0  # of its text


def option_labels(options: Sequence[str]) -> dict[str, tuple[int, str]]:
    """Return the place and the short label of each option: its id if all are codes, or a letter.

    Examples
    --------
    >>> option_labels(["O7", "O4"]), option_labels(["addison", "O4"])["O4"]
    ({'O7': (0, 'O7'), 'O4': (1, 'O4')}, (1, 'B'))
    """
    codes = all(Names.is_code(name) for name in options)
    return {name: (k, name if codes else _letters(k)) for k, name in enumerate(options)}


def _letters(place: int) -> str:
    round_, letter = divmod(place, len(ascii_uppercase))
    return ascii_uppercase[letter] + (str(round_ + 1) if round_ else "")


def mark_of(comparison: Comparison, dot: Dot) -> str:
    """Return the number of a profile on the map, with its mark where it is about a group."""
    panel = comparison.problem.panel
    place = next(k for k, each in enumerate(panel) if each.id == dot.standing.profile)
    return f"{place + 1}{'*' if panel[place].origin == 'about' else ''}"


def draw_legend(
    comparison: Comparison, space: WeightSpace, found: WeightMap, words: Words, top: float
) -> tuple[list[str], float]:
    """Return what each sign stands for, line by line, and where that ends."""
    y, told = top + leading(TEXT), []
    for sign, text in legend_entries(comparison, space, found, words):
        texts = wrap(text, WIDTH - 2 * EDGE - INDENT, TEXT)
        told += [_sign(sign, y), lines(texts, EDGE + INDENT, y, size=TEXT)]
        y += leading(TEXT) * len(texts) + 4
    return told, y


def _sign(sign: str | int, y: float) -> str:
    """Return a swatch for the place of a fill, else the sign of that name."""
    middle = y - 0.35 * TEXT
    if isinstance(sign, int):
        box = {"x": EDGE, "y": middle - 8, "width": 30.0, "height": 16.0}
        return element("rect", fill=filled(sign), stroke=INK, stroke_width=1, **box)
    if sign == "cross":
        return cross_sign(EDGE + 15, middle)
    if sign == "dashed":
        line = {"x1": EDGE, "x2": EDGE + 30, "y1": middle, "y2": middle}
        return element("line", stroke=INK, stroke_width=3, stroke_dasharray="7 5", **line)
    if not sign:
        return ""
    dot = element("circle", cx=EDGE + DOT, cy=middle, r=DOT)
    return dot + lines([sign], EDGE + 2 * DOT + 3, y, size=TEXT)


def legend_entries(
    comparison: Comparison, space: WeightSpace, found: WeightMap, words: Words
) -> list[tuple[str | int, str]]:
    """Return signs and what they stand for: a place of a fill, a named sign, or a number."""
    labels = option_labels(space.options)
    told = _option_entries(comparison, space, found, words)
    told += _sets(comparison, space, found, words)
    now, *dots = found.dots
    told.append(("cross", _dot_text("now", comparison, found, now, labels, words)))
    told += [
        (mark_of(comparison, dot), _dot_text("dot", comparison, found, dot, labels, words))
        for dot in dots
    ]
    if any(profile.origin == "about" for profile in comparison.problem.panel):
        told.append(("", words.text("space.map.about")))
    return told


def _option_entries(
    comparison: Comparison, space: WeightSpace, found: WeightMap, words: Words
) -> list[tuple[str | int, str]]:
    """Return the options that can be first, with their share, then those that never are."""
    names, labels = names_of(comparison.problem, words.language), option_labels(space.options)
    fills = fills_on(found, labels)
    told: list[tuple[str | int, str]] = []
    hidden: list[tuple[str | int, str]] = []
    never: list[str] = []
    whole = space.whole
    for k, option in enumerate(space.options):
        share = 0.0 if whole is None else float(whole.first.shares[k])
        name = _with_label(labels[option][1], option, names.option(option), words)
        facts = {"option": name, "share": share}
        if option in fills:
            told.append((fills[option], words.text("space.map.option", **facts)))
        elif share > 0:
            hidden.append(("", words.text("space.map.hidden", **facts)))
        else:
            never.append(names.option(option))
    last: list[tuple[str | int, str]] = []
    if never:
        last = [("", words.text("space.map.never", options=never))]
    return [*told, *hidden, *last]


def fills_on(found: WeightMap, labels: Mapping[str, tuple[int, str]]) -> dict[str, int]:
    """Return the place of the fill of each option that is first somewhere on the map.

    Options that share an area have its fill, unless they have an area of their own too.
    """
    regions = [region for drawn in found.slices for region in drawn.regions]
    own = {region.options[0]: labels[region.options[0]][0] for region in regions}
    shared = {name: own[region.options[0]] for region in regions for name in region.options}
    return shared | own


def _sets(
    comparison: Comparison, space: WeightSpace, found: WeightMap, words: Words
) -> list[tuple[str | int, str]]:
    if space.fitting is None or all(drawn.fitting is None for drawn in found.slices):
        return []
    name = set_name(comparison, space.fitting, words)
    return [("dashed", words.text("space.map.fitting", set=name))]


def _with_label(short: str, option: str, name: str, words: Words) -> str:
    return name if short == option else words.text("space.map.label", label=short, name=name)


def _dot_text(
    key: str,
    comparison: Comparison,
    found: WeightMap,
    dot: Dot,
    labels: Mapping[str, tuple[int, str]],
    words: Words,
) -> str:
    """Return whose dot it is, which options are first there, and where it is not drawn exactly."""
    names, standing = names_of(comparison.problem, words.language), dot.standing
    facts: dict[str, object] = {"options": [labels[n][1] for n in standing.first]}
    if standing.profile is not None:
        (facts["profile"],) = profile_names(comparison.problem, words, [standing.profile])
    told = [words.text(f"space.map.{key}", **facts)]
    if found.fixed is not None:
        lenses = [lens.id for lens in comparison.problem.tree.children]
        weight = float(standing.weights[lenses.index(found.fixed)])
        told.append(
            words.text("space.map.weighs", lens=names.criterion(found.fixed), weight=weight)
        )
    if dot.drawn != standing.first:
        shown = [labels[n][1] for n in dot.drawn]
        told.append(words.text("space.map.elsewhere", options=shown))
    if standing.own != standing.first:
        shown = [labels[n][1] for n in standing.own]
        told.append(words.text("space.map.own", options=shown))
    return "; ".join(told)
