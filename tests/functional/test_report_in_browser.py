from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from tests.analysis.random_problems import Shape
from tests.live.browsing import PHONE, browser, open_face
from tests.memo.matters import brabant, random_matter
from tests.memo.report.made import ODD, odd_matter, report, report_of, written

import afweging as afw
from afweging.wording.numbers import write

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, ViewportSize

SCREEN: ViewportSize = {"width": 1366, "height": 768}
EFFECTS = "#report_effects\\.3"


@pytest.fixture(scope="module")
def shown() -> Iterator[Browser]:
    """Return a browser for all tests here."""
    with browser() as found:
        yield found


def test_odd_names_are_names(shown: Browser, tmp_path: Path) -> None:
    """Twelve options whose names mean something to HTML are shown as they are, and nothing runs."""
    face = open_face(shown, written(tmp_path, report_of(odd_matter())), PHONE)
    face.page.on("dialog", lambda dialog: face.faults.append(dialog.message))
    names = face.page.locator("#found-ranking tbody th").all_inner_texts()
    named = [each.name.nl for each in odd_matter().comparison.problem.alternatives]
    ids = [each.id for each in odd_matter().comparison.problem.alternatives]
    ranked = set(odd_matter().ranked)
    expected = {
        " ".join(f"{i} {n}".split()) for i, n in zip(ids, named, strict=True) if i in ranked
    }
    assert {" ".join(name.split()) for name in names} == expected
    assert any(ODD[0] in name for name in named)
    assert face.page.locator("b").count() == 0
    assert face.faults == []
    face.page.context.close()


def test_nothing_else_can_run(shown: Browser, tmp_path: Path) -> None:
    """A script that is put in the page is stopped by its policy."""
    changed = report().replace(b"</main>", b"<script>window.strange = 1</script></main>")
    face = open_face(shown, written(tmp_path, changed), SCREEN)
    face.page.wait_for_selector("#found-ranking")
    assert face.page.evaluate("window.strange") is None
    assert any("Content Security Policy" in fault for fault in face.faults)
    face.page.context.close()


def test_it_can_be_read_without_a_script(shown: Browser, tmp_path: Path) -> None:
    """All text is there, and it says what does not work."""
    face = open_face(shown, written(tmp_path, report()), SCREEN, java_script_enabled=False)
    text = face.page.locator("body").inner_text()
    assert "O7 Handhaving en bescherming in de hele keten staat bovenaan" in text
    assert "Scripts staan uit." in text
    assert face.page.locator(".slider").count() == 0
    face.page.context.close()


def _column(face_values: list[str | None]) -> list[float | None]:
    return [None if value is None else float(value) for value in face_values]


def test_tables_sort_by_their_numbers_and_stay_in_order(shown: Browser, tmp_path: Path) -> None:
    """Up, down and back; equal numbers stay as they were, and what has none comes last."""
    face = open_face(shown, written(tmp_path, report_of(random_matter(3, Shape()))), SCREEN)
    table = face.page.locator(EFFECTS)
    read = """(table) => [...table.tBodies[0].rows].map((row) =>
        [row.cells[0].textContent + row.cells[2].textContent,
         row.cells[6].dataset.value ?? null])"""
    start = table.evaluate(read)
    head = table.locator("th").nth(6)
    head.get_by_role("button").click()
    assert head.get_attribute("aria-sort") == "ascending"

    def key(row: list[str | None]) -> tuple[bool, float]:
        return row[1] is None, float(row[1] or 0)

    assert table.evaluate(read) == sorted(start, key=key)
    head.get_by_role("button").press("Enter")
    assert head.get_attribute("aria-sort") == "descending"
    expected = sorted(start, key=lambda row: (row[1] is None, -float(row[1] or 0)))
    assert table.evaluate(read) == expected
    assert any(row[1] is None for row in expected), "classes have no mean"
    head.get_by_role("button").click()
    assert head.get_attribute("aria-sort") is None
    assert table.evaluate(read) == start
    numbers = [value for value in _column([row[1] for row in start]) if value is not None]
    texts = [row.inner_text() for row in table.locator("tbody tr td:nth-child(7)").all()[:3]]
    assert texts == [write(float(f"{each:.3g}"), "number", "nl") for each in numbers[:3]]
    face.page.context.close()


def test_a_long_table_is_searched(shown: Browser, tmp_path: Path) -> None:
    """All words have to be in a row; how many rows are left is said."""
    face = open_face(shown, written(tmp_path, report()), SCREEN)
    section = face.page.locator("section", has=face.page.locator(EFFECTS))
    section.get_by_role("searchbox").fill("woning o7")
    left = section.locator("tbody tr:visible").all_inner_texts()
    assert left
    assert all("O7" in row and "oning" in row for row in left)
    assert section.get_by_role("status").inner_text() == f"{len(left)} van de 144 regels"
    section.get_by_role("searchbox").fill("")
    assert section.locator("tbody tr:visible").count() == 144
    face.page.context.close()


def test_the_keyboard_is_enough(shown: Browser, tmp_path: Path) -> None:
    """From the top: to the contents, along the sliders with arrows, and into what folds."""
    face = open_face(shown, written(tmp_path, report()), SCREEN)
    page = face.page
    page.wait_for_selector("#found-ranking")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.evaluate("document.querySelector('#said p').isOld = true")
    page.locator(".slider input[type=range]").first.focus()
    page.keyboard.press("ArrowRight")
    assert page.locator(".slider [role=spinbutton]").first.input_value() == "26"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.locator(".slider [role=spinbutton]").first.input_value() == "25"
    page.keyboard.press("Tab")
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("40")
    values = page.locator(".slider [role=spinbutton]")
    assert [values.nth(k).input_value() for k in range(4)] == ["40", "20", "20", "20"]
    page.keyboard.type("0")
    assert values.first.get_attribute("aria-invalid") == "true"
    assert values.nth(1).input_value() == "20"
    # a sentence that stays the same is not put there again, and so not read aloud again
    assert page.evaluate("document.querySelector('#said p').isOld")
    page.locator("#reset").press("Enter")
    assert [values.nth(k).input_value() for k in range(4)] == ["25"] * 4
    values.first.press("ArrowUp")
    assert values.first.input_value() == "26"
    values.first.fill("33,5")
    assert [values.nth(k).input_value() for k in range(4)] == ["33,5", "22,2", "22,2", "22,2"]
    fold = page.locator("details.twin summary").first
    fold.press("Enter")
    assert page.locator("details.twin").first.get_attribute("open") is not None
    assert face.faults == []
    page.context.close()


def test_what_is_closed_is_printed(shown: Browser, tmp_path: Path) -> None:
    """All folds open for the printer, and close again."""
    face = open_face(shown, written(tmp_path, report()), SCREEN)
    closed = face.page.locator("main details:not([open])")
    before = closed.count()
    face.page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert (before > 5, closed.count()) == (True, 0)
    face.page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert closed.count() == before
    face.page.context.close()


def test_the_lines_are_a_profile(shown: Browser, tmp_path: Path) -> None:
    """Put in the file with profiles they give the ranking that the page shows."""
    face = open_face(shown, written(tmp_path, report()), SCREEN)
    face.page.locator(".slider [role=spinbutton]").nth(1).fill("47.3")
    face.page.locator("summary", has_text="Deze gewichten als profiel").click()
    lines = face.page.locator("#lines").input_value()
    scores = face.page.locator("#found-ranking tbody tr").evaluate_all(
        """(rows) => rows.map((row) =>
        [row.cells[0].textContent, Number(row.cells[2].dataset.value)])"""
    )
    problem = _with_profile(tmp_path, lines)
    found = afw.compare(problem, afw.Request(profile="what_if1"))
    names = {f"{a.id} {a.name.nl}": a.id for a in problem.alternatives}
    expected = {line.id: line.score.low for line in found.ranking if line.rank is not None}
    assert {names[name]: pytest.approx(score, abs=1e-12) for name, score in scores} == expected
    assert found.weights.lenses[1] == pytest.approx(0.473, abs=1e-13)
    assert brabant().comparison.problem.tree == problem.tree
    face.page.context.close()


def _with_profile(folder: Path, lines: str) -> afw.DecisionProblem:
    """Return Brabant with the lines at the end of its file with profiles."""
    target = folder / "brabant"
    shutil.copytree("scenarios/brabant", target)
    path = target / "profiles.yaml"
    path.write_text(path.read_text("utf-8").rstrip("\n") + "\n" + lines, "utf-8")
    return afw.read_problem(target)
