"""The calendar as a table: `dates.py` moves every day of two centuries, so that SQL only looks up and compares."""

from __future__ import annotations

from array import array
from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache, lru_cache

from gradeline.dates import Day, Duration, shift

FIRST_YEAR, LAST_YEAR = 1890, 2109
FIRST, LAST = date(FIRST_YEAR, 1, 1).toordinal(), date(LAST_YEAR, 12, 31).toordinal()
SHORTEST = 28
"""So many days has every month: they are moved together."""


def column(spans: tuple[Duration, ...]) -> str:
    """The name of the column that says when so much time has passed: `m3`, `back_m9`, `d84_m3`.

    >>> column((Duration(84), Duration(months=3)))
    'd84_m3'
    """
    parts = [_named("d", span.days) if span.days else _named("m", span.months) for span in spans if any(span)]
    return "_".join(parts)


def _named(unit: str, count: int) -> str:
    return f"{unit}{count}" if count > 0 else f"back_{unit}{-count}"


def calendar(moves: dict[str, tuple[Duration, ...]]) -> dict[str, Sequence[object]]:
    """Every day with its month, its place in it, the length of it, and the days so much later or earlier."""
    return {**_days(), **{name: moved_all(spans) for name, spans in moves.items()}}


@cache
def _days() -> dict[str, Sequence[object]]:
    """Every day with its month."""
    named: list[str] = []
    months, places, lengths = array("i"), array("i"), array("i")
    for number, _, length in _months():
        year, month = divmod(number - 1, 12)
        named += [f"{year:04}-{month + 1:02}"] * length
        months.extend([number] * length)
        places.extend(range(1, length + 1))
        lengths.extend([length] * length)
    days = array("i", range(FIRST, LAST + 1))
    return {"day": days, "month": named, "months": months, "place": places, "length": lengths}


def _months() -> Iterator[tuple[int, Day, int]]:
    """Every month: its number, its first day, its length."""
    for year in range(FIRST_YEAR, LAST_YEAR + 1):
        for month in range(1, 13):
            yield year * 12 + month, date(year, month, 1).toordinal(), monthrange(year, month)[1]


@lru_cache(maxsize=64)
def moved_all(spans: tuple[Duration, ...]) -> array[int]:
    """Every day of the calendar, so much later."""
    if len(spans) > 1:
        last, found = moved_all(spans[-1:]), moved_all(spans[:-1])
        return array("i", [last[day - FIRST] if FIRST <= day <= LAST else shift(day, spans[-1]) for day in found])
    found = array("i")
    for _, first, length in _months():
        start = shift(first, spans[0])
        together = SHORTEST if shift(first + SHORTEST - 1, spans[0]) - start == SHORTEST - 1 else 0
        found.extend(range(start, start + together))
        found.extend([shift(day, spans[0]) for day in range(first + together, first + length)])
    return found
