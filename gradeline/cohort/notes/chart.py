"""One person's chart: resources are added to it, and become lines of NDJSON, a file a type."""

from __future__ import annotations

from orjson import OPT_APPEND_NEWLINE, Fragment, dumps

from gradeline.cohort.chance import Chance
from gradeline.cohort.lives.episode import GP, Setting
from gradeline.cohort.lives.person import Person
from gradeline.cohort.notes.shapes import Code, Resource, concept, reference
from gradeline.cohort.notes.who import units
from gradeline.cohort.parameters import Recording, Region
from gradeline.dates import Day

TYPES = (
    "Organization", "Patient", "Encounter", "Condition", "Observation", "Procedure", "ServiceRequest",
    "MedicationRequest", "ImagingStudy", "DiagnosticReport",
)  # fmt: skip
Lines = dict[str, list[bytes]]


def line(whole: Resource) -> bytes:
    """A resource as a line of NDJSON."""
    return dumps(whole, option=OPT_APPEND_NEWLINE)


class Chart:
    """The chart of one person, from the beginning of the extract to its end, or to the end of the person's record."""

    def __init__(self, person: Person, chance: Chance, end: Day, lines: Lines) -> None:
        self.person, self.chance, self.lines = person, chance, lines
        self.end = person.until(end)
        self.subject = Fragment(dumps(reference("Patient", person.id)))
        self.doctor = chance.one(units(person.region.name, GP))
        self.number = 0

    def add(self, type: str, body: Resource) -> str:
        """Write a resource; its id has a letter before its number too, so that it is never like a CPR number."""
        self.number += 1
        id = f"{self.person.id}-r{self.number}"
        self.lines[type].append(line({"resourceType": type, "id": id, **body, "subject": self.subject}))
        return id

    def state(self, type: str, body: Resource, recording: Recording) -> str:
        """Write a resource of an episode; some are sent twice."""
        id = self.add(type, body)
        if self.chance.happens(recording.twice):
            self.add(type, body)
        return id

    def unit(self, region: Region, setting: Setting) -> Fragment:
        """A unit of care: the person's own doctor, or one of the region's."""
        if setting == GP and region is self.person.region:
            return self.doctor
        return self.chance.one(units(region.name, setting))

    def coded(self, codes: tuple[Code, ...], recording: Recording) -> Fragment:
        """A concept of the first coding, or of two; its SKS codes under either of the addresses."""
        if len(codes) > 1 and not self.chance.happens(recording.two_codings):
            codes = codes[:1]
        return concept(*codes, other=self.chance.happens(recording.other_address))

    def minute(self) -> int:
        """A minute in the working day, a quarter of an hour."""
        return 8 * 60 + 15 * self.chance.whole(0, 31)
