"""What SQL counts of the patients that another engine is asked of, brought to the answers of that engine."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from gradeline.dates import BEGINNING, END, Day, Interval
from gradeline.evaluate.audit.course import Course, courses
from gradeline.evaluate.audit.engines import Leg
from gradeline.evaluate.audit.rows import FindingRow, Scope
from gradeline.evaluate.patient.chart import chart
from gradeline.evaluate.sql import duck
from gradeline.exchange.agreement import SAID, Asked, Difference, Tally, flat
from gradeline.logic import NO, UNKNOWN, YES, Truth
from gradeline.plan.plan import Plan
from gradeline.records.facts import Record
from tests.agree.many import by_engine, stored

Json = dict[str, Any]
EVER = Scope(Interval(BEGINNING + 1, END - 1), END)
READ = {False: NO, None: UNKNOWN, True: YES}
Found = Mapping[tuple[str, int, int, str], FindingRow]


def counted(plan: Plan, records: Sequence[Record]) -> Found:
    """What SQL counts, as recorded: by patient, episode and recommendation."""
    _, findings = by_engine(duck.engine, [Leg(plan, EVER)], stored(records))
    rows = [FindingRow(*row) for row in findings.values()]
    return {(row.patient, row.episode, row.ordinal, row.recommendation): row for row in rows if row.reading == "strict"}


def courses_of(plan: Plan, record: Record) -> list[Course]:
    laid_out = chart(plan, record)
    return list(courses(plan, laid_out, EVER)) if laid_out.index else []


def days_of_audit(plan: Plan, record: Record) -> Iterator[Day]:
    """Each day on which an audit asks of a patient's episodes, and the day after the last."""
    for course in courses_of(plan, record):
        yield from (view.on for view in course.views)
        yield from ([course.after.on] if course.after else ())


def beside_sql(plan: Plan, asked: Sequence[Asked], said: Sequence[Json]) -> Tally:
    """Practice on the day asked, where an episode is open: SQL reads it there if the patient was observed until then."""
    records = [until(each.record, each.days[0]) for each in asked]
    found, tally = counted(plan, records), Tally()
    for number, (each, record, theirs) in enumerate(zip(asked, records, said, strict=True)):
        for course in courses_of(plan, record):
            if course.read == each.days[0] and course.views:
                tally.patients += 1
                tally.days += 1
                _practice(tally, found, (number, course), (each, flat(theirs["answers"][0])))
    return tally


def until(record: Record, day: Day) -> Record:
    """The record of a patient who was observed until a day."""
    return replace(record, patient=record.patient._replace(observed=Interval(BEGINNING, day)))


def _practice(tally: Tally, found: Found, whose: tuple[int, Course], theirs: tuple[Asked, Mapping[str, Any]]) -> None:
    """Practice of each recommendation that applies, or may, on the day."""
    (number, course), (asked, said) = whose, theirs
    for line in course.plan.lines:
        id = line.recommendation.id
        applies, practice, _ = said.get(id, (False, None, None))
        row = found.get((f"p{number}", course.episode.first, course.ordinal, id))
        if applies is False or line.asked.deadline:
            continue
        tally.answers += 1
        if row is None or row.practice != practice or row.applies < READ[applies]:
            ours = row and (SAID[Truth(row.applies)], row.practice)
            tally.differences += (Difference(asked.id, course.read, id, ours, (applies, practice)),)


def on_every_day(plan: Plan, asked: Sequence[Asked], said: Sequence[Json]) -> Tally:
    """Whether each recommendation applied on some day of an episode, as SQL counts it."""
    found, tally = counted(plan, [each.record for each in asked]), Tally()
    for number, (each, theirs) in enumerate(zip(asked, said, strict=True)):
        on = {day: flat(answers) for day, answers in zip(each.days, theirs["answers"], strict=True)}
        tally.patients += 1
        for course in courses_of(plan, each.record):
            tally.days += len(course.views)
            for line in course.plan.lines if course.views else ():
                id = line.recommendation.id
                if line.asked.deadline:
                    continue
                tally.answers += 1
                highest = max(READ[on[view.on].get(id, (False,))[0]] for view in course.views)
                row = found[f"p{number}", course.episode.first, course.ordinal, id]
                if row.applies != highest:
                    told = Difference(each.id, course.read, id, SAID[Truth(row.applies)], SAID[highest])
                    tally.differences += (told,)
    return tally
