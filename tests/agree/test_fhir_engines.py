"""The exported package run by engines of others: what `$apply` fires and what Measures count is what we say."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import pytest

import gradeline as gl
from gradeline.codes import OWN
from gradeline.dates import END, day, shift
from gradeline.evaluate.patient.chart import chart
from gradeline.evaluate.patient.episodes import episodes
from gradeline.exchange.canonical import Canonical, named
from gradeline.exchange.fhir.answers import ENDING
from gradeline.exchange.package import logic, package
from gradeline.logic import UNKNOWN, YES
from gradeline.model.forms import ByATime
from gradeline.model.guideline import Guideline
from gradeline.plan.plan import Plan, compile
from gradeline.records.facts import Record
from gradeline.source.cases import cases
from gradeline.source.reader import read
from gradeline.source.shipped import HERE
from tests.agree.bundles import bundle
from tests.engines import validators

Json = dict[str, Any]
ON = "2026-11-23"
PERIOD = "2020-01-01", "2027-12-31"
SAMPLES = HERE / "lumbar-nerve-root" / "samples"
LOST = {"encender": "a ServiceRequest that it makes has no doNotPerform"}
"""Where another engine is wrong, with what it does; see docs/how-to/load-into-a-fhir-server.md."""


class Exported(NamedTuple):
    """A guideline as we run it, and as others do."""

    plan: Plan
    transaction: Path

    @property
    def guideline(self) -> Guideline:
        return self.plan.guideline


@pytest.fixture(scope="session")
def exported(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path], Exported]:
    made: dict[Path, Exported] = {}

    def export(file: Path) -> Exported:
        if file not in made:
            guideline, kept = read(file), request.config.cache.mkdir("elm")
            elm = validators.elm(logic(guideline, Canonical()), f"{named(guideline)}{ENDING}", kept)
            target = tmp_path_factory.mktemp("exported") / "transaction.json"
            target.write_bytes(package(guideline, file.read_bytes(), Canonical(), elm)["transaction.json"])
            made[file] = Exported(compile(guideline), target)
        return made[file]

    return export


@pytest.fixture(scope="session")
def lumbar(exported: Callable[[Path], Exported]) -> Exported:
    return exported(HERE / "lumbar-nerve-root" / "guideline.yaml")


@pytest.fixture(scope="session")
def teaching(exported: Callable[[Path], Exported], root: Path) -> Exported:
    return exported(root / "tests" / "guidelines" / "teaching" / "guideline.yaml")


def samples() -> dict[str, Json]:
    return {file.stem: json.loads(file.read_bytes()) for file in sorted(SAMPLES.glob("*.json"))}


def dancer(id: str, *resources: Json) -> Json:
    """A patient of the teaching guideline: hiccups since 10 November, caught dancing, and what else is said."""
    hiccups = {"resourceType": "Condition", "code": own("polka-hiccups"), "onsetDateTime": "2026-11-10"}
    danced = {"resourceType": "Observation", "status": "final", "code": own("danced-polka"),
              "effectiveDateTime": "2026-11-10", "valueBoolean": True}  # fmt: skip
    patient = {"resourceType": "Patient", "id": id, "birthDate": "1980-02-03", "gender": "male"}
    rows = [{**hiccups, "recordedDate": "2026-11-11"}, danced, *resources]
    about = [
        {**each, "id": f"{id}-{number}", "subject": {"reference": f"Patient/{id}"}} for number, each in enumerate(rows)
    ]
    return {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": each} for each in (patient, *about)]}


def own(code: str) -> Json:
    return {"coding": [{"system": OWN, "code": code}]}


def done(code: str, on: str) -> Json:
    return {"resourceType": "Procedure", "status": "completed", "code": own(code), "performedDateTime": on}


def dancers() -> dict[str, Json]:
    declined = {"resourceType": "Procedure", "status": "not-done", "code": own("slow-sips"), "performedDateTime": "2026-11-12",
                "statusReason": {"coding": [{"system": "http://snomed.info/sct", "code": "105480006"}]}}  # fmt: skip
    fire = {"resourceType": "Condition", "code": own("hat-on-fire"), "recordedDate": "2026-11-12"}
    return {
        "sips": dancer("sips", done("slow-sips", "2026-11-12"), done("upside-down-drinking", "2026-11-13")),
        "nothing": dancer("nothing"),
        "declined": dancer("declined", declined, done("sitting-out", "2026-11-14")),
        "fire": dancer("fire", fire),
    }


def applied(one: Exported, patients: list[Asked]) -> list[Json]:
    """What encender fires, of each patient on a day."""
    return validators.node("apply.mjs", str(one.transaction), rows=[each._asdict() for each in patients])


class Asked(NamedTuple):
    """A patient, and the day that is asked about."""

    id: str
    on: str
    bundle: Json


def of_samples(one: Exported) -> list[Asked]:
    given = samples() if one.guideline.id == "lumbar-nerve-root" else dancers()
    return [Asked(id, ON, bundle) for id, bundle in given.items()]


def of_cases(one: Exported) -> list[Asked]:
    """Each case on its day; without `make agree` some of them, spread evenly."""
    found = cases(Path(one.guideline.file).with_name("cases.yaml"), one.guideline)
    step = 1 if os.environ.get("HYPOTHESIS_PROFILE") == "agree" else max(len(found) // 20, 1)
    return [Asked(each.name, each.on.isoformat(), bundle(each.record)) for each in found[::step]]


@pytest.mark.slow
@pytest.mark.parametrize("patients", [of_samples, of_cases])
@pytest.mark.parametrize("which", ["lumbar", "teaching"])
def test_apply_fires_what_we_advise(
    which: str, patients: Callable[[Exported], list[Asked]], request: pytest.FixtureRequest
) -> None:
    """encender: the same recommendations fire, each with its activities; where a sign stops, the gate and nothing else."""
    one: Exported = request.getfixturevalue(which)
    given = patients(one)
    found = applied(one, given)
    assert [each["id"] for each in found] == [each.id for each in given]
    for asked, theirs in zip(given, found, strict=True):
        assert "fault" not in theirs, theirs
        advice = gl.advise(one.plan, gl.record(asked.bundle), on=asked.on)
        ours = {each.recommendation.id for each in advice.recommendations if each.applies.truth is YES}
        assert {url.rpartition("/")[2].removeprefix(f"{one.guideline.id}-") for url in theirs["fired"]} == ours, (
            asked.id
        )
        assert ("Warning signs" in theirs["gate"]) == (advice.gate.answer == "yes"), asked.id
        assert {each["intent"] for each in theirs["requests"]} <= {"proposal"}
        assert {each["doNotPerform"] for each in theirs["requests"]} <= {None}, LOST["encender"]
    assert any(each["fired"] for each in found)


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


def counted(answers: list[dict[str, tuple[Any, str | None]]], id: str) -> dict[str, int]:
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


@pytest.mark.slow
def test_measures_count_what_we_count(lumbar: Exported) -> None:
    """fqm-execution, on a weak recommendation: counts of every answer, and no score."""
    chosen = ("mri-no-reason", "everything-in-place", "l86-no-onset", "warning-sign")
    given = {id: samples()[id] for id in chosen}
    rows = [{"id": id, "bundle": one} for id, one in given.items()]
    [report] = validators.node("measure.mjs", str(lumbar.transaction), *PERIOD, "lumbar-nerve-root-mri", rows=rows)
    answers = [at_the_horizon(lumbar.plan, gl.record(one)) for one in given.values()]
    theirs = {group: counts["initial-population"] for group, counts in report["counts"].items()}
    assert theirs == counted(answers, "mri")


@pytest.mark.slow
def test_a_strong_recommendation_is_a_proportion(teaching: Exported) -> None:
    """fqm-execution, on a strong recommendation: who followed it, of those to whom it applies."""
    given = dancers()
    rows = [{"id": id, "bundle": one} for id, one in given.items()]
    [report] = validators.node("measure.mjs", str(teaching.transaction), *PERIOD, "teaching-slow-sips", rows=rows)
    ours = counted([at_the_horizon(teaching.plan, gl.record(one)) for one in given.values()], "slow-sips")
    assert report["counts"]["slow-sips"] == {
        "initial-population": ours["slow-sips-population"],
        "denominator": ours["slow-sips-population"],
        "denominator-exclusion": ours["slow-sips-unknown"],
        "denominator-exception": ours["slow-sips-justified"],
        "numerator": ours["slow-sips-followed"],
    }
    assert 0 < ours["slow-sips-followed"] < ours["slow-sips-population"]
