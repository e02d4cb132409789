"""Truth in three values: the only logic that Gradeline has."""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum


class Truth(IntEnum):
    """Kleene's three values, ordered NO < UNKNOWN < YES.

    >>> Truth.YES & Truth.UNKNOWN, Truth.NO | Truth.UNKNOWN, ~Truth.UNKNOWN
    (<Truth.UNKNOWN: 1>, <Truth.UNKNOWN: 1>, <Truth.UNKNOWN: 1>)
    """

    NO = 0
    UNKNOWN = 1
    YES = 2

    def __and__(self, other: int) -> Truth:
        return self if self <= other else Truth(other)

    def __or__(self, other: int) -> Truth:
        return self if self >= other else Truth(other)

    def __invert__(self) -> Truth:
        return MIRROR[self]

    def __bool__(self) -> bool:
        raise TypeError("a Truth has three values: write `x is YES`, never `if x`")

    @property
    def word(self) -> str:
        """The word that JSON carries: yes, no or unknown."""
        return self.name.lower()


NO, UNKNOWN, YES = Truth.NO, Truth.UNKNOWN, Truth.YES
MIRROR = (YES, UNKNOWN, NO)


def at_least(n: int, truths: Iterable[Truth]) -> Truth:
    """The n-th best of the truths: n=1 is `or`, n=all is `and`; NO where there are fewer than n.

    >>> at_least(2, [YES, NO, UNKNOWN])
    <Truth.UNKNOWN: 1>
    """
    best = sorted(truths, reverse=True)
    return best[n - 1] if n <= len(best) else NO


def truth(claim: bool) -> Truth:
    """What is decided, as a Truth."""
    return YES if claim else NO
