"""Definitions that no registry and no folder of ours holds, as little of each as the validators need.

What stands in for what, and where it was read:
- extensions that CPG and CRMI profiles name: any extension at their address;
- CRMI's shareable and publishable profiles of the types that `../shared` has none of: HL7/crmi-ig, input/profiles;
- the codes of a value set that we use or that a fault is seeded in: HL7/fhir-extensions, HL7/cqf-recommendations;
- code systems whose codes are not ours to have: known by their address, their codes not at hand.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from gradeline.codes import OWN, SYSTEMS

Json = dict[str, Any]
BASE = "http://hl7.org/fhir/StructureDefinition"
CRMI = "http://hl7.org/fhir/uv/crmi/StructureDefinition"
CPG = "http://hl7.org/fhir/uv/cpg"
MUST = {
    "shareable": ("url", "version", "title", "description"),
    "publishable": ("date",),
}
"""What CRMI's two profiles want once, beside what R4 itself wants."""
MORE = {"ActivityDefinition": ("experimental",), "CodeSystem": ("experimental",), "ValueSet": ("experimental",)}
TYPES = ("ActivityDefinition", "CodeSystem", "Library", "Measure", "PlanDefinition", "Questionnaire", "ValueSet")
CAPABILITIES = ("shareable", "computable", "publishable", "executable")
PROCESSES = {"guideline-based-care": "Guideline-based Care", "triage": "Triage"}


def collect(shared: Path, target: Path) -> Path:
    """One folder with the definitions of `../shared` and the stand-ins for what they name and do not bring."""
    target.mkdir(parents=True, exist_ok=True)
    given = {
        file.name: json.loads(file.read_text("utf-8")) for file in sorted((shared / "standards/fhir").rglob("*.json"))
    }
    made = [*profiles(given.values()), *codes(), *extensions(given.values())]
    for name, each in {**given, **{f"{one['resourceType']}-{one['id']}.json": one for one in made}}.items():
        (target / name).write_text(json.dumps(each), "utf-8")
    return target


def profiles(given: Any) -> Iterator[Json]:
    """The CRMI profiles that are not among what is given."""
    there = {each.get("url") for each in given}
    for kind, elements in MUST.items():
        for type in TYPES:
            if f"{CRMI}/crmi-{kind}{type.lower()}" not in there:
                more = MORE.get(type, ()) if kind == "shareable" else ()
                yield profile(f"crmi-{kind}{type.lower()}", type, (*elements, *more))


def profile(id: str, type: str, elements: tuple[str, ...]) -> Json:
    """A profile that wants elements once."""
    rows = [{"id": f"{type}.{each}", "path": f"{type}.{each}", "min": 1} for each in elements]
    return {
        **definition(f"{CRMI}/{id}", type, f"{BASE}/{type}"),
        "kind": "resource",
        "differential": {"element": [{"id": type, "path": type}, *rows]},
    }


def extensions(given: Any) -> Iterator[Json]:
    """Every extension that a profile names and nobody brings."""
    there = {each.get("url") for each in given}
    named = {url for each in given for url in extended(each)}
    for url in sorted(named - there):
        rows = [
            {"id": "Extension", "path": "Extension"},
            {"id": "Extension.url", "path": "Extension.url", "fixedUri": url},
        ]
        context = [{"type": "element", "expression": "Element"}]
        yield {
            **definition(url, "Extension", f"{BASE}/Extension"),
            "kind": "complex-type",
            "context": context,
            "differential": {"element": rows},
        }


def extended(definition: Json) -> Iterator[str]:
    """The addresses of the extensions that a definition has slices for."""
    for part in ("snapshot", "differential"):
        for element in definition.get(part, {}).get("element", ()):
            for type in element.get("type", ()):
                if type.get("code") == "Extension":
                    yield from type.get("profile", ())


def definition(url: str, type: str, base: str) -> Json:
    """The head of a structure definition."""
    id = url.rpartition("/")[2]
    return {
        "resourceType": "StructureDefinition",
        "id": f"standin-{id}",
        "url": url,
        "name": id.title().replace("-", ""),
        "status": "draft",
        "fhirVersion": "4.0.1",
        "abstract": False,
        "type": type,
        "baseDefinition": base,
        "derivation": "constraint",
    }


def codes() -> Iterator[Json]:
    """The value sets and code systems whose codes are needed, and the systems whose codes nobody has here."""
    capability = f"{CPG.rpartition('/uv')[0]}/CodeSystem/knowledge-capability"
    yield codesystem(capability, dict.fromkeys(CAPABILITIES, ""))
    yield valueset("http://hl7.org/fhir/ValueSet/knowledge-capability", capability)
    yield codesystem(f"{CPG}/CodeSystem/cpg-common-process-cs", PROCESSES)
    yield valueset(f"{CPG}/ValueSet/cpg-common-process-vs", f"{CPG}/CodeSystem/cpg-common-process-cs")
    for name, uris in SYSTEMS.items():
        for number, uri in enumerate(uris):
            if uri != OWN and not uri.startswith("http://snomed.info/sct/"):
                yield {**codesystem(uri, {}, f"{name}-{number}"), "content": "not-present"}


def codesystem(url: str, concepts: dict[str, str], id: str = "") -> Json:
    """A code system with some codes."""
    listed = [{"code": code, **({"display": words} if words else {})} for code, words in concepts.items()]
    head = {"resourceType": "CodeSystem", "id": f"standin-{id or url.rpartition('/')[2]}", "url": url}
    rest = {"status": "draft", "content": "complete" if listed else "not-present"}
    return {**head, **rest, **({"concept": listed} if listed else {})}


def valueset(url: str, system: str) -> Json:
    """A value set of all codes of a system."""
    id = f"standin-{url.rpartition('/')[2]}"
    include = {"include": [{"system": system}]}
    return {"resourceType": "ValueSet", "id": id, "url": url, "status": "draft", "compose": include}
