"""Text for people, in the languages that Gradeline speaks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

from gradeline.dates import SOME_DAY, Day, Duration, Interval, interval

Language = Literal["en", "da"]
LANGUAGES: tuple[Language, ...] = ("en", "da")


@dataclass(frozen=True)
class Text:
    """The same words in English and, where somebody wrote them, in Danish."""

    en: str
    da: str = ""

    def in_(self, language: Language) -> str:
        """The words in a language; English where nobody has written them in it."""
        return (self.da if language == "da" else self.en) or self.en

    def __str__(self) -> str:
        return self.en


MONTHS: dict[Language, tuple[str, ...]] = {
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    "da": ("jan.", "feb.", "mar.", "apr.", "maj", "jun.", "jul.", "aug.", "sep.", "okt.", "nov.", "dec."),
}
WEEKDAYS: dict[Language, tuple[str, ...]] = {
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
    "da": ("man.", "tirs.", "ons.", "tors.", "fre.", "lør.", "søn."),
}
UNITS: dict[Language, dict[str, tuple[str, str]]] = {
    "en": {"day": ("day", "days"), "week": ("week", "weeks"), "month": ("month", "months"), "year": ("year", "years")},
    "da": {"day": ("dag", "dage"), "week": ("uge", "uger"), "month": ("måned", "måneder"), "year": ("år", "år")},
}


def written(day: Day, language: Language, year: bool = True, weekday: bool = False) -> str:
    """A day as people write it.

    >>> written(date(2026, 12, 13).toordinal(), "en", weekday=True), written(date(2026, 9, 20).toordinal(), "da")
    ('Sun 13 Dec 2026', '20. sep. 2026')
    """
    then = date.fromordinal(day)
    dot = "." if language == "da" else ""
    text = f"{then.day}{dot} {MONTHS[language][then.month - 1]}" + (f" {then.year}" if year else "")
    return f"{WEEKDAYS[language][then.weekday()]} {text}" if weekday else text


@lru_cache(maxsize=1 << 12)
def written_interval(when: Interval, language: Language, year: bool = True) -> str:
    """Days as people write them: one day, a whole month or year by its name, else both ends."""
    if when == SOME_DAY:
        return {"en": "on an unknown day", "da": "på en ukendt dag"}[language]
    if when.exact:
        return written(when.first, language, year)
    first, last = date.fromordinal(when.first), date.fromordinal(when.last)
    if when == interval(f"{first.year:04}"):
        return str(first.year)
    if when == interval(f"{first.year:04}-{first.month:02}"):
        return f"{MONTHS[language][first.month - 1]} {first.year}"
    between = {"en": "between {} and {}", "da": "mellem {} og {}"}[language]
    return between.format(written(when.first, language, first.year != last.year), written(when.last, language))


def written_span(span: Duration, language: Language) -> str:
    """A length of time as people write it, in its largest whole unit.

    >>> written_span(Duration(days=84), "en"), written_span(Duration(months=216), "da")
    ('12 weeks', '18 år')
    """
    if span.months:
        number, unit = (span.months // 12, "year") if span.months % 12 == 0 else (span.months, "month")
    else:
        number, unit = (span.days // 7, "week") if span.days % 7 == 0 and span.days else (span.days, "day")
    number = abs(number)
    return f"{number} {UNITS[language][unit][number != 1]}"
