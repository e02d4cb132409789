"""The value sets of a library, expanded, as FHIR: what an engine must be given beside the library."""

from __future__ import annotations

from typing import Any

from gradeline.exchange.canonical import Canonical, camel, version_of
from gradeline.exchange.cql.terms import ValueSet, value_sets
from gradeline.model.guideline import Guideline


def bundle(guideline: Guideline, canonical: Canonical) -> dict[str, Any]:
    """All value sets as one Bundle."""
    made = [_resource(guideline, each, canonical) for each in value_sets(guideline)]
    entries = [{"fullUrl": each["url"], "resource": each} for each in made]
    return {"resourceType": "Bundle", "type": "collection", "entry": entries}


def _resource(guideline: Guideline, each: ValueSet, canonical: Canonical) -> dict[str, Any]:
    """One value set with its expansion; whole branches of a classification are in the library itself."""
    systems = dict.fromkeys(system for system, _ in each.codes)
    include = [
        {"system": system, "concept": [{"code": code} for s, code in each.codes if s == system]} for system in systems
    ]
    return {
        "resourceType": "ValueSet",
        "id": each.id,
        "url": canonical.url("ValueSet", each.id),
        "version": version_of(guideline, canonical),
        "name": camel(each.id),
        "title": each.title,
        "status": "draft",
        "experimental": guideline.invented,
        **({"compose": {"include": include}} if include else {}),
        "expansion": {
            "timestamp": f"{guideline.encoding.date}T00:00:00Z",
            "total": len(each.codes),
            "contains": [{"system": system, "code": code} for system, code in each.codes],
        },
    }
