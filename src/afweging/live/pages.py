"""The pages of a live session as HTML text: for participants, the projector and the console.

A page gets plain data and the words of one language; nothing here knows a session or a request.
Pages hold no inline script and no inline style, and ask for nothing from elsewhere.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from afweging.live.console_parts import console_facts
from afweging.live.voice import Voice, language_names
from afweging.live.wall_panels import panel_facts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from afweging.wording import Words


@cache
def _templates() -> Environment:
    return Environment(
        loader=PackageLoader("afweging.live", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _render(template: str, words: Words, **facts: object) -> str:
    """Return a template filled in, `t(key, ...)` being the words of the language.

    On the pages of people `p` is their voice, that marks what is in another language.
    """
    found = _templates().get_template(template)
    return found.render(
        t=words.text, n=words.format_field, p=words, language=words.language, **facts
    )


def _voice(words: Words, language: str | None = None) -> Voice:
    """Return the voice of a language, or else of that of `words`."""
    if isinstance(words, Voice) and language is None:
        return words
    return Voice(language or words.language)


def _lang(page: str, part: str | None) -> Markup:
    """Return the attribute of what is in another language than the page around it."""
    return Markup("") if part in {None, page} else Markup(' lang="{}"').format(part)


# --- participants ---------------------------------------------------------------------------------


def join_page(  # noqa: PLR0913 - one parameter per thing that the page may show
    words: Words,
    *,
    code: str | None,
    fault: str | None,
    invitation: str | None = None,
    setup: Mapping[str, Any] | None = None,
    language: str | None = None,
    title: str = "",
) -> str:
    """Return the page on which people join (D0).

    Parameters
    ----------
    words : Words
        For what stands outside the texts of participants.
    code : str or None
        The code that the QR code filled in.
    fault : str or None
        A sentence that says why joining did not work.
    invitation : str, optional
        What the link behind the QR code carries: it goes along with the form.
    setup : mapping, optional
        The setup of the session: its roles, and whether names may be given.
    language : str, optional
        Of the participant, where that is another one than that of `words`.
    title : str
        Of the decision problem.
    """
    voice, known = _voice(words, language), setup or {}
    return _render(
        "join.html",
        voice,
        tongue=_lang(voice.language, voice.problem),
        room=_lang(voice.language, known.get("language")),
        code=code or "",
        fault=fault,
        invitation=invitation,
        roles=list(known.get("roles", ())),
        named=known.get("naming") == "named",
        languages=language_names(),
        title=title,
    )


def participant_page(
    words: Words,
    *,
    setup: Mapping[str, Any],
    model: Mapping[str, Any],
    csrf: str,
    key: str = "",
    language: str | None = None,
) -> str:
    """Return the one page of a participant, with all screens; its script shows which one.

    Parameters
    ----------
    words : Words
    setup : mapping
        The setup of the session.
    model : mapping
        Names and swings of the problem, of `content.participant_content`.
    csrf : str
        The token that goes with every command of this seat.
    key : str
        Under which the device keeps a draft: of this session and this seat.
    language : str, optional
        Of the participant, where that is another one than that of `words`.
    """
    voice = _voice(words, language)
    lenses = [{"id": lens["id"], "name": lens["name"]} for lens in model["lenses"]]
    data = {
        "csrf": csrf,
        "key": key or str(setup["session"]),
        "mode": setup["mode"],
        "lenses": lenses,
        "language": voice.language,
        "problem": model["language"],
        "words": voice.script(),
    }
    return _render(
        "participant.html",
        voice,
        tongue=_lang(voice.language, model["language"]),
        room=_lang(voice.language, setup.get("language")),
        model=model,
        data=data,
    )


# --- projector ------------------------------------------------------------------------------------


def projector_page(words: Words) -> str:
    """Return the page of the projector, without what stands on it."""
    return _render("projector.html", words)


def projector_frame(
    view: Mapping[str, Any],
    words: Words,
    *,
    content: Mapping[str, Any],
    join: Mapping[str, str] | None = None,
    level: int = 1,
) -> str:
    """Return what stands on the wall, as a fragment of HTML.

    Parameters
    ----------
    view : mapping
        Of `afweging.analysis.session.views.projector_view`.
    words : Words
    content : mapping
        Names and swings of the problem, of `content.room_content`.
    join : mapping, optional
        `url`, `code` and `qr` (an image as a data address) for joining.
    level : int
        Of the heading, where the fragment stands in another page.
    """
    facts: dict[str, Any] = {"panel": "blank", "title": "", "sentences": [], "table": None}
    if not view["blank"]:
        facts = {"panel": view["panel"]} | panel_facts(view, content, words)
    facts["table_data"] = facts.pop("table")
    facts |= {"view": view, "join": join, "level": level, "problem": content["title"]}
    return _render(f"wall/{facts['panel']}.html", words, **facts)


# --- console --------------------------------------------------------------------------------------


def console_page(words: Words, *, csrf: str) -> str:
    """Return the page of the facilitator, without what stands on it."""
    return _render("console.html", words, csrf=csrf)


def console_frame(
    view: Mapping[str, Any],
    words: Words,
    *,
    content: Mapping[str, Any],
    join: Mapping[str, str] | None = None,
    wall: Mapping[str, Any] | None = None,
    previews: Mapping[str, Any] | None = None,
) -> str:
    """Return what the facilitator sees, as a fragment of HTML.

    Parameters
    ----------
    view : mapping
        Of `afweging.analysis.session.console.console_view`. Where they are in it, `online`,
        `delay` (milliseconds), `setup`, `links` and `log_hash` are shown too.
    words : Words
    content : mapping
        Of `content.room_content`.
    join : mapping, optional
        As for `projector_frame`.
    wall : mapping, optional
        What the projector shows now, for the preview.
    previews : mapping, optional
        In its place the frames themselves: `now` and `ahead`, what comes after it.
    """
    drawn = dict(previews or {"now": None, "ahead": None})
    if wall is not None:
        drawn["now"] = projector_frame(wall, words, content=content, join=join, level=3)
    facts = console_facts(view, content, words)
    return _render("console_frame.html", words, view=view, join=join, previews=drawn, **facts)


# --- pages without a role -------------------------------------------------------------------------


def closed_elsewhere_page(words: Words) -> str:
    """Return what a window says whose seat was opened elsewhere."""
    return _render("elsewhere.html", _voice(words))


def fault_page(words: Words, *, code: str, message: str = "") -> str:
    """Return the page that says what went wrong, by a code of `live.fault` or in a sentence."""
    known = words.has(f"live.fault.{code}")
    said = message or words.text(f"live.fault.{code}" if known else "live.fault.failed")
    return _render("fault.html", _voice(words), message=said)


def check_page(words: Words) -> str:
    """Return the page with which the network is tried before a meeting."""
    names = ("busy", "good", "bad", "slow", "verdict_good", "verdict_slow", "verdict_bad")
    data = {name: words.text(f"live.check.{name}") for name in names}
    data["milliseconds"] = words.text("live.check.milliseconds", ms="{ms}")
    return _render("check.html", _voice(words), data=data)
