"""What is drawn reaches every criterion, form and answer; what the oracle says of it hangs together."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis import strategies as st

from gradeline.logic import NO, UNKNOWN, YES
from gradeline.model.criteria import NODES
from gradeline.model.forms import FORMS
from gradeline.records.facts import Record
from tests.agree.naive import advise
from tests.agree.strategies import Case, cases
from tests.agree.strategies_guideline import FORM, JOINED, LEAVES

SOME = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
LOOK = settings(SOME, max_examples=2000, derandomize=True, phases=[Phase.generate], database=None)
PRACTICES = ("followed", "departed", "justified", "open", "unknown")


def test_every_criterion_and_form_is_drawn() -> None:
    """A new one needs its strategy."""
    assert set(NODES) == {*LEAVES, *JOINED}
    assert set(FORMS) == {*FORM}


def practice(name: str) -> Callable[[dict[str, Any]], bool]:
    return lambda said: name in [each.practice for each in said["recommendations"]]


@pytest.mark.parametrize(
    "reached",
    [
        *(pytest.param(lambda said, word=word: said["gate"] == word, id=f"gate {word}") for word in ("yes", "no")),
        *(pytest.param(lambda said, it=it: said["population"] is it, id=it.word) for it in (NO, UNKNOWN, YES)),
        *(pytest.param(practice(name), id=name) for name in PRACTICES),
    ],
)
def test_every_answer_is_reached(reached: Callable[[dict[str, Any]], bool]) -> None:
    find(cases(), lambda case: reached(advise(*case)), settings=LOOK)


@settings(SOME)
@given(cases(), st.randoms())
def test_the_order_of_the_facts_decides_nothing(case: Case, random: Any) -> None:
    facts = list(case.record.facts)
    random.shuffle(facts)
    assert advise(*case._replace(record=Record(case.record.patient, tuple(facts)))) == advise(*case)


@settings(SOME)
@given(cases())
def test_what_is_known_later_decides_nothing(case: Case) -> None:
    known = tuple(fact for fact in case.record.facts if fact.known <= case.on)
    assert advise(*case._replace(record=Record(case.record.patient, known))) == advise(*case)


@settings(SOME)
@given(cases())
def test_practice_is_asked_where_it_may_apply(case: Case) -> None:
    said = advise(*case)
    assert (said["gate"] == "yes") is (said["recommendations"] == [])
    for each in said["recommendations"]:
        assert (each.practice is None) is (each.applies is NO)
        assert each.due is None or each.practice in ("open", "departed")
