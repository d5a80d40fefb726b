from __future__ import annotations

import math

import pytest

from afweging.wording.numbers import write


@pytest.mark.parametrize(
    ("value", "form", "dutch", "english"),
    [
        (1234.5, "number", "1.234,5", "1,234.5"),
        (0.123456, "number", "0,1235", "0.1235"),
        (-3, "number", "−3", "−3"),
        (-0.00001, "number", "0", "0"),
        (7, "2", "7,00", "7.00"),
        (1178300, "0", "1.178.300", "1,178,300"),
        (0.3333, "share", "33\u00a0%", "33\u00a0%"),
        (0.125, "share", "12,5\u00a0%", "12.5\u00a0%"),
        (0.004, "share", "0,4\u00a0%", "0.4\u00a0%"),
        (0.0003, "share", "0,03\u00a0%", "0.03\u00a0%"),
        (0.00002, "share1", "0,002\u00a0%", "0.002\u00a0%"),
        (0.0006, "share1", "0,1\u00a0%", "0.1\u00a0%"),
        (0.000001, "weight", "0,0001\u00a0%", "0.0001\u00a0%"),
        (1e-12, "share1", "0,0\u00a0%", "0.0\u00a0%"),
        (0.0, "share", "0\u00a0%", "0\u00a0%"),
        (0.99999, "share1", "99,9\u00a0%", "99.9\u00a0%"),
        (0.5, "share1", "50,0\u00a0%", "50.0\u00a0%"),
        (60000, "money", "€\u00a060.000", "€\u00a060,000"),
        (0.00183, "gap", "0,0018", "0.0018"),
        (0.26, "gap", "0,26", "0.26"),
        (math.inf, "number", "∞", "∞"),
        (-math.inf, "", "−∞", "−∞"),
        (math.nan, "number", "–", "–"),
        (1234.5678901, "", "1234,5678901", "1234.5678901"),
        (60000, "", "60000", "60000"),
        ("tekst", "number", "tekst", "tekst"),
        (True, "", "True", "True"),
    ],
)
def test_a_number_is_written_in_the_way_of_the_language(
    value: object, form: str, dutch: str, english: str
) -> None:
    """Point and comma, minus sign, share and money are as Dutch and English readers write them."""
    assert write(value, form, "nl") == dutch
    assert write(value, form, "en") == english
