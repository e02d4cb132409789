"""The calendar as a table: `dates.py` moves every day of two centuries, so that SQL only looks up and compares."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Sequence
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
    if len(spans) > 1:
        last = moved_all(spans[-1:])
        return tuple(
            last[day - FIRST] if FIRST <= day <= LAST else shift(day, spans[-1]) for day in moved_all(spans[:-1])
        )
    return tuple(day for year in range(FIRST_YEAR, LAST_YEAR + 1) for day in _moved_year(year, spans[0]))


def _moved_year(year: int, span: Duration) -> Iterator[Day]:
    """Every day of a year, so much later: days of one month that stay together are moved together."""
    for month in range(1, 13):
        first, length = date(year, month, 1).toordinal(), monthrange(year, month)[1]
        start, end = shift(first, span), shift(first + length - 1, span)
        together = end - start == length - 1
        yield from range(start, end + 1) if together else (shift(day, span) for day in range(first, first + length))
