"""The calendar as a table: `dates.py` moves every day of two centuries, so that SQL only looks up and compares."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from datetime import date
from functools import cache, lru_cache

from gradeline.dates import Day, Duration, shift

FIRST_YEAR, LAST_YEAR = 1890, 2109
FIRST, LAST = date(FIRST_YEAR, 1, 1).toordinal(), date(LAST_YEAR, 12, 31).toordinal()


def column(spans: tuple[Duration, ...]) -> str:
    """The name of the column that says when so much time has passed: `m3`, `back_m9`, `d84_m3`.

    >>> column((Duration(84), Duration(months=3)))
    'd84_m3'
    """
    parts = [_named("d", span.days) if span.days else _named("m", span.months) for span in spans if any(span)]
    return "_".join(parts)


def _named(unit: str, count: int) -> str:
    return f"{unit}{count}" if count > 0 else f"back_{unit}{-count}"


def moved(day: Day, spans: tuple[Duration, ...]) -> Day:
    """A day moved by several lengths of time, one after the other."""
    for span in spans:
        day = shift(day, span)
    return day


def calendar(moves: dict[str, tuple[Duration, ...]]) -> dict[str, Sequence[object]]:
    """Every day with its month, its place in it, the length of it, and the days so much later or earlier."""
    return {**_days(), **{name: moved_all(spans) for name, spans in moves.items()}}


@cache
def _days() -> dict[str, Sequence[object]]:
    """Every day with its month."""
    days = [date.fromordinal(day) for day in range(FIRST, LAST + 1)]
    return {
        "day": range(FIRST, LAST + 1),
        "month": [f"{day.year:04}-{day.month:02}" for day in days],
        "months": [day.year * 12 + day.month for day in days],
        "place": [day.day for day in days],
        "length": [monthrange(day.year, day.month)[1] for day in days],
    }


@lru_cache(maxsize=64)
def moved_all(spans: tuple[Duration, ...]) -> tuple[Day, ...]:
    """Every day of the calendar, so much later."""
    return tuple(moved(day, spans) for day in range(FIRST, LAST + 1))
