"""The spec tables, cases run into one another, a simulated cohort: SQL gives the rows of the evaluator of one patient."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from gradeline import api
from gradeline.cohort.simulate import simulate
from gradeline.dates import BEGINNING, END, Interval, day
from gradeline.evaluate.audit.engines import Leg
from gradeline.evaluate.audit.rows import Scope
from gradeline.evaluate.sql import duck
from gradeline.plan.capture import RECORD, UNDECLARED
from gradeline.plan.plan import compile
from gradeline.records.facts import Record
from gradeline.source.cases import cases
from gradeline.source.reader import read
from gradeline.source.shipped import guideline
from tests.agree.account import MANY
from tests.agree.many import by_engine, by_patient, differences, stored
from tests.agree.mixed import mixed
from tests.agree.people import FILES
from tests.spec.tables import Chapter, chapters

EVER = Interval(BEGINNING + 1, END - 1)
TEACHING = Path(__file__).parents[1] / "guidelines" / "teaching" / "guideline.yaml"


def same(legs: Sequence[Leg], records: Sequence[Record]) -> int:
    """Hold SQL against the evaluator; how many episodes there were."""
    kept = stored(records)
    ours, theirs = by_engine(duck.engine, legs, kept), by_patient(legs, kept)
    assert not differences(ours[0], theirs[0])
    assert not differences(ours[1], theirs[1])
    return len(theirs[0])


@pytest.mark.parametrize("chapter", chapters(), ids=lambda chapter: chapter.name)
def test_the_spec_tables(chapter: Chapter) -> None:
    """Every table of a chapter at once, each asked of the records of its own cases and of those around it."""
    asked = [table for table in chapter.tables if table.captures == "record"]
    for some in (asked[start : start + 16] for start in range(0, len(asked), 16)):
        end = max(case.today for table in some for case in table.cases)
        legs = [
            Leg(compile(replace(table.guideline, id=f"t{number}")), Scope(EVER, end))
            for number, table in enumerate(some)
        ]
        assert same(legs, [case.record for table in some for case in table.cases])


def test_the_teaching_guideline() -> None:
    asked = guideline(str(TEACHING))
    known = cases(TEACHING.with_name("cases.yaml"), asked)
    assert known
    for captures in (RECORD, UNDECLARED):
        leg = Leg(compile(asked, captures), Scope(EVER, max(case.on.toordinal() for case in known)))
        assert same([leg], [case.record for case in known])


@pytest.mark.parametrize("id", FILES)
def test_cases_run_into_one_another(id: str) -> None:
    """What no case says and records hold: several episodes, acts on orders of something else, reasons of every kind."""
    asked = read(FILES[id])
    people = [each.record for each in mixed(asked, FILES[id], 5000 if MANY else 300)]
    for captures in (RECORD, UNDECLARED):
        assert same([Leg(compile(asked, captures), Scope(EVER, day("2027-06-01")))], people) > len(people) // 2


def test_a_simulated_cohort(tmp_path: Path) -> None:
    """Two thousand patients, as they come out of a bulk export; hardly anybody needs the evaluator."""
    folder = simulate(2000, tmp_path / "cohort", seed=5, processes=1, truth=False).folder
    records = list(api.patients(folder))
    asked = guideline("lumbar-nerve-root")
    legs = [Leg(compile(asked, RECORD), Scope(Interval(day("2023-01-01"), day("2025-12-31")), day("2025-12-31")))]
    assert same(legs, records) > 100
