"""Sixteen faults, each seeded in one good resource, and which checks must see it."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from typing import Any, NamedTuple

from gradeline.exchange.fhir.grading import DIRECTION, STRENGTH

Json = dict[str, Any]
CONDITION = {"kind": "applicability", "expression": {"language": "text/cql", "expression": "true"}}
REQUESTS: Json = {
    "resourceType": "RequestGroup",
    "id": "seed",
    "status": "active",
    "intent": "proposal",
    "subject": {"reference": "Patient/p"},
    "action": [{"title": "x", "resource": {"reference": "ServiceRequest/s"}}],
}
PLAN: Json = {
    "resourceType": "CarePlan",
    "id": "seed",
    "status": "active",
    "intent": "proposal",
    "subject": {"reference": "Patient/p"},
    "activity": [{"reference": {"reference": "ServiceRequest/s"}}],
}


class Fault(NamedTuple):
    """What is done to a good resource, and the checks that must see it; the Java validator sees every one."""

    seed: Callable[[Json], None]
    seen_by: str
    of: Json | None = None
    """The good resource, where it is not the recommendation."""

    def seeded(self, good: Json) -> Json:
        """The resource with the fault in it."""
        resource = deepcopy(self.of or good)
        action = resource["action"][0] if "action" in resource else {}
        if not self.of:
            action["condition"] = [deepcopy(CONDITION)]
        self.seed(resource)
        return resource


def _extension(resource: Json, url: str) -> Json:
    return next(each for each in resource["action"][0]["extension"] if each["url"] == url)


def _twice(resource: Json) -> None:
    extensions = resource["action"][0]["extension"]
    extensions.append(deepcopy(_extension(resource, STRENGTH)))


def _wrong_value(resource: Json) -> None:
    found = _extension(resource, STRENGTH)
    del found["valueCodeableConcept"]
    found["valueString"] = "weak"


def _bad_direction(resource: Json) -> None:
    _extension(resource, DIRECTION)["valueCodeableConcept"]["coding"][0]["code"] = "sideways"


def _definition_uri(resource: Json) -> None:
    resource["action"][0].pop("definitionCanonical", None)
    resource["action"][0]["definitionUri"] = "urn:uuid:53fefa32-fcbb-4ff8-8a92-55ee120877b7"


def _both(resource: Json) -> None:
    resource["activity"][0]["detail"] = {"status": "not-started"}


def _neither(resource: Json) -> None:
    del resource["action"][0]["resource"]


def _replaced(key: str, value: object) -> Callable[[Json], None]:
    def seed(resource: Json) -> None:
        resource[key] = value

    return seed


def _without(key: str) -> Callable[[Json], None]:
    """Removes an element with all that stands on it."""

    def seed(resource: Json) -> None:
        del resource[key]
        resource.pop(f"_{key}", None)

    return seed


def _condition(resource: Json) -> Json:
    found: Json = resource["action"][0]["condition"][0]
    return found


TYPE = {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/plan-definition-type", "code": "order-set"}]}
FAULTS: dict[str, Fault] = {
    "unknown element": Fault(_replaced("colour", "blue"), "schema models profiles"),
    "status missing": Fault(_without("status"), "models profiles"),
    "status of a bad code": Fault(_replaced("status", "bogus"), "schema"),
    "a day that is none": Fault(_replaced("date", "2026-13-01"), "schema models profiles"),
    "condition of a bad kind": Fault(lambda each: _condition(each).update(kind="sometimes"), "schema"),
    "expression without language": Fault(
        lambda each: _condition(each)["expression"].pop("language"), "models profiles"
    ),
    "request group's action without resource": Fault(_neither, "profiles", REQUESTS),
    "care plan's activity both ways": Fault(_both, "profiles", PLAN),
    "CPG: no action": Fault(_without("action"), "profiles"),
    "CPG: another type": Fault(_replaced("type", TYPE), "profiles"),
    "CRMI: no title": Fault(_without("title"), "table"),
    "strength twice": Fault(_twice, "table"),
    "extension with another value": Fault(_wrong_value, "table"),
    "direction of a bad code": Fault(_bad_direction, "table"),
    "definition that CPG does not allow": Fault(_definition_uri, "table"),
    "capability of a bad code": Fault(lambda each: each["extension"][0].update(valueCode="magic"), "table"),
}
