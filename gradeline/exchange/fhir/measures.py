"""Practice counted as Measures, in keeping with the grade: only a strong recommendation is a target.

What is weak, or good practice, is a choice to make with the patient: its counts are told, with no score and no sense of
better or worse.
"""

from __future__ import annotations

from collections.abc import Iterator

from gradeline.exchange.canonical import camel
from gradeline.exchange.fhir.answers import POPULATION, PRACTICES, UNTOLD
from gradeline.exchange.fhir.edition import Edition
from gradeline.exchange.fhir.elements import Json, both, concept
from gradeline.exchange.fhir.grading import HL7
from gradeline.exchange.fhir.logic import expression, library
from gradeline.exchange.fhir.sources import of_recommendation
from gradeline.model.grade import STRONG
from gradeline.model.guideline import Recommendation
from gradeline.model.words import Text

METRIC = "http://hl7.org/fhir/uv/cpg/StructureDefinition/cpg-computablemetric"
POPULATIONS = f"{HL7}/measure-population"
IMPROVES = concept(f"{HL7}/measure-improvement-notation", "increase", "Increased score indicates improvement")
TARGET = Text(
    "Of the patients to whom it applies, how many it was followed for. {} Who had a recorded reason is an exception; "
    "whose practice cannot be told is left out.",
    "Hvor mange af de patienter, den gælder for, den er fulgt hos. {} Har patienten en journalført grund, er det en "
    "undtagelse; kan praksis ikke ses, er patienten udeladt.",
)
COUNTS = Text(
    "What practice was, of the patients to whom it applies: counts, no score, neither better nor worse. {}",
    "Hvad praksis var hos de patienter, den gælder for: antal uden score, hverken bedre eller værre. {}",
)
COHORT = {
    POPULATION: Text("applies", "gælder"),
    UNTOLD: Text("cannot be told whether it applies", "kan ikke ses, om den gælder"),
    "Followed": Text("followed", "fulgt"),
    "Departed": Text("departed from", "fraveget"),
    "Justified": Text("departed from for a recorded reason", "fraveget med en journalført grund"),
    "Open": Text("open", "åben"),
    "Unknown": Text("practice cannot be told", "praksis kan ikke ses"),
}
"""What a cohort counts side by side, by the ending of its definition."""
TARGETED = {
    "initial-population": POPULATION,
    "denominator": POPULATION,
    "denominator-exclusion": PRACTICES["unknown"],
    "denominator-exception": PRACTICES["justified"],
    "numerator": PRACTICES["followed"],
}
"""What a proportion counts, by the ending of its definition."""
DISPLAYS = {
    "initial-population": "Initial Population",
    "denominator": "Denominator",
    "denominator-exclusion": "Denominator Exclusion",
    "denominator-exception": "Denominator Exception",
    "numerator": "Numerator",
}


def measures(edition: Edition) -> Iterator[Json]:
    """A measure for each recommendation: a proportion for a strong one, else a cohort."""
    for each in edition.guideline.recommendations:
        yield _proportion(edition, each) if each.grade.strength is STRONG else _cohort(edition, each)


def _head(edition: Edition, each: Recommendation, says: Text, scoring: str, *profiles: str) -> Json:
    """What both kinds have: the recommendation's own words, and where they are from."""
    head = edition.artifact("Measure", edition.id(each.id), each.name, both(says.en, says.da, each.says), *profiles)
    plan = {"type": "derived-from", "resource": edition.cite("PlanDefinition", edition.id(each.id))}
    return {
        **head,
        "relatedArtifact": [plan, *of_recommendation(edition, each)],
        **library(edition),
        "scoring": concept(f"{HL7}/measure-scoring", scoring, scoring.capitalize()),
        "type": [concept(f"{HL7}/measure-type", "process", "Process")],
        "rationale": each.why.en,
        "clinicalRecommendationStatement": each.says.en,
    }


def _proportion(edition: Edition, each: Recommendation) -> Json:
    """A strong recommendation: followed, of those to whom it applies, their recorded reasons taken out."""
    populations = [_population(each, each.id, code, ending) for code, ending in TARGETED.items()]
    return {
        **_head(edition, each, TARGET, "proportion", METRIC),
        "improvementNotation": IMPROVES,
        "group": [{"id": each.id, "population": populations}],
    }


def _cohort(edition: Edition, each: Recommendation) -> Json:
    """Any other: one count for each answer, side by side."""
    groups = [
        {
            "id": (group := f"{each.id}-{ending.lower()}"),
            "code": {"text": words.en},
            "description": words.en,
            "population": [_population(each, group, "initial-population", ending)],
        }
        for ending, words in COHORT.items()
    ]
    return {**_head(edition, each, COUNTS, "cohort"), "group": groups}


def _population(each: Recommendation, group: str, code: str, ending: str) -> Json:
    """Who is counted; some engines count nothing of a population without an id."""
    return {
        "id": f"{group}-{code}",
        "code": concept(POPULATIONS, code, DISPLAYS[code]),
        "description": COHORT[ending].en,
        "criteria": expression(f"{camel(each.id)}{ending}"),
    }
