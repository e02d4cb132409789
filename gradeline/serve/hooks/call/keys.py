"""What we want to read of a patient: a key, a query, and which terms it speaks of where it is not delivered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from gradeline.logic import UNKNOWN
from gradeline.model.guideline import Guideline, Subject
from gradeline.model.words import Text
from gradeline.plan.capture import Capture

PATIENT = "{{context.patientId}}"
FINDING: Subject = "finding"
MEASUREMENT: Subject = "measurement"
ACTION: Subject = "action"


@dataclass(frozen=True)
class Key:
    """One entry of the prefetch: its name, its query with the patient's token, and what it is called for people."""

    name: str
    query: str
    words: Text
    subjects: tuple[Subject, ...] = ()
    required: bool = False
    medicine: bool = False

    def asked(self, patient: str) -> str:
        """The query for one patient."""
        return self.query.replace(PATIENT, patient)

    @property
    def read(self) -> bool:
        """Whether it is one resource, and no search."""
        return "?" not in self.query


def searched(type: str) -> str:
    """All of one type that is about the patient."""
    return f"{type}?patient={PATIENT}"


KEYS = (
    Key("patient", f"Patient/{PATIENT}", Text("the patient", "patienten"), required=True),
    Key("conditions", searched("Condition"), Text("diagnoses", "diagnoser"), (FINDING,), required=True),
    Key("observations", searched("Observation"), Text("observations", "observationer"), (FINDING, MEASUREMENT)),
    Key("answers", searched("QuestionnaireResponse"), Text("questionnaires", "spørgeskemaer"), (FINDING, MEASUREMENT)),
    Key("procedures", searched("Procedure"), Text("procedures", "behandlinger"), (ACTION,)),
    Key("orders", searched("ServiceRequest"), Text("orders", "bestillinger"), (ACTION,)),
    Key("reports", searched("DiagnosticReport"), Text("reports", "undersøgelsessvar"), (FINDING, ACTION)),
    Key("images", searched("ImagingStudy"), Text("images", "billeder"), (ACTION,)),
    Key("plans", searched("CarePlan"), Text("care plans", "behandlingsplaner"), (ACTION,)),
    Key("communications", searched("Communication"), Text("information given", "given information"), (ACTION,)),
    Key("contacts", searched("Encounter"), Text("contacts", "kontakter"), (ACTION,)),
    Key("appointments", searched("Appointment"), Text("appointments", "aftaler"), (ACTION,)),
    Key("prescriptions", searched("MedicationRequest"), Text("prescriptions", "recepter"), (ACTION,), medicine=True),
    Key("medicines", searched("MedicationStatement"), Text("medicines", "medicin"), (ACTION, FINDING), medicine=True),
)
"""Only searches by patient: the subset of FHIR that every record system can serve."""


WANTED: dict[int, tuple[Guideline, tuple[Key, ...]]] = {}
"""The keys of the guidelines that were asked for, by identity."""


def wanted(guideline: Guideline) -> tuple[Key, ...]:
    """The keys that a guideline needs, worked out once."""
    found = WANTED.get(id(guideline))
    if found is None or found[0] is not guideline:
        found = WANTED[id(guideline)] = guideline, tuple(needed(guideline))
    return found[1]


def needed(guideline: Guideline) -> Iterator[Key]:
    """The keys that a guideline needs: medicines only where it names any."""
    medicine = any(code.system == "atc" for term in guideline.terms.values() for code in (*term.codes, *term.wider))
    return (key for key in KEYS if medicine or not key.medicine)


def captured(guideline: Guideline, unread: Iterable[Key]) -> Capture:
    """What absence means where some keys were not delivered: of their terms nothing is known."""
    subjects = {subject for key in unread for subject in key.subjects}
    return Capture(by_term={id: UNKNOWN for id, term in guideline.terms.items() if term.subject in subjects})
