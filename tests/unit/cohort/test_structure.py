"""Every resource is FHIR R4, refers to what is there, and is read by the reader of records."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from gradeline.codes import SIDES
from gradeline.cohort.notes.shapes import SKS_ADDRESSES
from gradeline.cohort.simulate import simulate
from gradeline.records import fhir
from tests.unit.cohort.conftest import Written, written

# What FHIR R4 (4.0.1) requires of each type, what its status may be, and which elements we know it to have.
REQUIRED = {
    "Organization": "name", "Patient": "", "Encounter": "status class", "Condition": "subject",
    "Observation": "status code", "Procedure": "status subject", "ServiceRequest": "status intent subject",
    "MedicationRequest": "status intent medicationCodeableConcept subject", "ImagingStudy": "status subject",
    "DiagnosticReport": "status code",
}  # fmt: skip
STATUSES = {
    "Encounter": "planned arrived triaged in-progress onleave finished cancelled entered-in-error unknown",
    "Observation": "registered preliminary final amended corrected cancelled entered-in-error unknown",
    "Procedure": "preparation in-progress not-done on-hold stopped completed entered-in-error unknown",
    "ServiceRequest": "draft active on-hold revoked completed entered-in-error unknown",
    "MedicationRequest": "active on-hold cancelled completed entered-in-error stopped draft unknown",
    "ImagingStudy": "registered available cancelled entered-in-error unknown",
    "DiagnosticReport": "registered partial preliminary final amended corrected appended cancelled entered-in-error",
}
ELEMENTS = {
    "Organization": "active identifier type name address partOf",
    "Patient": "meta identifier active name gender birthDate deceasedDateTime address generalPractitioner",
    "Encounter": "status class serviceType subject period serviceProvider reasonCode reasonReference",
    "Condition": "clinicalStatus verificationStatus category code subject encounter onsetDateTime abatementDateTime "
    "recordedDate",
    "Observation": "basedOn status category code subject encounter effectiveDateTime issued valueQuantity valueBoolean "
    "valueCodeableConcept bodySite component",
    "Procedure": "basedOn status code subject performedDateTime performer reasonCode",
    "ServiceRequest": "extension status intent code subject authoredOn occurrenceDateTime requester performerType "
    "reasonCode reasonReference",
    "MedicationRequest": "status intent medicationCodeableConcept subject authoredOn requester",
    "ImagingStudy": "basedOn status modality subject started procedureCode",
    "DiagnosticReport": "basedOn status category code subject effectiveDateTime issued result imagingStudy",
}
DATE = r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?"
MOMENT = rf"{DATE}|\d{{4}}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|\+0[12]:00)"
INSTANT = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|\+0[12]:00)"
DATES = {
    "birthDate": DATE, "deceasedDateTime": MOMENT, "onsetDateTime": MOMENT, "abatementDateTime": MOMENT,
    "recordedDate": MOMENT, "effectiveDateTime": MOMENT, "performedDateTime": MOMENT, "authoredOn": MOMENT,
    "occurrenceDateTime": MOMENT, "started": MOMENT, "issued": INSTANT, "start": MOMENT, "end": MOMENT,
}  # fmt: skip
TYPES = list(REQUIRED)


def inside(value: Any) -> Iterator[tuple[str, Any]]:
    """Everything inside a resource, with its name."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield name, inner
            yield from inside(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from inside(inner)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("cohort") / "export"
    simulate(500, out, seed=4, truth=True)
    return out


@pytest.fixture(scope="module")
def resources(folder: Path) -> dict[str, list[dict[str, Any]]]:
    return {
        type: [json.loads(line) for line in (folder / f"{type}.ndjson").read_bytes().splitlines()] for type in TYPES
    }


@pytest.mark.parametrize("type", TYPES)
class TestType:
    def test_has_what_is_required_and_nothing_unknown(self, type: str, resources: dict[str, list[Any]]) -> None:
        assert resources[type]
        known = {"resourceType", "id", *ELEMENTS[type].split()}
        for one in resources[type]:
            assert one["resourceType"] == type
            assert re.fullmatch(r"[A-Za-z0-9.-]{1,64}", one["id"])
            assert not set(REQUIRED[type].split()) - one.keys()
            assert not one.keys() - known
            assert one.get("status", "final") in STATUSES.get(type, "final").split()

    def test_has_dates_as_they_are_written(self, type: str, resources: dict[str, list[Any]]) -> None:
        for one in resources[type]:
            for name, value in inside(one):
                assert name not in DATES or re.fullmatch(DATES[name], value), (one["id"], name, value)

    def test_has_an_id_once(self, type: str, resources: dict[str, list[Any]]) -> None:
        assert max(Counter(one["id"] for one in resources[type]).values()) == 1

    def test_holds_no_empty_element_and_codes_have_systems(self, type: str, resources: dict[str, list[Any]]) -> None:
        for one in resources[type]:
            for name, value in inside(one):
                assert value not in ("", [], {}, None), (one["id"], name)
                if name == "coding":
                    assert all(coding["system"] and coding["code"] for coding in value)


def test_references_lead_somewhere(resources: dict[str, list[Any]]) -> None:
    there = {f"{type}/{one['id']}" for type, listed in resources.items() for one in listed}
    for listed in resources.values():
        for one in listed:
            assert not [value for name, value in inside(one) if name == "reference" and value not in there], one["id"]


def test_conditions_keep_the_rules_on_their_status(resources: dict[str, list[Any]]) -> None:
    """con-3, con-4 and con-5 of FHIR R4."""
    for one in resources["Condition"]:
        clinical = one.get("clinicalStatus", {}).get("coding", [{}])[0].get("code")
        wrong = one["verificationStatus"]["coding"][0]["code"] == "entered-in-error"
        assert wrong == (clinical is None)
        assert "abatementDateTime" not in one or clinical == "resolved"
        assert clinical != "resolved" or "abatementDateTime" in one  # Over, and nobody knows when: over on every day.


def test_the_reader_accounts_for_every_resource(folder: Path) -> None:
    patients = 0
    extract = fhir.Extract(str(folder))
    with closing(extract.pages):
        for record in extract:
            used = {fact.key.split("#")[0] for fact in record.facts}
            assert not record.unread
            assert record.resources == 1 + len(used) + record.unused.total()
            assert {why for _, why in record.unused} <= {"revoked", "entered in error"}
            patients += 1
    assert patients == 500
    assert {Path(name).name for name in extract.pages.skipped} == {"source.yaml", "patients.jsonl"}


def test_it_has_the_danish_shape(ill: Written) -> None:
    """Both addresses of SKS, supplementary codes, ICPC-2, SNOMED CT, several codings, refusals, local codes."""
    codings = [
        coding
        for kind in ("Condition", "ServiceRequest", "Procedure", "ImagingStudy")
        for one in ill.resources[kind]
        for name, value in inside(one)
        if name == "coding"
        for coding in value
    ]
    systems = Counter(coding["system"] for coding in codings)
    for system in (*SKS_ADDRESSES, "urn:oid:1.2.208.176.2.31", "http://snomed.info/sct"):
        assert systems[system] > 100, system
    supplements = {part for coding in codings if "+" in coding["code"] for part in coding["code"].split("+")[1:]}
    assert {*SIDES} - {"TUL3"} <= supplements
    assert {"BZPH", "BZPJ"} <= supplements
    regions = {each["state"] for one in ill.resources["Patient"] for each in one["address"] if "state" in each}
    assert len(regions) == 5


def test_general_practice_has_one_code_for_it(ill: Written) -> None:
    """Every diagnosis in ICPC-2 but the chiropractors', who may add a SNOMED CT code, is L86 and nothing else."""
    services = {one["id"]: one["serviceType"] for one in ill.resources["Encounter"]}
    found = 0
    for one in ill.resources["Condition"]:
        encounter = one.get("encounter", {}).get("reference", "/").split("/")[1]
        coded = services.get(encounter, {}).get("coding", [{}])
        if coded[0].get("code") == "394814009":
            assert [coding["code"] for coding in one["code"]["coding"]] == ["L86"]
            found += 1
    assert found > 1000


def test_nobody_has_a_problem_before_they_are_born() -> None:
    """Children above all, of whom a problem of years may be older than they are."""
    children = "people:\n  children: 100 %, assumed\n  young: 0 %, assumed\n  middle aged: 0 %, assumed\n"
    found = written(children, 2, 600)
    born = {one["id"]: one["birthDate"] for one in found.resources["Patient"]}
    problems = [one for one in found.resources["Condition"] if "encounter" not in one]
    assert len(problems) > 10
    for one in problems:
        assert one["recordedDate"] > born[one["subject"]["reference"].split("/")[1]], one["id"]
