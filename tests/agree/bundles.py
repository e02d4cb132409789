"""Facts as FHIR: a record of a case or of a draw as the Bundle that another engine reads."""

from __future__ import annotations

from datetime import date
from typing import Any

from gradeline.codes import Coding
from gradeline.dates import BEGINNING, END, SOME_DAY, Day, Interval, interval, show
from gradeline.quantity import Quantity, convert
from gradeline.records.facts import Fact, Patient, Record

VERIFICATION = "http://terminology.hl7.org/CodeSystem/condition-ver-status"
CLINICAL = "http://terminology.hl7.org/CodeSystem/condition-clinical"
REFUSED = {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/v3-ActReason", "code": "PATOBJ"}]}
EVENT = {"planned": "preparation", "done": "completed", "negated": "not-done"}
ORDER = {"planned": "active", "done": "completed", "negated": "active"}
TAKING = {"planned": "intended", "done": "active", "negated": "not-taken"}
ENCOUNTER = {"planned": "planned", "done": "finished"}
Resource = dict[str, Any]


def bundle(record: Record) -> Resource:
    """A record as one Bundle."""
    person = record.patient.id or "somebody"
    reasons = [fact for fact in record.facts if fact.kind == "reason"]
    resources = [patient(record.patient, person)]
    resources += [
        {
            **written(fact, [each for each in reasons if fact.key in each.of]),
            "subject": {"reference": f"Patient/{person}"},
        }
        for fact in record.facts
        if fact.kind != "reason"
    ]
    return {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": each} for each in resources]}


def patient(person: Patient, id: str) -> Resource:
    """The person."""
    found: Resource = {"resourceType": "Patient", "id": id}
    if person.birth:
        found["birthDate"] = text(person.birth)
    if person.sex:
        found["gender"] = person.sex
    if person.death == SOME_DAY:
        found["deceasedBoolean"] = True
    elif person.death:
        found["deceasedDateTime"] = text(person.death)
    return found


def written(fact: Fact, reasons: list[Fact]) -> Resource:
    """One fact as one resource."""
    made = KINDS[kind(fact)](fact)
    made |= {"id": identity(fact.key)}
    if reasons:
        made["reasonCode"] = [
            concept(each.codings) if each.codings else {"text": each.text or "words"} for each in reasons
        ]
    if fact.of:
        made["basedOn"] = [{"reference": f"ServiceRequest/{identity(key)}"} for key in fact.of]
    if fact.specialty:
        made |= specialty(made["resourceType"], fact.specialty)
    if fact.sites or fact.side:
        sites = [concept((site,)) for site in fact.sites] + side(fact)
        made["bodySite"] = sites[0] if made["resourceType"] == "Observation" else sites
    return made


def kind(fact: Fact) -> str:
    """Which type says all of it: a report tells when it was recorded, and a procedure who did it."""
    if fact.kind == "condition" and fact.specialty:
        return "procedure"
    if fact.kind == "procedure" and recorded(fact) and fact.status == "done":
        return "report"
    return fact.kind


def condition(fact: Fact) -> Resource:
    verified = {"done": "confirmed" if fact.sureness == "sure" else "provisional", "negated": "refuted"}
    status = verified.get(fact.status, "confirmed")
    made: Resource = {
        "resourceType": "Condition",
        "code": concept(fact.codings),
        "verificationStatus": {"coding": [{"system": VERIFICATION, "code": status}]},
    }
    if fact.no_onset:
        made |= {"recordedDate": text(fact.when)} if fact.when != SOME_DAY else {}
    else:
        made |= when("onset", fact.when, window=True)
        made |= {"recordedDate": show(fact.known)} if recorded(fact) else {}
    if fact.until == BEGINNING:
        made["clinicalStatus"] = {"coding": [{"system": CLINICAL, "code": "resolved"}]}
    elif fact.until is not None:
        made["abatementDateTime"] = show(fact.until)
    return made


def observation(fact: Fact) -> Resource:
    made: Resource = {
        "resourceType": "Observation",
        "code": concept(fact.codings),
        "status": "final" if fact.sureness == "sure" else "preliminary",
        **when("effective", fact.when, time=fact.time),
        **({"issued": show(fact.known)} if recorded(fact) else {}),
    }
    if isinstance(fact.value, Quantity):
        made["valueQuantity"] = quantity(fact.value)
    elif fact.value:
        made["valueCodeableConcept"] = concept(fact.value)
    elif fact.status == "negated":
        made["valueBoolean"] = False
    return made


def quantity(value: Quantity) -> Resource:
    """A number in its canonical unit; parts of a day in seconds, as people measure them."""
    unit = "s" if value.unit == "d" and value.value % 1 else value.unit
    return {"value": convert(value, unit), "system": "http://unitsofmeasure.org", "code": unit}


def procedure(fact: Fact) -> Resource:
    return {
        "resourceType": "Procedure",
        "code": concept(fact.codings),
        "status": "unknown" if fact.sureness == "possible" else EVENT[fact.status],
        **when("performed", fact.when, time=fact.time, until=fact.until),
        **({"statusReason": REFUSED} if fact.declined else {}),
    }


def report(fact: Fact) -> Resource:
    return {
        "resourceType": "DiagnosticReport",
        "code": concept(fact.codings),
        "status": "final" if fact.sureness == "sure" else "unknown",
        **when("effective", fact.when, time=fact.time),
        "issued": show(fact.known),
    }


def order(fact: Fact) -> Resource:
    made: Resource = {
        "resourceType": "ServiceRequest",
        "code": concept(fact.codings),
        "intent": "order",
        "status": "unknown" if fact.sureness == "possible" else ORDER[fact.status],
        **({"authoredOn": show(fact.known)} if recorded(fact) else {}),
        **({"doNotPerform": True} if fact.status == "negated" else {}),
        **({"reasonCode": [REFUSED]} if fact.declined else {}),
    }
    dated = fact.when in ((fact.known, fact.known), (fact.known, END)) and recorded(fact)
    return made if dated else made | when("occurrence", fact.when)


def medication(fact: Fact) -> Resource:
    return {
        "resourceType": "MedicationStatement",
        "medicationCodeableConcept": concept(fact.codings),
        "status": "unknown" if fact.sureness == "possible" else TAKING[fact.status],
        **when("effective", fact.when, until=fact.until),
        **({"dateAsserted": show(fact.known)} if recorded(fact) else {}),
        **({"statusReason": [REFUSED]} if fact.declined else {}),
    }


def contact(fact: Fact) -> Resource:
    return {
        "resourceType": "Encounter",
        "status": "unknown" if fact.sureness == "possible" else ENCOUNTER.get(fact.status, "finished"),
        "class": {"code": "AMB"},
        **({"type": [concept(fact.codings)]} if fact.codings else {}),
        **({"period": {"start": text(fact.when)}} if fact.when != SOME_DAY else {}),
    }


KINDS = {
    "condition": condition, "observation": observation, "procedure": procedure, "order": order,
    "medication": medication, "contact": contact, "report": report,
}  # fmt: skip


def recorded(fact: Fact) -> bool:
    """Whether the record says when it was recorded."""
    return not fact.assumed and fact.known != BEGINNING


def identity(key: str) -> str:
    """A key as an id of FHIR."""
    return "".join(each if each.isalnum() else "-" for each in key.rpartition("/")[2])


def concept(codings: tuple[Coding, ...]) -> Resource:
    return {
        "coding": [
            {"system": each.system, "code": each.code} if each.system else {"code": each.code} for each in codings
        ]
    }


def side(fact: Fact) -> list[Resource]:
    sides = {"right": "24028007", "left": "7771000", "both": "51440002"}
    if fact.side is None or any("TUL" in each.code for each in fact.codings):
        return []
    return [{"coding": [{"system": "http://snomed.info/sct", "code": sides[fact.side]}]}]


def specialty(type: str, said: str) -> Resource:
    """Who gives the care, where the type says so."""
    system, bar, code = said.partition("|")
    stated = {"coding": [{"system": system, "code": code}]} if bar else {"text": said}
    if type == "Procedure":
        return {"performer": [{"function": stated, "actor": {"display": "somebody"}}]}
    return (
        {"performerType": stated}
        if type == "ServiceRequest"
        else {"serviceType": stated}
        if type == "Encounter"
        else {}
    )


def when(name: str, days: Interval, window: bool = False, time: str = "", until: Day | None = None) -> Resource:
    """Days as FHIR: a date, whole or partial, else a period."""
    if days == SOME_DAY:
        return {}
    written = text(days)
    if until is not None and until >= days.first and not window:
        return {f"{name}Period": {"start": written, "end": show(until)}}
    if written:
        return {f"{name}DateTime": f"{written}T{time}+01:00" if time and days.exact else written}
    ends = {"start": days.first, "end": days.last}
    return {f"{name}Period": {end: show(day) for end, day in ends.items() if day not in (BEGINNING, END)}}


def text(days: Interval) -> str:
    """A date, a month or a year; empty where it is none of them."""
    if days.first in (BEGINNING, END) or days.last in (BEGINNING, END):
        return ""
    first: Day = days.first
    tries = (show(first), show(first)[:7], f"{date.fromordinal(first).year:04}")
    return next((each for each in tries if interval(each) == days), "")
