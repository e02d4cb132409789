"""Days, intervals of days, durations and birthdays: the only calendar rules of Gradeline.

A day is its number (`date.toordinal`), so that evaluators only compare and add.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from gradeline.logic import NO, UNKNOWN, YES, Truth

Day = int
"""A day, counted from 1 January of year 1."""

BEGINNING: Day = date.min.toordinal()
END: Day = date.max.toordinal()


class Interval(NamedTuple):
    """The days, both included, between which something happened; one day where it is exact."""

    first: Day
    last: Day

    @property
    def exact(self) -> bool:
        """Whether it is a single day."""
        return self.first == self.last


SOME_DAY = Interval(BEGINNING, END)
"""When we know nothing of when."""


class Duration(NamedTuple):
    """A length of time: days (weeks are seven) or calendar months (years are twelve); negative is back."""

    days: int = 0
    months: int = 0

    def __neg__(self) -> Duration:
        return Duration(-self.days, -self.months)


UNITS = {"day": (1, 0), "week": (7, 0), "month": (0, 1), "year": (0, 12)}
PARTIAL = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T.*)?)?)?", re.DOTALL)
LENGTH = re.compile(r"(\d{1,5}) (day|week|month|year)s?")


def duration(text: str) -> Duration:
    """Read `12 weeks`, `28 days`, `3 months`, `18 years`; ValueError otherwise.

    >>> duration("12 weeks")
    Duration(days=84, months=0)
    """
    found = LENGTH.fullmatch(text.strip())
    if not found:
        raise ValueError(f"{text!r} is no length of time: write days, weeks, months or years, as `12 weeks`")
    days, months = UNITS[found[2]]
    return Duration(int(found[1]) * days, int(found[1]) * months)


@lru_cache(maxsize=1 << 16)
def shift(day: Day, by: Duration) -> Day:
    """The day so much later; months are clamped to the last day of a shorter month, the calendar's ends are kept.

    >>> show(shift(day("2026-01-31"), Duration(months=1)))
    '2026-02-28'
    """
    if day in (BEGINNING, END):
        return day
    if by.months:
        then = date.fromordinal(day)
        year, month = divmod(then.year * 12 + then.month - 1 + by.months, 12)
        if not 1 <= year <= 9999:
            return BEGINNING if year < 1 else END
        day = date(year, month + 1, min(then.day, monthrange(year, month + 1)[1])).toordinal()
    day += by.days
    return day if BEGINNING < day < END else BEGINNING if day <= BEGINNING else END


def birthday(birth: Day, years: int) -> Day:
    """The day on which so many years are reached.

    Who is born on 29 February has a birthday on the 28th in other years: months are clamped everywhere, and
    CQL adds years in the same way, so other engines agree.
    """
    return shift(birth, Duration(months=12 * years))


def day(text: str) -> Day:
    """One whole date as written; ValueError if it is partial or no date."""
    return date.fromisoformat(text).toordinal()


def interval(text: str) -> Interval:
    """A FHIR date or instant, partial or whole, as the days that it may mean; never shifted by a time zone.

    >>> [show(end) for end in interval("2026-09")]
    ['2026-09-01', '2026-09-30']
    """
    if len(text) >= 10:
        whole = date.fromisoformat(text[:10]).toordinal() if text[4] == text[7] == "-" else 0
        if whole and (len(text) == 10 or text[10] == "T"):
            return Interval(whole, whole)
    found = PARTIAL.fullmatch(text)
    if not found or found[3]:
        raise ValueError(f"{text!r} is no date: write 2026-11-23, 2026-11 or 2026")
    year = int(found[1])
    first, last = (int(found[2]), int(found[2])) if found[2] else (1, 12)
    return Interval(date(year, first, 1).toordinal(), date(year, last, monthrange(year, last)[1]).toordinal())


@lru_cache(maxsize=1 << 16)
def show(number: Day) -> str:
    """A day as ISO 8601 writes it."""
    return date.fromordinal(number).isoformat()


def months_between(first: Day, last: Day) -> int:
    """Whole calendar months from one day to a later one."""
    a, b = date.fromordinal(first), date.fromordinal(last)
    months = (b.year - a.year) * 12 + b.month - a.month
    return months - (shift(first, Duration(months=months)) > last)


def after(one: Interval, other: Interval) -> Truth:
    """Whether one lies on a later day than the other."""
    if one.first > other.last:
        return YES
    return NO if one.last <= other.first else UNKNOWN


def not_after(one: Interval, other: Interval) -> Truth:
    """Whether one lies on the other's day or before it."""
    return ~after(one, other)
