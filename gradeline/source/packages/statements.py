"""Graded actions as statements: the grade as the package codes it, and a doubt for whatever it leaves open."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TypeVar

from gradeline.model.grade import AGAINST, FOR, GOOD, STRONG, WEAK, Certainty, Direction, Strength
from gradeline.source.packages.archive import Json
from gradeline.source.packages.walk import Found, Shelf, actions, shown
from gradeline.source.published.found import Place, Statement

Value = TypeVar("Value")
HL7 = "http://terminology.hl7.org/CodeSystem"
STRENGTHS: dict[str, Strength] = {
    f"{HL7}/recommendation-strength#strong": STRONG,
    f"{HL7}/recommendation-strength#weak": WEAK,
}
CERTAINTIES: dict[str, Certainty] = {
    f"{HL7}/evidence-quality#{level.word.replace(' ', '-')}": level for level in Certainty
}
DIRECTION_SYSTEM = "http://hl7.org/fhir/uv/cpg/CodeSystem/cpg-recommendation-direction"
DIRECTIONS: dict[str, Direction] = {
    f"{DIRECTION_SYSTEM}{ending}#{each.value}": each for ending in ("", "-cs") for each in Direction
}
OURS = re.compile(r".*/CodeSystem/grades-[a-z0-9-]+#good-practice-(for|against)")
"""Good practice, which no code system of HL7's has, in ours."""


def statements(shelf: Shelf) -> Iterator[Statement]:
    """Every graded action of a package, in its order."""
    for found in shelf.graded():
        yield _statement(shelf, found)


def _statement(shelf: Shelf, found: Found) -> Statement:
    """One action: its words, its grade, and every doubt."""
    doubts: list[str] = []
    text = _text(found)
    if not text:
        doubts.append("the action has no words: neither a description nor a title")
    strength, label = _strength(found.action, doubts)
    direction = _direction(shelf, found.action, doubts)
    certainty = _certainty(found.action, strength, doubts)
    place = _place(found, text)
    return Statement(found.section, text, place, strength, direction, certainty, label=label, doubts=tuple(doubts))


def _text(found: Found) -> str:
    resource = found.entry.resource
    words = found.action.get("description") or found.action.get("title") or resource.get("description") or ""
    return shown(words)


def _strength(action: Json, doubts: list[str]) -> tuple[Strength | None, str]:
    """Strong, weak or our good practice, with the words beside it; any other code is doubted and never squeezed in."""
    concept = _concept(action, "cqf-strengthOfRecommendation")
    label = _label(concept)
    if concept is None:
        doubts.append("no strength of recommendation is given")
        return None, ""
    codes = _codes(concept)
    if any(OURS.fullmatch(code) for code in codes):
        return GOOD, label
    found = _one(codes, STRENGTHS)
    if found is None:
        doubts.append(f"its strength is coded in a way that is not mapped: {label or ', '.join(codes) or 'no code'}")
    return found, label


def _direction(shelf: Shelf, action: Json, doubts: list[str]) -> Direction | None:
    """For or against; where the action does not say, as the activities beneath it do."""
    concept = _concept(action, "cpg-directionOfRecommendation")
    codes = _codes(concept) if concept else []
    found = _one(codes, DIRECTIONS)
    if found:
        return found
    if codes:
        doubts.append(f"its direction is coded in a way that is not mapped: {_label(concept) or ', '.join(codes)}")
        return None
    urls = [str(each.get("definitionCanonical", "")).partition("|")[0] for each in (action, *actions(action))]
    asked = {shelf.activities[url].resource.get("doNotPerform", False) for url in urls if url in shelf.activities}
    if len(asked) == 1:
        return AGAINST if asked.pop() else FOR
    doubts.append("no direction is given, and none follows from its activities")
    return None


def _certainty(action: Json, strength: Strength | None, doubts: list[str]) -> Certainty | None:
    """The quality of the evidence; good practice has none."""
    concept = _concept(action, "cqf-qualityOfEvidence")
    if concept is None:
        if strength is not GOOD:
            doubts.append("no quality of evidence is given")
        return None
    found = _one(_codes(concept), CERTAINTIES)
    if found is None:
        doubts.append(f"its quality of evidence is coded in a way that is not mapped: {_label(concept)}")
    elif strength is GOOD:
        doubts.append("good practice with a quality of evidence: one of them is wrong")
    return found


def _concept(action: Json, name: str) -> Json | None:
    """The concept of an extension, whoever's address it has."""
    for each in action.get("extension", []):
        if str(each.get("url", "")).endswith(f"/{name}"):
            value = each.get("valueCodeableConcept")
            return value if isinstance(value, dict) else {}
    return None


def _codes(concept: Json) -> list[str]:
    return [shown(f"{each.get('system', '')}#{each.get('code', '')}") for each in concept.get("coding", [])]


def _label(concept: Json | None) -> str:
    """The words beside the codes."""
    displays = [str(each["display"]) for each in (concept or {}).get("coding", []) if each.get("display")]
    return shown((concept or {}).get("text") or ", ".join(displays))


def _one(codes: list[str], known: dict[str, Value]) -> Value | None:
    """What the codes say, where they say one thing."""
    found = {known[code] for code in codes if code in known}
    return found.pop() if len(found) == 1 else None


def _place(found: Found, text: str) -> Place:
    """Where the words stand in the file; the file's beginning where they are written otherwise."""
    source = found.entry.text.decode("utf-8", "replace")
    at = max(source.find(text), 0) if text else 0
    first = source.count("\n", 0, at) + 1
    return Place((1, 1), (first, first), (at, at + len(text)), found.entry.file)
