"""Where each FHIR R4 type keeps what a fact needs, and what its statuses mean: data only.

`fhir/` reads it for one patient, and `bulk.py` reads it into SQL. Elements are named as in the JSON of FHIR R4, with a
dot between a name and what is inside it; the type of a choice is the end of its name (`onsetPeriod`, `valueQuantity`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from gradeline.records import standings
from gradeline.records.facts import Kind
from gradeline.records.meanings import STATUS_REASON
from gradeline.records.standings import Standing, Standings


@dataclass(frozen=True)
class Where:
    """Where one FHIR type, or a part of it, keeps what a fact needs; of several names the first that is there."""

    kind: Kind
    statuses: Standings
    """What each status means; a part without any stands as its whole does."""
    status: str = "status"
    """The element of the status; a part without one goes by the status of its whole."""
    missing: Standing = standings.PERHAPS_DONE
    """What no status at all means."""
    intents: Standings = field(default_factory=dict)
    forbids: str = ""
    """The element that, where true, turns the order round: not to be done."""
    refusals: tuple[str, ...] = ()
    """Where a patient's refusal is given; an address is that of an extension."""
    whole: bool = True
    """Whether it is a fact itself, or its parts alone are."""
    codes: tuple[str, ...] = ("code",)
    """The concepts that say what it is; one without a name where the part is a concept itself."""
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
READ_ANSWERS = ("CodeableConcept", "Quantity", "Boolean", "Integer", "Decimal", "String")
OTHER_ANSWERS = ("Date", "DateTime", "Time", "Uri", "Attachment", "Reference")
ANSWERS = tuple(f"value{kind}" for kind in READ_ANSWERS + OTHER_ANSWERS)
"""Of a questionnaire, where all codings that were chosen are one concept."""
REASONS, BECAUSE = ("reasonCode",), ("reasonReference",)
MEDICATION, MEDICINE = ("medicationCodeableConcept",), "medicationReference"

TYPES: Mapping[str, Where] = {
    "Condition": Where(
        kind="condition",
        status="verificationStatus",
        statuses=standings.VERIFICATION,
        missing=standings.DONE,
        onset=("onsetDateTime", "onsetAge", "onsetPeriod", "onsetRange", "onsetString"),
        when=("recordedDate",),
        known=("recordedDate",),
        until=("abatementDateTime", "abatementAge", "abatementPeriod", "abatementRange", "abatementString"),
        over="clinicalStatus",
        sites=("bodySite",),
    ),
    "Observation": Where(
        kind="observation",
        statuses=standings.RESULT,
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
            statuses=standings.NONE,
            values=VALUES,
            absent="dataAbsentReason",
            judged="interpretation",
        ),
    ),
    "Procedure": Where(
        kind="procedure",
        statuses=standings.EVENT,
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
        statuses=standings.REQUEST,
        missing=standings.PERHAPS_PLANNED,
        intents=standings.INTENTS,
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
        statuses=standings.PRESCRIPTION,
        missing=standings.PERHAPS_PLANNED,
        intents=standings.INTENTS,
        forbids="doNotPerform",
        refusals=("statusReason",),
        codes=MEDICATION,
        coded_by=MEDICINE,
        when=("authoredOn",),
        known=("authoredOn",),
        specialties=("performerType",),
        reasons=REASONS,
        because=BECAUSE,
        based_on=("basedOn", "priorPrescription"),
    ),
    "MedicationStatement": Where(
        kind="medication",
        statuses=standings.TAKING,
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
        statuses=standings.EVENT,
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
        statuses=standings.STUDY,
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
        statuses=standings.REPORT,
        when=("effectiveDateTime", "effectivePeriod", "issued"),
        known=("issued",),
        based_on=("basedOn", "imagingStudy"),
        members=("result",),
        part="conclusionCode",
        parts=Where(
            kind="observation",
            status="",
            statuses=standings.CONCLUSION,
            codes=("",),
        ),
    ),
    "Communication": Where(
        kind="procedure",
        statuses=standings.EVENT,
        refusals=("statusReason",),
        codes=("topic", "category"),
        when=("sent", "received"),
        reasons=REASONS,
        because=BECAUSE,
        based_on=("basedOn", "partOf"),
    ),
    "CommunicationRequest": Where(
        kind="order",
        statuses=standings.REQUEST,
        missing=standings.PERHAPS_PLANNED,
        forbids="doNotPerform",
        refusals=("statusReason",),
        codes=("category",),
        when=("occurrenceDateTime", "occurrencePeriod", "authoredOn"),
        known=("authoredOn",),
        reasons=REASONS,
        because=BECAUSE,
        based_on=("basedOn", "replaces"),
    ),
    "CarePlan": Where(
        kind="order",
        statuses=standings.REQUEST,
        missing=standings.PERHAPS_PLANNED,
        intents=standings.INTENTS,
        whole=False,
        codes=(),
        when=("period", "created"),
        known=("created",),
        because=("addresses",),
        based_on=("basedOn", "partOf", "replaces"),
        part="activity.detail",
        parts=Where(
            kind="order",
            statuses=standings.ACTIVITY,
            missing=standings.PERHAPS_PLANNED,
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
        statuses=standings.ENCOUNTER,
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
        statuses=standings.APPOINTMENT,
        missing=standings.PERHAPS_PLANNED,
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
        statuses=standings.RESPONSE,
        whole=False,
        codes=(),
        when=("authored",),
        known=("authored",),
        based_on=("basedOn", "partOf"),
        part="item",
        parts=Where(kind="observation", statuses=standings.NONE, values=ANSWERS),
        asked="questionnaire",
    ),
}  # fmt: skip
"""Every type of which facts are made."""
