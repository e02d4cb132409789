"""A grade in FHIR: strength, direction and certainty apart, and good practice under a code of its own.

HL7's terminology knows only strong and weak, so what is neither has no coding of it; the scheme's own code says it.
"""

from __future__ import annotations

from gradeline.exchange.fhir.elements import Json, coding
from gradeline.model.grade import GOOD, STRONG, Grade, Scheme

HL7 = "http://terminology.hl7.org/CodeSystem"
STRENGTHS = f"{HL7}/recommendation-strength"
CERTAINTIES = f"{HL7}/evidence-quality"
DIRECTIONS = "http://hl7.org/fhir/uv/cpg/CodeSystem/cpg-recommendation-direction-cs"
STRENGTH = "http://hl7.org/fhir/StructureDefinition/cqf-strengthOfRecommendation"
CERTAINTY = "http://hl7.org/fhir/StructureDefinition/cqf-qualityOfEvidence"
DIRECTION = "http://hl7.org/fhir/uv/cpg/StructureDefinition/cpg-directionOfRecommendation"
SPELT = {"very low": "very-low"}
DISPLAYS = {"strong": "Strong", "weak": "Weak", "high": "High quality", "moderate": "Moderate quality",
            "low": "Low quality", "very-low": "Very low quality", "for": "For", "against": "Against"}  # fmt: skip
"""The displays that the code systems themselves give."""


def extensions(grade: Grade, scheme: Scheme, grades: str) -> list[Json]:
    """The grade as the three extensions of a recommendation; good practice has no quality of evidence."""
    found = [_extension(STRENGTH, strength(grade, scheme, grades)), _extension(DIRECTION, direction(grade))]
    return found if grade.certainty is None else [*found, _extension(CERTAINTY, certainty(grade, scheme, grades))]


def strength(grade: Grade, scheme: Scheme, grades: str) -> Json:
    """HL7's strong or weak where it is one of them, and the scheme's own code; its words as text."""
    code = "strong" if grade.strength is STRONG else "weak"
    official = [] if grade.strength is GOOD else [coding(STRENGTHS, code, DISPLAYS[code])]
    words = scheme.kind(grade).name
    return {"coding": [*official, coding(grades, kind_code(grade), words.en)], "text": words.en}


def direction(grade: Grade) -> Json:
    """For or against, in CPG's required code system."""
    code = grade.direction.value
    return {"coding": [coding(DIRECTIONS, code, DISPLAYS[code])]}


def certainty(grade: Grade, scheme: Scheme, grades: str) -> Json:
    """The certainty of the evidence, of a graded recommendation."""
    assert grade.certainty is not None
    code = SPELT.get(grade.certainty.word, grade.certainty.word)
    words = scheme.certainties[grade.certainty].name
    return {
        "coding": [coding(CERTAINTIES, code, DISPLAYS[code]), coding(grades, f"certainty-{code}", words.en)],
        "text": f"{words.en} {scheme.circles(grade)}",
    }


def kind_code(grade: Grade) -> str:
    """The scheme's own code of strength and direction: `good-practice-against`."""
    return f"{grade.strength.value.replace(' ', '-')}-{grade.direction.value}"


def _extension(url: str, value: Json) -> Json:
    return {"url": url, "valueCodeableConcept": value}
