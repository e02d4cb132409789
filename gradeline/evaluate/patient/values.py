"""What values say: one value against its limit, the newest of several, and a run that persists."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from gradeline.codes import SHORT, Coding, normal
from gradeline.dates import Day, Interval, shift
from gradeline.evaluate.patient.acts import order_day
from gradeline.evaluate.patient.chart import Entry
from gradeline.logic import NO, UNKNOWN, YES, Truth, truth
from gradeline.model.guideline import Scale
from gradeline.plan.leaves import Row
from gradeline.quantity import Quantity
from gradeline.records.facts import Fact

PERCENTAGE = Scale(0, 100)


class Reading(NamedTuple):
    """One value in a window: when it was, what it says, and whether it surely counts."""

    fact: Fact
    when: Interval
    says: Truth
    sure: bool


def says(row: Row, fact: Fact) -> Truth:
    """What the value of a fact says of a limit or a list; no value, or one that does not convert, says nothing."""
    if fact.status == "negated":
        return NO
    if row.one_of:
        return UNKNOWN if not fact.value or isinstance(fact.value, Quantity) else _listed(row.one_of, fact.value)
    value, limit, scale = fact.value, row.limit, row.scale
    if not isinstance(value, Quantity) or limit is None or row.compare is None:
        return UNKNOWN
    if value.unit != limit.unit and not (scale == PERCENTAGE and {value.unit, limit.unit} == {"1", "%"}):
        return UNKNOWN  # Of a score from 0 to 100 percent is another way to write it; no other units are alike.
    if scale and not scale.lowest <= value.value <= scale.highest:
        return UNKNOWN
    return YES if row.compare.holds(value.value, limit.value) else NO


def _listed(one_of: tuple[str, ...], codings: tuple[Coding, ...]) -> Truth:
    """Whether a coded value is one of those listed, written `system:code`."""
    short = ((SHORT.get(each.system, each.system), each.code) for each in codings)
    return truth(any(f"{system}:{normal(system, code)}" in one_of for system, code in short))


def newest(readings: list[Reading]) -> list[Reading]:
    """Those of which none is surely followed by another; of one day, a timed one by a later timed one."""
    start = max([reading.when.first for reading in readings], default=0)
    last = [reading for reading in readings if reading.when.last >= start]
    if len(last) < 2:
        return last
    return [reading for reading in last if not any(_later_that_day(other, reading) for other in last)]


def _later_that_day(other: Reading, reading: Reading) -> bool:
    """Whether another value has a later time on the same day."""
    timed = reading.fact.time and reading.when.exact and other.when == reading.when
    return bool(timed) and other.fact.time > reading.fact.time


def verdict(candidates: Iterable[Reading]) -> Truth:
    """What all the newest candidates say; UNKNOWN where they disagree or one is not sure."""
    said = {reading.says if reading.sure else UNKNOWN for reading in candidates}
    return said.pop() if len(said) == 1 else UNKNOWN


def persisting(row: Row, readings: list[Reading], treatments: Iterable[Entry]) -> tuple[Truth, tuple[Fact, ...]]:
    """Whether the newest value has said so for the span; it takes two days, and none between that says otherwise."""
    candidates = newest(readings)
    now = verdict(candidates)
    if now is not YES or row.span is None:
        return now, tuple([reading.fact for reading in candidates])
    if any(each.when.exact and _disputed(each, readings) for each in candidates):
        return UNKNOWN, tuple([reading.fact for reading in candidates])
    last = max([reading.when.first for reading in candidates])
    against = [
        each for each in readings if each.says is NO and each.when.first < last and not _taken_back(each, readings)
    ]
    broken = max([each.when.first for each in against if _surely(each, readings)], default=0)
    held = [each for each in readings if each.says is YES and each.sure and each.when.first > broken]
    doubted = max([each.when.last for each in against], default=0)
    sure = [each for each in held if each.when.first > doubted and not _disputed(each, readings)]
    start = min([each.when.last for each in sure], default=last)
    run = tuple([reading.fact for reading in held])
    if shift(start, row.span) > last:
        until = max([reading.when.last for reading in candidates])
        return (NO if broken and shift(broken, row.span) >= until else UNKNOWN), run
    begun = [each.fact for each in treatments if _begun(each, last)]
    return (UNKNOWN, run) if row.other and not begun else (YES, run + tuple(begun[:1]))


def _taken_back(reading: Reading, readings: list[Reading]) -> bool:
    """Whether another value of the same day surely says otherwise: then the day has none."""
    return any(
        other.says is ~reading.says and other.sure and other.when == reading.when and reading.when.exact
        for other in readings
    )


def _disputed(reading: Reading, readings: list[Reading]) -> bool:
    """Whether another value that may be of the same day says otherwise, surely or not: then the day may have none."""
    return any(
        other.says is ~reading.says and other.when.first <= reading.when.last and reading.when.first <= other.when.last
        for other in readings
    )


def _surely(reading: Reading, readings: list[Reading]) -> bool:
    """Whether a value surely counts on its one day."""
    return reading.sure and reading.when.exact and not _disputed(reading, readings)


def _begun(treatment: Entry, before: Day) -> bool:
    """Whether a treatment, done or ordered and not cancelled, surely began before the day, as far as is known."""
    return treatment.fact.status != "negated" and order_day(treatment.as_known).last < before
