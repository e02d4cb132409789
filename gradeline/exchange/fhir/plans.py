"""The guideline and its recommendations as PlanDefinitions: CPG's strategy, and one recommendation each."""

from __future__ import annotations

from collections.abc import Iterator

from gradeline.exchange.fhir.activities import activity_id, asked
from gradeline.exchange.fhir.edition import Edition
from gradeline.exchange.fhir.elements import Json, both, concept, said
from gradeline.exchange.fhir.grading import HL7, extensions
from gradeline.exchange.fhir.logic import STOPS, applies, condition, library
from gradeline.exchange.fhir.sources import of_guideline, of_recommendation
from gradeline.model.guideline import Recommendation, Section
from gradeline.model.words import Text

CPG = "http://hl7.org/fhir/uv/cpg/StructureDefinition"
TYPES = f"{HL7}/plan-definition-type"
PROCESSES = "http://hl7.org/fhir/uv/cpg/CodeSystem/cpg-common-process-cs"
CARE = concept(PROCESSES, "guideline-based-care", "Guideline-based Care")
TRIAGE = concept(PROCESSES, "triage", "Triage")
GATE = Text("Warning signs", "Alarmtegn")
PRACTITIONER = [{"type": "practitioner"}]


def plans(edition: Edition) -> Iterator[Json]:
    """The guideline, then its recommendations in its order."""
    yield strategy(edition)
    for each in edition.guideline.recommendations:
        yield recommendation(edition, each)


def strategy(edition: Edition) -> Json:
    """The guideline: the warning signs first, then its sections with their recommendations."""
    guideline = edition.guideline
    description = both("{} {}", "{} {}", guideline.scope, guideline.about)
    head = edition.artifact(
        "PlanDefinition", edition.id(), guideline.title, description, f"{CPG}/cpg-strategydefinition"
    )
    gate = [_gate(edition, guideline.gate.stop)] if guideline.gate else []
    return {
        **head,
        "type": concept(TYPES, "workflow-definition", "Workflow Definition"),
        **said("usage", guideline.currency.meaning),
        "relatedArtifact": [*of_guideline(edition), *_parts(edition)],
        **library(edition),
        "action": gate + [_section(edition, each) for each in guideline.sections if _of(edition, each)],
    }


def _parts(edition: Edition) -> list[Json]:
    """What the strategy is made of."""
    ids = [edition.id(each.id) for each in edition.guideline.recommendations]
    return [{"type": "composed-of", "resource": edition.cite("PlanDefinition", id)} for id in ids]


def _of(edition: Edition, section: Section) -> list[Recommendation]:
    return [each for each in edition.guideline.recommendations if each.section == section.id]


def _gate(edition: Edition, stop: Text) -> Json:
    """The signs that stop everything else; they have a source of their own."""
    gate = edition.guideline.gate
    assert gate is not None
    return {
        "id": gate.id,
        **said("title", GATE),
        **said("description", stop),
        "priority": "stat",
        "code": [TRIAGE],
        **condition(STOPS),
        "participant": PRACTITIONER,
    }


def _section(edition: Edition, section: Section) -> Json:
    """A heading, and beneath it the recommendations that it holds."""
    return {
        "id": section.id,
        **said("title", section.title),
        **said("description", both("Recommendations: {}", "Anbefalinger: {}", section.title)),
        "code": [CARE],
        "action": [_reference(edition, each) for each in _of(edition, section)],
    }


def _reference(edition: Edition, each: Recommendation) -> Json:
    return {
        **said("title", each.name),
        **said("description", each.says),
        "code": [CARE],
        "definitionCanonical": edition.cite("PlanDefinition", edition.id(each.id)),
    }


def recommendation(edition: Edition, each: Recommendation) -> Json:
    """One recommendation: its grade, whom it applies to, and what it asks."""
    head = edition.artifact(
        "PlanDefinition", edition.id(each.id), each.name, each.says, f"{CPG}/cpg-recommendationdefinition"
    )
    return {
        **head,
        "type": concept(TYPES, "eca-rule", "ECA Rule"),
        **said("purpose", each.why),
        **said("usage", each.caveat),
        "relatedArtifact": of_recommendation(edition, each),
        **library(edition),
        "action": [_action(edition, each)],
    }


def _action(edition: Edition, each: Recommendation) -> Json:
    """The action that the grade stands on, with one activity beneath it for each thing that it asks."""
    grades = edition.url("CodeSystem", f"grades-{edition.guideline.scheme.id}")
    scheme = edition.guideline.scheme
    wording = scheme.kind(each.grade)
    return {
        "id": each.id,
        "extension": extensions(each.grade, scheme, grades),
        **said("title", each.name),
        **said("description", each.says),
        **said("textEquivalent", both("{}: {}", "{}: {}", wording.name, wording.meaning)),
        "priority": "routine",
        "code": [CARE],
        "documentation": [{"type": "justification", **_justification(each)}],
        **condition(applies(each.id)),
        "participant": PRACTITIONER,
        **_activities(edition, each),
    }


def _justification(each: Recommendation) -> Json:
    """Why, and on which evidence."""
    words = [each.why.en, *([each.evidence.en] if each.evidence else [])]
    return {"label": "Why", "display": " ".join(words)}


def _activities(edition: Edition, each: Recommendation) -> Json:
    """One activity, or several with how to choose among them."""
    found = asked(each)
    urls = [edition.cite("ActivityDefinition", activity_id(edition, term, found.against)) for term in found.terms]
    if len(urls) == 1:
        return {"definitionCanonical": urls[0]}
    names = [edition.guideline.terms[term].name for term in found.terms]
    actions = [
        {**said("title", name), "code": [CARE], "definitionCanonical": url}
        for name, url in zip(names, urls, strict=True)
    ]
    return {"groupingBehavior": "logical-group", "selectionBehavior": found.choice, "action": actions}
