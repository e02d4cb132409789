"""The exported CQL, translated by the reference translator and run by cql-execution, gives our answers.

Both sides read the same FHIR: what is held equal is reading, logic and time together.
"""

from __future__ import annotations

import json
import os
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice
from pathlib import Path
from random import Random

import pytest

import gradeline as gl
from gradeline.cohort.simulate import simulate
from gradeline.dates import Day, day
from gradeline.evaluate.patient.chart import chart
from gradeline.exchange.agreement import Asked, Tally, compared, lines
from gradeline.exchange.canonical import named
from gradeline.exchange.cql import files
from gradeline.exchange.engines import Engines
from gradeline.model.guideline import Guideline
from gradeline.plan.plan import Plan, compile
from gradeline.source.cases import cases
from gradeline.source.reader import read
from gradeline.source.shipped import find
from tests.agree.account import note
from tests.agree.bundles import bundle

MANY = os.environ.get("HYPOTHESIS_PROFILE") == "agree"
PATIENTS, EVERY_DAY = (2000, 100) if MANY else (200, 4)
SICK = """\
illness:
  adults a year: 40 %, assumed
  severe: 60 %, assumed
  stays severe: 60 %, assumed
  warning sign: 4 %, assumed
background:
  contacts a year of the young: 1, assumed
  contacts a year of the middle aged: 1, assumed
  contacts a year of the old: 1, assumed
"""
"""Nearly everybody has an episode: where nothing happens, nothing can differ."""
FILES = {
    "lumbar-nerve-root": find("lumbar-nerve-root"),
    "teaching": Path(__file__).parents[1] / "guidelines" / "teaching" / "guideline.yaml",
}


@dataclass(frozen=True)
class Library:
    """A guideline with its library, translated."""

    plan: Plan
    elm: bytes
    sets: bytes
    engines: Engines

    def compared(self, asked: Iterable[Asked]) -> Tally:
        patients = tuple(asked)
        return compared(self.plan, patients, self.engines.answers(self.elm, self.sets, lines(patients)))


@cache
def library(id: str, engines: Engines) -> Library:
    """Translated without any error or warning, else UsageError tells them."""
    guideline = read(FILES[id])
    made, name = files(guideline), named(guideline)
    elm = engines.translate(made[f"{name}.cql"].decode())
    return Library(compile(guideline), elm, made[f"{name}.valuesets.json"], engines)


def same(tally: Tally, what: str) -> None:
    if MANY:
        note("cql-execution", what, tally)
    assert not tally.differences, "\n".join(map(str, tally.differences[:20]))


# The cases


@pytest.mark.parametrize("id", FILES)
def test_the_cases_of_a_guideline(id: str, engines: Engines) -> None:
    asked_of = library(id, engines)
    tally = asked_of.compared(of_cases(asked_of.plan.guideline, FILES[id]))
    assert tally.patients >= 80
    same(tally, f"cases of {id}")


def of_cases(guideline: Guideline, file: Path) -> Iterator[Asked]:
    """Each case as FHIR, read back by us and read by them."""
    for case in cases(file.with_name("cases.yaml"), guideline):
        resources = [each["resource"] for each in bundle(case.record)["entry"]]
        yield Asked(case.name, gl.record(resources), resources, (case.on.toordinal(),))


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


# The samples


def test_the_sample_patients(engines: Engines) -> None:
    tally = library("lumbar-nerve-root", engines).compared(of_samples())
    assert tally.patients == 10
    same(tally, "sample patients")


def of_samples() -> Iterator[Asked]:
    """On the day that each names, and on two others."""
    for file in sorted(FILES["lumbar-nerve-root"].with_name("samples").glob("*.json")):
        record = gl.record(file)
        assert record.day
        resources = [each["resource"] for each in json.loads(file.read_bytes())["entry"]]
        yield Asked(file.stem, record, resources, (record.day - 50, record.day, record.day + 27))


# A simulated cohort


@pytest.fixture(scope="module")
def cohort(tmp_path_factory: pytest.TempPathFactory) -> tuple[Asked, ...]:
    """Simulated patients, each with a day of its own; one in five is of the ordinary cohort."""
    out = tmp_path_factory.mktemp("cohort")
    (out / "sick.yaml").write_text(SICK, "utf-8")
    few = PATIENTS // 5
    simulate(PATIENTS - few, out / "sick", seed=7, parameters=out / "sick.yaml")
    simulate(few, out / "ordinary", seed=8)
    plan = compile(gl.guideline("lumbar-nerve-root"))
    return tuple(one for folder in ("sick", "ordinary") for one in simulated(plan, out / folder))


def simulated(plan: Plan, folder: Path) -> Iterator[Asked]:
    """Each patient of a cohort, asked soon after a recording of the condition, or at some time."""
    of: dict[str, list[dict]] = defaultdict(list)
    for file in sorted(folder.glob("*.ndjson")):
        for resource in map(json.loads, file.read_text("utf-8").splitlines()):
            key = f"Patient/{resource['id']}" if resource["resourceType"] == "Patient" else ""
            of[key or (resource.get("subject") or {}).get("reference", "")].append(resource)
    for number, (key, resources) in enumerate(sorted(of.items())):
        if key:
            record, chance = gl.record(resources), Random(number)
            known = sorted(entry.fact.known for entry in chart(plan, record).index)
            asked: Day = (
                chance.choice(known) + chance.choice((0, 1, 10, 30, 60, 83, 90)) if known else day("2025-06-01")
            )
            yield Asked(f"{folder.name} {key}", record, resources, (asked,))


def test_simulated_patients(cohort: tuple[Asked, ...], engines: Engines) -> None:
    asked_of = library("lumbar-nerve-root", engines)
    assert len(cohort) == PATIENTS
    assert sum(1 for each in cohort if chart(asked_of.plan, each.record).index) > PATIENTS // 3
    same(asked_of.compared(cohort), "simulated patients")


def test_simulated_patients_on_any_day(cohort: tuple[Asked, ...], engines: Engines) -> None:
    """On days from the first recording of the condition until after the horizon."""
    asked_of = library("lumbar-nerve-root", engines)
    ill = (each for each in cohort if chart(asked_of.plan, each.record).index)
    asked = (replace(each, days=any_day(asked_of.plan, each)) for each in islice(ill, EVERY_DAY))
    same(asked_of.compared(asked), "simulated patients, any day")


def any_day(plan: Plan, asked: Asked) -> tuple[Day, ...]:
    """Every second day of some months; in the quick test every fifth."""
    first = min(entry.fact.known for entry in chart(plan, asked.record).index)
    return tuple(range(first, first + 120, 2 if MANY else 5))


# That it can fail


def test_a_difference_is_told(engines: Engines) -> None:
    asked_of = library("lumbar-nerve-root", engines)
    (sample,) = (each for each in of_samples() if each.id == "week-nine")
    other = replace(sample, record=gl.record(FILES["lumbar-nerve-root"].with_name("samples") / "fresh-episode.json"))
    assert asked_of.compared([other]).differences


def test_an_account_is_kept(tmp_path: Path) -> None:
    page = tmp_path / "agreement.md"
    page.write_text("# Same\n\n|---|---|---|---|---|---|\n| z | cases | 1 | 1 | 1 | 0 |\n", "utf-8")
    for patients in (3, 4):
        note("a", "cases", Tally(patients, 5, 6000), page)
    assert page.read_text("utf-8").splitlines()[3:] == [
        "| a | cases | 4 | 5 | 6,000 | 0 |",
        "| z | cases | 1 | 1 | 1 | 0 |",
    ]


# What the docs say of the engine


QUIRKS = """\
library Quirks version '1'
using FHIR version '4.0.1'
parameter "Days" List<Date>
context Patient
define "Answers on each day": {
  Tuple{ once: Count(({ true, true }) X where X), every: Count(({ true, true }) X where X return all X),
    flat: flatten { { 1 }, null as List<Integer> } } }
"""


def test_what_the_library_writes_around(engines: Engines) -> None:
    sets = json.dumps({"entry": []}).encode()
    patient = {"resourceType": "Bundle", "entry": [{"resource": {"resourceType": "Patient", "id": "a"}}]}
    (said,) = engines.answers(engines.translate(QUIRKS), sets, [{"id": "a", "days": [], "bundle": patient}])
    assert said["answers"] == [{"once": 1, "every": 2, "flat": [[1], None]}]
