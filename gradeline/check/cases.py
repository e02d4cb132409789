"""The cases of a guideline, run: each answer against what was expected, and every row and decision that was reached."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from gradeline.dates import show
from gradeline.evaluate.advice import Advice, advise
from gradeline.logic import Truth
from gradeline.plan.plan import Plan
from gradeline.source.cases import Case, Expectation

BEHIND = "not given: a warning sign stands before it"


@dataclass(frozen=True)
class Miss:
    """An answer that is not what a case expects."""

    case: Case
    answer: str
    expected: str
    got: str


@dataclass
class Run:
    """What came of running the cases: the misses, and what was reached."""

    cases: int = 0
    misses: list[Miss] = field(default_factory=list)
    rows: dict[int, set[Truth]] = field(default_factory=lambda: defaultdict(set))
    applies: set[tuple[str, Truth]] = field(default_factory=set)
    practices: set[tuple[str, str]] = field(default_factory=set)
    named: set[str] = field(default_factory=set)
    """The recommendations of which some case expects something."""


def run(plan: Plan, cases: Iterable[Case]) -> Run:
    """Run the cases, in their order."""
    found = Run()
    for case in cases:
        found.cases += 1
        advice = advise(plan, case.record, case.on.toordinal())
        found.misses += _misses(case, advice)
        found.named.update(case.expect)
        for row, truth in advice.view.reached():
            found.rows[row].add(truth)
        for each in advice.recommendations:
            found.applies.add((each.recommendation.id, each.applies.truth))
            if each.practice:
                found.practices.add((each.recommendation.id, each.practice))
    return found


def _misses(case: Case, advice: Advice) -> list[Miss]:
    """Every answer of one case that is not what it expects."""
    got = answers(advice)
    return [
        Miss(case, name, written(expected), written(got[name]))
        for name, expected in case.expect.items()
        if not agrees(expected, got.get(name))
    ]


def answers(advice: Advice) -> dict[str, Expectation]:
    """The answers of an advice in the shape in which cases expect them; behind a stop nothing is answered."""
    found = {
        "gate": Expectation(advice.gate.answer),
        "population": Expectation(advice.population.truth.word),
        **{line.recommendation.id: Expectation(BEHIND) for line in advice.plan.lines},
    }
    for each in advice.recommendations:
        due = show(each.due) if each.due else None
        found[each.recommendation.id] = Expectation(each.applies.truth.word, each.practice, _date(due))
    return found


def agrees(expected: Expectation, got: Expectation | None) -> bool:
    """Whether an answer is as expected; a practice or a day that is not named is not asked about."""
    return got is not None and (
        expected.answer == got.answer and expected.practice in (None, got.practice) and expected.due in (None, got.due)
    )


def written(answer: Expectation) -> str:
    """An answer as a case writes it."""
    due = f"due {answer.due.isoformat()}" if answer.due else None
    return ", ".join(filter(None, [answer.answer, answer.practice, due]))


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
