"""A guideline as FHIR R4: artifacts of CPG-on-FHIR, each with its grade, its sources and its currency."""

from __future__ import annotations

from gradeline.exchange.fhir.activities import activities
from gradeline.exchange.fhir.edition import Edition, different
from gradeline.exchange.fhir.elements import Json
from gradeline.exchange.fhir.libraries import libraries
from gradeline.exchange.fhir.measures import measures
from gradeline.exchange.fhir.plans import plans
from gradeline.exchange.fhir.questions import questionnaire
from gradeline.exchange.fhir.rules import broken
from gradeline.exchange.fhir.terms import codesystems, valuesets


def resources(edition: Edition) -> list[Json]:
    """Every artifact of an edition; UsageError where two would have one name, or one has a name that is none."""
    made = [
        *plans(edition),
        *activities(edition),
        *libraries(edition),
        *measures(edition),
        questionnaire(edition),
        *valuesets(edition),
        *codesystems(edition),
    ]
    return sound(different(made))


def sound(made: list[Json]) -> list[Json]:
    """The same artifacts; a rule that one breaks is a fault of ours, and nothing is exported."""
    faults = [f"{each['resourceType']}/{each['id']}: {fault}" for each in made for fault in broken(each)]
    if faults:
        raise AssertionError("; ".join(faults))
    return made


__all__ = ["Edition", "resources"]
