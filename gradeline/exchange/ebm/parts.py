"""What every resource of the experimental export begins with, whom a recommendation is for, and its sources."""

from __future__ import annotations

from gradeline.evaluate.words.sentences import Sentences
from gradeline.exchange.fhir.edition import NOTICE, PUBLISHER, Edition
from gradeline.exchange.fhir.elements import Json, both, coding, narrative, said
from gradeline.model.criteria import All, Criterion, Not
from gradeline.model.guideline import Recommendation, Source, children
from gradeline.model.words import Text

CODES = "https://fevir.net/resources/CodeSystem/179423"
"""Where EBMonFHIR's draft has the codes of its compositions and assessments."""
LABEL = "Experimental: EBMonFHIR in the shape of FHIR R5; not for use in care."
EXPERIMENTAL = Text("Experimental. {}", "Eksperimentel. {}")


def head(edition: Edition, type: str, id: str, title: Text, words: Text) -> Json:
    """Type, id, the label, and what a person reads."""
    labelled = both(EXPERIMENTAL.en, EXPERIMENTAL.da, title)
    tag = {**coding(edition.url("CodeSystem", "labels"), "experimental"), "display": LABEL}
    return {
        "resourceType": type,
        "id": id,
        "meta": {"tag": [tag]},
        "language": "en",
        "text": narrative(labelled, words),
    }


def concept(code: str, display: str = "") -> Json:
    """A concept of EBMonFHIR's draft."""
    return {"coding": [coding(CODES, code, display)]}


def reference(type: str, id: str, display: str = "") -> Json:
    """A resource of the same Bundle."""
    return {"reference": f"{type}/{id}", **({"display": display} if display else {})}


def notice(edition: Edition) -> str:
    """Whose words these are, with the label."""
    return f"{LABEL} {both(NOTICE.en, NOTICE.da, edition.guideline.title, edition.guideline.publisher.name).en}"


def group(edition: Edition, each: Recommendation) -> Json:
    """Whom a recommendation is for: the population's criteria, and its own, as sentences."""
    guideline = edition.guideline
    words = each.population or guideline.scope
    sentences = Sentences(guideline, "en")
    named = guideline.terms[guideline.index.term].name.en
    criteria = [*_claims(guideline.population), *(_claims(each.when) if each.when else [])]
    rows = [(named, False), *((sentences.say(one), exclude) for one, exclude in criteria)]
    characteristics = [
        {"code": {"text": "criterion"}, "valueCodeableConcept": {"text": sentence}, "exclude": exclude}
        for sentence, exclude in rows
    ]
    return {
        **head(edition, "Group", edition.id(each.id, "population"), each.name, words),
        "type": "person",
        "membership": "definitional",
        **said("name", each.name),
        **said("description", words),
        "characteristic": characteristics,
    }


def _claims(criterion: Criterion) -> list[tuple[Criterion, bool]]:
    """The claims that must all hold; one that must not hold excludes."""
    parts = children(criterion) if isinstance(criterion, All) else (criterion,)
    return [(each.of, True) if isinstance(each, Not) else (each, False) for each in parts]


def citation(edition: Edition, source: Source) -> Json:
    """A document that something is taken from, as far as it is known."""
    words = Text(", ".join(each for each in (source.title, source.year, source.locator) if each))
    id = edition.id("source", source.id)
    return {
        **head(edition, "Citation", id, Text(source.title), words),
        "url": edition.url("Citation", id),
        "version": edition.version,
        "title": source.title,
        "status": "draft",
        "experimental": True,
        "publisher": PUBLISHER,
        "copyright": notice(edition),
        "citedArtifact": {"title": [{"text": source.title}], "note": [{"text": words.en}]},
    }
