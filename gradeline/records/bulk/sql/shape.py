"""Which elements of a FHIR type SQL reads, as `mapping.py` says, and which leave a line to `fhir/`."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from gradeline.records.mapping import TYPES, Where

BY_HAND = ("Appointment", "CarePlan", "Communication", "CommunicationRequest", "QuestionnaireResponse")
"""Seldom types of many shapes, which `fhir/` reads alone."""
CODING: Any = {"system": "JSON", "code": "JSON"}
"""As JSON, where a number differs from a text that looks like one."""
CONCEPT: Any = {"coding": [CODING]}
QUANTITY: Any = {"value": "JSON", "unit": "JSON", "system": "JSON", "code": "JSON", "comparator": "JSON"}
PERIOD: Any = {"start": "VARCHAR", "end": "VARCHAR"}
REFERENCE: Any = {"reference": "VARCHAR", "identifier": "JSON"}
SHAPES: dict[str, Any] = {
    "valueQuantity": QUANTITY, "valueCodeableConcept": CONCEPT, "valueBoolean": "JSON", "valueInteger": "JSON",
}  # fmt: skip
"""The values that SQL reads."""
LISTS = ("procedureCode", "type")
"""Concepts that stand in a list; `class` is a coding by itself."""
SINGLE = (("Encounter", "partOf"), ("MedicationRequest", "priorPrescription"),
          ("ImagingStudy", "procedureReference"), ("MedicationAdministration", "request"))  # fmt: skip
"""References that are no list."""
LATER_DAYS = ("Age", "Range", "String", "Timing")
ALWAYS = ("contained", "modifierExtension", "implicitRules")


@dataclass(frozen=True)
class Shape:
    """What SQL makes of one type: the elements that it takes, and those that it leaves to others."""

    type: str
    where: Where

    @cached_property
    def moments(self) -> tuple[str, ...]:
        """The elements that are a date or an instant: of an onset, or of when it was."""
        return tuple(name for name in self.where.when if not name.endswith((*LATER_DAYS, "eriod")))

    @cached_property
    def onsets(self) -> tuple[str, ...]:
        """The onsets that are a date or an instant."""
        return tuple(name for name in self.where.onset if name.endswith("DateTime"))

    @cached_property
    def ends(self) -> tuple[str, ...]:
        """The ends that are a date or an instant."""
        return tuple(name for name in self.where.until if name.endswith("DateTime"))

    @cached_property
    def units(self) -> tuple[str, ...]:
        """The references to a unit that stand by themselves."""
        return tuple(path for path in self.where.units if "." not in path)

    @cached_property
    def values(self) -> tuple[str, ...]:
        """The values that are read."""
        return tuple(name for name in self.where.values if name in SHAPES)

    @cached_property
    def specialties(self) -> tuple[str, ...]:
        """The concepts that name a specialty and stand by themselves."""
        return tuple(path for path in self.where.specialties if "." not in path)

    @cached_property
    def roles(self) -> bool:
        """Whether a role that it refers to may name its unit or specialty."""
        return bool(self.where.carers or self.where.units)

    def listed(self, name: str) -> bool:
        """Whether a reference stands in a list."""
        return (self.type, name) not in SINGLE

    def elements(self) -> dict[str, Any]:
        """What is read of a line, as DuckDB's `json_transform` takes it."""
        where = self.where
        found: dict[str, Any] = {"resourceType": "VARCHAR", "id": "JSON"}
        found["subject"] = {"reference": "VARCHAR"}
        found[where.status] = CONCEPT if where.status == "verificationStatus" else "VARCHAR"
        found |= dict.fromkeys((*self.onsets, *self.moments, *self.ends, *where.known), "VARCHAR")
        found |= {name: PERIOD for name in where.when if name.endswith("eriod")}
        found |= {name: CODING if name == "class" else "JSON" if name in LISTS else CONCEPT for name in where.codes}
        found |= dict.fromkeys(self.units, REFERENCE) | dict.fromkeys(self.specialties, CONCEPT)
        found |= {name: "JSON" if self.listed(name) else REFERENCE for name in where.based_on}
        found |= {name: SHAPES[name] for name in self.values}
        found |= dict.fromkeys((*self.carers, *self.others, *self.within), "JSON")
        if where.intents:
            found["intent"] = "VARCHAR"
        if where.over:
            found[where.over] = CONCEPT
        if where.judged:
            found[where.judged] = "JSON"
        if self.components:
            found["component"] = "JSON"
        return found

    def part(self) -> dict[str, Any]:
        """What is read of each component."""
        return {"code": CONCEPT, "interpretation": "JSON", **SHAPES, **dict.fromkeys(self.part_others, "JSON")}

    @cached_property
    def components(self) -> bool:
        """Whether its parts are read."""
        return self.where.part == "component"

    def transform(self) -> str:
        """The elements as JSON."""
        return json.dumps(self.elements())

    @cached_property
    def others(self) -> tuple[str, ...]:
        """The elements whose presence leaves a line to `fhir/`."""
        where = self.where
        read = {*self.onsets, *self.moments, *self.ends, *self.values}
        times = [name for name in (*where.onset, *where.when, *where.until) if not name.endswith("eriod")]
        periods = [name for name in (*where.onset, *where.until) if name.endswith("eriod")]
        part = where.part if where.part and not self.components else ""
        single = (*where.sites, *where.sides, *where.reasons, *where.because)
        plain = [path for path in single if "." not in path]
        every = (*times, *periods, *where.values, where.absent, where.about, where.forbids, where.coded_by, part)
        return tuple(dict.fromkeys(name for name in (*ALWAYS, *every, *plain) if name and name not in read))

    @cached_property
    def within(self) -> dict[str, tuple[str, ...]]:
        """By element what must not stand in it: paths of more than one step."""
        where, found = self.where, dict[str, tuple[str, ...]]()
        for path in (*where.sites, *where.sides, *where.reasons, *where.because, *where.specialties, *where.units):
            head, _, last = path.rpartition(".")
            if head:
                found[head] = (*found.get(head, ()), last)
        return found

    @cached_property
    def part_others(self) -> tuple[str, ...]:
        """The elements of a part whose presence leaves the line to `fhir/`."""
        parts = self.where.parts
        given = (*parts.values, parts.absent) if parts else ()
        return tuple(name for name in (*ALWAYS[1:], *given) if name not in SHAPES)

    @cached_property
    def carers(self) -> tuple[str, ...]:
        """The lists of who gives the care."""
        return tuple(dict.fromkeys(path.partition(".")[0] for path in self.where.carers))


SHAPED = {name: Shape(name, where) for name, where in TYPES.items() if name not in BY_HAND}
"""The types of which SQL reads the ordinary lines."""
