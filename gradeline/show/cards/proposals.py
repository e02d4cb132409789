"""Resources that a clinician may accept: an order with its reason, an order less, a proposal more."""

from __future__ import annotations

from copy import deepcopy

from gradeline.codes import SYSTEMS
from gradeline.evaluate.advice import Advice
from gradeline.evaluate.advice.drafts import Called
from gradeline.model.guideline import Term
from gradeline.model.words import Language
from gradeline.records.fhir.drafts import REASONED
from gradeline.show.cards.card import Action, Plain, Suggestion, new_id, short
from gradeline.show.cards.occasion import Occasion

PREFERRED = ("snomed", "sks", "loinc", "cpt", "own")
LABEL = 80


def concept(term: Term, language: Language) -> Plain:
    """A term as FHIR writes it: one of its sure codes of the first system that has one, and our name for it."""
    exact = [each for each in term.codes if not each.code.endswith("*")]
    for system in PREFERRED:
        for pattern in exact:
            if pattern.system == system:
                coding = {"system": SYSTEMS[system][0], "code": pattern.code}
                return {"coding": [coding], "text": term.name.in_(language)}
    return {"text": term.name.in_(language)}


def for_order(found: Called, advice: Advice, occasion: Occasion) -> tuple[Suggestion, ...]:
    """What can be done about a draft: name a reason, leave it out, or have something else instead."""
    if not found.draft.key:
        return ()
    terms, words = advice.guideline.terms, occasion.words
    reasons = found.reasons if found.draft.kind in REASONED else ()
    kept = [with_reason(found, terms[id], occasion) for id in reasons]
    name = found.verdict.recommendation.name.in_(occasion.language)
    removal = Action("delete", words["remove action"], key=found.draft.key)
    removed = Suggestion(new_id(), short(words["leave out"].format(name=name), LABEL), (removal,))
    others = [
        propose(terms[id], advice, occasion, words["propose instead"], (removal,)) for id in found.instead
    ]  # fmt: skip
    return (*kept, removed, *others)


def with_reason(found: Called, term: Term, occasion: Occasion) -> Suggestion:
    """The whole order again, with one reason more."""
    order = deepcopy(dict(found.draft.resource))
    order["reasonCode"] = [*(order.get("reasonCode") or ()), concept(term, occasion.language)]
    label = short(occasion.words["name reason"].format(name=term.name.in_(occasion.language)), LABEL)
    return Suggestion(new_id(), label, (Action("update", occasion.words["reason action"], order),))


def propose(
    term: Term, advice: Advice, occasion: Occasion, label: str, also: tuple[Action, ...] = ()
) -> Suggestion:  # fmt: skip
    """A proposal to take an action: never an order, and a draft until somebody signs it."""
    resource = proposal(term, advice.record.patient.id, occasion.language)
    text = short(label.format(name=term.name.in_(occasion.language)), LABEL)
    return Suggestion(new_id(), text, (Action("create", occasion.words["propose action"], resource), *also))


def proposal(term: Term, patient: str, language: Language) -> Plain:
    """A ServiceRequest that only proposes; it names no dose, no date and no performer."""
    return {
        "resourceType": "ServiceRequest",
        "id": new_id(),
        "status": "draft",
        "intent": "proposal",
        "code": concept(term, language),
        "subject": {"reference": f"Patient/{patient}"},
    }
