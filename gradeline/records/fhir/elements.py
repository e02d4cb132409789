"""FHIR's data types as ours: codings, days and values. What cannot be read is noted, never guessed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import floor
from typing import Any, Literal, NamedTuple

from gradeline import codes
from gradeline.codes import Coding
from gradeline.dates import BEGINNING, END, UNITS, Day, Duration, Interval, interval, shift
from gradeline.quantity import Quantity, canonical
from gradeline.records.meanings import AGES, ANSWERS, LATERALITY, UCUM, Answer

Resource = dict[str, Any]
"""A JSON object of FHIR."""
Side = Literal["right", "left", "both"]


class Span(NamedTuple):
    """When something was: the days on which it may have begun, its end, and the time of day as written."""

    when: Interval
    until: Day | None = None
    time: str = ""


class ImpossibleDate(ValueError):
    """A date that no calendar has; the text is its only argument."""


Said = tuple[Quantity | tuple[Coding, ...] | None, Answer, str]
"""What a value says: the value itself, whether it answers yes, no, or that nobody knows, and words."""
NOTHING: Said = (None, "yes", "")


@dataclass
class Notes:
    """What reading an element needs beside it: where to note what is not read, by type, and the patient's birth."""

    unread: Counter[tuple[str, str]]
    birth: Interval | None
    type: str = "Patient"

    def note(self, what: str) -> None:
        """Count what of the resource that is read could not be read."""
        self.unread[self.type, what] += 1


def everything(resource: Resource, path: str) -> list[Any]:
    """All that stands at a path, lists opened: `performer.actor` is each performer's actor."""
    name, _, rest = path.partition(".")
    given = resource.get(name)
    if not given:
        return []
    here = given if type(given) is list else [given]
    return [inner for one in here for inner in everything(one, rest)] if rest else here


def token(identifier: Resource) -> str:
    """An identifier as FHIR searches for it: `system|value`."""
    return f"{identifier.get('system') or ''}|{identifier.get('value') or ''}"


# Codings


SIDED: set[Coding] = set()
"""Codings that state a side beside what they are: supplementary SKS codes."""


@lru_cache(maxsize=1 << 14)
def coding(system: str | None, code: str) -> tuple[Coding]:
    """One coding, made once for all records."""
    if not all(isinstance(each, str) for each in (code, system or "")):
        raise TypeError("a code is a text")
    made = Coding(system or "", code)
    if codes.side(made):
        SIDED.add(made)
    return (made,)


def codings(concept: Resource) -> tuple[Coding, ...]:
    """The codings of a CodeableConcept, or a Coding itself; one without a code is only words."""
    listed: Sequence[Resource] = concept.get("coding") or ([concept] if "code" in concept else [])
    if len(listed) == 1:
        one = listed[0]
        return coding(one.get("system"), one["code"]) if one.get("code") else ()
    return tuple([coding(one.get("system"), one["code"])[0] for one in listed if one.get("code")])


def concepts(resource: Resource, paths: Iterable[str]) -> tuple[Coding, ...]:
    """The codings of every concept at these paths."""
    found: tuple[Coding, ...] = ()
    for path in paths:
        for concept in everything(resource, path):
            found += codings(concept)
    return found


@lru_cache(maxsize=1 << 14)
def side(sites: tuple[Coding, ...]) -> Side | None:
    """The side that codings state: right, left, or both."""
    stated = {LATERALITY.get(one) or codes.side(one) for one in sites} - {None}
    if len(stated) > 1:
        return "both"
    return next(iter(stated), None)  # type: ignore[arg-type]


# Days


@lru_cache(maxsize=1 << 14)
def moment(text: str) -> Span:
    """A date or an instant: its days, and its time of day, both as written."""
    try:
        return Span(interval(text), None, text[11:].rstrip("Z").partition("+")[0].partition("-")[0])
    except ValueError:
        raise ImpossibleDate(text) from None


def read_period(period: Any, notes: Notes) -> Span | None:
    """A period: it began at its start, and ended at its end; without a start it began at any time before the end."""
    if isinstance(period, list):
        return read_window(period[0], notes)
    start, end = period.get("start"), period.get("end")
    if not end:
        return moment(start) if start else None
    until = moment(end).when.last
    if not start:
        return Span(Interval(BEGINNING, until), until)
    begin = moment(start)
    if until < begin.when.first:
        notes.note("the end of a period that lies before its start")
        return begin
    return Span(begin.when, until, begin.time)


def read_window(period: Resource, notes: Notes) -> Span | None:
    """A period in which something happened on a day not known; with a start alone it happened then."""
    span = read_period(period, notes)
    if span is None or span.until is None:
        return span
    return Span(Interval(span.when.first, span.until))


def read_timing(timing: Resource, notes: Notes) -> Span | None:
    """A timing: its first event, else its bounds."""
    events = timing.get("event")
    if events:
        return min((moment(event) for event in events), key=lambda span: span.when)
    bounds = (timing.get("repeat") or {}).get("boundsPeriod")
    if bounds:
        return read_period(bounds, notes)
    notes.note("a timing without dates")
    return None


def read_age(age: Resource, notes: Notes) -> Span | None:
    """An age: from the birthday on which it is reached to the day before the next."""
    return read_ages({"low": age, "high": age}, notes)


def read_ages(ages: Resource, notes: Notes) -> Span | None:
    """A range of ages, as days; it needs the birth date."""
    low, high = completed(ages.get("low")), completed(ages.get("high"))
    if notes.birth is None or (low is None and high is None):
        notes.note("an age without a birth date" if notes.birth is None else "an age without a UCUM unit of time")
        return None
    first = shift(notes.birth.first, low[0]) if low else notes.birth.first
    last = shift(notes.birth.last, high[1]) - 1 if high else END
    return Span(Interval(first, max(first, last)))


def completed(age: Resource | None) -> tuple[Duration, Duration] | None:
    """An age in whole units and the next one: at 45 years one is not yet 46."""
    unit = AGES.get((age or {}).get("code") or (age or {}).get("unit") or "")
    if not age or unit is None or not isinstance(age.get("value"), (int, float)) or not 0 <= age["value"] <= 200000:
        return None
    days, months = UNITS[unit]
    whole = floor(age["value"])
    return Duration(days * whole, months * whole), Duration(days * (whole + 1), months * (whole + 1))


def read_words(text: str, notes: Notes) -> Span | None:
    """A time told in words: not read."""
    notes.note("a date in words")
    return None


SPANS: dict[str, Callable[[Any, Notes], Span | None]] = {
    "Period": read_period, "Timing": read_timing, "Age": read_age, "Range": read_ages, "String": read_words,
}  # fmt: skip
"""By the end of an element's name; all others are moments."""
WINDOWS = SPANS | {"Period": read_window}
"""For what happened once within a period, as the onset of a condition does."""


# Values


def read_quantity(quantity: Resource, notes: Notes) -> Said:
    """A number with a unit, in the canonical unit; unknown where only a bound is given, or the unit is not known."""
    system = quantity.get("system")
    unit = (quantity.get("code") if system is None or system == UCUM else None) or quantity.get("unit")
    found = canonical(quantity.get("value"), unit)
    if quantity.get("comparator") is not None:
        notes.note("a value that is only a bound")
        return NOTHING
    if found is None:
        known = canonical(1, unit) is not None
        notes.note("a value that is no number" if known else f"a value in the unknown unit {str(unit)[:20]!r}")
    return found, "yes", ""


def read_concept(concept: Resource, notes: Notes) -> Said:
    """A coded value, and whether it means no or nobody knows; words alone may mean anything."""
    found = codings(concept)
    return (found, answer(found), "") if found else read_text(concept.get("text") or "", notes)


def read_number(number: Any, notes: Notes) -> Said:
    """A number without a unit."""
    return read_quantity({"value": number}, notes)


def read_boolean(claim: bool, notes: Notes) -> Said:
    """Yes or no."""
    return None, "yes" if claim is True else "no", ""


def read_text(text: str, notes: Notes) -> Said:
    """Words, which may say yes as well as no: unknown."""
    notes.note("a value in words")
    return None, "unknown", str(text)


def read_other(value: Any, notes: Notes) -> Said:
    """A value of a kind that no guideline asks for."""
    notes.note("a value that is a range, a time or a series")
    return NOTHING


def answer(value: tuple[Coding, ...]) -> Answer:
    """What codings answer: a value that is no answer says yes, and codings that contradict each other say nothing."""
    said = {ANSWERS[one] for one in value if one in ANSWERS} or {"yes"}
    return "unknown" if len(said) > 1 else next(iter(said))


VALUES: dict[str, Callable[[Any, Notes], Said]] = {
    "valueQuantity": read_quantity, "valueCodeableConcept": read_concept, "valueCoding": read_concept,
    "valueInteger": read_number, "valueDecimal": read_number, "valueBoolean": read_boolean, "valueString": read_text,
}  # fmt: skip
