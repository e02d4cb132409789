"""Numbers with units: UCUM units as clinics write them, each brought to one canonical unit of its dimension.

Factors are those of UCUM (ucum.org). A quantity whose unit is not in the table is unknown, never a guess. Two units
that only a formula for one substance relates (mmol/L and mg/dL; mmol/mol and % of haemoglobin A1c) do not convert.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple


class Quantity(NamedTuple):
    """A finite number in a canonical UCUM unit; the unit of a plain score is `1`."""

    value: float
    unit: str


class Scale(NamedTuple):
    """How a unit becomes its canonical one: times the factor, plus the offset."""

    unit: str
    factor: float
    offset: float = 0.0


Factors = Mapping[str, float]
ONES = ("1", "{score}", "{points}", "{point}", "{count}", "{#}", "{ratio}", "{index}", "{INR}", "{titer}", "{T-score}")
MASS: Factors = {
    "kg": 1e3, "g": 1, "mg": 1e-3, "ug": 1e-6, "ng": 1e-9, "pg": 1e-12, "t": 1e6,
    "[lb_av]": 453.59237, "[oz_av]": 28.349523125,
}  # fmt: skip
VOLUME: Factors = {
    "L": 1, "l": 1, "dL": 1e-1, "dl": 1e-1, "cL": 1e-2, "mL": 1e-3, "ml": 1e-3, "uL": 1e-6, "ul": 1e-6, "nL": 1e-9,
    "pL": 1e-12, "fL": 1e-15, "m3": 1e3, "dm3": 1, "cm3": 1e-3, "mm3": 1e-6,
}  # fmt: skip
SUBSTANCE: Factors = {"mol": 1, "mmol": 1e-3, "umol": 1e-6, "nmol": 1e-9, "pmol": 1e-12, "fmol": 1e-15}
TIME: Factors = {
    "s": 1 / 86400, "ms": 1e-3 / 86400, "min": 1 / 1440, "h": 1 / 24, "d": 1, "wk": 7, "mo": 30.4375, "a": 365.25,
    "(24.h)": 1,
}  # fmt: skip
LENGTH: Factors = {"km": 1e5, "m": 1e2, "dm": 10, "cm": 1, "mm": 1e-1, "um": 1e-4, "nm": 1e-7,
                   "[in_i]": 2.54, "[ft_i]": 30.48}  # fmt: skip
AREA: Factors = {"m2": 1, "cm2": 1e-4, "mm2": 1e-6}
ARBITRARY: Factors = {f"{prefix}[{u}U]": factor for u in "Ii" for prefix, factor in
                      {"M": 1e6, "k": 1e3, "": 1, "m": 1e-3, "u": 1e-6}.items()}  # fmt: skip
ENZYME: Factors = {"kU": 1e3, "U": 1, "mU": 1e-3, "uU": 1e-6, "kat": 6e7, "mkat": 6e4, "ukat": 60, "nkat": 0.06}
EQUIVALENT: Factors = {"eq": 1, "meq": 1e-3, "ueq": 1e-6}
OSMOLES: Factors = {"osm": 1, "mosm": 1e-3}
COUNT: Factors = {"": 1, "{cells}": 1, "{#}": 1} | {f"10{mark}{n}": 10.0**n for n in range(2, 13) for mark in "*^"}
EVENTS: Factors = dict.fromkeys(("", "{beats}", "{beat}", "{breaths}", "{breath}", "{count}", "{times}"), 1)

DIMENSIONS: tuple[tuple[str, Factors], ...] = (
    ("g", MASS),
    ("cm", LENGTH),
    ("m2", AREA),
    ("mL", VOLUME),
    ("d", TIME),
    ("mmol", SUBSTANCE),
    ("[IU]", ARBITRARY),
    ("U", ENZYME),
    ("meq", EQUIVALENT),
    ("mosm", OSMOLES),
    ("mm[Hg]", {"mm[Hg]": 133.322, "cm[H2O]": 98.0665, "Pa": 1, "hPa": 1e2, "kPa": 1e3, "mbar": 1e2, "bar": 1e5}),
    ("kcal", {"kcal": 4184, "cal": 4.184, "kJ": 1e3, "J": 1}),
    ("deg", {"deg": 1, "rad": 57.29577951308232}),
    ("mV", {"mV": 1, "V": 1e3, "uV": 1e-3}),
    ("mm/h", {"mm/h": 1}),
    ("m/s", {"m/s": 1, "cm/s": 1e-2, "km/h": 1 / 3.6}),
    ("N", {"N": 1, "kN": 1e3}),
    ("W", {"W": 1, "kW": 1e3, "mW": 1e-3}),
    ("mGy", {"mGy": 1, "Gy": 1e3, "cGy": 10}),
    ("mSv", {"mSv": 1, "Sv": 1e3, "uSv": 1e-3}),
    ("mL/min/{1.73_m2}", {"mL/min/{1.73_m2}": 1, "mL/min/{1.73m2}": 1, "mL/s/{1.73_m2}": 60}),
)
RATIOS: tuple[tuple[str, Factors, Factors], ...] = (
    ("g/L", MASS, VOLUME),
    ("mmol/L", SUBSTANCE, VOLUME),
    ("10*9/L", COUNT, VOLUME),
    ("[IU]/L", ARBITRARY, VOLUME),
    ("U/L", ENZYME, VOLUME),
    ("meq/L", EQUIVALENT, VOLUME),
    ("mosm/L", OSMOLES, VOLUME),
    ("mL/min", VOLUME, TIME),
    ("g/d", MASS, TIME),
    ("mmol/d", SUBSTANCE, TIME),
    ("[IU]/d", ARBITRARY, TIME),
    ("/min", EVENTS, TIME),
    ("mg/g", MASS, MASS),
    ("mg/mmol", MASS, SUBSTANCE),
    ("mmol/mol", SUBSTANCE, SUBSTANCE),
    ("mmol/kg", SUBSTANCE, MASS),
    ("mosm/kg", OSMOLES, MASS),
    ("[IU]/kg", ARBITRARY, MASS),
    ("mL/kg", VOLUME, MASS),
    ("kg/m2", MASS, AREA),
)
RATES = ("mg/g", MASS, MASS), ("mL/kg", VOLUME, MASS)
ALONE = ("%", "[pH]", "[diop]", "dB", "{pack-years}", "cm[H2O]/L/s", "m[IU]/mmol")


ONE = Scale("1", 1.0)
SCALES = {
    "": ONE, "{beats}/min": Scale("/min", 1.0),
    **dict.fromkeys(ONES, ONE), **{unit: Scale(unit, 1.0) for unit in ALONE},
    **{unit: Scale(kept, factor / table[kept]) for kept, table in DIMENSIONS for unit, factor in table.items()},
    "Cel": Scale("Cel", 1.0), "K": Scale("Cel", 1.0, -273.15), "[degF]": Scale("Cel", 5 / 9, -160 / 9),
}  # fmt: skip
SPELLINGS = {
    "mmhg": "mm[Hg]", "mm hg": "mm[Hg]", "cmh2o": "cm[H2O]", "c": "Cel", "°c": "Cel", "degc": "Cel", "celsius": "Cel",
    "f": "[degF]", "°f": "[degF]", "bpm": "/min", "beats/min": "/min", "points": "{score}", "point": "{score}",
    "score": "{score}", "of 10": "{score}", "/10": "{score}", "percent": "%", "pct": "%", "mcg": "ug", "µg": "ug",
    "μg": "ug", "kilo": "kg", "kgs": "kg", "kg/m²": "kg/m2", "kg/m^2": "kg/m2", "bmi": "kg/m2", "m²": "m2",
    "iu": "[IU]", "ie": "[IU]", "iu/l": "[IU]/L", "ie/l": "[IU]/L", "iu/ml": "[IU]/mL", "miu/l": "m[IU]/L",
    "in": "[in_i]", "inch": "[in_i]", "ft": "[ft_i]", "lb": "[lb_av]", "lbs": "[lb_av]", "oz": "[oz_av]",
    "day": "d", "days": "d", "week": "wk", "weeks": "wk", "month": "mo", "months": "mo", "year": "a", "years": "a",
    "hour": "h", "hours": "h", "hr": "h", "minute": "min", "minutes": "min", "second": "s", "seconds": "s", "sec": "s",
    "ml/min/1.73m2": "mL/min/{1.73_m2}", "ml/min/1.73 m2": "mL/min/{1.73_m2}", "cells/ul": "/uL", "°": "deg",
}  # fmt: skip
LARGEST = 1e18
"""No number of the clinic is larger; infinite and NaN are none."""
WRITTEN = re.compile(r"([+-]?\d+(?:\.\d+)?)\s*(\S.*)?", re.ASCII)


def exact(number: float) -> float:
    """A number without the dust of binary fractions: twelve digits are kept."""
    return float(f"{number:.12g}")


@lru_cache(maxsize=4096)
def scale_of(unit: str) -> Scale | None:
    """What makes a unit canonical: by itself, or as one unit per another; None for a unit that is not known."""
    if unit in SCALES:
        return SCALES[unit]
    rate, _, time = unit.rpartition("/")
    if "/" in rate and time in TIME:
        per_day = quotient(rate, RATES)
        return per_day and Scale(f"{per_day.unit}/d", per_day.factor / TIME[time])
    return quotient(unit, RATIOS)


def quotient(unit: str, ratios: tuple[tuple[str, Factors, Factors], ...]) -> Scale | None:
    """What makes one unit per another canonical."""
    up, _, low = unit.partition("/")
    for canon, above, below in ratios:
        if low in below and up in above:
            upper, lower = canon.split("/")
            return Scale(canon, above[up] / below[low] / (above[upper] / below[lower]))
    return None


def canonical(value: Any, unit: str | None) -> Quantity | None:
    """A number in its canonical unit; None where the unit is not known or the number is none.

    >>> canonical(70, "mm"), canonical(7, "{score}"), canonical(float("nan"), "kg"), canonical(1, "furlong")
    (Quantity(value=7.0, unit='cm'), Quantity(value=7.0, unit='1'), None, None)
    """
    return converted(value, unit or "") if type(value) in (float, int) else None


@lru_cache(maxsize=1 << 14)
def converted(value: float, unit: str) -> Quantity | None:
    """The same of what is a number: the clinic measures the same few values again and again."""
    scale = scale_of(unit)
    if scale is None or not -LARGEST < value < LARGEST:
        return None
    kept, factor, offset = scale
    return Quantity(exact(value * factor + offset) if factor != 1.0 or offset else value + 0.0, kept)


def comparable(one: Quantity, other: Quantity) -> bool:
    """Whether two canonical quantities may be compared: only where they have one unit."""
    return one.unit == other.unit


def convert(quantity: Quantity, unit: str) -> float | None:
    """The number of a canonical quantity in another unit, as people may wish to read it; None where it has none.

    >>> convert(Quantity(7.0, "cm"), "mm")
    70.0
    """
    scale = scale_of(unit)
    if scale is None or scale.unit != quantity.unit:
        return None
    return exact((quantity.value - scale.offset) / scale.factor)


def parse(text: str) -> Quantity:
    """Read `7 {score}` or `37.5 Cel` of a guideline file; ValueError, with the cure, otherwise."""
    found = WRITTEN.fullmatch(text.strip())
    if not found:
        raise ValueError(f"{text!r} is no quantity: write a number and a UCUM unit, as `7 {{score}}` or `140 mm[Hg]`")
    quantity = canonical(float(found[1]), found[2])
    if quantity is None:
        raise ValueError(f"unknown unit {found[2]!r} in {text!r}: {spelling(found[2] or '')}")
    return quantity


def spelling(unit: str) -> str:
    """How UCUM writes what was probably meant."""
    meant = SPELLINGS.get(unit.lower()) or next((known for known in SCALES if known.lower() == unit.lower()), None)
    return f'units are UCUM: write "{meant}"' if meant else "units are UCUM, as mm[Hg], mg, mmol/L, {score}, % or d"
