"""What our FHIR door can do, as a CapabilityStatement."""

from __future__ import annotations

from datetime import date
from typing import Any

from gradeline import __version__
from gradeline.serve.apply.catalog import EXACT, PARAMETERS, TYPES
from gradeline.serve.state import State

R4 = "http://hl7.org/fhir/OperationDefinition/PlanDefinition-apply"
CPG = "http://hl7.org/fhir/uv/cpg/OperationDefinition/cpg-plandefinition-apply"
HOW = (
    "Give the data: `data` (a Bundle), `prefetchData` (key and data) or `dataEndpoint` (an Endpoint that the settings "
    "allow). The answer is that of CPG-on-FHIR 2.0, a Parameters with one Bundle for each subject; with "
    "`output=careplan` it is that of FHIR R4, one CarePlan."
)
Plain = dict[str, Any]


def statement(state: State, base: str) -> Plain:
    """The CapabilityStatement of this server."""
    return {
        "resourceType": "CapabilityStatement",
        "id": "gradeline",
        "name": "Gradeline",
        "title": "Gradeline: clinical guidelines you can run",
        "status": "active",
        "date": date.fromordinal(state.today()).isoformat(),
        "kind": "instance",
        "software": {"name": "Gradeline", "version": __version__},
        "implementation": {"description": "Not a medical device as shipped", "url": f"{base}/fhir"},
        "fhirVersion": "4.0.1",
        "format": ["json", "application/fhir+json"],
        "rest": [{"mode": "server", "resource": [resource(kind) for kind in TYPES]}],
    }


def resource(kind: str) -> Plain:
    """What can be done with one type."""
    found: Plain = {
        "type": kind,
        "interaction": [{"code": "read"}, {"code": "search-type"}],
        "versioning": "no-version",
        "searchParam": [{"name": name, "type": search_type(name)} for name in PARAMETERS],
    }
    if kind == "PlanDefinition":
        found["operation"] = [
            {"name": "apply", "definition": CPG, "documentation": HOW},
            {"name": "apply", "definition": R4, "documentation": HOW},
        ]
    return found


def search_type(name: str) -> str:
    """How a parameter of a search is compared."""
    return "uri" if name == "url" else "token" if name in EXACT else "string"
