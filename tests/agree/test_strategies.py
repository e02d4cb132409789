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
from tests.agree.naive_facts import known
from tests.agree.strategies import Case, cases
from tests.agree.strategies_guideline import FORM, JOINED, LEAVES

SOME = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
LOOK = settings(SOME, max_examples=2000, derandomize=True, phases=[Phase.generate], database=None)


def test_every_criterion_and_form_is_drawn() -> None:
    """A new one needs its strategy."""
    assert set(NODES) == {*LEAVES, *JOINED}
    assert set(FORMS) == {*FORM}


REACHED: dict[str, tuple[str, Callable[[dict[str, Any]], bool]]] = {
    "a stop": ("gate", lambda said: said["gate"] == "yes"),
    "no warning sign": ("gate", lambda said: said["gate"] == "no"),
    "not of the population": ("episode", lambda said: said["population"] is NO),
    "perhaps of the population": ("episode", lambda said: said["population"] is UNKNOWN),
    "of the population": ("episode", lambda said: said["population"] is YES),
    "followed": ("do", lambda said: "followed" in practices(said)),
    "open": ("do", lambda said: "open" in practices(said)),
    "unknown": ("either", lambda said: "unknown" in practices(said)),
    "departed": ("not routine", lambda said: "departed" in practices(said)),
    "justified": ("not routine", lambda said: "justified" in practices(said)),
    "overdue": ("by a time", lambda said: "departed" in practices(said)),
}


def practices(said: dict[str, Any]) -> list[str | None]:
    return [each.practice for each in said["recommendations"]]


@pytest.mark.parametrize("answer", REACHED)
def test_every_answer_is_reached(answer: str) -> None:
    topic, reached = REACHED[answer]
    find(cases(topic), lambda drawn: any(reached(advise(*case)) for case in drawn), settings=LOOK)


@settings(SOME)
@given(cases(), st.randoms())
def test_the_order_of_the_facts_decides_nothing(drawn: list[Case], random: Any) -> None:
    for case in drawn:
        facts = list(case.record.facts)
        random.shuffle(facts)
        assert advise(*case._replace(record=Record(case.record.patient, tuple(facts)))) == advise(*case), case


@settings(SOME)
@given(cases())
def test_what_is_known_later_decides_nothing(drawn: list[Case]) -> None:
    for case in drawn:
        booked = {fact.key for fact in case.record.facts if fact.assumed and fact.status == "planned"}
        shown = tuple(
            fact for fact in case.record.facts if known(fact, case.on) or (fact.assumed and booked & set(fact.of))
        )
        assert advise(*case._replace(record=Record(case.record.patient, shown))) == advise(*case), case


@settings(SOME)
@given(cases())
def test_practice_is_asked_where_it_may_apply(drawn: list[Case]) -> None:
    for said in (advise(*case) for case in drawn):
        assert (said["gate"] == "yes") is (said["recommendations"] == [])
        for each in said["recommendations"]:
            assert (each.practice is None) is (each.applies is NO)
            assert each.due is None or each.practice in ("open", "departed")
