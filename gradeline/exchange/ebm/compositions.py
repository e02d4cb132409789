"""The guideline and each recommendation as a Composition: what a reader reads, and where the rest is."""

from __future__ import annotations

from gradeline.exchange.ebm.parts import concept, head, notice, reference
from gradeline.exchange.fhir.edition import PUBLISHER, Edition
from gradeline.exchange.fhir.elements import Json, both, narrative, said
from gradeline.model.guideline import Recommendation, Status
from gradeline.model.words import Text

STATUSES: dict[Status, str] = {
    "in force": "final",
    "not in force": "deprecated",
    "under review": "final",
    "draft": "preliminary",
}


def guideline_composition(edition: Edition) -> Json:
    """The guideline: what it covers, and its recommendations."""
    guideline = edition.guideline
    words = both("{} {}", "{} {}", guideline.scope, guideline.about)
    entries = [reference("Composition", edition.id(each.id), each.name.en) for each in guideline.recommendations]
    return {
        **_composition(edition, edition.id(), "Guideline", guideline.title, words),
        "section": [
            {"title": "Scope", "code": concept("summary"), "text": narrative(guideline.title, words)},
            {"title": "Recommendations", "code": concept("recommendations"), "entry": entries},
        ],
    }


def recommendation_composition(edition: Edition, each: Recommendation) -> Json:
    """One recommendation: its statement, then its grade, population, action, evidence and reasons."""
    title = each.name
    parts = (
        ("recommendation-statement", "Statement", each.says, ()),
        ("ratings", "Ratings", None, (("ArtifactAssessment", "rating"),)),
        ("population", "Population", each.population, (("Group", "population"),)),
        ("action", "Action", each.intervention, ()),
        ("opposite-action", "Opposite action", each.comparator, ()),
        ("evidence", "Evidence", each.evidence, ()),
        ("justification", "Justification", each.why, (("ArtifactAssessment", "justification"),)),
        ("considerations", "Considerations", each.caveat, ()),
    )
    sections = [
        {
            "title": name,
            "code": concept(code),
            **({"text": narrative(Text(name), words)} if words else {}),
            **({"entry": [reference(type, edition.id(each.id, part)) for type, part in entries]} if entries else {}),
        }
        for code, name, words, entries in parts
        if words or entries
    ]
    return {**_composition(edition, edition.id(each.id), "Recommendation", title, each.says), "section": sections}


def _composition(edition: Edition, id: str, type: str, title: Text, words: Text) -> Json:
    """The head of a composition; a guideline that is not in force is deprecated."""
    return {
        **head(edition, "Composition", id, title, words),
        "url": edition.url("Composition", id),
        "version": edition.version,
        "status": STATUSES[edition.guideline.currency.status],
        "type": concept(type),
        "date": edition.guideline.encoding.date.isoformat(),
        "author": [{"display": PUBLISHER}],
        **said("title", title),
        "note": [{"text": notice(edition)}],
    }
