"""Where each FHIR R4 type keeps what a fact needs, and what its statuses mean: data only.

`fhir/` reads it for one patient, and `bulk.py` reads it into SQL. Elements are named as in the JSON of FHIR R4, with a
dot between a name and what is inside it; the type of a choice is the end of its name (`onsetPeriod`, `valueQuantity`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from gradeline.records.facts import Kind, Status, Sureness
from gradeline.records.meanings import STATUS_REASON


class Standing(NamedTuple):
    """What a status means: a fact, and how sure, or, with a `why`, no fact. `undone`: a refusal makes it declined."""

    status: Status = "done"
    sureness: Sureness = "sure"
    why: str = ""
    undone: bool = False
    declined: bool = False


PLANNED, DONE, NEGATED = Standing("planned"), Standing("done"), Standing("negated")
PERHAPS_PLANNED, PERHAPS_DONE = Standing("planned", "possible"), Standing("done", "possible")
NOT_DONE = Standing("negated", undone=True)
CANCELLED = Standing(why="cancelled", undone=True)
REVOKED = Standing(why="revoked", undone=True)
DRAFT = Standing(why="a draft")
PROPOSED = Standing(why="only proposed")
OPTION = Standing(why="one of several options")
IN_ERROR = Standing(why="entered in error")
NOT_YET = Standing(why="nothing is available yet")
MISSED = Standing(why="the patient did not come")
DECLINED = Standing("negated", declined=True)

Standings = Mapping[str, Standing]
REQUEST: Standings = {
    "draft": DRAFT, "active": PLANNED, "on-hold": PLANNED, "revoked": REVOKED, "completed": DONE,
    "entered-in-error": IN_ERROR, "unknown": PERHAPS_PLANNED,
}  # fmt: skip
EVENT: Standings = {
    "preparation": PLANNED, "in-progress": DONE, "not-done": NOT_DONE, "on-hold": DONE, "stopped": DONE,
    "completed": DONE, "entered-in-error": IN_ERROR, "unknown": PERHAPS_DONE,
}  # fmt: skip
RESULT: Standings = {
    "registered": NOT_YET, "preliminary": PERHAPS_DONE, "final": DONE, "amended": DONE, "corrected": DONE,
    "cancelled": CANCELLED, "entered-in-error": IN_ERROR, "unknown": PERHAPS_DONE,
}  # fmt: skip
REPORT: Standings = RESULT | {"partial": DONE, "preliminary": DONE, "appended": DONE}
INTENTS: Standings = {"proposal": PROPOSED, "option": OPTION}
NONE: Standings = {}


@dataclass(frozen=True)
class Where:
    """Where one FHIR type, or a part of it, keeps what a fact needs; of several names the first that is there speaks."""

    kind: Kind
    statuses: Standings
    """What each status means; a part without any stands as its whole does."""
    status: str = "status"
    """The element of the status; a part without one goes by the status of its whole."""
    missing: Standing = PERHAPS_DONE
    """What no status at all means."""
    intents: Standings = field(default_factory=dict)
    forbids: str = ""
    """The element that, where true, turns the order round: not to be done."""
    refusals: tuple[str, ...] = ()
    """Where a patient's refusal is given; an address is that of an extension."""
    whole: bool = True
    """Whether it is a fact itself, or its parts alone are."""
    codes: tuple[str, ...] = ("code",)
    """The concepts that say what it is; none where the part is a concept itself."""
    coded_by: str = ""
    """The reference to what is coded, where the code is not given itself."""
    subject: str = "subject"
    onset: tuple[str, ...] = ()
    when: tuple[str, ...] = ()
    known: tuple[str, ...] = ()
    until: tuple[str, ...] = ()
    over: str = ""
    """The concept that tells, by a code of OVER, that it is over."""
    values: tuple[str, ...] = ()
    absent: str = ""
    judged: str = ""
    about: str = ""
    sites: tuple[str, ...] = ()
    sides: tuple[str, ...] = ()
    specialties: tuple[str, ...] = ()
    carers: tuple[str, ...] = ()
    """References to who gives or gave the care: a role that may name its specialty."""
    units: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    because: tuple[str, ...] = ()
    """References to reasons."""
    based_on: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    """References to resources contained in this one that are statements of their own."""
    part: str = ""
    parts: Where | None = None
    asked: str = ""
    """The questionnaire whose items give the parts their codes."""


READ_VALUES = ("Quantity", "CodeableConcept", "Boolean", "Integer", "String")
OTHER_VALUES = ("Range", "Ratio", "SampledData", "Time", "DateTime", "Period")
VALUES = tuple(f"value{kind}" for kind in READ_VALUES + OTHER_VALUES)
ANSWERS = tuple(
    f"value{kind}"
    for kind in ("Coding", "Quantity", "Boolean", "Integer", "Decimal", "String")
    + ("Date", "DateTime", "Time", "Uri", "Attachment", "Reference")
)
REASONS, BECAUSE = ("reasonCode",), ("reasonReference",)
MEDICATION, MEDICINE = ("medicationCodeableConcept",), "medicationReference"

TYPES: Mapping[str, Where] = {
    "Condition": Where(
        kind="condition",
        status="verificationStatus",
        statuses={
            "unconfirmed": PERHAPS_DONE, "provisional": PERHAPS_DONE, "differential": PERHAPS_DONE, "confirmed": DONE,
            "refuted": NEGATED, "entered-in-error": IN_ERROR,
        },
        missing=DONE,
        onset=("onsetDateTime", "onsetAge", "onsetPeriod", "onsetRange", "onsetString"),
        when=("recordedDate",),
        known=("recordedDate",),
        until=("abatementDateTime", "abatementAge", "abatementPeriod", "abatementRange", "abatementString"),
        over="clinicalStatus",
        sites=("bodySite",),
    ),
    "Observation": Where(
        kind="observation",
        statuses=RESULT,
        when=("effectiveDateTime", "effectivePeriod", "effectiveInstant", "effectiveTiming", "issued"),
        known=("issued",),
        values=VALUES,
        absent="dataAbsentReason",
        judged="interpretation",
        about="focus",
        sites=("bodySite",),
        based_on=("basedOn", "partOf"),
        part="component",
        parts=Where(
            kind="observation",
            statuses=NONE,
            values=VALUES,
            absent="dataAbsentReason",
            judged="interpretation",
        ),
    ),
    "Procedure": Where(
        kind="procedure",
        statuses=EVENT,
        refusals=("statusReason",),
        when=("performedDateTime", "performedPeriod", "performedAge", "performedRange", "performedString"),
        sites=("bodySite",),
        specialties=("performer.function",),
        carers=("performer.actor", "performer.onBehalfOf"),
        units=("performer.onBehalfOf", "location"),
        reasons=REASONS,
        because=BECAUSE,
        based_on=("basedOn", "partOf", "report"),
    ),
    "ServiceRequest": Where(
        kind="order",
        statuses=REQUEST,
        missing=PERHAPS_PLANNED,
        intents=INTENTS,
        forbids="doNotPerform",
        refusals=(STATUS_REASON,),
        when=("occurrenceDateTime", "occurrencePeriod", "occurrenceTiming", "authoredOn"),
        known=("authoredOn",),
        sites=("bodySite",),
        specialties=("performerType",),
        carers=("performer",),
        units=("requester",),
        reasons=REASONS,
        because=BECAUSE,
        based_on=("basedOn", "replaces"),
    ),
    "MedicationRequest": Where(
        kind="medication",
        statuses={
            "active": PLANNED, "on-hold": PLANNED, "cancelled": CANCELLED, "completed": DONE, "stopped": DONE,
            "draft": DRAFT, "entered-in-error": IN_ERROR, "unknown": PERHAPS_PLANNED,
        },
        missing=PERHAPS_PLANNED,
        intents=INTENTS,
        forbids="doNotPerform",
        refusals=("statusReason",),
        codes=MEDICATION,
        coded_by=MEDICINE,
        when=("authoredOn",),
        known=("authoredOn",),
        specialties=("performerType",),
        units=("requester",),
        reasons=REASONS,
        because=BECAUSE,
        based_on=("basedOn", "priorPrescription"),
    ),
    "MedicationStatement": Where(
        kind="medication",
        statuses={
            "active": DONE, "completed": DONE, "intended": PLANNED, "stopped": DONE, "on-hold": DONE,
            "not-taken": NOT_DONE, "entered-in-error": IN_ERROR, "unknown": PERHAPS_DONE,
        },
        refusals=("statusReason",),
        codes=MEDICATION,
        coded_by=MEDICINE,
        when=("effectiveDateTime", "effectivePeriod"),
        known=("dateAsserted",),
        reasons=REASONS,
        because=BECAUSE,
        based_on=("basedOn", "partOf"),
    ),
    "MedicationAdministration": Where(
        kind="medication",
        statuses=EVENT,
        refusals=("statusReason",),
        codes=MEDICATION,
        coded_by=MEDICINE,
        when=("effectiveDateTime", "effectivePeriod"),
        sites=("dosage.site",),
        specialties=("performer.function",),
        carers=("performer.actor",),
        reasons=REASONS,
        because=BECAUSE,
        based_on=("request", "partOf"),
    ),
    "ImagingStudy": Where(
        kind="procedure",
        statuses={
            "registered": PLANNED, "available": DONE, "cancelled": CANCELLED, "entered-in-error": IN_ERROR,
            "unknown": PERHAPS_DONE,
        },
        codes=("procedureCode",),
        when=("started",),
        sites=("series.bodySite",),
        sides=("series.laterality",),
        units=("location",),
        reasons=REASONS,
        because=BECAUSE,
        based_on=("basedOn", "procedureReference"),
    ),
    "DiagnosticReport": Where(
        kind="procedure",
        statuses=REPORT,
        when=("effectiveDateTime", "effectivePeriod", "issued"),
        known=("issued",),
        based_on=("basedOn", "imagingStudy"),
        members=("result",),
        part="conclusionCode",
        parts=Where(
            kind="observation",
            status="",
            statuses=RESULT | {"partial": PERHAPS_DONE, "appended": DONE},
            codes=(),
        ),
    ),
    "Communication": Where(
        kind="procedure",
        statuses=EVENT,
        refusals=("statusReason",),
        codes=("topic", "category"),
        when=("sent", "received"),
        reasons=REASONS,
        because=BECAUSE,
        based_on=("basedOn", "partOf"),
    ),
    "CommunicationRequest": Where(
        kind="order",
        statuses=REQUEST,
        missing=PERHAPS_PLANNED,
        forbids="doNotPerform",
        refusals=("statusReason",),
        codes=("category",),
        when=("occurrenceDateTime", "occurrencePeriod", "authoredOn"),
        known=("authoredOn",),
        units=("requester",),
        reasons=REASONS,
        because=BECAUSE,
        based_on=("basedOn", "replaces"),
    ),
    "CarePlan": Where(
        kind="order",
        statuses=REQUEST,
        missing=PERHAPS_PLANNED,
        intents=INTENTS,
        whole=False,
        codes=(),
        when=("period", "created"),
        known=("created",),
        because=("addresses",),
        based_on=("basedOn", "partOf", "replaces"),
        part="activity.detail",
        parts=Where(
            kind="order",
            statuses={
                "not-started": PLANNED, "scheduled": PLANNED, "in-progress": DONE, "on-hold": DONE, "completed": DONE,
                "stopped": DONE, "cancelled": CANCELLED, "entered-in-error": IN_ERROR, "unknown": PERHAPS_PLANNED,
            },
            missing=PERHAPS_PLANNED,
            forbids="doNotPerform",
            refusals=("statusReason",),
            codes=("code", "productCodeableConcept"),
            coded_by="productReference",
            when=("scheduledPeriod", "scheduledTiming", "scheduledString"),
            reasons=REASONS,
            because=BECAUSE,
            carers=("performer",),
        ),
    ),
    "Encounter": Where(
        kind="contact",
        statuses={
            "planned": PLANNED, "arrived": DONE, "triaged": DONE, "in-progress": DONE, "onleave": DONE,
            "finished": DONE, "cancelled": CANCELLED, "entered-in-error": IN_ERROR, "unknown": PERHAPS_DONE,
        },
        codes=("type", "class"),
        when=("period",),
        specialties=("serviceType",),
        carers=("participant.individual",),
        units=("serviceProvider",),
        reasons=REASONS,
        because=("reasonReference", "diagnosis.condition"),
        based_on=("basedOn", "appointment", "partOf"),
    ),
    "Appointment": Where(
        kind="contact",
        statuses={
            "proposed": PROPOSED, "pending": PERHAPS_PLANNED, "booked": PLANNED, "waitlist": PLANNED, "arrived": DONE,
            "checked-in": DONE, "fulfilled": DONE, "cancelled": CANCELLED, "noshow": MISSED,
            "entered-in-error": IN_ERROR,
        },
        missing=PERHAPS_PLANNED,
        refusals=("cancelationReason",),
        codes=("serviceType", "appointmentType"),
        subject="participant.actor",
        when=("start", "requestedPeriod"),
        known=("created",),
        specialties=("specialty",),
        reasons=REASONS,
        because=BECAUSE,
        based_on=("basedOn",),
    ),
    "QuestionnaireResponse": Where(
        kind="observation",
        statuses={
            "in-progress": PERHAPS_DONE, "completed": DONE, "amended": DONE, "stopped": DONE,
            "entered-in-error": IN_ERROR,
        },
        whole=False,
        codes=(),
        when=("authored",),
        known=("authored",),
        based_on=("basedOn", "partOf"),
        part="item",
        parts=Where(kind="observation", statuses=NONE, values=ANSWERS),
        asked="questionnaire",
    ),
}  # fmt: skip
"""Every type of which facts are made."""
