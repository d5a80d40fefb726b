from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afweging.io.numbers import Unreadable, decimal_in_use, read_number, write_number

if TYPE_CHECKING:
    from afweging.io.numbers import Decimal


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("", None),
        ("0", 0.0),
        ("-12", -12.0),
        ("+7.5", 7.5),
        ("0,125", 0.125),
        ("0.125", 0.125),
        ("1234", 1234.0),
        ("1234,567", 1234.567),
        ("1.2340", 1.234),
        ("12.34", 12.34),
        ("1e3", 1000.0),
        ("2,5E-3", 0.0025),
    ],
)
def test_a_number_without_doubt_is_read(text: str, number: float | None) -> None:
    """Point or comma, sign and exponent are read; an empty text is no number."""
    assert read_number(text, decimal=None, declared=False) == number


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("1.234", "number-ambiguous"),
        ("-12,345", "number-ambiguous"),
        ("600.000", "number-ambiguous"),
        ("1.234.567", "number-grouped"),
        ("1 234", "number-grouped"),
        ("1\u00a0234,5", "number-grouped"),
        ("1'234", "number-grouped"),
        ("1.234,5", "number-grouped"),
        ("NaN", "number-not-finite"),
        ("-inf", "number-not-finite"),
        ("1e999", "number-not-finite"),
        ("#N/B", "number-not-finite"),
        ("#DEEL/0!", "number-not-finite"),
        ("#WAARDE!", "number-not-finite"),
        ("#NAAM?", "number-not-finite"),
        ("05-03-2025", "number-date"),
        ("2025-03-05 00:00:00", "number-date"),
        ("5-mrt", "number-date"),
        ("mei-25", "number-date"),
        ("1/2", "number-date"),
        ("=1+2", "number-formula"),
        ("+A1", "number-formula"),
        ("-(1)", "number-formula"),
        ("@SUM(A1)", "number-formula"),
        ("veel", "number-invalid"),
        ("5%", "number-invalid"),
        ("1_000", "number-invalid"),
        ("0x1F", "number-invalid"),
        ("1,2,3", "number-invalid"),
        ("−5", "number-invalid"),
        ("٣", "number-invalid"),
        ("1e", "number-invalid"),
        (".5", "number-invalid"),
    ],
)
def test_any_other_text_is_refused_with_a_reason(text: str, code: str) -> None:
    """What is no number, or could be two, is never guessed."""
    assert read_number(text, decimal=None, declared=False) == Unreadable(code)


@pytest.mark.parametrize(
    ("text", "decimal", "number"),
    [("1.234", "point", 1.234), ("1,234", "comma", 1.234), ("600.000", "point", 600.0)],
)
def test_a_declared_sign_ends_the_doubt(text: str, decimal: Decimal, number: float) -> None:
    """With a declared decimal sign, 1.234 is one number."""
    assert read_number(text, decimal=decimal, declared=True) == number


@pytest.mark.parametrize(("text", "decimal"), [("1,5", "point"), ("0.5", "comma")])
def test_the_other_sign_is_refused(text: str, decimal: Decimal) -> None:
    """A table has one decimal sign."""
    expected = Unreadable("number-mixed-decimals")
    assert read_number(text, decimal=decimal, declared=False) == expected
    assert read_number(text, decimal=decimal, declared=True) == expected


@pytest.mark.parametrize(
    ("texts", "decimal"),
    [
        ([], None),
        (["1", "1.234", "1,234"], None),
        (["0,5", "1.5", "2,25"], "comma"),
        (["0.5", "1,234", "goed"], "point"),
    ],
)
def test_the_sign_in_use_is_that_of_the_undoubted_numbers(
    texts: list[str], decimal: Decimal | None
) -> None:
    """Numbers that could be thousands have no say in which decimal sign a table uses."""
    assert decimal_in_use(texts) == decimal


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_what_is_written_is_read_back(number: float) -> None:
    """Every number comes back exactly from the text that it is written as."""
    read = read_number(write_number(number), decimal="point", declared=False)
    assert isinstance(read, float)
    assert read == number
    assert math.copysign(1, read) == math.copysign(1, number)


@given(st.text(alphabet="0123456789.,-+eE '", max_size=9))
def test_no_text_has_two_readings(text: str) -> None:
    """A text that is read without a declaration is read the same with the sign that it holds."""
    read = read_number(text, decimal=None, declared=False)
    if isinstance(read, float):
        decimal: Decimal = "comma" if "," in text else "point"
        assert read_number(text, decimal=decimal, declared=True) == read
