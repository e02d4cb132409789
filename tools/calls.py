"""Sample calls of the hooks, made from the sample patients: `make docs` writes them, a test compares them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from gradeline.serve.hooks.call.keys import KEYS

FOLDER = Path(__file__).parents[1] / "gradeline" / "guidelines" / "lumbar-nerve-root"
DAY = "2026-11-23T12:00:00+01:00"
TEST = {"system": "http://terminology.hl7.org/CodeSystem/v3-ActReason", "code": "HTEST", "display": "test health data"}
INSTANCE = "d1577c69-dfbe-44ad-ba6d-3e05e953b2ea"
MRI = {"coding": [{"system": "http://snomed.info/sct", "code": "241648005"}], "text": "MRI of the lumbar spine"}
Plain = dict[str, Any]


def resources(sample: str) -> list[Plain]:
    """The resources of a sample patient; the Patient names the day that it is to be asked on."""
    document = json.loads((FOLDER / "samples" / f"{sample}.json").read_text("utf-8"))
    found = [entry["resource"] for entry in document["entry"]]
    for each in found:
        if each["resourceType"] == "Patient":
            each["meta"] = {"lastUpdated": DAY, "tag": [TEST]}
    return found


def prefetch(found: list[Plain]) -> Plain:
    """All of it under the keys of discovery."""
    made: Plain = {}
    for key in KEYS:
        kind = key.query.partition("?")[0].partition("/")[0]
        some = [each for each in found if each["resourceType"] == kind]
        entries = [{"resource": each} for each in some]
        bundle = {"resourceType": "Bundle", "type": "searchset"} | ({"entry": entries} if entries else {})
        if not key.medicine:
            made[key.name] = some[0] if key.read else bundle
    return made


def call(sample: str, hook: str, keys: tuple[str, ...] = (), **context: Any) -> Plain:
    """One call; with some keys alone where they are named."""
    given = prefetch(resources(sample))
    return {
        "hook": hook,
        "hookInstance": INSTANCE,
        "context": {"userId": "Practitioner/gp", "patientId": sample, **context},
        "prefetch": {key: value for key, value in given.items() if not keys or key in keys},
    }


def drafts(sample: str) -> Plain:
    """A draft order of an MRI."""
    order = {
        "resourceType": "ServiceRequest", "id": "draft-mri", "status": "draft", "intent": "order", "code": MRI,
        "subject": {"reference": f"Patient/{sample}"},
    }  # fmt: skip
    entry = {"fullUrl": "https://gradeline.example/fhir/ServiceRequest/draft-mri", "resource": order}
    return {"resourceType": "Bundle", "type": "collection", "entry": [entry]}


def calls() -> dict[Path, str]:
    """Each sample call by its file."""
    drafted = drafts("fresh-episode")
    made = {
        "patient-view": call("week-nine", "patient-view"),
        "encounter-start": call("l86-no-onset", "encounter-start", encounterId="l86-no-onset-encounter-1"),
        "warning-sign": call("warning-sign", "patient-view"),
        "partial": call("week-nine", "patient-view", ("patient", "conditions", "orders")),
        "order-select": call(
            "fresh-episode", "order-select", selections=["ServiceRequest/draft-mri"], draftOrders=drafted
        ),
        "order-sign": call("fresh-episode", "order-sign", draftOrders=drafted),
    }
    return {
        FOLDER / "calls" / f"{name}.json": json.dumps(one, ensure_ascii=False, indent=1) + "\n"
        for name, one in made.items()
    }
