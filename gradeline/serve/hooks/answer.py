"""The answer to a hook: advice on the record of the call, as cards, or in words why there is none."""

from __future__ import annotations

from dataclasses import dataclass, field

from gradeline.dates import Day
from gradeline.errors import RecordError
from gradeline.evaluate.advice import Advice, unweighed
from gradeline.model.words import Language, Text
from gradeline.records.fhir import check_birth
from gradeline.records.fhir.drafts import Draft, drafts
from gradeline.records.fhir.entries import MISSHAPEN, key_in
from gradeline.records.fhir.samples import named_day
from gradeline.serve.hooks.call.calls import Call
from gradeline.serve.hooks.call.keys import captured, wanted
from gradeline.serve.hooks.call.prefetch import Gathered, gather, record
from gradeline.serve.hooks.discovery import ORDER_HOOKS
from gradeline.serve.state import Shelved, State
from gradeline.serve.wire.outcomes import RefusalError
from gradeline.show.cards.card import Card
from gradeline.show.cards.occasion import Occasion
from gradeline.show.cards.orders import order_cards
from gradeline.show.cards.patient import patient_card
from gradeline.show.cards.silence import filled


@dataclass
class Answer:
    """The cards of one call, and what an integrator wants to know of it."""

    cards: list[Card] = field(default_factory=list)
    why: list[Text] = field(default_factory=list)
    """Why there is no card, or not more."""
    unread: dict[str, str] = field(default_factory=dict)
    advice: Advice | None = None


async def answer(state: State, shelved: Shelved, call: Call, spoken: tuple[Language, str]) -> Answer:
    """What the guideline says to this call; `spoken` is the language and our address."""
    guideline = shelved.guideline
    adoption = state.adoption(guideline)
    if adoption is None and guideline.currency.status != "in force":
        return Answer(why=[filled("off", id=guideline.id)])
    found = await gather(state, call, wanted(guideline))
    advice = advised(state, shelved, call, found)
    words = tuple(key.words.in_(spoken[0]) for key in wanted(guideline) if key.name in found.unread)
    occasion = Occasion(spoken[0], spoken[1], adoption, words)
    made = carded(advice, call, occasion)
    made.unread, made.advice = found.unread, advice
    return made


def advised(state: State, shelved: Shelved, call: Call, found: Gathered) -> Advice:
    """The advice on what was read; of what was not, absence means nothing."""
    missing = frozenset(key for key in wanted(shelved.guideline) if key.name in found.unread)
    plan = state.plan(shelved, missing, captured)
    read, on = record(call, found), day_of(state, found)
    try:
        check_birth(read, on)
    except RecordError as fault:
        raise RefusalError(400, fault.what, fault.cure) from None
    return unweighed(plan, read, on)


def day_of(state: State, found: Gathered) -> Day:
    """The day asked: today; in a demo, of an invented patient, the day that it names."""
    patient = (found.fetched.get("patient") or found.given["patient"])[0]
    sample = {"resourceType": "Bundle", "meta": patient.get("meta")}
    if state.config.demo and isinstance(patient.get("meta"), dict):
        return named_day(sample | {"timestamp": patient["meta"].get("lastUpdated")}) or state.today()
    return state.today()


def carded(advice: Advice, call: Call, occasion: Occasion) -> Answer:
    """Advice as cards: of the patient, or of the drafts."""
    if call.hook in ORDER_HOOKS:
        return Answer(*order_cards(advice, written(call), occasion))
    card = patient_card(advice, occasion)
    return Answer([card]) if isinstance(card, Card) else Answer(why=[card])


def written(call: Call) -> list[Draft]:
    """The drafts of the call; RefusalError where one is another patient's."""
    try:
        for each in call.drafts:
            check_patient(each, call.patient)
        return drafts(call.drafts)
    except MISSHAPEN:
        raise RefusalError(
            400, "a draft order is not shaped as FHIR R4 says", "validate it", "context.draftOrders"
        ) from None


def check_patient(resource: dict[str, object], patient: str) -> None:
    """RefusalError where a draft names another patient."""
    for name in ("subject", "patient"):
        reference = resource.get(name)
        said = reference.get("reference") if isinstance(reference, dict) else None
        key = key_in(said) if isinstance(said, str) else ""
        if key.startswith("Patient/") and key != f"Patient/{patient}":
            what = f"a draft order is about another patient than context.patientId ({name})"
            raise RefusalError(400, what, "send the drafts of one patient", "context.draftOrders")
