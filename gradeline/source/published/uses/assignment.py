"""The best assignment of rows to columns: the Hungarian method, for a few dozen of each."""

from __future__ import annotations

from collections.abc import Sequence

Scores = Sequence[Sequence[float]]


def best(scores: Scores) -> list[tuple[int, int]]:
    """Pairs of row and column with the largest sum of scores, each row and column at most once.

    >>> best([[5, 4], [4, 1]])
    [(0, 1), (1, 0)]
    """
    if not scores or not scores[0]:
        return []
    if len(scores) > len(scores[0]):
        return sorted((row, column) for column, row in best(list(zip(*scores, strict=True))))
    costs = [[-score for score in row] for row in scores]
    return sorted((row, column) for column, row in enumerate(_owners(costs)) if row >= 0)


def _owners(costs: Scores) -> list[int]:
    """The row that has each column, -1 where none has: the rows enter one by one, along shortest paths."""
    columns = len(costs[0])
    owners = [-1] * (columns + 1)
    row_price, column_price = [0.0] * len(costs), [0.0] * (columns + 1)
    for row in range(len(costs)):
        owners[columns] = row
        before = _path(costs, owners, row_price, column_price)
        column = before.pop()
        while column != columns:
            owners[column] = owners[before[column]]
            column = before[column]
    return owners[:columns]


def _path(costs: Scores, owners: list[int], row_price: list[float], column_price: list[float]) -> list[int]:
    """Where each column is reached from, and last the free column in which the shortest path ends."""
    columns = len(costs[0])
    least, before = [float("inf")] * columns, [columns] * columns
    seen: set[int] = set()
    now = columns
    while owners[now] >= 0:
        seen.add(now)
        row = owners[now]
        for column in set(range(columns)) - seen:
            cost = costs[row][column] - row_price[row] - column_price[column]
            if cost < least[column]:
                least[column], before[column] = cost, now
        now = min(set(range(columns)) - seen, key=lambda column: (least[column], column))
        step = least[now]
        for column in seen:
            row_price[owners[column]] += step
            column_price[column] -= step
        least = [each - step for each in least]
    return [*before, now]
