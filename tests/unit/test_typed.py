"""What a person types in is read as meant, or refused with what to write: a number is never guessed."""

from __future__ import annotations

import pytest

import gradeline as gl
from gradeline.dates import day, show
from gradeline.errors import UsageError
from gradeline.evaluate.dialogue import typed
from gradeline.plan.plan import Plan, compile
from gradeline.records.facts import Fact, Patient, Record

ON = day("2026-11-23")


@pytest.fixture(scope="module")
def plan() -> Plan:
    return compile(gl.guideline("lumbar-nerve-root"))


def facts(plan: Plan, key: str, text: str) -> tuple[Fact, ...]:
    """The facts of one answer."""
    return typed(plan, Record(Patient("")), {key: text}, ON).facts


READ = {
    "8": [(8.0, "2026-11-23")],
    "8,5": [(8.5, "2026-11-23")],
    "8 {score} 2026-11-16": [(8.0, "2026-11-16")],
    "8 2026-10-12, 9 2026-11-16": [(8.0, "2026-10-12"), (9.0, "2026-11-16")],
    "8, 2026-10-12; 9, 2026-11-16": [(8.0, "2026-10-12"), (9.0, "2026-11-16")],
    "unknown": [],
}


@pytest.mark.parametrize("text", READ)
def test_values_and_their_days(plan: Plan, text: str) -> None:
    """They are in the unit that limits are in, or they would count for nothing."""
    found = facts(plan, "pain", text)
    assert [(fact.value.value, show(fact.when.first)) for fact in found] == READ[text]
    assert {fact.value.unit for fact in found} <= {"1"}


def test_a_no_to_warning_signs_denies_no_more_than_was_asked(plan: Plan) -> None:
    """Nobody asked whether the leg is weak at all, or whether there ever was a cancer."""
    assert {fact.codings[0].code for fact in facts(plan, "weakness", "no")} == {
        "severe-leg-weakness",
        "progressive-deficit",
    }
    assert [(fact.codings[0].code, fact.status) for fact in facts(plan, "cancer", "no")] == [
        ("spinal-cancer", "negated")
    ]


REFUSED = {
    ("pain", "nan"): "it is no number",
    ("pain", "inf"): "it is no number",
    ("pain", "much"): "it is no number",
    ("pain", "8 kg"): "`kg` is no unit of it",
    ("pain", "8 stars"): "its unit is not known",
    ("pain", "85"): "it goes from 0 to 10",
    ("pain", "8 2027-01-01"): "lies after the day asked",
    ("leg-weakness", "ordered"): "it is neither yes, no nor unknown",
    ("lumbar-mri", "maybe"): "it is neither yes, no, ordered, declined nor unknown",
    ("cauda-equina", "ordered"): "it is yes, no or unknown",
    ("sex", "banana"): "it is female or male",
    ("birth", "200"): "is no age",
    ("birth", "²"): "is no date",
    ("onset", "soon"): "is no date",
}


@pytest.mark.parametrize(("key", "text"), REFUSED)
def test_what_cannot_be_read_is_refused_with_a_cure(plan: Plan, key: str, text: str) -> None:
    with pytest.raises(UsageError) as caught:
        facts(plan, key, text)
    assert caught.value.what.startswith(f"cannot read `{text}` as an answer to `{key}`: ")
    assert REFUSED[key, text] in caught.value.what
    assert caught.value.cure.startswith("write ")


@pytest.mark.parametrize("text", ["yes", "", "unknown"])
def test_a_name_that_nothing_has_is_refused_however_it_is_answered(plan: Plan, text: str) -> None:
    with pytest.raises(
        UsageError, match="nothing of this guideline is called `acupunture`\ndid you mean `acupuncture`"
    ):
        facts(plan, "acupunture", text)


def test_an_order_has_the_day_that_is_told(plan: Plan) -> None:
    """Reasons are judged on the day of the order, so it must not be the day of the asking."""
    (order,) = facts(plan, "lumbar-mri", "ordered 2026-10-02")
    assert (order.kind, order.status, show(order.when.first), show(order.known)) == (
        "order", "planned", "2026-10-02", "2026-10-02",
    )  # fmt: skip


def test_what_is_booked_may_lie_ahead_and_is_known_today(plan: Plan) -> None:
    (booked,) = facts(plan, "surgical-assessment", "booked 2026-12-01")
    assert (booked.status, show(booked.when.first), booked.known) == ("planned", "2026-12-01", ON)


def test_pain_that_is_typed_in_settles_what_the_record_could_not(plan: Plan) -> None:
    answers = {
        "onset": "2026-09-20",
        "birth": "46",
        "root-sign": "yes",
        "pain": "8 2026-10-12, 8 2026-11-16",
        "disability": "46 2026-10-12, 48 2026-11-16",
        "supervised-exercise": "yes 2026-10-05",
    }
    advice = gl.ask(plan.guideline, on="2026-11-23")
    for key, text in answers.items():
        advice = advice.answered(key, text)
    surgeon = advice.advice.to_dict()["recommendations"][-1]
    assert (surgeon["id"], surgeon["applies"]) == ("surgical-assessment", "yes")


def test_nothing_known_is_no_caution(plan: Plan) -> None:
    """`Pregnancy is recorded` must not be said of somebody of whom nothing is known."""
    answered = gl.ask(plan.guideline, on="2026-11-23").answered("onset", "2026-09-20").answered("root-sign", "yes")
    assert {caution for each in answered.advice.recommendations for caution in each.cautions} == set()
    told = answered.answered("pregnancy", "yes").advice.to_dict()["recommendations"]
    assert "Pregnancy" in next(each for each in told if each["id"] == "mri")["cautions"][0]
