"""What the validators of the registries do not see, as a table: extensions, required codes, narrowed choices.

HL7's own validator sees all of it. This table is held against the same seeded faults, and runs before every export.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from gradeline.exchange.fhir.elements import TRANSLATION, Json
from gradeline.exchange.fhir.grading import CERTAINTY, DIRECTION, DIRECTIONS, STRENGTH

CPG = "http://hl7.org/fhir/uv/cpg/StructureDefinition"
CAPABILITY = "http://hl7.org/fhir/StructureDefinition/cqf-knowledgeCapability"
CAPABILITIES = frozenset({"shareable", "computable", "publishable", "executable"})


class Extension(NamedTuple):
    """One extension: how often, which kind of value, which codes; and where that is said."""

    url: str
    most: int | None
    value: str
    codes: frozenset[str] | None
    source: str


EXTENSIONS = (
    Extension(STRENGTH, 1, "valueCodeableConcept", None, "HL7 extensions pack 5, cqf-strengthOfRecommendation"),
    Extension(CERTAINTY, 1, "valueCodeableConcept", None, "HL7 extensions pack 5, cqf-qualityOfEvidence"),
    Extension(
        DIRECTION,
        1,
        "valueCodeableConcept",
        frozenset({f"{DIRECTIONS}#for", f"{DIRECTIONS}#against"}),
        "CPG-on-FHIR 2.0.0, cpg-directionOfRecommendation, binding required",
    ),
    Extension(
        CAPABILITY, None, "valueCode", CAPABILITIES, "HL7 extensions pack 5, cqf-knowledgeCapability, binding required"
    ),
    Extension(TRANSLATION, None, "extension", None, "FHIR R4, translation"),
)
KNOWN = {each.url: each for each in EXTENSIONS}
NARROWED = {
    f"{CPG}/cpg-recommendationdefinition": ("ActivityDefinition", "PlanDefinition"),
    f"{CPG}/cpg-strategydefinition": ("PlanDefinition",),
}
"""CPG-on-FHIR 2.0.0: an action is defined by a canonical of these types and by nothing else."""
SHARED = ("url", "version", "title", "description")
"""CRMI, shareable: what every artifact has."""


def broken(resource: Json) -> Iterator[str]:
    """Each rule that a resource breaks, with its place and source."""
    profiles = resource.get("meta", {}).get("profile", [])
    if any("crmi-shareable" in each for each in profiles):
        yield from (f"{each} is missing (CRMI, shareable)" for each in SHARED if not resource.get(each))
    yield from _extensions(resource, resource["resourceType"])
    for profile in NARROWED.keys() & set(profiles):
        yield from _actions(resource.get("action", []), NARROWED[profile], "action")


def _extensions(node: object, path: str) -> Iterator[str]:
    """Walks through a resource, extensions first."""
    if isinstance(node, list):
        for number, each in enumerate(node):
            yield from _extensions(each, f"{path}[{number}]")
    if not isinstance(node, dict):
        return
    found = node.get("extension", [])
    for rule in EXTENSIONS:
        of_it = [each for each in found if each.get("url") == rule.url]
        if rule.most is not None and len(of_it) > rule.most:
            yield f"{path}: {rule.url} stands there {len(of_it)} times ({rule.source})"
        for each in of_it:
            yield from _value(each, rule, path)
    for key, each in node.items():
        yield from _extensions(each, f"{path}.{key}")


def _value(extension: Json, rule: Extension, path: str) -> Iterator[str]:
    """Whether an extension has its kind of value and, where they are required, its codes."""
    given = {key for key in extension if key.startswith("value") or key == "extension"}
    if given != {rule.value}:
        yield f"{path}: {rule.url} wants {rule.value}, not {', '.join(sorted(given)) or 'nothing'} ({rule.source})"
    elif rule.codes and not _codes(extension[rule.value]) & rule.codes:
        yield f"{path}: {rule.url} has none of the codes that it must have ({rule.source})"


def _codes(value: str | Json) -> set[str]:
    """A code as it is; of a concept its codings."""
    if isinstance(value, str):
        return {value}
    return {f"{each.get('system')}#{each.get('code')}" for each in value.get("coding", [])}


def _actions(actions: list[Json], types: tuple[str, ...], path: str) -> Iterator[str]:
    """Whether each action is defined only by a canonical of the types that its profile leaves."""
    for number, each in enumerate(actions):
        place = f"{path}[{number}]"
        if "definitionUri" in each:
            yield f"{place}: definitionUri is not allowed (CPG-on-FHIR 2.0.0)"
        canonical = each.get("definitionCanonical", "")
        if canonical and not any(f"/{type}/" in canonical for type in types):
            yield f"{place}: {canonical} is none of {', '.join(types)} (CPG-on-FHIR 2.0.0)"
        yield from _actions(each.get("action", []), types, f"{place}.action")
