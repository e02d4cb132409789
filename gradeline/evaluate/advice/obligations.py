"""Obligations with a time limit: once they applied they stand until done, lapsed or overdue."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gradeline.dates import END, SOME_DAY, Day, Duration, shift
from gradeline.evaluate.answer import Answer
from gradeline.evaluate.patient.chart import Entry
from gradeline.evaluate.patient.episodes import given_onset
from gradeline.evaluate.patient.view import View
from gradeline.logic import NO, UNKNOWN, YES, Truth
from gradeline.plan.decisions import Deadline
from gradeline.plan.leaves import Row, rows_in
from gradeline.plan.plan import Line
from gradeline.records.facts import Fact


def standing(view: View, line: Line, deadline: Deadline) -> Answer:
    """Whether the obligation stands on the day: by that day alone, or by every earlier one on which it can change."""
    if view.episode is None or _carried(view, line, deadline, NO) is _carried(view, line, deadline, YES):
        return view.answer(line.applies)
    applied, moment = NO, view
    for day in moments(view, line, deadline):
        then = view.at(day)
        before = applied
        applied = _carried(then, line, deadline, applied)
        if applied is not before or (day == view.on and then.truth(line.applies) is applied):
            moment = then
    applied = min(applied, view.truth(view.plan.index))
    own = moment.answer(line.applies)
    return own if own.truth is applied else Answer(applied, view.answer(line.applies).because)


def _carried(then: View, line: Line, deadline: Deadline, applied: Truth) -> Truth:
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
    return sorted({start, on, *(day for day in _points(view, line, deadline) if start < day < on)})


def _points(view: View, line: Line, deadline: Deadline) -> Iterator[Day]:
    """Every day that a fact, a window's end, a limit or a birthday can matter on; more than needed does no harm."""
    plan, entries = view.plan, view.chart.entries
    rows = [plan.rows[number] for number in {*rows_in(line.applies)}]
    onsets = set(_onsets(view))
    for term in {*(row.term for row in rows), *(row.other for row in rows), *plan.guideline.index.ended_by}:
        for entry in entries.get(term, ()):
            yield from _of_fact(entry.fact)
    for row in rows:
        if row.bounds.back:
            yield from _fallen_out(entries.get(row.term, ()), row.bounds.back)
    for span in {deadline.within, *(span for row in rows for span in _spans(row))}:
        for day in onsets:
            yield from _around(shift(day, span))
    for row in rows:
        if row.shape == "age" and row.span:
            for day in view.chart.record.patient.birth or ():
                yield from _around(shift(day, row.span))


def _around(day: Day) -> tuple[Day, Day]:
    """A limit's last day, and the day after it."""
    return day, min(day + 1, END)


def _spans(row: Row) -> list[Duration]:
    """How long after the onset the row has a limit."""
    spans = [row.bounds.start, row.bounds.stop, row.span if row.shape == "onset" else None]
    return [span for span in spans if span]


def _onsets(view: View) -> Iterator[Day]:
    """The days from which windows may be measured, as the recordings came in."""
    assert view.episode
    for entry in view.chart.index:
        yield from given_onset(entry.fact, view.on) or ()
    yield from (view.episode.first, *view.episode.onset, shift(view.episode.first, -view.plan.guideline.index.gap))


def _of_fact(fact: Fact) -> Iterable[Day]:
    """When a fact becomes known, the days on which it may have been, and the day after it has ended."""
    days = {fact.known, fact.when.first}
    if not fact.when.exact and fact.when != SOME_DAY:
        days.update(range(fact.when.first, min(fact.when.last, fact.when.first + 400) + 2))
    if fact.until is not None:
        days.add(min(fact.until + 1, END))
    return days


def _fallen_out(entries: Iterable[Entry], back: Duration) -> Iterator[Day]:
    """When a fact falls out of a window that looks back."""
    for entry in entries:
        for day in entry.fact.when:
            yield from _around(shift(day, back))
