"""Obligations with a time limit: once they applied they stand until done, lapsed or overdue."""

from __future__ import annotations

from gradeline.dates import Day, shift
from gradeline.evaluate.answer import Answer
from gradeline.evaluate.patient.points import points
from gradeline.evaluate.patient.view import View
from gradeline.logic import NO, UNKNOWN, YES, Truth
from gradeline.plan.decisions import Deadline
from gradeline.plan.leaves import rows_in
from gradeline.plan.plan import Line


def standing(view: View, line: Line, deadline: Deadline) -> Answer:
    """Whether the obligation stands on the day: by that day alone, or by every earlier one on which it can change."""
    if decided(view, line, deadline):
        return view.answer(line.applies)
    applied, moment = NO, view
    for day in moments(view, line, deadline):
        then = view.at(day)
        before = applied
        applied = carried(then, line, deadline, applied)
        if applied is not before or (day == view.on and then.truth(line.applies) is applied):
            moment = then
    applied = min(applied, view.truth(view.plan.index))
    own = moment.answer(line.applies)
    return own if own.truth is applied else Answer(applied, view.answer(line.applies).because)


def decided(view: View, line: Line, deadline: Deadline) -> bool:
    """Whether the day alone says what stands, whatever stood before it."""
    return view.episode is None or carried(view, line, deadline, NO) is carried(view, line, deadline, YES)


def carried(then: View, line: Line, deadline: Deadline, applied: Truth) -> Truth:
    """What stands after a day: it lapses where its `when` turns NO before the limit."""
    most = YES if line.when is None else then.truth(line.when)
    if most is NO:
        if then.on <= shift(then.onset.first, deadline.within):
            return NO
        return applied if then.on > shift(then.onset.last, deadline.within) else min(applied, UNKNOWN)
    return applied if most <= applied else max(applied, then.truth(line.applies))


def moments(view: View, line: Line, deadline: Deadline) -> list[Day]:
    """The days of the episode, up to the day asked, on which the answer can change."""
    assert view.episode
    start, on = view.episode.first, view.on
    found = points(view, rows_in(line.applies), [deadline.within])
    return sorted({start, on, *(day for day in found if start < day < on)})
