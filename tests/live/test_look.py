from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afweging.errors import RequestError
from afweging.io.contrast import contrast
from afweging.live import look
from afweging.live.look import MOST_MOTION, PAIRS, Look, defaults, read_look
from afweging.wording import LANGUAGES, Words
from afweging.wording.faults import fault_text

GOOD = """/* Een eigen huisstijl:
   blauw en geel. */
:root {
  --main: #003082;
  --paper: #fffef5;
  --font: "Source Sans 3", Verdana, sans-serif;
  --quick: 150ms;
}
@media (prefers-color-scheme: dark) {
  :root { --main: #9dc3ff; --paper: #0b0b12 }
}
"""


def read(tmp_path: Path, text: str) -> Look:
    """Return the look of a file with a text."""
    path = tmp_path / "huisstijl.css"
    path.write_text(text, encoding="utf-8")
    return read_look(path)


def faults(tmp_path: Path, text: str) -> list[tuple[str, int | None]]:
    """Return the codes and lines of what is wrong; each is worded in both languages."""
    with pytest.raises(RequestError) as caught:
        read(tmp_path, text)
    for fault in caught.value.faults:
        for language in LANGUAGES:
            said = fault_text(Words(language), fault)
            assert "huisstijl.css" in said
            assert not any(f"{{{name}" in said for name in ("value", "known", "form", "ratio"))
    return [(fault.code, fault.place.line) for fault in caught.value.faults]


def test_one_file_sets_colours_letters_and_pace(tmp_path: Path) -> None:
    """Light and dark apart; a light colour does not reach into the dark."""
    found = read(tmp_path, GOOD)
    assert found.light["main"] == "#003082"
    assert found.dark == {"main": "#9dc3ff", "paper": "#0b0b12"}
    always, light, dark = found.css().splitlines()
    assert always == (':root { --font: "Source Sans 3", Verdana, sans-serif; --quick: 150ms; }')
    assert light.startswith("@media not all and (prefers-color-scheme: dark) { :root {")
    assert dark == (
        "@media (prefers-color-scheme: dark) { :root { --main: #9dc3ff; --paper: #0b0b12; } }"
    )
    assert read(tmp_path, "").css() == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("@import url(https://elders.example/a.css);", [("look-part", 1)]),
        (":root {\n --paper: url(https://elders.example/x.png);\n}", [("look-value", 2)]),
        (':root {\n\n --font: "x"; } body { color: red }', [("look-part", 3)]),
        (":root { --papier: #ffffff; }", [("look-name", 1)]),
        (":root { --quick: 900ms; }", [("look-value", 1)]),
        (
            ":root { --quick: 1s;\n --radius: 8;\n --ink: red; }",
            [("look-value", n) for n in (1, 2, 3)],
        ),
        (':root { --font: "x; }', [("look-value", 1)]),
        (":root { --font: \\75 rl(x); }", [("look-value", 1)]),
        (":root { --main: #003082;", [("look-part", 1)]),
        ("--main: #003082;", [("look-part", 1)]),
        ("} :root { }", [("look-part", 1)]),
        ("@media print { :root { --main: #003082; } }", [("look-part", 1)]),
        (":root { color: #003082; }", [("look-part", 1)]),
        (":root { --ink: #aaaaaa; }", [("look-contrast", None)] * 7),
        (":root { --lens-1: #fbfaf7; }", [("look-contrast", None)]),
        ("\0", [("look-file", None)]),
        ("/* " + "x" * 70_000 + " */", [("look-file", None)]),
    ],
)
def test_anything_else_is_refused_in_its_place(
    text: str, expected: list[tuple[str, int | None]], tmp_path: Path
) -> None:
    """An address, a rule, a wrong form, and colours that cannot be read: with line and rule."""
    assert faults(tmp_path, text) == expected


def test_the_dark_is_looked_at_by_itself(tmp_path: Path) -> None:
    """Colours that are fine on paper may be hard to see in the dark."""
    text = "@media (prefers-color-scheme: dark) { :root { --main: #1d4f7c; } }"
    assert {code for code, _ in faults(tmp_path, text)} == {"look-contrast-dark"}


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    """The name of the file stands in the report."""
    with pytest.raises(RequestError) as caught:
        read_look(tmp_path / "weg.css")
    assert [(f.code, f.place.file) for f in caught.value.faults] == [("look-file", "weg.css")]


@given(st.text(alphabet=":root{}-main;#0123456789abcdef@media()url\"'\\/*. \n", max_size=120))
def test_no_text_brings_in_an_address(text: str) -> None:
    """Whatever stands in the file, what is sent is refused or holds only known properties."""
    found = Look()
    if not list(look._read(text, "x.css", found)):  # noqa: SLF001 - without a file for each text
        assert set(found.light) | set(found.dark) <= set(defaults()[0])
        css = found.css().lower()
        assert not any(sign in css for sign in ("url", "import", "\\", "//", "<"))


def test_our_own_style_keeps_to_the_same_rules() -> None:
    """Each of our colours has its form and enough contrast, in light and in dark."""
    light, dark = defaults()
    assert set(dark) <= set(light)
    for colours in (light, light | dark):
        for (ink, ground), least in PAIRS.items():
            assert contrast(colours[ink], colours[ground]) >= least, (ink, ground)
    assert int(light["quick"].removesuffix("ms")) <= MOST_MOTION
    text = (Path(look.__file__).parent / "static" / "theme.css").read_text(encoding="utf-8")
    assert text.count("--main:") == 2
