"""The exported Measures counted by an engine of others, fqm-execution, give what we count, asked the same way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import pytest

import gradeline as gl
from gradeline.dates import END, day, shift
from gradeline.evaluate.patient.chart import chart
from gradeline.evaluate.patient.episodes import episodes
from gradeline.exchange.agreement import Asked, Difference, Tally
from gradeline.logic import UNKNOWN, YES
from gradeline.model.forms import ByATime
from gradeline.model.grade import STRONG
from gradeline.plan.plan import Plan
from gradeline.records.facts import Record
from tests.agree.account import MANY, fault, same
from tests.agree.conftest import Exported
from tests.agree.people import FILES, dancers, of_cases, of_samples
from tests.engines import validators
from tests.engines.server import transaction

PERIOD = "2020-01-01", "2027-12-31"
VERSION = "a Measure that names its Library with a version (`Library/X|1.0`): the library is not found"
CHOSEN = {"lumbar-nerve-root": ("mri", "surgical-assessment"), "teaching": ("slow-sips",)}
"""The recommendations whose measures the quick test counts: it takes a second for each patient and measure."""
Counts = dict[str, dict[str, int]]


def at_the_horizon(plan: Plan, record: Record) -> dict[str, tuple[Any, str | None]]:
    """What we answer of a patient's latest episode, asked as the Measures ask: at its horizon."""
    first, last = (day(each) for each in PERIOD)
    known = [each for each in episodes(plan, chart(plan, record), END) if first <= each.first <= last]
    if not known:
        return {}
    latest = known[-1]
    spans = [plan.guideline.duration(each.form.within) for each in plan.guideline.recommendations
             if isinstance(each.form, ByATime)]  # fmt: skip
    reach = max(shift(latest.onset.last, span) for span in (plan.period, *spans))

    advice = gl.advise(plan, record, on=date.fromordinal(min(reach, latest.end)))
    return {each.recommendation.id: (each.applies.truth, each.practice) for each in advice.recommendations}


def counted(answers: Sequence[dict[str, tuple[Any, str | None]]], id: str) -> dict[str, int]:
    """Our answers of one recommendation, as a cohort measure groups them."""
    found = Counter(
        {f"{id}-{name}": 0 for name in ("population", "untold", "followed", "departed", "justified", "open", "unknown")}
    )
    for each in answers:
        applies, practice = each.get(id, (None, None))
        if applies is YES:
            found.update([f"{id}-population", f"{id}-{practice}"])
        elif applies is UNKNOWN:
            found.update([f"{id}-untold"])
    return dict(found)


def ours(answers: Sequence[dict[str, tuple[Any, str | None]]], id: str, strong: bool) -> Counts:
    """The counts of one measure: of a strong recommendation a proportion, else every answer beside the others."""
    found = counted(answers, id)
    if not strong:
        return {group: {"initial-population": number} for group, number in found.items()}
    return {
        id: {
            "initial-population": found[f"{id}-population"],
            "denominator": found[f"{id}-population"],
            "denominator-exclusion": found[f"{id}-unknown"],
            "denominator-exception": found[f"{id}-justified"],
            "numerator": found[f"{id}-followed"],
        }
    }


def reported(one: Exported, patients: Sequence[Asked], ids: Sequence[str]) -> list[dict[str, Any]]:
    """What fqm-execution counts; it takes patients of one id for one."""
    rows = [{"id": each.id, "bundle": transaction(each.resources, f"p{n}")} for n, each in enumerate(patients)]
    measures = [f"{one.id}-{id}" for id in ids]
    return validators.node("measure.mjs", str(one.transaction), *PERIOD, *measures, rows=rows)


def compared(one: Exported, patients: Sequence[Asked], ids: Sequence[str], reports: Sequence[dict[str, Any]]) -> Tally:
    """Each count of each measure."""
    answers = [at_the_horizon(one.plan, each.record) for each in patients]
    tally = Tally(len(patients), len(patients))
    for id, report in zip(ids, reports, strict=True):
        strong = next(each.grade.strength for each in one.plan.guideline.recommendations if each.id == id) is STRONG
        mine = ours(answers, id, strong)
        assert not strong or 0 <= report["score"] <= 1
        for group, counts in mine.items():
            tally.answers += len(counts)
            if counts != report["counts"][group]:
                told = Difference("all", day(PERIOD[1]), group, counts, report["counts"][group])
                tally.differences += (told,)
    return tally


@pytest.mark.slow
@pytest.mark.parametrize("id", FILES)
def test_measures_count_what_we_count(id: str, exported: Callable[[str], Exported]) -> None:
    """A weak one: counts of every answer, and no score; a strong one: who followed it, of those to whom it applies."""
    one = exported(id)
    some = list(of_samples() if id == "lumbar-nerve-root" else dancers())
    ids = [each.id for each in one.plan.guideline.recommendations] if MANY else CHOSEN[id]
    cases = list(of_cases(one.plan.guideline, FILES[id]))[::40] if MANY else []
    patients = [*some[: None if MANY else 6], *cases]
    tally = compared(one, patients, ids, reported(one, patients, ids))
    fault(f"fqm-execution 1.8.6, measures of {id}", VERSION, "`Library/X|1.0`", len(ids))
    same("fqm-execution", f"measures of {id}", tally)


@pytest.mark.slow
def test_the_strong_recommendation_is_followed_by_some(exported: Callable[[str], Exported]) -> None:
    """Else its proportion would be held against nothing."""
    one = exported("teaching")
    found = counted([at_the_horizon(one.plan, each.record) for each in dancers()], "slow-sips")
    assert 0 < found["slow-sips-followed"] < found["slow-sips-population"]
