"""A simulated record never says for sure what is not true: read under its `source.yaml`, against what was meant."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

import orjson
import pytest
import yaml

import gradeline as gl
from gradeline.codes import Coding
from gradeline.cohort import meant
from gradeline.cohort.simulate import simulate
from gradeline.dates import Day, day
from gradeline.evaluate.advice import Advice, advise
from gradeline.logic import NO, UNKNOWN, YES
from gradeline.plan.capture import RECORD, Capture
from gradeline.plan.plan import Plan, compile
from gradeline.records import fhir
from gradeline.records.facts import Record

PARAMETERS = """
illness:
  adults a year: 33 %, assumed
  warning sign: 5 %, assumed
recording:
  scores always: 50 %, assumed
  onset: 30 %, assumed
background:
  contacts a year of the young: 1, assumed
  contacts a year of the middle aged: 1, assumed
  contacts a year of the old: 1, assumed
"""
PATIENTS = 150
WITH_REASONS = ("mri", "acupuncture", "extraforaminal-injection")
"""What is judged by its recorded reasons."""


class Plans(NamedTuple):
    """The guideline as the source lets it be read, and as a perfect record would."""

    source: Plan
    truth: Plan
    end: Day


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("cohort")
    (out / "parameters.yaml").write_text(PARAMETERS, "utf-8")
    simulate(PATIENTS, out / "export", seed=11, parameters=out / "parameters.yaml", truth=True)
    return out / "export"


@pytest.fixture(scope="module")
def plans(folder: Path) -> Plans:
    told = yaml.load((folder / "source.yaml").read_text("utf-8"), Loader=yaml.BaseLoader)
    guideline = gl.guideline("lumbar-nerve-root")
    partial = {each["term"] for each in told["captures"] if each["how"] == "partial"}
    captured = {each["term"]: NO for each in told["captures"] if each["term"] not in partial}
    local = {Coding(each["system"], each["code"]): each["means"] for each in told["local codes"]}
    source = compile(guideline, Capture(actions=UNKNOWN, by_term=captured), local)
    return Plans(source, compile(guideline, RECORD), day(told["to"]))


def asked(truth: dict[str, Any], end: Day) -> Iterator[Day]:
    """Days of an episode: its first contact, each order, the last of the guideline's days and the one after."""
    for episode in truth["episodes"]:
        seen = [day(each["day"]) for each in episode["contacts"] if each["recorded"]]
        onset = day(episode["onset"])
        days = {*seen[:1], *seen[-1:], onset + 84, onset + 85}
        days |= {day(each["ordered"]) for each in episode["actions"] if each["ordered"]}
        yield from sorted(each for each in days if seen and seen[0] <= each <= end)


def sure_and_wrong(said: Advice, true: Advice, reasoned: Advice) -> Iterator[str]:
    """What the record says for sure, and the truth otherwise."""
    if said.gate.answer == "yes" or true.gate.answer == "yes":
        if true.population.truth is YES and said.gate.answer != true.gate.answer:
            yield "gate"
        return
    if said.population.truth not in (UNKNOWN, true.population.truth):
        yield "population"
    for ours, theirs, weighed in zip(said.recommendations, true.recommendations, reasoned.recommendations, strict=True):
        id = ours.recommendation.id
        if ours.applies.truth not in (UNKNOWN, theirs.applies.truth):
            yield f"{id} applies"
        meant = weighed if id in WITH_REASONS else theirs
        if theirs.applies.truth is YES and ours.practice not in ("unknown", None, meant.practice):
            yield f"{id}: {ours.practice}, in truth {meant.practice}"


def records(folder: Path) -> Iterator[Record]:
    extract = fhir.Extract(str(folder))
    with closing(extract.pages):
        yield from extract


@pytest.mark.slow
def test_what_is_sure_is_true(folder: Path, plans: Plans) -> None:
    truths = {
        one["patient"]: one
        for one in map(orjson.loads, (folder / "truth" / "patients.jsonl").read_bytes().splitlines())
    }
    wrong, asks, told = [], 0, 0
    for record in records(folder):
        truth = truths[record.patient.id]
        perfect, weighed = meant.record(truth), meant.record(truth, only_recorded_scores=True)
        for on in asked(truth, plans.end):
            said, true = advise(plans.source, record, on), advise(plans.truth, perfect, on)
            found = sure_and_wrong(said, true, advise(plans.truth, weighed, on))
            wrong += [f"{record.patient.id}, {on}: {each}" for each in found]
            asks, told = asks + 1, told + (said.population.truth is not UNKNOWN)
    assert not wrong
    assert asks > 400
    assert told > 80
