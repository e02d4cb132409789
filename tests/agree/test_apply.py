"""The exported plan applied by engines of others fires what we advise: npm's encender, and the Java reference engine."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import pytest

from gradeline.dates import show
from gradeline.evaluate.advice import Advice, advise
from gradeline.exchange.agreement import Asked, Difference, Tally
from gradeline.exchange.fhir.activities import asked as asks
from gradeline.logic import YES
from tests.agree.account import MANY, fault, same
from tests.agree.conftest import Exported
from tests.agree.people import FILES, Json, dancers, of_cases, of_samples
from tests.engines import validators
from tests.engines.reference import CURE, lacking, reference

Apply = Callable[[Exported, Sequence[Asked]], list[Json]]
LOST = "a ServiceRequest that it makes of an ActivityDefinition with `doNotPerform` has none"


def encender(one: Exported, patients: Sequence[Asked]) -> list[Json]:
    """npm's, with conditions by cql-execution."""
    return validators.node("apply.mjs", str(one.transaction), rows=lines(patients))


def java(one: Exported, patients: Sequence[Asked]) -> list[Json]:
    """The reference engine."""
    return reference("apply", one.transaction, lines(patients))


def lines(patients: Iterable[Asked]) -> list[Json]:
    return [{"id": each.id, "on": show(each.days[0]), "bundle": each.line["bundle"]} for each in patients]


@pytest.mark.slow
@pytest.mark.parametrize("id", FILES)
def test_encender_fires_what_we_advise(id: str, exported: Callable[[str], Exported]) -> None:
    one = exported(id)
    for patients, what in people(one, 1):
        said = encender(one, patients)
        unsaid = sum(request["doNotPerform"] is None for each in said for request in each["requests"])
        fault(f"encender 0.7.1, {what}", LOST, '`{"doNotPerform": true}` becomes `{}`', unsaid) if what.startswith(
            "cases"
        ) else None
        same("encender `$apply`", what, compared(one, patients, said, told=False))
        assert unsaid, "it says doNotPerform now: compare it"


@pytest.mark.slow
@pytest.mark.parametrize("id", FILES)
def test_the_reference_engine_fires_what_we_advise(id: str, exported: Callable[[str], Exported]) -> None:
    if lacking():
        validators.missing(lacking(), CURE)
    one = exported(id)
    for patients, what in people(one, 1 if MANY else 20):
        same("Java reference engine `$apply`", what, compared(one, patients, java(one, patients), told=True))


def people(one: Exported, step: int) -> list[tuple[list[Asked], str]]:
    """The samples or the dancers, and of the cases every so many."""
    some = of_samples() if one.id == "lumbar-nerve-root" else dancers()
    cases = list(of_cases(one.plan.guideline, FILES[one.id]))
    return [(list(some), f"samples of {one.id}"), (cases[::step], f"cases of {one.id}")]


def compared(one: Exported, patients: Sequence[Asked], said: Sequence[Json], told: bool) -> Tally:
    """What fires, and what is requested; where a sign stops, the gate and nothing else."""
    assert [each["id"] for each in said] == [each.id for each in patients]
    tally = Tally(len(patients), len(patients))
    for asked, theirs in zip(patients, said, strict=True):
        assert "fault" not in theirs, theirs
        mine, other = ours(advise(one.plan, asked.record, asked.days[0]), told), flat(one, theirs, told)
        tally.answers += len(mine)
        found = [name for name in {**mine, **other} if mine.get(name) != other.get(name)]
        tally.differences += tuple(
            Difference(asked.id, asked.days[0], name, mine.get(name), other.get(name)) for name in found
        )
    return tally


def ours(advice: Advice, told: bool) -> dict[str, object]:
    """Whether the gate fires, and each recommendation; what is then requested, and perhaps whether to leave it."""
    fired = [each.recommendation for each in advice.recommendations if each.applies.truth is YES]
    terms = advice.guideline.terms
    wanted = {
        (terms[term].name.en, asks(each).against if told else None) for each in fired for term in asks(each).terms
    }
    answers = {each.id: each in fired for each in advice.guideline.recommendations}
    return {"Warning signs": advice.gate.answer == "yes", **answers, "requests": wanted}


def flat(one: Exported, said: Json, told: bool) -> dict[str, object]:
    """The same of theirs."""
    fired = {url.rpartition("/")[2].removeprefix(f"{one.id}-") for url in said["fired"]}
    requests: Any = {(each["code"], each["doNotPerform"] if told else None) for each in said["requests"]}
    assert {each["intent"] for each in said["requests"]} <= {"proposal"}
    answers = {each.id: each.id in fired for each in one.plan.guideline.recommendations}
    return {"Warning signs": "Warning signs" in said["gate"], **answers, "requests": requests}


def test_a_difference_is_told(exported: Callable[[str], Exported]) -> None:
    one = exported("teaching")
    sips, *_ = dancers()
    said = {"id": "sips", "fired": [], "gate": ["Warning signs"], "requests": []}
    assert {each.what for each in compared(one, [sips], [said], True).differences} >= {"Warning signs", "requests"}
