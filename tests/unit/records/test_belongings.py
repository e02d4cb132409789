"""What belongs to an act: its reasons, its order, its parts, what stands inside it, who and where; questionnaires."""

from __future__ import annotations

import pytest

from gradeline.codes import Coding
from gradeline.dates import SOME_DAY, Interval, day, interval
from tests.unit.records.fhir_snippets import coded, make

SNOMED = "http://snomed.info/sct"
HL7 = "http://terminology.hl7.org/CodeSystem/"
REFUSES = coded("patient-refuses", HL7 + "non-adherence-reason-codes")


def test_reasons_are_facts_of_their_own_tied_to_what_they_explain(read):
    order = make(
        "ServiceRequest",
        id="3",
        authoredOn="2026-10-02",
        reasonCode=[coded("DM511+TUL1", "urn:oid:1.2.208.176.2.4.12"), {"text": "pain that does not go away"}],
        reasonReference=[{"reference": "Condition/4"}, {"reference": "Condition/99", "display": "slipped disc"}],
    )
    condition = make("Condition", id="4", code=coded("M51"), recordedDate="2026-09-30")
    found = [one for one in read(order, condition).facts if one.kind == "reason"]
    assert [one.key for one in found] == [f"ServiceRequest/3#reason-{n}" for n in (1, 2, 3, 4)]
    assert [one.of for one in found] == [("ServiceRequest/3",)] * 4
    assert [[coding.code for coding in one.codings] for one in found] == [["DM511+TUL1"], [], ["M51"], []]
    assert [one.text for one in found] == ["", "pain that does not go away", "", "slipped disc"]
    assert [one.side for one in found] == ["right", None, None, None]
    assert {(one.when, one.known, one.no_onset) for one in found} == {(interval("2026-10-02"), day("2026-10-02"), True)}


@pytest.mark.parametrize(
    ("verification", "sureness"), [("confirmed", "sure"), ("provisional", "possible"), ("refuted", "possible")]
)
def test_a_reason_is_as_sure_as_the_condition_that_it_names(read, verification, sureness):
    condition = make("Condition", id="4", verificationStatus=coded(verification, HL7 + "condition-ver-status"))
    order = make("ServiceRequest", reasonReference=[{"reference": "Condition/4"}])
    assert read(order, condition).facts[1].sureness == sureness


def test_a_reason_entered_in_error_is_none(read):
    wrong = make("Condition", id="4", verificationStatus=coded("entered-in-error", HL7 + "condition-ver-status"))
    found = read(make("ServiceRequest", reasonReference=[{"reference": "Condition/4"}]), wrong)
    assert [one.kind for one in found.facts] == ["order"]
    assert found.unread == {("ServiceRequest", "a reason that is not used: entered in error"): 1}


def test_the_diagnoses_of_a_contact_are_its_reasons(read):
    contact = make(
        "Encounter", code=None, diagnosis=[{"condition": {"reference": "Condition/4"}}], **{"class": {"code": "AMB"}}
    )
    found = read(contact, make("Condition", id="4", code=coded("M51"))).facts
    assert [(one.kind, one.codings[0].code) for one in found] == [
        ("contact", "AMB"),
        ("reason", "M51"),
        ("condition", "M51"),
    ]


def test_images_and_report_name_the_order_that_they_belong_to(read):
    found = read(
        make("ServiceRequest", id="3"),
        make("ImagingStudy", id="4", procedureCode=[coded("c")], basedOn=[{"reference": "ServiceRequest/3"}]),
        make(
            "DiagnosticReport",
            id="5",
            basedOn=[{"reference": "ServiceRequest/3"}],
            imagingStudy=[{"reference": "ImagingStudy/4"}],
        ),
        make("Procedure", id="6", basedOn=[{"reference": "ServiceRequest/99"}], partOf=[{"reference": "Procedure/8"}]),
    )
    assert [one.of for one in found.facts] == [
        (),
        ("ServiceRequest/3",),
        ("ServiceRequest/3", "ImagingStudy/4"),
        ("ServiceRequest/99", "Procedure/8"),
    ]
    assert found.unread == {("Procedure", "a reference to what is not in this record"): 2}


def test_a_report_states_its_conclusions_as_possible_until_it_is_final(facts):
    report = {"code": coded("24968-0", "http://loinc.org"), "conclusionCode": [coded("disc"), coded("none")]}
    found = facts("DiagnosticReport", status="preliminary", **report)
    assert [(one.key, one.kind, one.sureness) for one in found] == [
        ("DiagnosticReport/7", "procedure", "sure"),
        ("DiagnosticReport/7#1", "observation", "possible"),
        ("DiagnosticReport/7#2", "observation", "possible"),
    ]


def test_results_inside_a_report_are_statements_of_their_own(read):
    inside = [
        {"resourceType": "Observation", "id": "a", "status": "final", "code": coded("x"), "valueInteger": 3},
        {"resourceType": "Observation", "id": "b", "status": "cancelled", "code": coded("y")},
        {"resourceType": "Observation", "id": "c", "status": "final", "code": coded("z")},
    ]
    found = read(make("DiagnosticReport", contained=inside, result=[{"reference": "#a"}, {"reference": "#b"}]))
    assert [one.key for one in found.facts] == ["DiagnosticReport/7", "DiagnosticReport/7#a"]
    assert found.unread == {
        ("DiagnosticReport", "a resource inside it: cancelled"): 1,
        ("DiagnosticReport", "Observation inside it, to which nothing refers"): 1,
    }


def test_a_medicine_is_found_by_its_reference_inside_and_outside(read):
    medicine = {"resourceType": "Medication", "id": "m", "code": coded("M01AE01")}
    inside = make("MedicationRequest", id="1", code=None, contained=[medicine], medicationReference={"reference": "#m"})
    outside = make("MedicationRequest", id="2", code=None, medicationReference={"reference": "Medication/m"})
    found = read(inside, outside, medicine)
    assert [one.codings[0].code for one in found.facts] == ["M01AE01", "M01AE01"]


def test_the_activities_of_a_plan_are_facts_and_the_plan_is_not(read):
    plan = make(
        "CarePlan",
        intent="plan",
        created="2026-10-01",
        period={"start": "2026-10-05", "end": "2026-12-31"},
        addresses=[{"reference": "Condition/4"}],
        activity=[
            {"detail": {"status": "scheduled", "code": coded("exercise"), "scheduledPeriod": {"start": "2026-10-12"}}},
            {"detail": {"status": "completed", "code": coded("advice")}},
            {"detail": {"status": "cancelled", "code": coded("traction")}},
            {"detail": {"status": "cancelled", "code": coded("needles"), "statusReason": REFUSES}},
            {"detail": {"status": "in-progress", "code": coded("bed"), "doNotPerform": True}},
            {"reference": {"reference": "ServiceRequest/3"}},
        ],
    )
    found = read(plan, make("Condition", id="4", code=coded("M51")))
    acts = [one for one in found.facts if one.kind == "order"]
    assert [(one.key, one.status, one.declined) for one in acts] == [
        ("CarePlan/7#1", "planned", False),
        ("CarePlan/7#2", "done", False),
        ("CarePlan/7#4", "negated", True),
        ("CarePlan/7#5", "negated", False),
    ]
    assert acts[0].when == interval("2026-10-12")
    assert acts[1].when == Interval(day("2026-10-05"), day("2026-12-31"))
    assert {one.known for one in acts} == {day("2026-10-01")}
    reason = next(one for one in found.facts if one.kind == "reason")
    assert reason.of == tuple(one.key for one in acts)
    assert found.unread == {("CarePlan", "a part that is not used: cancelled"): 1}


def test_what_was_done_of_a_plan_that_was_withdrawn_stays_done(facts):
    activities = [
        {"detail": {"status": status, "code": coded(status)}} for status in ("completed", "scheduled", "unknown")
    ]
    found = facts("CarePlan", status="revoked", activity=activities)
    assert [one.codings[0].code for one in found] == ["completed"]


def test_who_and_where(read):
    contact = make(
        "Encounter",
        code=None,
        type=[coded("visit")],
        participant=[{"individual": {"reference": "PractitionerRole/5"}}],
        serviceProvider={"reference": "Organization/6"},
    )
    role = {"resourceType": "PractitionerRole", "id": "5", "specialty": [coded("394801008", SNOMED)]}
    found = read(contact, role, {"resourceType": "Organization", "id": "6"}).facts[0]
    assert (found.specialty, found.unit) == (f"{SNOMED}|394801008", "Organization/6")


def test_who_in_words_and_where_by_an_identifier(fact):
    found = fact(
        "ServiceRequest",
        performerType={"text": "spine surgeon"},
        requester={"identifier": {"system": "urn:oid:1.2.208.176.1.1", "value": "6071000016008"}},
    )
    assert (found.specialty, found.unit) == ("spine surgeon", "urn:oid:1.2.208.176.1.1|6071000016008")


QUESTIONS = {
    "resourceType": "Questionnaire",
    "id": "q",
    "url": "urn:q",
    "item": [
        {"linkId": "1", "code": [{"system": "urn:codes", "code": "numb"}]},
        {"linkId": "2", "item": [{"linkId": "2.1", "code": [{"system": "urn:codes", "code": "pain"}]}]},
        {"linkId": "3", "code": [{"system": "urn:codes", "code": "kind"}]},
        {"linkId": "4"},
    ],
}
ANSWERED = [
    {"linkId": "1", "answer": [{"valueBoolean": False, "item": [{"linkId": "4", "answer": [{"valueString": "x"}]}]}]},
    {"linkId": "2", "item": [{"linkId": "2.1", "answer": [{"valueDecimal": 8}]}]},
    {"linkId": "3", "answer": [{"valueCoding": {"code": "a"}}, {"valueCoding": {"code": "b"}}]},
]


@pytest.mark.parametrize("inside", [True, False])
def test_answers_are_facts_where_the_question_has_a_code(read, inside):
    response = make("QuestionnaireResponse", code=None, authored="2026-10-12T08:00:00Z", item=ANSWERED)
    where = {"contained": [QUESTIONS], "questionnaire": "#q"} if inside else {"questionnaire": "urn:q|2.0"}
    found = read(response | where, *([] if inside else [QUESTIONS]))
    told = [(one.codings[0].code, one.status, one.value) for one in found.facts]
    assert [one[:2] for one in told] == [("numb", "negated"), ("pain", "done"), ("kind", "done")]
    assert (told[1][2].value, told[2][2]) == (8, (Coding("", "a"), Coding("", "b")))
    assert {one.when for one in found.facts} == {interval("2026-10-12")}
    assert found.unread == {("QuestionnaireResponse", "an answer whose question has no code here"): 1}


def test_answers_without_their_questionnaire_are_not_used(unused):
    assert unused("QuestionnaireResponse", code=None, questionnaire="urn:elsewhere", item=ANSWERED) == "no code"


def test_a_booked_contact_without_a_code_still_belongs_to_its_order(fact):
    who = [{"actor": {"reference": "Patient/1"}}]
    found = fact("Appointment", subject=None, participant=who, basedOn=[{"reference": "ServiceRequest/3"}])
    assert (found.codings, found.of, found.when) == ((), ("ServiceRequest/3",), SOME_DAY)
