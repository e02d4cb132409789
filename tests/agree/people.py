"""Who is asked of other engines: the cases of a guideline, sample patients, and simulated ones, all as FHIR."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import gradeline as gl
from gradeline.codes import OWN
from gradeline.cohort.simulate import simulate
from gradeline.dates import Day, day
from gradeline.evaluate.patient.chart import chart
from gradeline.exchange.agreement import Asked
from gradeline.model.guideline import Guideline
from gradeline.plan.plan import Plan, compile
from gradeline.source.cases import cases
from gradeline.source.shipped import find
from tests.agree.account import MANY
from tests.agree.bundles import bundle

Json = dict[str, Any]
FILES = {
    "lumbar-nerve-root": find("lumbar-nerve-root"),
    "teaching": Path(__file__).parents[1] / "guidelines" / "teaching" / "guideline.yaml",
}
SAMPLES = FILES["lumbar-nerve-root"].with_name("samples")
PATIENTS = 2000 if MANY else 200
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


def of_cases(guideline: Guideline, file: Path) -> Iterator[Asked]:
    """Each case as FHIR, read back by us and read by them."""
    for case in cases(file.with_name("cases.yaml"), guideline):
        resources = [each["resource"] for each in bundle(case.record)["entry"]]
        yield Asked(case.name, gl.record(resources), resources, (case.on.toordinal(),))


def of_samples() -> Iterator[Asked]:
    """The sample patients, on the day that each names."""
    for file in sorted(SAMPLES.glob("*.json")):
        record = gl.record(file)
        assert record.day
        yield Asked(
            file.stem, record, [each["resource"] for each in json.loads(file.read_bytes())["entry"]], (record.day,)
        )


def simulated(folder: Path) -> tuple[Asked, ...]:
    """Simulated patients, each with a day of its own; one in five is of the ordinary cohort."""
    (folder / "sick.yaml").write_text(SICK, "utf-8")
    few = PATIENTS // 5
    simulate(PATIENTS - few, folder / "sick", seed=7, parameters=folder / "sick.yaml")
    simulate(few, folder / "ordinary", seed=8)
    plan = compile(gl.guideline("lumbar-nerve-root"))
    return tuple(one for kind in ("sick", "ordinary") for one in _of(plan, folder / kind))


def _of(plan: Plan, folder: Path) -> Iterator[Asked]:
    """Each patient of a cohort, asked soon after a recording of the condition, or at some time."""
    of: dict[str, list[Json]] = defaultdict(list)
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


# Patients of the teaching guideline


def dancers() -> Iterator[Asked]:
    """Who sips, who does nothing, who declines, and who has a warning sign; on 23 November 2026."""
    declined = {"resourceType": "Procedure", "status": "not-done", "code": own("slow-sips"), "performedDateTime": "2026-11-12",
                "statusReason": {"coding": [{"system": "http://snomed.info/sct", "code": "105480006"}]}}  # fmt: skip
    fire = {"resourceType": "Condition", "code": own("hat-on-fire"), "recordedDate": "2026-11-12"}
    yield dancer("sips", done("slow-sips", "2026-11-12"), done("upside-down-drinking", "2026-11-13"))
    yield dancer("nothing")
    yield dancer("declined", declined, done("sitting-out", "2026-11-14"))
    yield dancer("fire", fire)


def dancer(id: str, *resources: Json) -> Asked:
    """A patient of the teaching guideline: hiccups since 10 November, caught dancing, and what else is said."""
    hiccups = {"resourceType": "Condition", "code": own("polka-hiccups"), "onsetDateTime": "2026-11-10"}
    danced = {"resourceType": "Observation", "status": "final", "code": own("danced-polka"),
              "effectiveDateTime": "2026-11-10", "valueBoolean": True}  # fmt: skip
    patient = {"resourceType": "Patient", "id": id, "birthDate": "1980-02-03", "gender": "male"}
    rows = [{**hiccups, "recordedDate": "2026-11-11"}, danced, *resources]
    about = [
        {**each, "id": f"{id}-{number}", "subject": {"reference": f"Patient/{id}"}} for number, each in enumerate(rows)
    ]
    return Asked(id, gl.record([patient, *about]), [patient, *about], (day("2026-11-23"),))


def own(code: str) -> Json:
    return {"coding": [{"system": OWN, "code": code}]}


def done(code: str, on: str) -> Json:
    return {"resourceType": "Procedure", "status": "completed", "code": own(code), "performedDateTime": on}
