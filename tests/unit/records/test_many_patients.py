"""Many patients in one source: read one after the other, wherever their resources lie."""

from __future__ import annotations

import gzip
from contextlib import closing

import orjson
import pytest

from gradeline.errors import RecordError
from gradeline.records.fhir import Extract, record, records
from tests.unit.records.fhir_snippets import PATIENT, accounted, bundle, coded, lines, make

OTHER = {"resourceType": "Patient", "id": "2"}
CONDITIONS = [make("Condition", id=str(n), subject={"reference": f"Patient/{n % 2 + 1}"}) for n in range(6)]
LOG = {"exportId": "1", "eventId": "kickoff"}


def test_the_resources_of_patients_may_lie_anywhere(tmp_path):
    export = tmp_path / "export"
    export.mkdir()
    (export / "Condition.ndjson").write_bytes(lines(*CONDITIONS))
    (export / "Patient.ndjson.gz").write_bytes(gzip.compress(lines(OTHER, PATIENT)))
    (export / "log.ndjson").write_bytes(lines(LOG, LOG))
    (export / "manifest.json").write_bytes(orjson.dumps({"transactionTime": "2026-11-01T00:00:00Z", "output": []}))
    (export / "readme.txt").write_text("An export.")
    with closing(Extract(export)) as extract:
        found = {one.patient.id: one for one in extract}
        assert {patient: [one.key for one in each.facts] for patient, each in found.items()} == {
            "1": ["Condition/0", "Condition/2", "Condition/4"],
            "2": ["Condition/1", "Condition/3", "Condition/5"],
        }
        assert all(accounted(one) for one in found.values())
        assert {name.rpartition("/")[2]: count for name, count in extract.pages.skipped.items()} == {
            "log.ndjson": 2,
            "manifest.json": 1,
            "readme.txt": 1,
        }


def test_what_belongs_to_nobody_is_counted_once_and_found_when_referred_to():
    medicine = {"resourceType": "Medication", "id": "m", "code": coded("M01AE01")}
    orders = [
        make(
            "MedicationRequest",
            id=str(n),
            code=None,
            subject={"reference": f"Patient/{n}"},
            medicationReference={"reference": "Medication/m"},
        )
        for n in (1, 2)
    ]
    with closing(Extract(lines(medicine, PATIENT, *orders, OTHER, make("Observation", subject=None)))) as extract:
        assert [one.facts[0].codings[0].code for one in extract] == ["M01AE01", "M01AE01"]
        assert (extract.resources, sum(extract.unused.values())) == (2, 2)


def test_subjects_by_identifier_are_sorted_too():
    named = make("Condition", subject={"identifier": {"system": "urn:example", "value": "p1"}})
    found = {one.patient.id: len(one.facts) for one in records(lines(named, OTHER, PATIENT))}
    assert found == {"2": 0, "1": 1}


def test_a_contained_patient_is_known_by_any_of_its_identifiers():
    inside = {"resourceType": "Patient", "id": "p", "identifier": [*PATIENT["identifier"], {"value": "local"}]}
    named = make("Condition", subject={"reference": "#p"}, contained=[inside])
    assert {one.patient.id: len(one.facts) for one in records(lines(named, OTHER, PATIENT))} == {"2": 0, "1": 1}


@pytest.mark.parametrize("subject", [{"reference": "urn:uuid:nobody"}, {"identifier": {"value": "0302801234"}}])
def test_a_subject_that_is_nobody_is_an_error_and_loses_nothing_else(subject):
    group = bundle(OTHER, make("Condition", subject=subject), make("Condition", id="8"))
    faults = []
    found = {one.patient.id: len(one.facts) for one in records(group, faults.append)}
    assert found == {"1": 1, "2": 0}
    assert [str(fault).splitlines()[0] for fault in faults] == [
        "entry 3  the subject of Condition/7 is not in this data"
    ]


def test_a_bundle_of_one_patient_is_closed_even_among_others(tmp_path):
    (tmp_path / "a.json").write_bytes(orjson.dumps(bundle(make("Condition", subject={"reference": "Patient/2"}))))
    (tmp_path / "b.json").write_bytes(orjson.dumps(bundle(patient=OTHER)))
    with pytest.raises(RecordError, match="is about Patient/2, and this is the record of Patient/1"):
        list(records(tmp_path))


def test_two_pages_of_one_patient_are_one_record():
    found = list(records(lines(bundle(make("Condition")), bundle(make("Condition", id="8")))))
    assert [[one.key for one in each.facts] for each in found] == [["Condition/7", "Condition/8"]]
    assert found[0].unused == {("Patient", "the same resource again"): 1}


def test_two_people_with_one_id_are_never_one():
    with pytest.raises(RecordError, match="two different resources are called Patient/1"):
        list(records(lines(bundle(), bundle(patient=PATIENT | {"birthDate": "1950-01-01"}))))


def test_an_error_of_one_patient_does_not_hide_the_others():
    data = (
        lines(PATIENT, OTHER, make("Condition", onsetDateTime="2026-02-30"), CONDITIONS[1]) + b'{"resourceType": "Con'
    )
    faults = []
    found = [one.patient.id for one in records(data, faults.append)]
    assert found == ["2"]
    assert [str(one).splitlines()[0] for one in faults] == [
        "the data:5  JSON that is cut off",
        "the data:3  Condition/7, onsetDateTime: there is no date '2026-02-30'",
    ]
    with pytest.raises(RecordError, match="cut off"):
        list(records(data))


def test_resources_of_a_patient_who_is_not_described_are_an_error():
    data = lines(PATIENT, *CONDITIONS)
    faults = []
    assert [one.patient.id for one in records(data, faults.append)] == ["1"]
    assert "Condition/1 is about Patient/2, who is not in this data" in str(faults[0])
    with pytest.raises(RecordError, match="who is not in this data"):
        record(data)
    assert len(record(data, "1").facts) == 3


def test_a_deleted_patient_is_left_out():
    gone = {
        "resourceType": "Bundle",
        "type": "transaction",
        "entry": [{"request": {"method": "DELETE", "url": "Patient/2"}}],
    }
    with closing(Extract(lines(PATIENT, OTHER, *CONDITIONS, gone))) as extract:
        assert [one.patient.id for one in extract] == ["1"]


def test_only_places_are_kept_of_a_file_of_lines(tmp_path):
    path = tmp_path / "many.ndjson"
    padding = "x" * 1000
    patients = [{"resourceType": "Patient", "id": str(n), "text": {"div": padding}} for n in range(300)]
    conditions = [make("Condition", id=str(n), subject={"reference": f"Patient/{n % 300}"}) for n in range(900)]
    path.write_bytes(lines(*patients, *conditions))
    with closing(Extract(path)) as extract:
        assert not extract.pages.unpacked.read()
        assert sum(len(places) for places in extract.places.values()) == 1200
        assert {len(one.facts) for one in extract} == {3}
