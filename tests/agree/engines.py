"""The evaluators that are held against the oracle, each made to answer in its words."""

from __future__ import annotations

from typing import Any

from gradeline.dates import Day
from gradeline.evaluate.advice import advise
from gradeline.model.guideline import Guideline
from gradeline.plan.capture import DIALOGUE, RECORD
from gradeline.plan.plan import compile
from gradeline.records.facts import Record
from tests.agree.naive import Advised
from tests.agree.naive_episodes import Captures

CAPTURES = {"record": RECORD, "nothing": DIALOGUE}


def answers(guideline: Guideline, record: Record, on: Day, captures: Captures) -> dict[str, Any]:
    """The advice for one patient."""
    said = advise(compile(guideline, CAPTURES[captures]), record, on)
    return {
        "gate": said.gate.answer,
        "population": said.population.truth,
        "recommendations": [Advised(each.applies.truth, each.practice, each.due) for each in said.recommendations],
    }
