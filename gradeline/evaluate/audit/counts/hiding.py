"""Small counts: what is under five is hidden, and with it what would let it be calculated from sums.

A table of counts is seen as its sums: each row has a known total, and so have most columns. A hidden count can be
calculated from the sums exactly where it lies on no circle of hidden counts (a circle lets one be larger and its
neighbours smaller by as much). So counts are hidden until each hidden one lies on a circle, and until the hidden
ones of every sum come to five at least.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

SMALL = 5
"""Counts under this are hidden; none at all is no small count."""
Cell = tuple[str, str]
Point = tuple[str, str]
Table = Mapping[str, Mapping[str, int]]
"""Counts by row and column."""


def small(count: int) -> bool:
    """Whether a count would tell too much of too few."""
    return 0 < count < SMALL


@dataclass(frozen=True)
class Sums:
    """A table whose rows add up to known totals, and the columns of which nobody knows the total."""

    table: Table
    free: frozenset[str] = frozenset()

    def lines(self) -> Iterator[list[Cell]]:
        """The cells of every sum that is known."""
        for row, cells in self.table.items():
            yield [(row, column) for column in cells]
        for column in self.columns - self.free:
            yield [(row, column) for row in self.table]

    @property
    def columns(self) -> frozenset[str]:
        """All columns."""
        return frozenset(column for cells in self.table.values() for column in cells)

    def count(self, cell: Cell) -> int:
        """What stands in a cell."""
        return self.table[cell[0]][cell[1]]


def hidden_row(counts: Mapping[str, int], already: frozenset[str] = frozenset()) -> frozenset[str]:
    """What to hide of counts whose sum is known; some may be hidden already."""
    return frozenset(column for _, column in hidden(Sums({"": counts}, frozenset(counts)), already))


def hidden(sums: Sums, already: frozenset[str] = frozenset(), rows: frozenset[str] = frozenset()) -> set[Cell]:
    """The cells to hide: the small ones, the columns and rows hidden already, and those that would tell of them."""
    found = {
        (row, column)
        for row, cells in sums.table.items()
        for column, count in cells.items()
        if small(count) or column in already or row in rows
    }
    while more := set(_telling(sums, found)):
        found |= more
    return found


def _telling(sums: Sums, found: set[Cell]) -> Iterator[Cell]:
    """Further cells to hide, one for each sum and each hidden count that still tells too much."""
    for line in sums.lines():
        inside = [cell for cell in line if cell in found]
        if any(map(sums.count, inside)) and (len(inside) == 1 or sum(map(sums.count, inside)) < SMALL):
            yield from _next(sums, line, found)
    for row, column in bridges(found, sums.free):
        if sums.count((row, column)):
            crossing = [(row, each) for each in sums.table[row]], [(each, column) for each in sums.table]
            yield from next(filter(None, (list(_next(sums, line, found)) for line in crossing)), ())


def _next(sums: Sums, line: Iterable[Cell], found: set[Cell]) -> Iterator[Cell]:
    """The smallest count of a sum that is still shown, an empty one last."""
    shown = [cell for cell in line if cell not in found]
    if shown:
        yield min(shown, key=lambda cell: (not sums.count(cell), sums.count(cell)))


GROUND = ("", "")
"""Where all columns of unknown total meet: no sum holds there."""


def bridges(cells: Iterable[Cell], free: frozenset[str]) -> list[Cell]:
    """The cells that lie on no circle, in the graph whose points are rows and columns and whose lines are cells."""
    points: dict[Point, list[tuple[Point, Cell]]] = defaultdict(list)
    for row, column in cells:
        ends = ("row", row), GROUND if column in free else ("column", column)
        points[ends[0]].append((ends[1], (row, column)))
        points[ends[1]].append((ends[0], (row, column)))
    found: list[Cell] = []
    reached: dict[Point, int] = {}
    for start in list(points):
        if start not in reached:
            _walk(points, start, reached, found)
    return found


def _walk(
    points: Mapping[Point, list[tuple[Point, Cell]]], start: Point, reached: dict[Point, int], found: list[Cell]
) -> None:
    """Walk what hangs together, depth first; a line from which nothing leads further back is a bridge."""
    reached[start] = len(reached)
    lowest = {start: reached[start]}
    path: list[tuple[Point, Cell | None, Iterator[tuple[Point, Cell]]]] = [(start, None, iter(points[start]))]
    while path:
        here, way, ahead = path[-1]
        there, cell = next(((there, cell) for there, cell in ahead if cell != way), (None, None))
        if there is None:
            path.pop()
            if path and way is not None:
                before = path[-1][0]
                lowest[before] = min(lowest[before], lowest[here])
                if lowest[here] > reached[before]:
                    found.append(way)
        elif there in reached:
            lowest[here] = min(lowest[here], reached[there])
        else:
            reached[there] = lowest[there] = len(reached)
            path.append((there, cell, iter(points[there])))
