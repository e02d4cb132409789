"""Whatever Hypothesis draws, SQL counts the rows that the evaluator of one patient gives, to the last one."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from gradeline.dates import BEGINNING, END, Interval, day
from gradeline.evaluate.audit.engines import Leg
from gradeline.evaluate.audit.rows import Scope
from gradeline.evaluate.sql import duck
from gradeline.plan.capture import RECORD, UNDECLARED
from gradeline.plan.plan import compile
from gradeline.records.facts import Record
from tests.agree.many import by_engine, by_patient, differences, stored
from tests.agree.strategies import ONSETS, Case, mostly, records
from tests.agree.strategies_guideline import TOPICS, pick

FEW = settings().max_examples // 20
"""Each draw is two guidelines and a dozen patients."""
EVER = Interval(BEGINNING + 1, END - 1)
ENDS = [day(text) for text in ("2030-01-01", "2026-12-13", "2026-10-10")]


class Asked(NamedTuple):
    """What one run is asked: guidelines at once, and patients."""

    legs: list[Leg]
    records: tuple[Record, ...]

    def __repr__(self) -> str:
        return f"{len(self.legs)} guidelines, {len(self.records)} patients"


@st.composite
def asked(draw: DrawFn, topic: str) -> Asked:
    """Two guidelines of a topic, and a dozen patients of whom some were not observed for long."""
    drawn = [replace(draw(TOPICS[topic].guideline), id=f"g{number}") for number in range(2)]
    captures, end = draw(pick([RECORD, UNDECLARED])), draw(mostly(*ENDS))
    people = []
    for _ in range(12):
        onset = draw(ONSETS)
        one = draw(records(onset, TOPICS[topic]))
        seen = draw(mostly(END, onset + 10, onset + 60, onset + 84))
        people.append(replace(one, patient=one.patient._replace(observed=Interval(BEGINNING, seen))))
    return Asked([Leg(compile(each, captures), Scope(EVER, end)) for each in drawn], stored(people))


@pytest.mark.parametrize("topic", TOPICS)
@settings(
    deadline=None,
    max_examples=FEW,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(st.data())
def test_duckdb_gives_the_rows_of_the_evaluator(topic: str, data: st.DataObject) -> None:
    drawn = data.draw(asked(topic))
    for ours, theirs in zip(by_engine(duck.engine, *drawn), by_patient(*drawn), strict=True):
        wrong = differences(ours, theirs)
        assert not wrong, told(drawn, wrong[0])


def told(drawn: Asked, wrong: tuple[tuple[str, ...] | None, tuple[str, ...] | None]) -> str:
    """The one patient and guideline that matter."""
    guideline, patient = (wrong[0] or wrong[1] or ("", ""))[:2]
    leg = next(leg for leg in drawn.legs if leg.plan.guideline.id == guideline)
    record = next(one for one in drawn.records if one.patient.id == patient)
    return f"{Case(leg.plan.guideline, record, leg.scope.data_end, 'record')}\n  SQL       {wrong[0]}\n  patient   {wrong[1]}"
