"""What a recommendation asks, as ActivityDefinitions: a service proposed, or one not to be performed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from gradeline.exchange.fhir.edition import Edition
from gradeline.exchange.fhir.elements import OWN, Json, both, coding, said, uri, whole
from gradeline.exchange.fhir.sources import of_guideline
from gradeline.model.forms import Avoid, ByATime, Do, Either, InsteadOf, NotRoutine, Together
from gradeline.model.grade import AGAINST
from gradeline.model.guideline import Recommendation, Term
from gradeline.model.words import Text

CPG = "http://hl7.org/fhir/uv/cpg"
ORDER = coding(f"{CPG}/CodeSystem/cpg-activity-type-cs", "order-service", "Order a service")
OFFER = Text("{}: proposed", "{}: foreslået")
LEAVE = Text("{}: not as a routine, or not at all", "{}: ikke som rutine eller slet ikke")


@dataclass(frozen=True)
class Asks:
    """The terms whose activities are proposed, or not to be performed, and how to choose among several."""

    terms: tuple[str, ...]
    against: bool
    choice: Literal["one-or-more", "all"] = "all"


def asked(recommendation: Recommendation) -> Asks:
    """What a recommendation asks: of a choice any, of what is combined the one to add, never the comparator."""
    against = recommendation.grade.direction is AGAINST
    match recommendation.form:
        case Either(actions):
            return Asks(actions, against, "one-or-more")
        case Together(_, with_):
            return Asks((with_,), against)
        case Do(action) | ByATime(action) | NotRoutine(action) | Avoid(action) | InsteadOf(action):
            return Asks((action,), against)
    raise AssertionError(recommendation.form)


def activity_id(edition: Edition, term: str, against: bool) -> str:
    """The id of a term's activity: `…-not-…` where it is not to be performed."""
    return edition.id("not", term) if against else edition.id(term)


def activities(edition: Edition) -> Iterator[Json]:
    """Every activity that the guideline speaks for or against, once."""
    found = [asked(each) for each in edition.guideline.recommendations]
    for term, against in dict.fromkeys((term, each.against) for each in found for term in each.terms):
        yield activity(edition, edition.guideline.terms[term], against)


def activity(edition: Edition, term: Term, against: bool) -> Json:
    """A service to propose, or not to."""
    words = LEAVE if against else OFFER
    described = both(words.en, words.da, term.name)
    id, profile = activity_id(edition, term.id, against), f"{CPG}/StructureDefinition/cpg-servicerequestactivity"
    head = edition.artifact("ActivityDefinition", id, term.name, described, profile)
    return {
        **head,
        **said("usage", term.note),
        "relatedArtifact": of_guideline(edition)[:2],
        "kind": "ServiceRequest",
        "profile": f"{CPG}/StructureDefinition/cpg-servicerequest",
        "code": {"coding": [ORDER, *_codes(term)], "text": term.name.en},
        "intent": "proposal",
        "doNotPerform": against,
    }


def _codes(term: Term) -> list[Json]:
    """The codes that surely say the term, written out; our own where nobody else's does."""
    known = [coding(uri(each.system), each.code) for each in whole(term.codes)]
    own = coding(OWN, term.id, term.name.en)
    return [*(each for each in known if each != coding(OWN, term.id)), own]
