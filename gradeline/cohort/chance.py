"""Chance, the same for a seed and a patient whoever else is drawn: only `Random.random` is promised to stay."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate
from math import exp
from random import Random
from typing import Generic, TypeVar

Thing = TypeVar("Thing")


class Weighted(Generic[Thing]):
    """Things with their weights, which need no particular sum."""

    __slots__ = ("limits", "things")

    def __init__(self, pairs: Iterable[tuple[float, Thing]]) -> None:
        listed = tuple(pairs)
        self.things = tuple(thing for _, thing in listed)
        self.limits = tuple(accumulate(weight for weight, _ in listed))


class Chance:
    """The draws of one patient."""

    __slots__ = ("draw",)

    def __init__(self, seed: int, patient: int) -> None:
        self.draw = Random(f"gradeline/{seed}/{patient}").random  # noqa: S311 - nothing here is a secret

    def happens(self, share: float) -> bool:
        """Whether something happens that happens in so many."""
        return self.draw() < share

    def whole(self, first: int, last: int) -> int:
        """A whole number between two, both included."""
        return first + int(self.draw() * (last - first + 1))

    def early(self, first: int, last: int) -> int:
        """A whole number between two, rather near the first."""
        return first + int(self.draw() * self.draw() * (last - first + 1))

    def one(self, things: Sequence[Thing]) -> Thing:
        """One of several, all alike."""
        return things[int(self.draw() * len(things))]

    def weighted(self, things: Weighted[Thing]) -> Thing:
        """One of several by their weights."""
        limits = things.limits
        return things.things[bisect_right(limits, self.draw() * limits[-1])]

    def count(self, mean: float) -> int:
        """How many of something that comes so often on average, each by itself (a Poisson number)."""
        limit, product, number = exp(-mean), self.draw(), 0
        while product > limit:
            product *= self.draw()
            number += 1
        return number
