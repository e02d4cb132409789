"""Numbers with UCUM units."""

from __future__ import annotations

from typing import NamedTuple


class Quantity(NamedTuple):
    """A finite number in a canonical UCUM unit; the unit of a plain score is `1`."""

    value: float
    unit: str
