"""Small FHIR: a patient, and what is said of her."""

from __future__ import annotations

from typing import Any

import orjson

from gradeline.records.facts import Record

Resource = dict[str, Any]
PATIENT: Resource = {
    "resourceType": "Patient", "id": "1", "birthDate": "1980-02-03", "gender": "female",
    "identifier": [{"system": "urn:example", "value": "p1"}],
}  # fmt: skip
STATUS = {
    "Observation": "final", "Procedure": "completed", "ServiceRequest": "active", "MedicationRequest": "active",
    "MedicationStatement": "active", "MedicationAdministration": "completed", "ImagingStudy": "available",
    "DiagnosticReport": "final", "Communication": "completed", "CommunicationRequest": "active", "CarePlan": "active",
    "Encounter": "finished", "Appointment": "booked", "QuestionnaireResponse": "completed",
}  # fmt: skip


def coded(code: str, system: str = "urn:codes") -> Resource:
    """A CodeableConcept of one code."""
    return {"coding": [{"system": system, "code": code}]}


def make(kind: str, **elements: Any) -> Resource:
    """A resource about the patient, with an id, a status and a code unless they are given; None leaves one out."""
    resource = {"resourceType": kind, "id": "7", "subject": {"reference": "Patient/1"}, "code": coded("c")}
    if kind in STATUS:
        resource["status"] = STATUS[kind]
    return {name: value for name, value in (resource | elements).items() if value is not None}


def bundle(*resources: Resource, kind: str = "collection", patient: Resource | None = PATIENT) -> Resource:
    """A Bundle with the patient first."""
    everyone = ((patient,) if patient else ()) + resources
    return {"resourceType": "Bundle", "type": kind, "entry": [{"resource": resource} for resource in everyone]}


def lines(*resources: Resource) -> bytes:
    """Resources, one on each line."""
    return b"".join(orjson.dumps(resource) + b"\n" for resource in resources)


def accounted(found: Record) -> bool:
    """The patient, the sources of facts and what was not used are all resources."""
    sources = {fact.key.partition("#")[0] for fact in found.facts}
    return 1 + len(sources) + sum(found.unused.values()) == found.resources
