"""A rating scheme's own codes: the same for every guideline that it grades, as a server holds them once."""

from __future__ import annotations

from gradeline.exchange.fhir.edition import Edition
from gradeline.exchange.fhir.elements import Json, both, designation, said
from gradeline.exchange.fhir.grading import SPELT
from gradeline.model.grade import KINDS, Certainty, Wording
from gradeline.model.words import Text

GRADES = Text("Grades: {}", "Graderinger: {}")
GRADED = Text(
    "Strength, direction and certainty as this system writes them; good practice is none of the graded.",
    "Styrke, retning og tillid, som dette system skriver dem; god praksis er ingen af de graderede.",
)
SCHEMES = "1"
"""The version of a scheme's grades: raise it where their words change."""
OF_SCHEMES: Json = {"version": SCHEMES, "status": "active", "experimental": True, "date": "2026-11-23"}
SCHEME_NOTICE = "The grades of {}, in our own words; not published or endorsed by those who grade so. Apache-2.0."


def grades(edition: Edition) -> Json:
    """The scheme's own codes, in its words: what HL7's strong and weak cannot say."""
    scheme = edition.guideline.scheme
    head = edition.artifact("CodeSystem", f"grades-{scheme.id}", both(GRADES.en, GRADES.da, scheme.name), GRADED)
    kinds = [
        _graded(f"{strength.value.replace(' ', '-')}-{direction.value}", scheme.kinds[strength, direction])
        for strength, direction in KINDS
    ]
    levels = [
        _graded(f"certainty-{SPELT.get(level.word, level.word)}", scheme.certainties[level]) for level in Certainty
    ]
    return {
        **head,
        **OF_SCHEMES,
        "copyright": SCHEME_NOTICE.format(scheme.name.en),
        "caseSensitive": True,
        "content": "complete",
        "count": len(kinds + levels),
        "concept": kinds + levels,
    }


def rating(edition: Edition) -> str:
    """The address of the scheme's grades, as other artifacts name it."""
    return f"{edition.url('CodeSystem', f'grades-{edition.guideline.scheme.id}')}|{SCHEMES}"


def _graded(code: str, words: Wording) -> Json:
    found = {"code": code, **said("display", words.name), **said("definition", words.meaning)}
    return {**found, **designation(words.name)}
