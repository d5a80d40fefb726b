"""The look of a session from one file of an organisation: colours, letters and pace, no more.

Only what our own style names can be set, each in its own form, so that a file can bring in no
picture, no letter and no script from elsewhere, and no colours that cannot be read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from afweging.errors import Fault, Place, RequestError
from afweging.io.contrast import contrast

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

LARGEST = 64 * 1024  # bytes
MOST_MOTION = 300  # milliseconds
FORMS = {
    "font": re.compile(r"""[\w "',-]{1,300}"""),
    "mono": re.compile(r"""[\w "',-]{1,300}"""),
    "radius": re.compile(r"0|\d{1,2}(\.\d{1,3})?(px|rem|em)"),
    "quick": re.compile(r"\d{1,3}ms"),
}
COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
GROUNDS = ("paper", "sheet", "tint", "good-tint", "bad-tint", "warn-tint", "console-tint")
TEXTS = (
    *(("ink", ground) for ground in GROUNDS),
    *(("soft", ground) for ground in ("paper", "sheet")),
    *((name, "sheet") for name in ("main", "good", "bad")),
    *(("on-main", "main"), ("on-console", "console")),
)
MARKS = tuple((name, "paper") for name in ("edge", "focus", *(f"lens-{n}" for n in range(1, 9))))
PAIRS = dict.fromkeys(TEXTS, 4.5) | dict.fromkeys(MARKS, 3.0)  # WCAG 2.1 AA
PART = re.compile(
    r"(?P<root>:root\s*\{)|(?P<dark>@media\s*\(\s*prefers-color-scheme\s*:\s*dark\s*\)\s*\{)"
    r"|(?P<end>\})|--(?P<name>[\w-]+)\s*:\s*(?P<value>[^;{}]*?)\s*(?:;|(?=\}))"
)


@dataclass(slots=True)
class Look:
    """What a file sets, by name without dashes: always, and while a device is set to dark."""

    light: dict[str, str] = field(default_factory=dict)
    dark: dict[str, str] = field(default_factory=dict)

    def css(self) -> str:
        """Return the style that sets it over our own, written anew.

        A colour for light does not count while a device is set to dark, where ours holds.
        """
        always = {name: value for name, value in self.light.items() if name in FORMS}
        colours = {name: value for name, value in self.light.items() if name not in FORMS}
        blocks = (
            ("{}", always),
            ("@media not all and (prefers-color-scheme: dark) {{ {} }}", colours),
            ("@media (prefers-color-scheme: dark) {{ {} }}", self.dark),
        )
        return "".join(f"{text.format(_root(found))}\n" for text, found in blocks if found)


def read_look(path: Path) -> Look:
    """Return the look that a file of custom properties sets.

    Raises
    ------
    RequestError
        When the file cannot be read, holds anything but known properties in their own form, or
        sets colours of which text cannot be read.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise RequestError([Fault("look-file", Place(file=path.name), error.strerror)]) from error
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        text = "\0"
    if len(content) > LARGEST or "\0" in text:
        raise RequestError([Fault("look-file", Place(file=path.name), f"{len(content)} B")])
    found = Look()
    faults = list(_read(text, path.name, found))
    faults = faults or list(_unreadable(found, path.name))
    if faults:
        raise RequestError(faults)
    return found


def _read(text: str, name: str, into: Look) -> Iterator[Fault]:
    """Take what a file sets, and yield what is wrong in it, with its line."""
    text = re.sub(r"/\*.*?\*/", lambda found: "\n" * found[0].count("\n"), text, flags=re.DOTALL)
    at, depth, is_dark, in_root = 0, 0, False, False
    while at < len(text.rstrip()):
        at += len(text[at:]) - len(text[at:].lstrip())
        place = Place(file=name, line=text.count("\n", 0, at) + 1)
        part = PART.match(text, at)
        kind = None if part is None else part.lastgroup
        known = {"root": not in_root, "dark": not depth, "end": depth > 0, "value": in_root}
        if part is None or kind is None or not known[kind]:
            yield Fault("look-part", place, text[at:].split("\n")[0][:60].strip())
            return
        at = part.end()
        if kind == "value":
            if fault := _set(part["name"], part["value"], into.dark if is_dark else into.light):
                value = f"--{part['name']}: {part['value'][:60]}"
                yield Fault(fault, place, value, _facts(part["name"]))
            continue
        depth += -1 if kind == "end" else 1
        is_dark = (is_dark or kind == "dark") and depth > 0
        in_root = kind == "root"
    if depth:
        yield Fault("look-part", Place(file=name, line=text.count("\n") + 1), "}")


def _set(name: str, value: str, into: dict[str, str]) -> str | None:
    """Set one property, or return the code of what is wrong with it."""
    if name not in defaults()[0]:
        return "look-name"
    fits = FORMS.get(name, COLOUR).fullmatch(value) is not None
    if not fits or (name == "quick" and int(value.removesuffix("ms")) > MOST_MOTION):
        return "look-value"
    if value.count('"') % 2 or value.count("'") % 2:
        return "look-value"
    into[name] = value
    return None


def _facts(name: str) -> dict[str, object]:
    return {"known": tuple(f"--{each}" for each in defaults()[0]), "form": _form(name)}


def _form(name: str) -> str:
    examples = {"font": "Verdana, sans-serif", "mono": "monospace", "radius": "8px"}
    return examples.get(name, f"200ms (0–{MOST_MOTION})" if name == "quick" else "#1d4f7c")


def _unreadable(found: Look, file: str) -> Iterator[Fault]:
    """Yield the pairs of colours that were changed and of which one is hard to see on the other."""
    light, dark = defaults()
    schemes = (
        ("look-contrast", light | found.light, found.light),
        ("look-contrast-dark", light | dark | found.dark, found.dark),
    )
    for code, colours, changed in schemes:
        for (ink, ground), least in PAIRS.items():
            ratio = contrast(colours[ink], colours[ground])
            if ratio < least and {ink, ground} & set(changed):
                value = f"--{ink}: {colours[ink]}, --{ground}: {colours[ground]}"
                yield Fault(code, Place(file=file), value, {"ratio": ratio, "least": least})


@cache
def defaults() -> tuple[dict[str, str], dict[str, str]]:
    """Return what our own style sets: always, and what differs while a device is set to dark."""
    text = (resources.files("afweging.live") / "static" / "theme.css").read_text(encoding="utf-8")
    light, dark = re.findall(r":root \{(.*?)\}", text, flags=re.DOTALL)[:2]
    pattern = re.compile(r"--([\w-]+): ([^;]*);")
    return dict(pattern.findall(light)), dict(pattern.findall(dark))


def _root(values: Mapping[str, str]) -> str:
    said = " ".join(f"--{name}: {value};" for name, value in values.items())
    return f":root {{ {said} }}"
