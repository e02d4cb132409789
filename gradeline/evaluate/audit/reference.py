"""The rows of one record, by the evaluator that advises: what every quicker engine is held against."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from gradeline.dates import months_between, show
from gradeline.evaluate.advice.gate import gate
from gradeline.evaluate.advice.obligations import carried
from gradeline.evaluate.advice.practice import Practised, in_place, practised
from gradeline.evaluate.answer import Answer
from gradeline.evaluate.audit.course import Course, courses
from gradeline.evaluate.audit.rows import (
    FINAL,
    READINGS,
    REASON,
    EpisodeRow,
    FindingRow,
    Reading,
    Scope,
    called,
)
from gradeline.evaluate.patient.chart import chart
from gradeline.evaluate.patient.view import View
from gradeline.logic import NO, UNKNOWN, YES, Truth
from gradeline.plan.plan import Line, Plan
from gradeline.records.facts import Patient, Record


class Rows(NamedTuple):
    """The episodes of an audit, and what each recommendation came to in them."""

    episodes: list[EpisodeRow]
    findings: list[FindingRow]


class Told(NamedTuple):
    """What is told of one recommendation in one course."""

    applies: Truth
    done: Practised | None
    missing: str | None
    read: View | None


def rows(plans: Iterable[Plan], record: Record, scope: Scope) -> Rows:
    """The rows of one patient under some guidelines; none where no episode begins in the period."""
    found = Rows([], [])
    for plan in plans:
        laid_out = chart(plan, record)
        for course in courses(plan, laid_out, scope) if laid_out.index else ():
            found.episodes.append(episode_row(course))
            for reading in READINGS:
                found.findings.extend(findings(course.read_with(reading == "assumed"), reading))
    return found


def episode_row(course: Course) -> EpisodeRow:
    """Who, when and where; how the episode was followed; whether a warning sign took it out."""
    episode, patient = course.episode, course.chart.record.patient
    first = show(episode.first)
    asked = gate(course.views[-1]).answer if course.views else "not asked"
    return EpisodeRow(
        course.plan.guideline.id,
        patient.id,
        episode.first,
        course.ordinal,
        *episode.onset,
        episode.given,
        course.horizon,
        course.ended,
        "yes" if course.sign else asked,
        first[:7],
        age(patient, episode.first),
        patient.sex,
        patient.place,
        next((entry.fact.unit for entry in episode.entries if entry.fact.unit), ""),
    )


def age(patient: Patient, on: int) -> int | None:
    """The age in years, where the birth date tells it."""
    if patient.birth is None or patient.birth.first > on:
        return None
    youngest, oldest = (months_between(day, on) // 12 for day in (min(patient.birth.last, on), patient.birth.first))
    return oldest if youngest == oldest else None


def findings(course: Course, reading: Reading) -> Iterator[FindingRow]:
    """What each recommendation came to."""
    told = {line.recommendation.id: tell(course, line) for line in course.plan.lines}
    arms = in_place(course.plan.lines, {id: each.done.practice if each.done else None for id, each in told.items()})
    for line in course.plan.lines:
        id = line.recommendation.id
        yield finding(course, reading, line, told[id], id in arms)


def finding(course: Course, reading: Reading, line: Line, told: Told, alternative: bool) -> FindingRow:
    """One row: one recommendation in one reading."""
    practice, declined = told.done.practice if told.done else None, line.asked.declined
    return FindingRow(
        course.plan.guideline.id,
        course.chart.record.patient.id,
        course.episode.first,
        course.ordinal,
        reading,
        line.recommendation.id,
        int(told.applies),
        practice,
        practice == "followed" and bool(declined and told.read and told.read.truth(declined) is YES),
        alternative,
        course.ended != "" and practice not in (None, "unknown", *FINAL[type(line.recommendation.form)]),
        told.missing,
    )


def tell(course: Course, line: Line) -> Told:
    """Whether a recommendation applied on some day of the course, and what was done by its end."""
    if not course.views:
        return Told(NO, None, None, None)
    read = course.views[-1]
    if line.asked.deadline:
        applies, read = obligation(course, line)
    else:
        applies = max(view.truth(line.applies) for view in course.views)
    done = None if applies is NO else practised(read, line.asked)
    return Told(applies, done, missing(course, line, applies, done), read)


def obligation(course: Course, line: Line) -> tuple[Truth, View]:
    """What stands of a time limit at the end, or stood on a day on which its action was done."""
    deadline, done = line.asked.deadline, line.asked.decisions[0].when
    assert deadline
    views = course.views + ((course.after,) if course.after else ())
    applied = kept = NO
    for view in views:
        applied = carried(view, line, deadline, applied)
        kept |= min(applied, view.truth(done))
    last = views[-1]
    if course.ended == "" and not course.after:
        applied = min(applied, lapsed(last, last.limit(deadline.within).first, last.limit(deadline.within).last))
    return max(applied, kept) & last.truth(course.plan.index), last


def lapsed(last: View, first: int, latest: int) -> Truth:
    """What an episode that is over leaves of an obligation: nothing where it ended before the limit."""
    return NO if last.on < first else UNKNOWN if last.on < latest else YES


def missing(course: Course, line: Line, applies: Truth, done: Practised | None) -> str | None:
    """What would have to be known first: of whom it applies to, else of what was done."""
    if applies is UNKNOWN:
        untold = next((view for view in course.views if view.truth(line.applies) is UNKNOWN), None)
        return first_missing(course.plan, untold.answer(line.applies)) if untold else "onset"
    if done is None or done.practice != "unknown":
        return None
    if done.acts:
        return REASON if all(act.taken is YES for act in done.acts) else line.asked.actions[0]
    return first_missing(course.plan, done.why) if done.why.missing else line.asked.actions[0]


def first_missing(plan: Plan, answer: Answer) -> str:
    """The first leaf, in the plan's order, that leaves an answer unknown."""
    return called(plan.rows[min(ground.row for ground in answer.missing)])
