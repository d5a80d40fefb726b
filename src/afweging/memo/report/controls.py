"""What a reader can touch on the page: the tools above it, and the weights of the lenses.

These stand in templates: they are shown by the script, and are no part of the text of the report.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from afweging.wording import Words

COLOURS = 8  # of lenses in the style sheet; more lenses use them again


def tools(words: Words) -> str:
    """Return the way to the contents, the list of parts, and the buttons for the whole page."""
    said = _say(words)
    buttons = "".join(
        f'<button type="button" id="{name}">{said(key)}</button>'
        for name, key in (("open-all", "open_all"), ("close-all", "close_all"), ("print", "print"))
    )
    return (
        f'<a class="skip" href="#main">{said("skip")}</a>\n'
        f'<nav id="contents" aria-labelledby="contents-title"><details>'
        f'<summary><span id="contents-title">{said("contents")}</span></summary><ol></ol>'
        f'<div class="actions">{buttons}</div></details></nav>\n'
    )


def what_if_controls(model: Mapping[str, object], words: Words) -> str:
    """Return a slider and a field for each lens, the choice of cases, and room for the outcome.

    `model` is what `what_if_document` says.
    """
    said = _say(words)
    names: Mapping[str, Sequence[str]] = model["names"]  # type: ignore[assignment]
    sliders = "".join(_slider(k, name, words) for k, name in enumerate(names["lenses"]))
    return (
        '<div class="what-if">\n<div class="both">\n'
        f"<fieldset><legend>{said('controls')}</legend>\n{sliders}"
        f"{_choice(names, words)}"
        f'<div class="actions"><button type="button" id="reset">{said("reset")}</button></div>\n'
        "</fieldset>\n"
        f'<div class="outcome"><h3>{said("outcome")}</h3>\n'
        '<div id="said" aria-live="polite"></div>\n<div id="found"></div></div>\n</div>\n'
        f"<details><summary>{said('copy_title')}</summary>\n<p>{said('copy_lead')}</p>\n"
        f'<label for="lines">{said("copy_label")}</label>\n'
        '<textarea id="lines" rows="8" readonly spellcheck="false" wrap="off"></textarea>\n'
        f'<div class="actions"><button type="button" id="copy">{said("copy")}</button>'
        '<p id="copy-told" role="status"></p></div></details>\n</div>'
    )


def _say(words: Words) -> Callable[..., str]:
    """Return what gives a text of the page, ready to stand in it."""

    def said(key: str, **facts: object) -> str:
        return escape(words.text(f"report.static.{key}", **facts))

    return said


def _slider(place: int, name: str, words: Words) -> str:
    """Return the slider, the field and the two buttons of one lens."""
    said = _say(words)

    def button(key: str, step: int, sign: str) -> str:
        told = said(key, lens=name)
        return f'<button type="button" data-step="{step}" aria-label="{told}">{sign}</button>'

    return (
        f'<div class="slider lens-{place % COLOURS + 1}" data-lens="{place}" role="group" '
        f'aria-labelledby="lens-{place}-name">\n'
        f'<span class="name" id="lens-{place}-name">{escape(name)}</span>\n'
        f'<input type="range" min="0" max="100" step="1" '
        f'aria-label="{said("slider", lens=name)}">\n'
        f'<span class="points">{button("less", -1, "−")}'
        f'<input type="text" inputmode="decimal" autocomplete="off" role="spinbutton" '
        f'aria-valuemin="0" aria-valuemax="100" aria-label="{said("number", lens=name)}">'
        f'<span aria-hidden="true">{said("percent")}</span>'
        f"{button('more', 1, '+')}</span>\n</div>\n"
    )


def _choice(names: Mapping[str, Sequence[str]], words: Words) -> str:
    """Return the choice of what is computed with; nothing where there is one scenario and case."""
    said = _say(words)
    groups = {"scenario": ("scenarios", names["scenarios"]), "case": ("cases", names["cases"])}
    shown = "".join(
        f'<optgroup label="{said(key)}">{_options(kind, each)}</optgroup>'
        for kind, (key, each) in groups.items()
        if len(each) > 1
    )
    if not shown:
        return ""
    return (
        f'<p class="choice"><label for="choice">{said("choice")}</label>\n<select id="choice">'
        f'<option value="all">{said("choice_all")}</option>{shown}</select></p>\n'
    )


def _options(kind: str, names: Sequence[str]) -> str:
    return "".join(
        f'<option value="{kind} {place}">{escape(name)}</option>'
        for place, name in enumerate(names)
    )
