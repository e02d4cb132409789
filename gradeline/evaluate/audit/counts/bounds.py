"""Proportions: what was in line with a recommendation, how sure that is, and between what it must lie."""

from __future__ import annotations

from math import ceil, floor, sqrt
from typing import NamedTuple

Z = 1.959964
"""Of an interval of 95 %."""


class Outcomes(NamedTuple):
    """Episodes by what they come to when everything unknown is settled: in line, not in line, or not counted.

    `sure` ones come to that however it is settled; `possible` ones come to it in some way (the sure ones too).
    """

    sure_in_line: int = 0
    possible_in_line: int = 0
    sure_not: int = 0
    possible_not: int = 0

    def plus(self, other: Outcomes) -> Outcomes:
        """The outcomes of two groups together."""
        return Outcomes(*(a + b for a, b in zip(self, other, strict=True)))


class Bounds(NamedTuple):
    """The lowest and the highest proportion over all ways to settle what is unknown; None where none is counted."""

    lowest: float | None
    highest: float | None


def bounds(of: Outcomes) -> Bounds:
    """Each episode settled against the proportion, then for it; one that need not count is left out where that helps.

    >>> bounds(Outcomes(sure_in_line=1, possible_in_line=3, sure_not=1, possible_not=2))
    Bounds(lowest=0.3333333333333333, highest=0.75)
    """
    if not of.possible_in_line and not of.possible_not:
        return Bounds(None, None)
    low = of.sure_in_line + of.possible_not
    high = of.possible_in_line + of.sure_not
    return Bounds(of.sure_in_line / low if low else 1.0, of.possible_in_line / high if high else 0.0)


def wilson(part: int, whole: int) -> tuple[float, float]:
    """Wilson's interval of 95 % for a proportion.

    >>> [round(end, 3) for end in wilson(8, 10)]
    [0.49, 0.943]
    """
    share, square = part / whole, Z * Z
    middle = share + square / (2 * whole)
    half = Z * sqrt(share * (1 - share) / whole + square / (4 * whole * whole))
    return max((middle - half) / (1 + square / whole), 0.0), min((middle + half) / (1 + square / whole), 1.0)


def outward(of: Bounds, step: float) -> Bounds:
    """Bounds rounded away from each other: they hold what they held, and tell less.

    >>> outward(Bounds(0.123, 0.871), 0.05)
    Bounds(lowest=0.1, highest=0.9)
    """
    if of.lowest is None or of.highest is None:
        return of
    ends = floor(of.lowest / step) * step, ceil(of.highest / step - 1e-9) * step
    return Bounds(round(ends[0], 4), round(min(ends[1], 1.0), 4))
