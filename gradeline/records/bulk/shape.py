"""Which elements of a FHIR type SQL reads, as `mapping.py` says, and which words leave a line to `fhir/`."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from gradeline.records.mapping import TYPES, Where

BY_HAND = ("Appointment", "CarePlan", "Communication", "CommunicationRequest", "QuestionnaireResponse")
"""Seldom types of many shapes, which `fhir/` reads alone."""
CODING: Any = {"system": "VARCHAR", "code": "VARCHAR"}
CONCEPT: Any = {"coding": [CODING]}
QUANTITY: Any = {"value": "JSON", "unit": "VARCHAR", "system": "VARCHAR", "code": "VARCHAR"}
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
ALWAYS = ("contained", "modifierExtension", "implicitRules", "comparator", "valueString", "onBehalfOf", "function")
TEXTS = "system|reference|start|end|unit|status|intent|id|resourceType"
ODDITIES = (
    r'"(?:{texts})"\s*:\s*[^"\s]|"code"\s*:\s*[^"{{\s]|"coding"\s*:\s*(?:[^\[\s]|\[\s*[^{{\s])'
    r'|"\s*:\s*-?(?:[Nn]a[Nn]|[Ii]nf)'
)
"""A text that is none, a list that is none, numbers that are none. Each begins with a quote: so it is found fast."""


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
        found: dict[str, Any] = dict.fromkeys(("resourceType", "id", "intent"), "VARCHAR")
        found["subject"] = {"reference": "VARCHAR"}
        found[where.status] = CONCEPT if where.status == "verificationStatus" else "VARCHAR"
        found |= dict.fromkeys((*self.onsets, *self.moments, *self.ends, *where.known), "VARCHAR")
        found |= {name: PERIOD for name in where.when if name.endswith("eriod")}
        found |= {name: CODING if name == "class" else "JSON" if name in LISTS else CONCEPT for name in where.codes}
        found |= dict.fromkeys(self.units, REFERENCE) | dict.fromkeys(self.specialties, CONCEPT)
        found |= {name: [REFERENCE] if self.listed(name) else REFERENCE for name in where.based_on}
        found |= {name: SHAPES[name] for name in self.values}
        found |= {name: ["JSON"] for name in self.carers}
        if where.over:
            found[where.over] = CONCEPT
        if where.judged:
            found[where.judged] = "JSON"
        if self.components:
            found["component"] = [{"code": CONCEPT, "interpretation": "JSON", **SHAPES}]
        return found

    @cached_property
    def components(self) -> bool:
        """Whether its parts are read."""
        return self.where.part == "component"

    def transform(self) -> str:
        """The elements as JSON."""
        return json.dumps(self.elements())

    def others(self) -> Iterator[str]:
        """The elements whose presence leaves a line to `fhir/`."""
        where = self.where
        yield from ALWAYS
        for name in (*where.onset, *where.when, *where.until, *where.values):
            if name not in self.elements():
                yield name
        heads = (where.absent, where.about, where.forbids, where.coded_by, *where.sites, *where.sides)
        yield from (path.rpartition(".")[2] for path in heads if path)
        yield from (path.partition(".")[0] for path in (*where.reasons, *where.because))
        if where.part and not self.components:
            yield where.part
        yield from (f"_{name}" for name in ("birthDate", *self.moments, *self.onsets))

    def objects(self) -> Iterator[str]:
        """The elements that must be objects."""
        yield from (name for name, shape in self.elements().items() if isinstance(shape, dict) and name != "code")
        yield from (path.rpartition(".")[2] for path in self.where.carers if "." in path)

    def lists(self) -> Iterator[str]:
        """The elements that must be lists of objects; `type` has other meanings further in."""
        yield from (name for name, shape in self.elements().items() if isinstance(shape, list) and name != "type")

    @cached_property
    def carers(self) -> tuple[str, ...]:
        """The lists of who gives the care."""
        return tuple(dict.fromkeys(path.partition(".")[0] for path in self.where.carers))

    def odd(self) -> str:
        """The pattern of lines that are left to `fhir/`."""
        names = "|".join(re.escape(name) for name in dict.fromkeys(self.others()))
        moments = (*self.onsets, *self.moments, *self.ends, *self.where.known)
        oddities = ODDITIES.format(texts="|".join(dict.fromkeys((TEXTS, *moments))))
        objects = "|".join(re.escape(name) for name in dict.fromkeys(self.objects()))
        lists = "|".join(re.escape(name) for name in dict.fromkeys(self.lists()))
        shapes = rf'|"(?:{objects})"\s*:\s*[^{{\s]'
        shapes += rf'|"(?:{lists})"\s*:\s*(?:[^\[\s]|\[\s*[^{{\s])' if lists else ""
        roles = '|"(?:PractitionerRole|HealthcareService)/' if self.roles else ""
        return rf'"(?:{names})"\s*:|{oddities}{shapes}{roles}'


SHAPED = {name: Shape(name, where) for name, where in TYPES.items() if name not in BY_HAND}
"""The types of which SQL reads the ordinary lines."""
