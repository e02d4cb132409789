"""One patient of an audit, as advice explains it; and patients held against what an engine said of them."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from gradeline.dates import Day
from gradeline.errors import GradelineError
from gradeline.evaluate.advice import Advice, advise
from gradeline.evaluate.audit.course import Course, courses
from gradeline.evaluate.audit.engines import Leg, candidates, engine
from gradeline.evaluate.audit.kept import each_row
from gradeline.evaluate.audit.reference import findings, rows
from gradeline.evaluate.audit.rows import READINGS, EpisodeRow, FindingRow
from gradeline.evaluate.audit.run import Asked, extent, opened, quiet, stretches
from gradeline.evaluate.patient.chart import chart
from gradeline.records.facts import Record
from gradeline.records.store import Facts


class Drill(NamedTuple):
    """One episode of a patient: what the audit says of it, and the advice of the day on which it reads practice."""

    course: Course | None
    advice: Advice
    findings: tuple[FindingRow, ...] = ()


class DifferenceError(GradelineError):
    """An engine and the evaluator that advises do not say the same."""

    exit_code = 1


def drill(asked: Asked, facts: Facts, patient: str) -> Iterator[Drill]:
    """Each episode of a patient in the period; without one, the advice of the period's last day."""
    record = next(iter(facts.records([patient])))
    for guideline_legs in by_guideline(asked, facts):
        found = [each for leg in guideline_legs for each in drilled(leg, record)]
        yield from found
        if not found:
            last = guideline_legs[-1]
            on = min(asked.period.last, last.scope.data_end)
            yield Drill(None, advise(last.plan, record, on))


def drilled(leg: Leg, record: Record) -> Iterator[Drill]:
    """The episodes of a record in a stretch of the period."""
    for course in courses(leg.plan, chart(leg.plan, record), leg.scope):
        told = [row for name in READINGS for row in findings(course.read_with(name == "assumed"), name)]
        yield Drill(course, advise(leg.plan, record, day_of(course)), tuple(told))


def day_of(course: Course) -> Day:
    """The day on which practice is read; of an episode that a warning sign took out, the day of the sign."""
    return course.sign or course.read


def by_guideline(asked: Asked, facts: Facts) -> list[list[Leg]]:
    """The stretches of each guideline."""
    connection = facts.connection()
    try:
        _, last = extent(asked, connection)
    finally:
        connection.close()
    return [list(stretches(asked, guideline, last)) for guideline in asked.guidelines]


class Rechecked(NamedTuple):
    """How many patients were held against the evaluator, and how many rows."""

    patients: int
    rows: int


def recheck(asked: Asked, facts: Facts, n: int, seed: int) -> Rechecked:
    """Hold what an engine says of some patients against the evaluator; DifferenceError names what, never whom."""
    legs = [leg for each in by_guideline(asked, facts) for leg in each]
    connection = opened(asked, facts)
    try:
        engine(asked.engine)(legs, facts, connection, quiet)
        those = candidates(legs, connection)
        some = random.Random(seed).sample(those, min(n, len(those)))  # noqa: S311 - no secret
        count = 0
        for record in facts.records(some):
            said = list(each_row(connection, record.patient.id))
            differing(said, expected(legs, record))
            count += len(said)
        return Rechecked(len(some), count)
    finally:
        connection.close()


Some = EpisodeRow | FindingRow


def expected(legs: Sequence[Leg], record: Record) -> list[Some]:
    """The rows of a record by the evaluator that advises."""
    found = [rows([leg.plan], record, leg.scope) for leg in legs]
    return [*(row for each in found for row in each.episodes), *(row for each in found for row in each.findings)]


def differing(said: Sequence[Some], true: Sequence[Some]) -> None:
    """DifferenceError at the first row that is not the same, naming guideline, statement, column and leaf."""
    ours, theirs = ({identity(row): row for row in each} for each in (said, true))
    for key in [*theirs, *(key for key in ours if key not in theirs)]:
        if ours.get(key) != theirs.get(key):
            what = difference(ours.get(key), theirs.get(key))
            raise DifferenceError(what, "report it: the audit cannot be relied on")


def identity(row: Some) -> tuple[object, ...]:
    """Which row it is."""
    own = (row.reading, row.recommendation) if isinstance(row, FindingRow) else ()
    return (row.guideline, row.episode, row.ordinal, *own)


def difference(ours: Some | None, theirs: Some | None) -> str:
    """What differs, in words that name nobody."""
    row = ours or theirs
    assert row
    where = [row.guideline, *([row.recommendation, row.reading] if isinstance(row, FindingRow) else ["the episode"])]
    if ours is None or theirs is None:
        return f"{', '.join(where)}: {'missing' if ours is None else 'one too many'}"
    columns = [name for name in row._fields if getattr(ours, name) != getattr(theirs, name)]
    first = columns[0]
    leaf = next((each.missing for each in (theirs, ours) if isinstance(each, FindingRow) and each.missing), None)
    told = f"{first} is {getattr(ours, first)}, and {getattr(theirs, first)} by the evaluator that advises"
    return f"{', '.join(where)}: {told}" + (f"; leaf {leaf}" if leaf else "")
