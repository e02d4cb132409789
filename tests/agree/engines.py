"""The evaluators that are held against the oracle, each made to answer in its words."""

from __future__ import annotations

from typing import Any

import pytest

from gradeline.dates import Day
from gradeline.logic import NO, UNKNOWN, YES
from gradeline.model.guideline import Guideline
from gradeline.records.facts import Record
from tests.agree.naive import Advised
from tests.agree.naive_episodes import Captures

GATE = {YES: "yes", NO: "no", UNKNOWN: "not asked"}


def answers(guideline: Guideline, record: Record, on: Day, captures: Captures) -> dict[str, Any]:
    """The advice for one patient."""
    advice = pytest.importorskip("gradeline.evaluate.advice", reason="there is no evaluator yet")
    said = advice.advise(guideline, record, on, captures=captures)
    return {
        "gate": GATE[said.gate.truth],
        "population": said.population.truth,
        "recommendations": [Advised(each.applies, each.practice, each.due) for each in said.recommendations],
    }
