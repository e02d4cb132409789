"""Where a guideline's words come from, as related artifacts: the guideline itself, its sources, its rating system."""

from __future__ import annotations

import re

from gradeline.exchange.fhir.edition import Edition
from gradeline.exchange.fhir.elements import Json
from gradeline.exchange.fhir.rating import rating
from gradeline.model.guideline import Recommendation, Source

DOI = re.compile(r"\bdoi (10\.\d{4,9}/\S+)")


def of_guideline(edition: Edition) -> list[Json]:
    """The guideline that is encoded, its rating system, and every source that it names."""
    return [_original(edition), _rating(edition), *(_citation(each) for each in edition.guideline.sources)]


def of_recommendation(edition: Edition, recommendation: Recommendation) -> list[Json]:
    """The guideline, its rating system, and the sources that number this recommendation, with their numbers."""
    known = {each.id: each for each in edition.guideline.sources}
    cited = [{**_citation(known[id]), "label": number} for id, number in recommendation.aliases.items() if id in known]
    return [_original(edition), _rating(edition), *cited]


def _original(edition: Edition) -> Json:
    """The guideline as its publisher issued it."""
    guideline = edition.guideline
    words = f"{guideline.publisher.name.en}: {guideline.title.en}, version {guideline.currency.version}"
    return {"type": "derived-from", "label": "Guideline", "display": words, "citation": words}


def _rating(edition: Edition) -> Json:
    """By which system it is graded: declared, as CPG wants it, with the codes that say its grades."""
    scheme = edition.guideline.scheme
    return {
        "type": "documentation",
        "label": "Rating system",
        "display": scheme.name.en,
        "resource": rating(edition),
    }


def _citation(source: Source) -> Json:
    words = ", ".join(each for each in (source.title, source.year, source.locator) if each)
    doi = DOI.search(source.locator)
    return {
        "type": "citation",
        "display": source.title,
        "citation": words,
        **({"url": f"https://doi.org/{doi[1]}"} if doi else {}),
    }
