"""Whose data it is: another patient's resource in a record is the worst error there is."""

from __future__ import annotations

import pytest

from gradeline.dates import SOME_DAY, day, interval
from gradeline.errors import RecordError
from gradeline.records.fhir import check_birth, record
from tests.unit.records.fhir_snippets import PATIENT, bundle, coded, make

OTHER = {"resourceType": "Patient", "id": "2", "birthDate": "1990"}
URN, SERVER = "urn:uuid:0a1b", "https://example.org/fhir/"


def about(reference, **elements):
    return make("Condition", subject=reference, **elements)


@pytest.mark.parametrize(
    "reference",
    [
        {"reference": "Patient/1"},
        {"reference": "Patient/1/_history/3"},
        {"reference": SERVER + "Patient/1"},
        {"reference": URN},
        {"reference": "Patient?identifier=urn:example|p1"},
        {"identifier": {"system": "urn:example", "value": "p1"}},
        {"type": "Patient", "identifier": {"system": "urn:example", "value": "p1"}},
        {"reference": "#p"},
    ],
)
def test_every_way_to_name_the_patient(reference):
    inside = {"resourceType": "Patient", "id": "p", "identifier": PATIENT["identifier"]}
    both = bundle(about(reference, contained=[inside]))
    both["entry"][0]["fullUrl"] = URN
    assert len(record(both).facts) == 1


@pytest.mark.parametrize(
    "kind", ["Condition", "Observation", "Encounter", "Immunization", "Claim", "AllergyIntolerance"]
)
def test_a_resource_of_another_patient_is_refused_whatever_its_type(kind):
    name = "patient" if kind in ("Immunization", "Claim", "AllergyIntolerance") else "subject"
    stranger = {"resourceType": kind, "id": "7", "status": "final", name: {"reference": "Patient/2"}}
    with pytest.raises(RecordError, match="is about Patient/2, and this is the record of Patient/1") as fault:
        record(bundle(stranger))
    assert "entry 2" in str(fault.value)


def test_the_same_id_on_another_server_is_another_patient():
    mixed = bundle(about({"reference": "https://other.example/fhir/Patient/1"}))
    mixed["entry"][0]["fullUrl"] = SERVER + "Patient/1"
    with pytest.raises(RecordError, match="is about Patient/1"):
        record(mixed)


@pytest.mark.parametrize(
    "reference",
    [
        {"reference": "urn:uuid:nobody"},
        {"identifier": {"system": "urn:oid:1.2.208.176.1.2", "value": "0302801234"}},
        {"reference": "#p"},
        {"type": "Patient", "reference": "urn:uuid:nobody"},
        {"display": "somebody"},
        {},
    ],
)
def test_a_subject_that_resolves_nowhere_is_an_error_without_its_identifier(reference):
    with pytest.raises(RecordError, match="the subject of Condition/7 is not in this record") as fault:
        record(bundle(make("Condition", subject=reference or {"display": ""})))
    assert "0302801234" not in str(fault.value)


def test_one_identifier_that_is_known_makes_no_other_reference_hers():
    known = about({"identifier": {"system": "urn:example", "value": "p1"}})
    unknown = about({"identifier": {"system": "urn:example", "value": "p2"}}, id="8")
    with pytest.raises(RecordError, match="the subject of Condition/8"):
        record(bundle(known, unknown))


@pytest.mark.parametrize(
    ("kind", "why"),
    [("Group", "about a Group, not about the patient"), ("Device", "about a Device, not about the patient")],
)
def test_what_is_about_a_thing_is_not_used(unused, kind, why):
    assert unused("Observation", subject={"reference": f"{kind}/5"}) == why


def test_without_a_subject_it_is_not_used(unused):
    assert unused("Observation", subject=None) == "no subject"


def test_a_group_session_is_the_patients_too():
    who = [{"actor": {"reference": f"Patient/{n}"}} for n in (1, 2)]
    assert len(record(bundle(make("Appointment", subject=None, participant=who, serviceType=[coded("c")]))).facts) == 1


def test_there_must_be_a_patient():
    with pytest.raises(RecordError, match="there is no Patient in it"):
        record(make("Condition"))
    with pytest.raises(RecordError, match="there is no Patient in it"):
        record({"resourceType": "Bundle", "type": "searchset"})


def test_of_several_patients_one_must_be_chosen():
    both = bundle(OTHER, make("Condition"), about({"reference": "Patient/2"}, id="8"))
    with pytest.raises(RecordError, match="it holds 2 patients, and none was chosen"):
        record(both)
    with pytest.raises(RecordError, match="there is no Patient/3 in it, which holds 2 patients"):
        record(both, "3")
    assert [one.key for one in record(both, "2").facts] == ["Condition/8"]
    assert [one.key for one in record(both, "Patient/1").facts] == ["Condition/7"]


def test_patients_without_ids_are_never_mixed():
    nameless = {"resourceType": "Patient"}
    assert record(bundle(patient=nameless)).patient.id == ""
    with pytest.raises(RecordError, match="has no id"):
        record(bundle(nameless, patient=nameless))
    lines = b'{"resourceType":"Bundle","entry":[{"resource":{"resourceType":"Patient"}}]}\n' * 2
    with pytest.raises(RecordError, match="it holds 2 patients"):
        record(lines)


@pytest.mark.parametrize(
    ("elements", "field", "expected"),
    [
        ({"birthDate": "1980-02"}, "birth", interval("1980-02")),
        ({"birthDate": None}, "birth", None),
        ({"gender": "male"}, "sex", "male"),
        ({"gender": "other"}, "sex", "other"),
        ({"gender": "unknown"}, "sex", None),
        ({}, "death", None),
        ({"deceasedBoolean": False}, "death", None),
        ({"deceasedBoolean": True}, "death", SOME_DAY),
        ({"deceasedDateTime": "2026-10-05T04:00:00Z"}, "death", interval("2026-10-05")),
        (
            {"address": [{"line": ["1 Street"], "postalCode": "8000", "city": "Aarhus", "state": "Midtjylland"}]},
            "place",
            "Midtjylland",
        ),
        ({"address": [{"city": "Aarhus"}]}, "place", "Aarhus"),
    ],
)
def test_the_person(elements, field, expected):
    assert getattr(record(bundle(patient=PATIENT | elements)).patient, field) == expected


@pytest.mark.parametrize(
    ("elements", "what"),
    [
        ({"modifierExtension": [{"url": "urn:not"}]}, "has a modifier extension"),
        ({"implicitRules": "urn:rules"}, "has implicit rules"),
        ({"link": [{"type": "replaced-by", "other": {"reference": "Patient/9"}}]}, "was replaced by another"),
        ({"birthDate": "1980-02-30"}, "Patient/1, birthDate: there is no date '1980-02-30'"),
        ({"birthDate": 1980}, "Patient/1, birthDate: there is no date '1980'"),
    ],
)
def test_a_patient_that_must_not_be_used(elements, what):
    with pytest.raises(RecordError, match=what):
        record(bundle(patient=PATIENT | elements))


def test_a_birth_after_the_day_that_is_asked_about_is_refused():
    born = record(bundle(patient=PATIENT | {"birthDate": "2026-11"}))
    check_birth(born, day("2026-11-01"))
    with pytest.raises(RecordError, match="is born on 2026-11-01, after 2026-10-31"):
        check_birth(born, day("2026-10-31"))
