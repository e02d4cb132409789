"""Days and ages as people say them: `2026-09-20`, `about three weeks ago`, `for 20 dage siden`, `46`."""

from __future__ import annotations

import re

from gradeline.dates import BEGINNING, Day, Duration, Interval, interval, shift

COUNTED = (
    "one two three four five six seven eight nine ten eleven twelve",
    "en to tre fire fem seks syv otte ni ti elleve tolv",
)
NUMBERS = {word: number for words in COUNTED for number, word in enumerate(words.split(), 1)} | {
    "a": 1,
    "an": 1,
    "et": 1,
}
UNITS: dict[str, tuple[Duration, int]] = {
    "day": (Duration(days=1), 0),
    "dag": (Duration(days=1), 0),
    "week": (Duration(days=7), 3),
    "uge": (Duration(days=7), 3),
    "month": (Duration(months=1), 15),
    "måned": (Duration(months=1), 15),
}
"""Each unit, and how many days more or less it means: nobody counts three weeks to the day."""
PLURALS = {"days": "day", "weeks": "week", "months": "month", "dage": "dag", "uger": "uge", "måneder": "måned"}
NAMED = {"today": 0, "i dag": 0, "yesterday": 1, "i går": 1}
AGO = re.compile(
    r"(?P<about>about |around |some |circa |ca\.? |omkring )?(?:for )?(?P<later>about |ca\.? )?"
    r"(?P<n>\d{1,4}|[a-zæøåé]+) (?P<unit>[a-zæøå]+)(?: ago| siden)?"
)

OLDEST = 130
BOUND = re.compile(r"(?P<from>\d{1,3})\+|<(?P<below>\d{1,3})", re.ASCII)


def said(text: str, on: Day) -> Interval:
    """Between which days something was, as somebody says it on a day; ValueError where we cannot read it.

    >>> from gradeline.dates import day, show
    >>> [show(end) for end in said("about three weeks ago", day("2026-11-23"))]
    ['2026-10-30', '2026-11-05']
    """
    text = " ".join(text.strip().lower().split())
    if text in NAMED:
        return Interval(on - NAMED[text], on - NAMED[text])
    found = AGO.fullmatch(text)
    number, unit = (_number(found["n"]), PLURALS.get(found["unit"], found["unit"])) if found else (None, "")
    if found and number is not None and unit in UNITS:
        length, more_or_less = UNITS[unit]
        then = shift(on, Duration(-length.days * number, -length.months * number))
        around = max(more_or_less, 2 if found["about"] or found["later"] else 0)
        return Interval(max(BEGINNING, then - around), min(on, then + around))
    when = interval(text)
    if when.first > on:
        raise ValueError(f"{text!r} lies after the day asked")
    return Interval(when.first, min(when.last, on))


def _number(word: str) -> int | None:
    return int(word) if word.isdecimal() else NUMBERS.get(word)


def birth(text: str, on: Day) -> Interval:
    """When somebody was born, by a date, an age in years, or a bound of it (`18+`, `<18`); ValueError otherwise.

    >>> from gradeline.dates import day, show
    >>> [show(end) for end in birth("<18", day("2026-11-23"))]
    ['2008-11-24', '2026-11-23']
    """
    text = text.strip()
    bound = BOUND.fullmatch(text)
    if bound:
        return _bounded(int(bound["from"] or bound["below"]), bound["from"] is not None, on)
    years = text.split()[0] if text else ""
    if years.isdecimal() and len(years) <= 3:
        age = int(years)
        if age > OLDEST:
            raise ValueError(f"{text!r} is no age")
        return Interval(shift(on, Duration(months=-12 * (age + 1))) + 1, shift(on, Duration(months=-12 * age)))
    when = interval(text)
    if when.first > on:
        raise ValueError("a birth date cannot lie in the future")
    return when


def _bounded(years: int, at_least: bool, on: Day) -> Interval:
    """Born by the day on which so many years are reached, or after it."""
    if years > OLDEST:
        raise ValueError(f"{years} is no age")
    reached = shift(on, Duration(months=-12 * years))
    oldest = shift(on, Duration(months=-12 * (OLDEST + 1))) + 1
    return Interval(oldest, reached) if at_least else Interval(reached + 1, on)
