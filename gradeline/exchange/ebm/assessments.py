"""The grade of a recommendation and the reasons for it, as ArtifactAssessments."""

from __future__ import annotations

from gradeline.exchange.ebm.parts import concept, head, notice, reference
from gradeline.exchange.fhir import grading
from gradeline.exchange.fhir.edition import Edition
from gradeline.exchange.fhir.elements import Json, both, coding
from gradeline.model.grade import GOOD, Certainty, Direction, Grade, Strength
from gradeline.model.guideline import Recommendation
from gradeline.model.words import Text

RJCS = "https://fevir.net/resources/CodeSystem/27834"
SYSTEMS = "http://hl7.org/fhir/uv/ebm/CodeSystem/evidence-rating-system-classifier-codesystem"
STRENGTHS = {Strength.STRONG: ("RJCS-2001", "Strong"), Strength.WEAK: ("RJCS-2002", "Weak")}
CERTAINTIES = {
    Certainty.HIGH: ("RJCS-2003", "High certainty"),
    Certainty.MODERATE: ("RJCS-2004", "Moderate certainty"),
    Certainty.LOW: ("RJCS-2005", "Low certainty"),
    Certainty.VERY_LOW: ("RJCS-2006", "Very low certainty"),
}
DIRECTIONS = {
    Direction.FOR: ("RJCS-2021", "Favors intervention"),
    Direction.AGAINST: ("RJCS-2025", "Favors comparison"),
}
"""For and against; how firmly is said by the strength alone."""
RATING = Text("Rating: {}", "Gradering: {}")
JUSTIFIED = Text("Justification: {}", "Begrundelse: {}")


def rating(edition: Edition, each: Recommendation) -> Json:
    """Strength, direction and certainty, and by which system; good practice has a code of ours and no certainty."""
    words = edition.guideline.scheme.kind(each.grade)
    made = _head(edition, each, "rating", both(RATING.en, RATING.da, each.name), words.meaning)
    grade, grades = each.grade, edition.url("CodeSystem", f"grades-{edition.guideline.scheme.id}")
    content = [
        _content("rating-system", coding(SYSTEMS, "GRADE"), edition.guideline.scheme.name.en),
        _content("strength-of-recommendation", _strength(grade, grades), words.name.en),
        _content("direction-of-recommendation", coding(RJCS, *DIRECTIONS[grade.direction]), grade.direction.value),
    ]
    if grade.certainty is not None:
        level = edition.guideline.scheme.certainties[grade.certainty]
        code = coding(RJCS, *CERTAINTIES[grade.certainty])
        content.append(_content("certainty-of-evidence", code, f"{level.name.en} {level.symbol}"))
    return {**made, "content": content}


def justification(edition: Edition, each: Recommendation) -> Json:
    """Why, on which evidence, and what to be careful of."""
    made = _head(edition, each, "justification", both(JUSTIFIED.en, JUSTIFIED.da, each.name), each.why)
    parts = (("justification", each.why), ("discussion", each.evidence), ("considerations", each.caveat))
    content = [
        {"informationType": "comment", "type": concept(code), "summary": words.en} for code, words in parts if words
    ]
    return {**made, "content": content}


def _head(edition: Edition, each: Recommendation, part: str, title: Text, words: Text) -> Json:
    """An assessment of one recommendation."""
    return {
        **head(edition, "ArtifactAssessment", edition.id(each.id, part), title, words),
        "title": title.en,
        "date": edition.guideline.encoding.date.isoformat(),
        "copyright": notice(edition),
        "artifactReference": reference("Composition", edition.id(each.id), each.name.en),
    }


def _content(code: str, classifier: Json, summary: str) -> Json:
    """One rating."""
    classified = [{"coding": [classifier], "text": summary}]
    return {"informationType": "rating", "type": concept(code), "classifier": classified, "summary": summary}


def _strength(grade: Grade, grades: str) -> Json:
    if grade.strength is GOOD:
        return coding(grades, grading.kind_code(grade))
    return coding(RJCS, *STRENGTHS[grade.strength])
