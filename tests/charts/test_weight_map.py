from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest
from tests.analysis.lens_problems import lens_problem, ordered, random_lens_problem
from tests.charts.pictures import SVG, Picture, area_of, corners_of, draw

import afweging as afw
from afweging.charts.weight_map import describe, weight_map_chart, weight_map_key
from afweging.errors import RequestError
from afweging.model.result import Request
from afweging.model.text import Text
from afweging.wording import LANGUAGES, Language, Words

LENSES = [2, 3, 4]


def _cells(picture: Picture) -> list[np.ndarray]:
    """Return the areas that are filled, not what is outlined."""
    filled = [each for each in picture.all("polygon") if (each.get("fill") or "").startswith("url")]
    return [corners_of(each) for each in filled]


@pytest.mark.parametrize("lenses", LENSES)
@pytest.mark.parametrize("seed", range(4))
def test_areas_on_paper_are_the_shares(seed: int, lenses: int) -> None:
    """Each area has its share of its slice, within what two decimals can hold."""
    picture = draw(random_lens_problem(seed, lenses=lenses, options=5))
    cells = _cells(picture)
    regions = [
        (k, region) for k, drawn in enumerate(picture.found.slices) for region in drawn.regions
    ]
    assert len(cells) == len(regions)
    whole = np.zeros(len(picture.found.slices))
    for cell, (k, _) in zip(cells, regions, strict=True):
        whole[k] += area_of(cell)
    for cell, (k, region) in zip(cells, regions, strict=True):
        assert area_of(cell) / whole[k] == pytest.approx(region.share, abs=1e-3)
    assert whole == pytest.approx(whole[0], rel=1e-3)


@pytest.mark.parametrize("lenses", LENSES)
def test_dots_on_paper_have_their_weights(lenses: int) -> None:
    """From where a dot is drawn in its slice, its weights can be read back."""
    picture = draw(random_lens_problem(6, lenses=lenses, options=4, profiles=5))
    circles = [each for each in picture.all("circle") if each.get("stroke")]
    order = sorted(picture.found.dots[1:], key=lambda dot: dot.slice)
    assert len(circles) == len(order) == 5
    for circle, dot in zip(circles, order, strict=True):
        at = np.array([float(circle.get("cx") or 0), float(circle.get("cy") or 0)])
        spots = _spots(picture, dot.slice)
        assert at == pytest.approx(dot.place @ spots, abs=0.02)


def _spots(picture: Picture, place: int) -> np.ndarray:
    """Return the corners of a slice on paper: of the corners of its areas those furthest out."""
    before = sum(len(drawn.regions) for drawn in picture.found.slices[:place])
    count = len(picture.found.slices[place].regions)
    corners = np.vstack(_cells(picture)[before : before + count])
    if len(picture.found.corners) == 2:
        middle = (corners[:, 1].min() + corners[:, 1].max()) / 2
        return np.array([[corners[:, 0].min(), middle], [corners[:, 0].max(), middle]])
    top = corners[corners[:, 1].argmin()]
    bottom = corners[corners[:, 1] >= corners[:, 1].max() - 0.01]
    return np.array([bottom[bottom[:, 0].argmin()], bottom[bottom[:, 0].argmax()], top])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("lenses", LENSES)
def test_nothing_is_loaded_run_or_pointed_to(lenses: int, language: Language) -> None:
    """No script, no style sheet, no address but that of SVG; each reference is in the picture."""
    picture = draw(random_lens_problem(1, lenses=lenses), language=language)
    tags = {each.tag.removeprefix(SVG) for each in picture.root.iter()}
    shapes = {"circle", "line", "path", "pattern", "polygon", "rect", "text"}
    assert tags <= {"svg", "title", "desc", "defs", *shapes}
    assert re.findall(r"[a-z]+://[^\"]*", picture.text) == ["http://www.w3.org/2000/svg"]
    assert "href" not in picture.text
    names = {each.get("id") for each in picture.root.iter() if each.get("id")}
    assert set(re.findall(r"url\(#([^)]*)\)", picture.text)) <= names


@pytest.mark.parametrize("lenses", LENSES)
def test_the_same_input_has_the_same_bytes(lenses: int) -> None:
    """Nothing in a picture depends on the time or on chance."""
    first, second = (draw(random_lens_problem(9, lenses=lenses)).text for _ in range(2))
    assert first == second


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("lenses", LENSES)
def test_the_description_says_the_map_in_words(lenses: int, language: Language) -> None:
    """Title and description name the corners, and each option with its part of each slice."""
    picture = draw(random_lens_problem(3, lenses=lenses, options=4), language=language)
    words = Words(language)
    told = picture.root.find(f"{SVG}desc")
    assert told is not None
    assert told.text == describe(picture.comparison, picture.found, words)
    for lens in picture.comparison.problem.tree.children:
        assert lens.name.in_language(language) in (told.text or "")
    shares = re.findall(r"(\d+(?:[.,]\d+)?)\xa0%", told.text or "")
    expected = [
        words.format_field(each, "share").removesuffix("\xa0%")
        for drawn in picture.found.slices
        for each in (
            *([] if drawn.at is None else [drawn.at]),
            *sorted((region.share for region in drawn.regions), reverse=True),
        )
    ]
    assert shares == expected
    (now,) = picture.found.dots[0].standing.first
    assert now in (told.text or "").split(". ")[-1]


@pytest.mark.parametrize("lenses", LENSES)
def test_each_area_has_its_label(lenses: int) -> None:
    """As many bold short labels as areas: colour is never the only sign."""
    picture = draw(random_lens_problem(2, lenses=lenses, options=5))
    bold = [
        each.text
        for each in picture.all("text")
        if each.get("font-weight") == "bold" and each.get("text-anchor") == "middle"
    ]
    expected = [r.options[0] for drawn in picture.found.slices for r in drawn.regions]
    assert sorted(bold, key=str) == sorted(expected)


@pytest.mark.parametrize("language", LANGUAGES)
def test_brabant_names_all_profiles_with_their_marks(language: Language) -> None:
    """Numbers at the dots come back in the legend; twelve are about a group, and are marked."""
    picture = draw(afw.read_problem("scenarios/brabant"), language=language)
    drawn = [part for text in picture.texts() for part in text.split(", ")]
    for k, profile in enumerate(picture.comparison.problem.panel, start=1):
        mark = f"{k}*" if profile.origin == "about" else str(k)
        assert drawn.count(mark) == 2
    together = " ".join(picture.texts())
    for profile in picture.comparison.problem.panel:
        assert profile.name.in_language(language) in together


@pytest.mark.parametrize("lenses", LENSES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_text_stays_on_the_paper(lenses: int, language: Language) -> None:
    """No text begins or ends, as estimated, outside the picture."""
    problem = random_lens_problem(4, lenses=lenses, options=6, profiles=8)
    name = "Een tamelijk lange naam voor een optie & <meer> met een ondersteuningsvoorziening"
    options = tuple(replace(each, name=Text(name)) for each in problem.alternatives)
    picture = draw(replace(problem, alternatives=options, title=Text(name * 2)), language=language)
    width, height = (float(each) for each in (picture.root.get("viewBox") or "").split()[2:])
    for each in picture.all("text"):
        size = float(each.get("font-size") or 0)
        long = 0.56 * size * len(each.text or "") * (1.15 if each.get("font-weight") else 1)
        x, anchor = float(each.get("x") or 0), each.get("text-anchor") or "start"
        left = x - {"start": 0.0, "middle": long / 2, "end": long}[anchor]
        assert left >= -0.01
        assert left + long <= width + 0.01
        assert size <= float(each.get("y") or 0) + 4 <= height + 4


def test_labels_lie_over_each_other_hardly() -> None:
    """On Brabant no two labels in or at a slice share more than a sliver."""
    picture = draw(afw.read_problem("scenarios/brabant"))
    boxes = []
    for each in picture.all("text"):
        if each.get("text-anchor") != "middle" or each.get("paint-order") != "stroke":
            continue
        size, long = float(each.get("font-size") or 0), len(each.text or "")
        x, y = float(each.get("x") or 0), float(each.get("y") or 0)
        boxes.append(
            (x - 0.28 * size * long, y - 0.85 * size, x + 0.28 * size * long, y + 0.15 * size)
        )
    for k, one in enumerate(boxes):
        for other in boxes[:k]:
            across = min(one[2], other[2]) - max(one[0], other[0])
            down = min(one[3], other[3]) - max(one[1], other[1])
            assert min(across, down) <= 3


def test_answers_are_outlined_and_named() -> None:
    """A dashed line for the weights that fit the answers, and a line about it in the legend."""
    problem = replace(random_lens_problem(3, lenses=3), profiles=(ordered("ABC"),))
    picture = draw(problem, request=Request(profile="volgorde"))
    dashed = [each for each in picture.all("polygon") if each.get("stroke-dasharray") == "7 5"]
    assert len(dashed) == 1
    whole = sum(area_of(cell) for cell in _cells(picture))
    assert area_of(corners_of(dashed[0])) == pytest.approx(whole / 6, rel=0.01)
    assert any("volgorde-naam" in text for text in picture.texts())


def test_one_option_and_copies() -> None:
    """One option fills the map; copies have one area with both labels."""
    alone = draw(lens_problem([[0.2, 0.5, 0.1]]))
    assert len(_cells(alone)) == 1
    copies = draw(lens_problem([[1, 0, 0], [0, 1, 1], [1, 0, 0]]))
    assert "O1 = O3" in copies.texts()


@pytest.mark.parametrize("lenses", [1, 5])
def test_no_map_is_refused(lenses: int) -> None:
    """With one lens or five there is no picture."""
    problem = lens_problem([[0.2], [0.7]]) if lenses == 1 else random_lens_problem(1, lenses=5)
    with pytest.raises(RequestError):
        draw(problem)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("lenses", LENSES)
def test_a_memo_has_the_map_and_its_key_apart(lenses: int, language: Language) -> None:
    """The chart has the areas and dots of the map; the key names every dot, and the weights now."""
    problem = random_lens_problem(6, lenses=lenses, options=4, profiles=5)
    picture, words = draw(problem, language=language), Words(language)
    chart = weight_map_chart(picture.comparison, picture.space, words)
    assert chart.svg.count("<polygon") == picture.text.count("<polygon")
    assert chart.alternative == describe(picture.comparison, picture.found, words)
    key = weight_map_key(picture.comparison, picture.space, words)
    dot, cross = {"nl": ("Stip ", "Kruis: "), "en": ("Dot ", "Cross: ")}[language]
    assert sum(line.startswith(dot) for line in key) == 5
    assert sum(line.startswith(cross) for line in key) == 1
    assert not any(text in chart.svg for text in key)
    width, height = (
        float(each) for each in chart.svg.split('viewBox="0 0 ')[1].split('"')[0].split()
    )
    assert height < 1.4 * width
