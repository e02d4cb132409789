"""Units: what is one unit, what converts into what, and what is unknown rather than guessed."""

from __future__ import annotations

import math
from contextlib import suppress
from importlib.util import find_spec

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradeline import quantity
from gradeline.quantity import Quantity, canonical, comparable, convert, parse, scale_of


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        (7, "{score}", Quantity(7.0, "1")),
        (7, "1", Quantity(7.0, "1")),
        (7, "", Quantity(7.0, "1")),
        (7, None, Quantity(7.0, "1")),
        (7, "%", Quantity(7.0, "%")),
        (70, "mm", Quantity(7.0, "cm")),
        (1.83, "m", Quantity(183.0, "cm")),
        (80, "kg", Quantity(80000.0, "g")),
        (0.1, "g", Quantity(0.1, "g")),
        (6, "wk", Quantity(42.0, "d")),
        (12, "mo", Quantity(365.25, "d")),
        (98.6, "[degF]", Quantity(37.0, "Cel")),
        (310.15, "K", Quantity(37.0, "Cel")),
        (140, "mg/dL", Quantity(1.4, "g/L")),
        (5600, "umol/L", Quantity(5.6, "mmol/L")),
        (5, "10*3/uL", Quantity(5.0, "10*9/L")),
        (5000, "/uL", Quantity(5.0, "10*9/L")),
        (48, "mmol/mol", Quantity(48.0, "mmol/mol")),
        (72, "{beats}/min", Quantity(72.0, "/min")),
        (2, "ug/kg/min", Quantity(0.00288, "mg/g/d")),
        (90, "mL/min/{1.73_m2}", Quantity(90.0, "mL/min/{1.73_m2}")),
        (1, "k[IU]/L", Quantity(1000.0, "[IU]/L")),
        (28.5, "kg/m2", Quantity(28.5, "kg/m2")),
    ],
)
def test_a_unit_becomes_the_canonical_one_of_its_dimension(value, unit, expected):
    assert canonical(value, unit) == expected


@pytest.mark.parametrize(
    ("value", "unit"),
    [
        (1, "furlong"), (1, "mmHg"), (1, "KG"), (1, "mg/"), (1, "/"), (1, "kg/kg/kg/kg"), (1, "m/m2"),
        (math.nan, "kg"), (math.inf, "kg"), (-math.inf, "1"), (10**400, "1"), (True, "1"), ("7", "1"), (None, "1"),
    ],
)  # fmt: skip
def test_what_is_not_known_is_no_quantity(value, unit):
    assert canonical(value, unit) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [("mmol/mol", "%"), ("mmol/L", "mg/dL"), ("[IU]/L", "U/L"), ("mL/min", "mL/min/{1.73_m2}"), ("%", "1")],
)
def test_units_that_only_a_formula_relates_do_not_compare(one, other):
    assert not comparable(canonical(1, one), canonical(1, other))
    assert convert(canonical(1, one), other) is None


@given(st.floats(-1e6, 1e6), st.sampled_from(["mm", "cm", "m", "[degF]", "K", "mg/dL", "10*3/uL", "wk", "kPa"]))
def test_converting_there_and_back_gives_the_number(value, unit):
    back = convert(canonical(value, unit), unit)
    assert back == pytest.approx(value, rel=1e-9, abs=1e-9)


@given(st.integers(0, 10_000))
def test_a_limit_in_one_unit_is_met_exactly_in_another(millimetres):
    assert canonical(millimetres, "mm") == canonical(millimetres / 10, "cm")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("7 {score}", Quantity(7.0, "1")),
        ("7", Quantity(7.0, "1")),
        (" 37.5 Cel ", Quantity(37.5, "Cel")),
        ("-2 1", Quantity(-2.0, "1")),
        ("7%", Quantity(7.0, "%")),
        ("140 mm[Hg]", Quantity(140.0, "mm[Hg]")),
    ],
)
def test_a_guideline_writes_a_number_and_a_unit(text, expected):
    assert parse(text) == expected


@pytest.mark.parametrize(
    ("text", "cure"),
    [
        ("140 mmHg", 'write "mm[Hg]"'),
        ("80 KG", 'write "kg"'),
        ("6 weeks", 'write "wk"'),
        ("7 points", 'write "{score}"'),
        ("3 furlong", "units are UCUM"),
        ("seven", "write a number and a UCUM unit"),
        ("", "write a number and a UCUM unit"),
        ("٧ {score}", "write a number and a UCUM unit"),
    ],
)
def test_an_error_tells_how_ucum_writes_it(text, cure):
    with pytest.raises(ValueError, match=r"(?i)unit|quantity") as fault:
        parse(text)
    assert cure in str(fault.value)


@given(st.text())
def test_any_text_is_a_quantity_or_a_value_error(text):
    with suppress(ValueError):
        assert isinstance(parse(text), Quantity)


def every_unit():
    ratios = [(above, below) for _, above, below in quantity.RATIOS]
    return list(quantity.SCALES) + [f"{up}/{low}" for above, below in ratios for up in above for low in below]


def test_every_canonical_unit_is_its_own():
    for unit in every_unit():
        scale = scale_of(unit)
        assert scale_of(scale.unit) == quantity.Scale(scale.unit, 1.0), unit


def test_every_spelling_that_is_proposed_is_known():
    assert all(scale_of(meant) for meant in quantity.SPELLINGS.values())


@pytest.mark.skipif(not find_spec("ucumvert"), reason="ucumvert, a second opinion on UCUM, is not installed")
def test_the_table_agrees_with_another_ucum_library():
    from ucumvert import PintUcumRegistry

    registry = PintUcumRegistry()
    annotated = {unit for unit in every_unit() if unit.startswith("{")}
    elsewhere = {"", "Cel", "K", "[degF]", "dB", "[pH]"} | annotated  # offsets, logarithms and bare annotations
    for unit in set(every_unit()) - elsewhere:
        scale = scale_of(unit)
        factor = (1 * registry.from_ucum(unit) / (1 * registry.from_ucum(scale.unit))).to_base_units()
        assert str(factor.units) == "dimensionless", unit
        assert factor.magnitude == pytest.approx(scale.factor, rel=1e-5), unit


def test_zero_has_no_sign() -> None:
    """Which zero was seen first must not show: equal values share one quantity."""
    assert [str(canonical(zero, unit)) for unit in ("1", "kg") for zero in (-0.0, 0.0)] == [
        "Quantity(value=0.0, unit='1')",
        "Quantity(value=0.0, unit='1')",
        "Quantity(value=0.0, unit='g')",
        "Quantity(value=0.0, unit='g')",
    ]
