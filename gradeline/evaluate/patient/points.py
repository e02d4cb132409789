"""The days on which an answer can change: those of facts, and the ends of windows, limits and ages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gradeline.dates import END, SOME_DAY, Day, Duration, shift
from gradeline.evaluate.patient.chart import Entry, given_onset
from gradeline.evaluate.patient.view import View
from gradeline.plan.leaves import Row
from gradeline.records.facts import Fact


def points(view: View, numbers: Iterable[int], limits: Iterable[Duration] = ()) -> Iterator[Day]:
    """Every day that a fact, a window's end, a limit or a birthday can matter on; more than needed does no harm."""
    plan, entries = view.plan, view.chart.entries
    rows = [plan.rows[number] for number in {*numbers}]
    onsets = set(_onsets(view))
    for term in {*(row.term for row in rows), *(row.other for row in rows), *plan.guideline.index.ended_by}:
        for entry in entries.get(term, ()):
            yield from _of_fact(entry.fact)
    for recording in view.chart.index:
        yield from _of_fact(recording.fact)
    for row in rows:
        if row.bounds.back:
            yield from _fallen_out(entries.get(row.term, ()), row.bounds.back)
    for span in {*limits, *(span for row in rows for span in _spans(row))}:
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
