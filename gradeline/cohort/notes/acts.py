"""What was ordered and done in an episode, as records have it: orders, procedures, images, refusals."""

from __future__ import annotations

from orjson import Fragment

from gradeline.cohort.lives.course import RECENT
from gradeline.cohort.lives.episode import CHIROPRACTOR, HOSPITAL, PHYSIOTHERAPIST, Act
from gradeline.cohort.notes.background import pictures
from gradeline.cohort.notes.codes import (
    EXACT,
    GENERAL,
    KINDS_OF_EXERCISE,
    MRI_REPORT,
    NEAREST,
    NOT_WANTED,
    REFUSALS,
    SPECIALTIES,
    own,
)
from gradeline.cohort.notes.contacts import Notes
from gradeline.cohort.notes.shapes import Code, Resource, concept, day, month, reference
from gradeline.dates import Day, Duration, shift

STATUS_REASON = "http://hl7.org/fhir/StructureDefinition/request-statusReason"
GLUCOCORTICOID = concept(Code("atc", "H02AB04", "methylprednisolon"))
PERFORMERS = {
    "lumbar-mri": SPECIALTIES["radiology"],
    "surgical-assessment": SPECIALTIES["hospital"],
    "physiotherapy": SPECIALTIES["physiotherapist"],
}
REASONS = {"surgical-assessment": Code("local", "RYGKIR", "Rygkirurgisk vurdering")}
"""Reasons that have a code of the regions' own; the others go by the term's id."""


def write(notes: Notes) -> None:
    """Every act that is recorded by the end of the extract."""
    for act in notes.episode.acts:
        if act.recorded and act.day <= notes.chart.end:
            ordered(notes, act) if act.ordered is not None else done(notes, act, code_of(notes, act), None)


def code_of(notes: Notes, act: Act) -> Fragment:
    """How an act is coded: exactly, in general, or by what is nearest."""
    chance, recording = notes.chance, notes.recording
    if act.term in KINDS_OF_EXERCISE and chance.happens(recording.general_code):
        return notes.chart.coded((chance.one(GENERAL),), recording)
    share = recording.wider_region if act.term == "lumbar-mri" else recording.nearest_code
    if act.term in NEAREST and chance.happens(share):
        return notes.chart.coded((NEAREST[act.term],), recording)
    return notes.chart.coded(chance.one(EXACT[act.term]), recording)


def ordered(notes: Notes, act: Act) -> None:
    """An order, and what was done on it."""
    chart = notes.chart
    code, finished = code_of(notes, act), act.done is not None and act.done <= chart.end
    body: Resource = {
        "status": status_of(act, finished), "intent": "order", "code": code, "authoredOn": day(act.day),
        "requester": notes.unit(act.setting),
    }  # fmt: skip
    if act.fate in ("declined", "cancelled"):
        body["extension"] = [{"url": STATUS_REASON, "valueCodeableConcept": why(notes, act)}]
    if act.term in PERFORMERS:
        body["performerType"] = concept(PERFORMERS[act.term])
    if act.term == "surgical-assessment" and act.done is not None:
        body["occurrenceDateTime"] = day(act.done)
    id = chart.state("ServiceRequest", body | reasons(notes, act), notes.recording)
    if finished and act.term != "physiotherapy":
        done(notes, act, code, [reference("ServiceRequest", id)])


def status_of(act: Act, finished: bool) -> str:
    """The status of an order."""
    if act.fate in ("declined", "cancelled"):
        return "revoked"
    return "completed" if finished else "active"


def why(notes: Notes, act: Act) -> Fragment:
    """Why an order was revoked: the patient's own reason, or another's."""
    return concept(notes.chance.one(REFUSALS if act.fate == "declined" else NOT_WANTED))


def reasons(notes: Notes, act: Act) -> Resource:
    """The reasons that are given: in code, in words, or the diagnosis alone, which is none."""
    if act.words:
        return {"reasonCode": [{"text": act.words}]}
    if act.reasons:
        return {"reasonCode": [concept(REASONS.get(each, own(each))) for each in act.reasons]}
    known = list(notes.diagnoses.values())
    if known and notes.chance.happens(0.4):
        return {"reasonReference": [reference("Condition", known[-1])]}
    return {}


def done(notes: Notes, act: Act, code: Fragment, based_on: list[dict[str, str]] | None) -> None:
    """What was done: images with their report, or a procedure."""
    chart, on = notes.chart, act.done
    if on is None or on > chart.end:
        return
    if act.term == "lumbar-mri":
        pictures(chart, code if notes.chance.happens(0.8) else concept(MRI_REPORT), "MR", on, based_on)
        return
    body: Resource = {"status": "completed", "code": code, "performedDateTime": roughly(notes, act, on)}
    body["performer"] = [{"actor": notes.unit(act.setting)}]
    if based_on:
        body["basedOn"] = based_on
    given = {} if based_on else reasons_of_a_procedure(act)
    chart.state("Procedure", body | given, notes.recording)
    if act.term == "extraforaminal-injection":
        chart.add("MedicationRequest", {
            "status": "completed", "intent": "order", "medicationCodeableConcept": GLUCOCORTICOID,
            "authoredOn": day(on), "requester": notes.unit(HOSPITAL),
        })  # fmt: skip


def reasons_of_a_procedure(act: Act) -> Resource:
    """Only what was weighed: an act without an order names no diagnosis."""
    if act.words:
        return {"reasonCode": [{"text": act.words}]}
    return {"reasonCode": [concept(own(each)) for each in act.reasons]} if act.reasons else {}


def roughly(notes: Notes, act: Act, on: Day) -> str:
    """The day of a treatment, in few only its month, where that lies within the time the guideline speaks of."""
    last = shift(on - int(day(on)[8:]) + 1, Duration(months=1)) - 1
    rough = act.setting in (PHYSIOTHERAPIST, CHIROPRACTOR) and last <= min(
        notes.episode.onset + RECENT, notes.chart.end
    )
    return month(on) if rough and notes.chance.happens(notes.recording.month_only) else day(on)
