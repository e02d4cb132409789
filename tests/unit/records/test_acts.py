"""Acts, orders and contacts: what each status means, refusals, reasons, what belongs together, who and where."""

from __future__ import annotations

import pytest

from gradeline.dates import END, Interval, day, interval
from gradeline.records.mapping import TYPES
from tests.unit.records.fhir_snippets import coded

SNOMED = "http://snomed.info/sct"
HL7 = "http://terminology.hl7.org/CodeSystem/"
REFUSES = coded("patient-refuses", HL7 + "non-adherence-reason-codes")
WHY = {"url": "http://hl7.org/fhir/StructureDefinition/request-statusReason", "valueCodeableConcept": REFUSES}
MEDICINE = {"code": None, "medicationCodeableConcept": coded("M01AE01", "http://www.whocc.no/atc")}

R4 = {
    "Condition": "unconfirmed provisional differential confirmed refuted entered-in-error",
    "Observation": "registered preliminary final amended corrected cancelled entered-in-error unknown",
    "Procedure": "preparation in-progress not-done on-hold stopped completed entered-in-error unknown",
    "ServiceRequest": "draft active on-hold revoked completed entered-in-error unknown",
    "MedicationRequest": "active on-hold cancelled completed entered-in-error stopped draft unknown",
    "MedicationStatement": "active completed entered-in-error intended stopped on-hold unknown not-taken",
    "MedicationAdministration": "in-progress not-done on-hold completed entered-in-error stopped unknown",
    "ImagingStudy": "registered available cancelled entered-in-error unknown",
    "DiagnosticReport": "registered partial preliminary final amended corrected appended cancelled entered-in-error "
    "unknown",
    "Communication": "preparation in-progress not-done on-hold stopped completed entered-in-error unknown",
    "CommunicationRequest": "draft active on-hold revoked completed entered-in-error unknown",
    "CarePlan": "draft active on-hold revoked completed entered-in-error unknown",
    "Encounter": "planned arrived triaged in-progress onleave finished cancelled entered-in-error unknown",
    "Appointment": "proposed pending booked arrived fulfilled cancelled noshow entered-in-error checked-in waitlist",
    "QuestionnaireResponse": "in-progress completed amended entered-in-error stopped",
}
"""Every status that FHIR R4 (4.0.1) has for these types."""


@pytest.mark.parametrize("kind", TYPES)
def test_every_status_of_fhir_r4_has_a_meaning(kind):
    assert set(R4[kind].split()) <= TYPES[kind].statuses.keys()


@pytest.mark.parametrize(
    ("kind", "status", "meaning"),
    [
        ("Procedure", "preparation", "planned"),
        ("Procedure", "in-progress", "done"),
        ("Procedure", "not-done", "negated"),
        ("Procedure", "stopped", "done"),
        ("Procedure", "completed", "done"),
        ("Procedure", "unknown", "done?"),
        ("ServiceRequest", "active", "planned"),
        ("ServiceRequest", "on-hold", "planned"),
        ("ServiceRequest", "completed", "done"),
        ("ServiceRequest", "unknown", "planned?"),
        ("ImagingStudy", "registered", "planned"),
        ("ImagingStudy", "available", "done"),
        ("DiagnosticReport", "preliminary", "done"),
        ("DiagnosticReport", "final", "done"),
        ("Encounter", "planned", "planned"),
        ("Encounter", "finished", "done"),
        ("Encounter", "unknown", "done?"),
    ],
)
def test_planned_done_or_negated(fact, kind, status, meaning):
    code = {"procedureCode": [coded("c")]} if kind == "ImagingStudy" else {"type": [coded("c")]}
    found = fact(kind, status=status, **code)
    assert found.status + ("?" if found.sureness == "possible" else "") == meaning


@pytest.mark.parametrize(
    ("kind", "elements", "meaning"),
    [
        ("MedicationRequest", {"status": "active"}, "planned"),
        ("MedicationRequest", {"status": "stopped"}, "done"),
        ("MedicationStatement", {"status": "intended"}, "planned"),
        ("MedicationStatement", {"status": "not-taken"}, "negated"),
        ("MedicationAdministration", {"status": "completed"}, "done"),
        ("MedicationAdministration", {"status": "not-done"}, "negated"),
    ],
)
def test_medication_is_prescribed_taken_or_given(fact, kind, elements, meaning):
    found = fact(kind, **MEDICINE, **elements)
    assert (found.kind, found.status, found.codings[0].code) == ("medication", meaning, "M01AE01")


@pytest.mark.parametrize(
    ("kind", "elements", "why"),
    [
        ("Procedure", {"status": "entered-in-error"}, "entered in error"),
        ("ServiceRequest", {"status": "draft"}, "a draft"),
        ("ServiceRequest", {"status": "revoked"}, "revoked"),
        ("ServiceRequest", {"intent": "proposal"}, "only proposed"),
        ("ServiceRequest", {"intent": "option"}, "one of several options"),
        ("MedicationRequest", {"status": "cancelled"}, "cancelled"),
        ("Encounter", {"status": "cancelled"}, "cancelled"),
        ("DiagnosticReport", {"status": "registered"}, "nothing is available yet"),
        ("CarePlan", {"status": "draft"}, "a draft"),
        ("CarePlan", {}, "no code"),
        ("FamilyMemberHistory", {"patient": {"reference": "Patient/1"}}, "family history is not the patient's own"),
        ("Immunization", {"patient": {"reference": "Patient/1"}}, "this type is not read"),
    ],
)
def test_what_is_no_fact_is_counted_with_its_reason(unused, kind, elements, why):
    assert unused(kind, **elements) == why


@pytest.mark.parametrize(
    ("kind", "elements"),
    [
        ("ServiceRequest", {"status": "revoked", "extension": [WHY]}),
        ("ServiceRequest", {"doNotPerform": True, "reasonCode": [REFUSES]}),
        ("MedicationRequest", {"status": "cancelled", "statusReason": REFUSES, **MEDICINE}),
        ("Procedure", {"status": "not-done", "statusReason": REFUSES}),
        ("Procedure", {"status": "not-done", "statusReason": coded("183944003", SNOMED)}),
        ("Procedure", {"status": "not-done", "statusReason": coded("PATOBJ", HL7 + "v3-ActReason")}),
        ("MedicationStatement", {"status": "not-taken", "statusReason": [REFUSES], **MEDICINE}),
        ("CommunicationRequest", {"status": "revoked", "statusReason": REFUSES, "category": [coded("c")]}),
    ],
)
def test_the_patients_own_reason_makes_it_declined(fact, kind, elements):
    found = fact(kind, **elements)
    assert (found.status, found.declined) == ("negated", True)


@pytest.mark.parametrize(
    ("kind", "elements"),
    [
        ("Procedure", {"status": "not-done"}),
        ("Procedure", {"status": "not-done", "statusReason": coded("183932001", SNOMED)}),
        ("ServiceRequest", {"doNotPerform": True}),
    ],
)
def test_not_done_for_another_reason_is_negated_and_not_declined(fact, kind, elements):
    found = fact(kind, **elements)
    assert (found.status, found.declined) == ("negated", False)


def test_an_extension_of_another_name_is_no_refusal(unused):
    other = WHY | {"url": "urn:considered"}
    assert unused("ServiceRequest", status="revoked", extension=[other]) == "revoked"


@pytest.mark.parametrize(
    ("kind", "elements", "when", "known", "until"),
    [
        ("ServiceRequest", {"authoredOn": "2026-10-02"}, "2026-10-02", "2026-10-02", None),
        (
            "ServiceRequest",
            {"authoredOn": "2026-10-02", "occurrenceDateTime": "2026-11-01"},
            "2026-11-01",
            "2026-10-02",
            None,
        ),
        (
            "ServiceRequest",
            {"authoredOn": "2026-10-02", "occurrencePeriod": {"start": "2026-11-01", "end": "2026-12-01"}},
            "2026-11-01",
            "2026-10-02",
            "2026-12-01",
        ),
        (
            "Procedure",
            {"performedPeriod": {"start": "2026-10-05T09:00:00Z", "end": "2026-11-30"}},
            "2026-10-05",
            "2026-10-05",
            "2026-11-30",
        ),
        (
            "ImagingStudy",
            {"started": "2026-10-20T10:00:00Z", "procedureCode": [coded("c")]},
            "2026-10-20",
            "2026-10-20",
            None,
        ),
        (
            "DiagnosticReport",
            {"effectiveDateTime": "2026-10-20", "issued": "2026-10-22T08:00:00Z"},
            "2026-10-20",
            "2026-10-22",
            None,
        ),
        ("Communication", {"sent": "2026-10-05T09:00:00Z", "topic": coded("c")}, "2026-10-05", "2026-10-05", None),
        (
            "Encounter",
            {"period": {"start": "2026-10-05", "end": "2026-10-05"}, "type": [coded("c")]},
            "2026-10-05",
            "2026-10-05",
            "2026-10-05",
        ),
        (
            "MedicationStatement",
            {"dateAsserted": "2026-10-09", "effectivePeriod": {"start": "2026-10-01"}, **MEDICINE},
            "2026-10-01",
            "2026-10-09",
            None,
        ),
    ],
)
def test_when_it_is_and_since_when_it_is_known(fact, kind, elements, when, known, until):
    found = fact(kind, **elements)
    assert (found.when, found.known, found.until) == (interval(when), day(known), until and day(until))


def test_an_appointment_is_the_patients_through_its_participants(fact):
    who = [{"actor": {"reference": "Practitioner/5"}}, {"actor": {"reference": "Patient/1"}}]
    found = fact(
        "Appointment",
        subject=None,
        participant=who,
        serviceType=[coded("surgeon")],
        specialty=[coded("394801008", SNOMED)],
        start="2026-12-01T09:00:00+01:00",
        end="2026-12-01T09:30:00+01:00",
        created="2026-11-02",
        basedOn=[{"reference": "ServiceRequest/3"}],
    )
    assert (found.kind, found.status, found.when, found.known) == (
        "contact",
        "planned",
        interval("2026-12-01"),
        day("2026-11-02"),
    )
    assert (found.specialty, found.of) == (f"{SNOMED}|394801008", ("ServiceRequest/3",))


@pytest.mark.parametrize(
    ("status", "why"),
    [("proposed", "only proposed"), ("noshow", "the patient did not come"), ("cancelled", "cancelled")],
)
def test_an_appointment_that_was_not_agreed_or_not_kept(unused, status, why):
    who = [{"actor": {"reference": "Patient/1"}}]
    assert unused("Appointment", subject=None, participant=who, status=status) == why


def test_done_without_a_date_is_not_before_the_order(fact):
    assert fact("ServiceRequest", status="completed", authoredOn="2026-10").when == Interval(day("2026-10-01"), END)
