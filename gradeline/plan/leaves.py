"""Leaves as rows, and what is built of them as trees: meaning compiled once, then only read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

from gradeline.dates import Duration
from gradeline.logic import NO, Truth
from gradeline.model.criteria import Comparison
from gradeline.model.guideline import Scale
from gradeline.quantity import Quantity

Shape = Literal[
    "episode", "sure", "age", "sex", "onset", "recorded", "declined", "latest", "persisting", "later", "passed"
]
OF_ITS_TERM: frozenset[Shape] = frozenset({"recorded", "latest", "persisting"})
"""The shapes that the facts of their own term alone decide."""


class Bounds(NamedTuple):
    """A window as lengths of time back from the day, and from the onset; `earliest` measures from its first day."""

    back: Duration | None = None
    start: Duration | None = None
    stop: Duration | None = None
    earliest: bool = False


@dataclass(frozen=True)
class Row:
    """One leaf: which facts speak for it, in which window, and what their absence means."""

    shape: Shape
    term: str = ""
    bounds: Bounds = Bounds()
    doing: str = "planned or done"
    times: int = 1
    by: str | None = None
    compare: Comparison | None = None
    limit: Quantity | None = None
    one_of: tuple[str, ...] = ()
    span: Duration | None = None
    other: str = ""
    """The comparator of `later`, the treatment of `persisting`, the sex of `sex`."""
    scale: Scale | None = None
    absence: Truth = NO


@dataclass(frozen=True, eq=False)
class Leaf:
    """A tree of one row, by its number. Trees are compared by identity: one that is shared is worked out once."""

    row: int


@dataclass(frozen=True, eq=False)
class AtLeastOf:
    """At least n of the trees hold: n=1 is `any`, n=all is `all`."""

    n: int
    of: tuple[Tree, ...]


@dataclass(frozen=True, eq=False)
class Inverse:
    """The tree does not hold."""

    of: Tree


Tree = Leaf | AtLeastOf | Inverse


def rows_in(tree: Tree) -> Iterator[int]:
    """The numbers of all rows in a tree, in its order."""
    match tree:
        case Leaf(row):
            yield row
        case Inverse(of):
            yield from rows_in(of)
        case AtLeastOf(_, of):
            for each in of:
                yield from rows_in(each)
