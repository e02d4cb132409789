"""The exported CQL, translated by the reference translator and run by cql-execution, gives our answers.

Both sides read the same FHIR: what is held equal is reading, logic and time together.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice
from pathlib import Path

import pytest

import gradeline as gl
from gradeline.dates import Day
from gradeline.evaluate.patient.chart import chart
from gradeline.exchange.agreement import Asked, Tally, compared, lines
from gradeline.exchange.canonical import named
from gradeline.exchange.cql import files
from gradeline.exchange.engines import Engines
from gradeline.plan.plan import Plan, compile
from gradeline.source.cases import cases
from gradeline.source.reader import read
from tests.agree.account import MANY, fault, note, same
from tests.agree.by_sql import Json, beside_sql, days_of_audit, on_every_day
from tests.agree.mixed import mixed
from tests.agree.people import FILES, PATIENTS, SAMPLES, of_cases, of_samples

ENGINE = "cql-execution"
EVERY_DAY = 100 if MANY else 4


@dataclass(frozen=True)
class Library:
    """A guideline with its library, translated."""

    plan: Plan
    elm: bytes
    sets: bytes
    engines: Engines

    def answers(self, asked: Iterable[Asked]) -> list[Json]:
        return list(self.engines.answers(self.elm, self.sets, lines(asked)))

    def compared(self, asked: Iterable[Asked]) -> Tally:
        patients = tuple(asked)
        return compared(self.plan, patients, self.answers(patients))


@cache
def library(id: str, engines: Engines) -> Library:
    """Translated without any error or warning, else UsageError tells them."""
    guideline = read(FILES[id])
    made, name = files(guideline), named(guideline)
    elm = engines.translate(made[f"{name}.cql"].decode())
    return Library(compile(guideline), elm, made[f"{name}.valuesets.json"], engines)


# The cases


@pytest.mark.parametrize("id", FILES)
def test_the_cases_of_a_guideline(id: str, engines: Engines) -> None:
    asked_of = library(id, engines)
    tally = asked_of.compared(of_cases(asked_of.plan.guideline, FILES[id]))
    assert tally.patients >= 80
    same(ENGINE, f"cases of {id}", tally)


@pytest.mark.parametrize("id", FILES)
def test_a_case_as_fhir_says_what_the_case_says(id: str) -> None:
    guideline = read(FILES[id])
    plan = compile(guideline)
    for case, asked in zip(
        cases(FILES[id].with_name("cases.yaml"), guideline), of_cases(guideline, FILES[id]), strict=True
    ):
        written = [
            (each.applies.truth, each.practice) for each in gl.advise(plan, case.record, case.on).recommendations
        ]
        again = [(each.applies.truth, each.practice) for each in gl.advise(plan, asked.record, case.on).recommendations]
        assert written == again, case.name


@pytest.mark.parametrize("id", FILES)
def test_cases_run_into_one_another(id: str, engines: Engines) -> None:
    """What no case says and records hold: several episodes, acts on orders of something else, reasons of every kind."""
    asked_of = library(id, engines)
    tally = asked_of.compared(list(mixed(asked_of.plan.guideline, FILES[id], 3000 if MANY else 150)))
    same(ENGINE, f"cases of {id}, run into one another", tally)


# The samples, and a simulated cohort


def test_the_sample_patients(engines: Engines) -> None:
    """On the day that each names, and on two others."""
    asked = [replace(each, days=tuple(each.days[0] + far for far in (-50, 0, 27))) for each in of_samples()]
    tally = library("lumbar-nerve-root", engines).compared(asked)
    assert tally.patients == 10
    same(ENGINE, "sample patients", tally)


def test_simulated_patients(cohort: tuple[Asked, ...], engines: Engines) -> None:
    """Both of our evaluators: the one that advises, and SQL."""
    asked_of = library("lumbar-nerve-root", engines)
    assert len(cohort) == PATIENTS
    assert sum(1 for each in cohort if chart(asked_of.plan, each.record).index) > PATIENTS // 3
    said = asked_of.answers(cohort)
    same(ENGINE, "simulated patients", compared(asked_of.plan, cohort, said))
    by_sql = beside_sql(asked_of.plan, cohort, said)
    assert by_sql.patients > PATIENTS // 4
    same(ENGINE, "simulated patients, practice as SQL reads it", by_sql)


def test_simulated_patients_on_any_day(cohort: tuple[Asked, ...], engines: Engines) -> None:
    """On days from the first recording of the condition until after the horizon, and on those that an audit asks."""
    asked_of = library("lumbar-nerve-root", engines)
    ill = [each for each in cohort if chart(asked_of.plan, each.record).index]
    asked = [replace(each, days=any_day(asked_of.plan, each)) for each in islice(ill, EVERY_DAY)]
    said = asked_of.answers(asked)
    same(ENGINE, "simulated patients, any day", compared(asked_of.plan, asked, said))
    same(ENGINE, "simulated patients, any day, episodes as SQL counts them", on_every_day(asked_of.plan, asked, said))


def any_day(plan: Plan, asked: Asked) -> tuple[Day, ...]:
    """Every fourth day of some months, in the quick test every tenth; and each that an audit asks."""
    first = min(entry.fact.known for entry in chart(plan, asked.record).index)
    return tuple(sorted({*range(first, first + 120, 4 if MANY else 10), *days_of_audit(plan, asked.record)}))


# That it can fail


def test_a_difference_is_told(engines: Engines) -> None:
    asked_of = library("lumbar-nerve-root", engines)
    (sample,) = (each for each in of_samples() if each.id == "week-nine")
    other = replace(sample, record=gl.record(SAMPLES / "fresh-episode.json"))
    said = asked_of.answers([other])
    assert compared(asked_of.plan, [other], said).differences
    assert beside_sql(asked_of.plan, [other], said).differences


def test_an_account_is_kept(tmp_path: Path) -> None:
    page = tmp_path / "agreement.md"
    page.write_text(
        "# Same\n\n|---|---|---|---|---|---|\n\n## Faults\n\n|---|---|---|---|\n",
        "utf-8",
    )
    for patients in (3, 4):
        note("a", "cases", Tally(patients, 5, 6000), page)
        fault("a", "forgets", "`1 + 1`", patients, page)
    assert page.read_text("utf-8").splitlines()[3:] == [
        "| a | cases | 4 | 5 | 6,000 | 0 |",
        "",
        "## Faults",
        "",
        "|---|---|---|---|",
        "| a | forgets | `1 + 1` | 4 |",
    ]


# What the docs say of the engine


QUIRKS = """\
library Quirks version '1'
using FHIR version '4.0.1'
parameter "Days" List<Date>
context Patient
define "Answers on each day": {
  Tuple{ once: Count(({ true, true }) X where X), every: Count(({ true, true }) X where X return all X),
    flat: flatten { { 1 }, null as List<Integer> }, product: ToDecimal(1478000) * 10000000.0 } }
"""


def test_what_the_library_writes_around(engines: Engines) -> None:
    sets = json.dumps({"entry": []}).encode()
    patient = {"resourceType": "Bundle", "entry": [{"resource": {"resourceType": "Patient", "id": "a"}}]}
    (said,) = engines.answers(engines.translate(QUIRKS), sets, [{"id": "a", "days": [], "bundle": patient}])
    assert said["answers"] == [{"once": 1, "every": 2, "flat": [[1], None], "product": None}]
